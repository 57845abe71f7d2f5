//! An editor's part: it opens a routine, asks a language server what may be written and what a key means, and is told what
//! is wrong. The server is Tombi, with no network; it finds the schema by the routine's first line.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::{Value, json};

use crate::lint::{folder, tombi};

/// An editor with its language server, and one open file.
struct Editor {
    server: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    folder: tempfile::TempDir,
    text: String,
    asked: u64,
    problems: Vec<Value>,
}

impl Editor {
    /// Opens a routine in a folder that holds the schema.
    fn open(text: &str) -> Self {
        let folder = folder();
        let mut server = tombi()
            .args(["lsp", "--offline"])
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (to, from) = (server.stdin.take().unwrap(), BufReader::new(server.stdout.take().unwrap()));
        let text = format!("#:schema ./routine.schema.json\n{text}");
        let mut editor = Self { server, to, from, folder, text, asked: 0, problems: Vec::new() };
        std::fs::write(editor.folder.path().join("mine.toml"), &editor.text).unwrap();
        let at = editor.uri("");
        let formats = json!({"documentFormat": ["markdown"], "contentFormat": ["markdown"]});
        editor.ask(
            "initialize",
            &json!({
                "processId": null,
                "workspaceFolders": [{"uri": at, "name": "routines"}],
                "capabilities": {"textDocument": {"hover": formats, "completion": {"completionItem": formats}}},
            }),
        );
        editor.tell("initialized", &json!({}));
        let document =
            json!({"uri": editor.uri("mine.toml"), "languageId": "toml", "version": 1, "text": editor.text});
        editor.tell("textDocument/didOpen", &json!({"textDocument": document}));
        // What is asked before it has read the file finds nothing.
        editor.problems = loop {
            let message = editor.receive();
            if message["method"] == "textDocument/publishDiagnostics" {
                break message["params"]["diagnostics"].as_array().unwrap().clone();
            }
        };
        editor
    }

    fn uri(&self, file: &str) -> String {
        let path = Path::new(self.folder.path()).join(file).to_string_lossy().replace('\\', "/");
        format!("file:///{}", path.trim_start_matches('/'))
    }

    fn send(&mut self, message: &Value) {
        let message = message.to_string();
        write!(self.to, "Content-Length: {}\r\n\r\n{message}", message.len()).unwrap();
        self.to.flush().unwrap();
    }

    fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.from.read_line(&mut line).unwrap() > 0, "the language server has ended");
            if line.trim().is_empty() {
                break;
            }
            if let Some(bytes) = line.strip_prefix("Content-Length:") {
                length = bytes.trim().parse().unwrap();
            }
        }
        let mut message = vec![0; length];
        self.from.read_exact(&mut message).unwrap();
        let message: Value = serde_json::from_slice(&message).unwrap();
        if let (Some(id), true) = (message.get("id"), message.get("method").is_some()) {
            self.send(&json!({"jsonrpc": "2.0", "id": id, "result": null}));
        }
        message
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        loop {
            let message = self.receive();
            if message.get("method").is_none() && message["id"] == id {
                assert!(message.get("error").is_none(), "{message}");
                return message["result"].clone();
            }
        }
    }

    /// The place right behind the first of these words.
    fn behind(&self, words: &str) -> Value {
        let at = self.text.find(words).unwrap() + words.len();
        let before = &self.text[..at];
        let line = before.matches('\n').count();
        let character = before.rsplit('\n').next().unwrap().encode_utf16().count();
        json!({
            "textDocument": {"uri": self.uri("mine.toml")},
            "position": {"line": line, "character": character},
        })
    }

    /// What may be written there: each label with what is told of it.
    fn completions(&mut self, words: &str) -> Vec<(String, String)> {
        let place = self.behind(words);
        let answer = self.ask("textDocument/completion", &place);
        let items = answer.as_array().or_else(|| answer["items"].as_array()).cloned().unwrap_or_default();
        let told = |item: &Value| {
            let about = &item["documentation"];
            let about = about["value"].as_str().or_else(|| about.as_str()).unwrap_or_default();
            (item["label"].as_str().unwrap().to_owned(), about.to_owned())
        };
        items.iter().map(told).collect()
    }

    fn hover(&mut self, words: &str) -> String {
        let place = self.behind(words);
        let answer = self.ask("textDocument/hover", &place);
        answer["contents"]["value"].as_str().unwrap_or_default().to_owned()
    }

    /// The lines that are marked as wrong, each with the reason.
    fn marked(&self) -> Vec<(String, String)> {
        let lines: Vec<&str> = self.text.lines().collect();
        let marked = |problem: &Value| {
            let line = usize::try_from(problem["range"]["start"]["line"].as_u64().unwrap()).unwrap();
            (lines[line].to_owned(), problem["message"].as_str().unwrap().to_owned())
        };
        self.problems.iter().map(marked).collect()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn labels(completions: &[(String, String)]) -> Vec<&str> {
    completions.iter().map(|(label, _)| label.as_str()).collect()
}

#[test]
fn keys_are_offered_with_what_they_mean() {
    let mut editor = Editor::open(
        "title = \"A\"\n\n[[exercise]]\nname = \"B\"\n\n[[exercise.rep]]\nsay = \"Lift\"\n\n[[exercise.variation]]\nid = \"c\"\n\n",
    );
    let exercise = editor.completions("name = \"B\"\n");
    let sets = exercise.iter().find(|(label, _)| label == "sets");
    assert!(sets.unwrap().1.contains("How many sets."), "{exercise:?}");
    assert!(["rep", "sides", "use"].iter().all(|key| labels(&exercise).contains(key)), "{exercise:?}");
    assert!(
        !["name", "title", "hold", "when"].iter().any(|key| labels(&exercise).contains(key)),
        "{exercise:?}"
    );
    let step = editor.completions("say = \"Lift\"\n");
    let hold = step.iter().find(|(label, _)| label == "hold");
    assert!(hold.unwrap().1.contains("Stay still for this long"), "{step:?}");
    assert!(!labels(&step).contains(&"sets"), "{step:?}");
    let variation = editor.completions("id = \"c\"\n");
    assert!(labels(&variation).contains(&"when") && labels(&variation).contains(&"skip"), "{variation:?}");
    let top = editor.completions("title = \"A\"\n");
    assert!(labels(&top).contains(&"stop_if") && !labels(&top).contains(&"sets"), "{top:?}");
}

#[test]
fn values_are_offered() {
    let mut editor = Editor::open("title = \"A\"\n[[exercise]]\nname = \"B\"\nsides = \"\"\nsets = 2\n");
    assert_eq!(labels(&editor.completions("sides = \"")), ["\"each\"", "\"left\"", "\"right\"", "\"none\""]);
}

#[test]
fn a_key_is_explained() {
    let mut editor = Editor::open(
        "title = \"A\"\n[[exercise]]\nname = \"B\"\nsets = 3\n[[exercise.rep]]\nhold = \"10s\"\n[lexicon]\npsoas = \"so as\"\n",
    );
    let sets = editor.hover("\nse");
    assert!(sets.contains("How many sets.") && sets.contains("Example: `sets = \"2-3\"`"), "{sets}");
    let hold = editor.hover("\nho");
    assert!(hold.contains("a tone, a counted hold, a tone"), "{hold}");
    let header = editor.hover("[[exercise.re");
    assert!(header.contains("The steps of one repetition"), "{header}");
    let word = editor.hover("pso");
    assert!(word.contains("How this word is said"), "{word}");
}

#[test]
fn what_is_wrong_is_marked() {
    let right = "title = \"A\"\n[[exercise]]\nname = \"B\"\nsides = \"each\"\nrep = [{ say = \"Lift the {side} leg\", hold = \"10s\" }]\n";
    assert_eq!(Editor::open(right).marked(), Vec::new());
    let editor = Editor::open(&format!("{right}setz = 3\nrest = \"20 sec\"\nreps = 0\n"));
    let marked = editor.marked();
    let about = |line: &str| marked.iter().filter(|(found, _)| found == line).count();
    assert!(marked.iter().any(|(line, why)| line == "setz = 3" && why.contains("not allowed")), "{marked:?}");
    assert!(
        about("rest = \"20 sec\"") > 0 && about("reps = 0") > 0 && about("name = \"B\"") == 0,
        "{marked:?}"
    );
}
