//! Every problem and every warning of a routine, exactly as a person reads it: `tests/invalid/NAME.toml` is drawn as
//! `tests/invalid/NAME.txt`. With `UPDATE_EXPECT=1` the texts are written anew; read them before you commit.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use coach::diagnostic::Problem;
use coach::lint;
use coach::routine::{MAX_BYTES, MAX_PROBLEMS, NotFound, Others, Source, parse_routine};

/// Problems that no small file can show; each has a test of its own here.
const WITHOUT_A_FILE: [&str; 4] = ["too-large", "too-many", "too-many-problems", "too-many-warnings"];

/// The voice's speed where nobody asked for one, in percent.
const SPEED: u16 = 90;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<_> =
        fs::read_dir(root().join(folder)).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|found| found == ending));
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap().to_str().unwrap().to_owned()
}

/// The routines in `tests/invalid/others`, which those of the corpus take from; the corpus itself is there too.
struct Corpus;

impl Others for Corpus {
    fn find(&self, asked: &str, _from: &str) -> Result<Source, NotFound> {
        let folders = ["tests/invalid/others", "tests/invalid"];
        let path = folders.map(|folder| root().join(folder).join(format!("{asked}.toml")));
        let path = path.into_iter().find(|path| path.is_file()).ok_or_else(|| NotFound {
            message: format!("there is no routine `{asked}`"),
            help: "`coach list` shows the routines that there are".to_owned(),
        })?;
        Ok(source(&path))
    }
}

fn source(path: &Path) -> Source {
    let (id, text) = (name(path), fs::read_to_string(path).unwrap());
    Source { file: format!("{id}.toml"), key: id.clone(), id, text }
}

fn problems(path: &Path) -> Vec<Problem> {
    lint::check_among(&source(path), &Corpus, SPEED)
}

fn drawn(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let file = format!("{}.toml", name(path));
    problems(path).iter().map(|problem| problem.render(&file, &text, false) + "\n\n").collect()
}

/// The codes in the source: the first argument of what makes a problem, and the `code` of its words.
fn codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for file in [files("src/routine", "rs"), files("src/lint", "rs")].concat() {
        let source = fs::read_to_string(file).unwrap();
        for marker in ["Problem::new(", "Problem::warning(", "needs(", "code: "] {
            let quoted =
                source.split(marker).skip(1).filter_map(|after| after.trim_start().strip_prefix('"'));
            codes.extend(quoted.filter_map(|after| after.split('"').next()).map(str::to_owned));
        }
    }
    codes
}

#[test]
fn every_problem_is_drawn_as_it_should_be() {
    #[expect(clippy::disallowed_methods, reason = "how a person asks this test to write its texts anew")]
    let update = std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value == "1");
    let mut wrong = Vec::new();
    for file in files("tests/invalid", "toml") {
        let drawn = drawn(&file);
        let expected = file.with_extension("txt");
        if update {
            fs::write(&expected, &drawn).unwrap();
        }
        let wanted = fs::read_to_string(&expected).unwrap_or_default().replace("\r\n", "\n");
        if drawn != wanted {
            wrong.push(format!("{}\n{}", expected.display(), difference(&wanted, &drawn)));
        }
    }
    assert!(wrong.is_empty(), "{}\nUPDATE_EXPECT=1 writes the texts anew.", wrong.join("\n"));
}

/// The lines that differ, `-` as expected and `+` as drawn.
fn difference(wanted: &str, drawn: &str) -> String {
    let (wanted, drawn): (Vec<_>, Vec<_>) = (wanted.lines().collect(), drawn.lines().collect());
    let same = wanted.iter().zip(&drawn).take_while(|(a, b)| a == b).count();
    let tail =
        wanted[same..].iter().rev().zip(drawn[same..].iter().rev()).take_while(|(a, b)| a == b).count();
    let gone = wanted[same..wanted.len() - tail].iter().map(|line| format!("-{line}\n"));
    let come = drawn[same..drawn.len() - tail].iter().map(|line| format!("+{line}\n"));
    gone.chain(come).collect()
}

#[test]
fn every_code_has_a_file_of_its_name() {
    let codes = codes();
    let mut seen = BTreeSet::new();
    for file in files("tests/invalid", "toml") {
        let found: BTreeSet<_> = problems(&file).iter().map(|problem| problem.code.to_owned()).collect();
        assert!(!found.is_empty(), "{} has no problem", file.display());
        assert!(
            found.is_subset(&codes),
            "{found:?} has a code that is not in the source as this test reads it"
        );
        if found.contains(&name(&file)) {
            seen.insert(name(&file));
        }
    }
    seen.extend(WITHOUT_A_FILE.map(str::to_owned));
    assert_eq!(codes, seen, "each code of the source needs a tests/invalid/CODE.toml that shows it");
}

#[test]
fn every_text_has_its_file() {
    let names = |ending| files("tests/invalid", ending).iter().map(|path| name(path)).collect::<Vec<_>>();
    assert_eq!(names("txt"), names("toml"));
}

#[test]
fn no_problem_is_without_a_place_and_a_remedy() {
    for file in files("tests/invalid", "toml") {
        for problem in problems(&file) {
            assert!(!problem.spans.is_empty() && problem.help.is_some(), "{problem:?}");
        }
    }
}

#[test]
fn a_file_that_is_too_large_is_not_parsed() {
    let text = "title = \"a\"\n".repeat(MAX_BYTES / 12 + 1);
    let problems = parse_routine("large", &text).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert_eq!(
        problems[0].render("large.toml", &text, false),
        "error[too-large]: the file is too large: 1000008 bytes, and a routine has at most 1000000\n \
         --> large.toml:1:1\n  |\n1 | title = \"a\"\n  | ^\n  |\n  \
         = help: check that this is a routine, or share it out over several files"
    );
}

#[test]
fn past_a_hundred_problems_the_rest_is_left_out() {
    let keys = (1..=150).map(|number| format!("key_{number} = 1\n")).collect::<Vec<_>>().concat();
    let text =
        format!("title = \"Stretches\"\n{keys}[[exercise]]\nname = \"A\"\nrep = [{{ say = \"Lift\" }}]\n");
    let problems = parse_routine("many", &text).unwrap_err();
    assert_eq!(problems.len(), MAX_PROBLEMS + 1);
    assert_eq!(
        problems[MAX_PROBLEMS].render("many.toml", &text, false),
        "error[too-many-problems]: there are more than 100 problems; the rest is not shown\n   --> many.toml:101:1\n    |\n\
         101 | key_100 = 1\n    | ^ and further on\n    |\n    = help: correct these first, then check again"
    );
}

#[test]
fn past_a_hundred_warnings_the_rest_is_left_out() {
    let exercise =
        |number| format!("[[exercise]]\nname = \"ITB {number}\"\nready = 1\nrep = [{{ say = \"Lift\" }}]\n");
    let text = format!("title = \"Stretches\"\n{}", (1..=105).map(exercise).collect::<String>());
    let warnings = lint::check("many", &text, SPEED);
    assert_eq!(warnings.len(), MAX_PROBLEMS + 1);
    assert_eq!(
        warnings[MAX_PROBLEMS].render("many.toml", &text, false),
        "warning[too-many-warnings]: there are more than 100 warnings; the rest is not shown\n   --> many.toml:403:9\n    |\n\
         403 | name = \"ITB 101\"\n    |         ^ from here on\n    |\n    = help: go through these first, then check again"
    );
}

/// Of all that comes with coach a person takes example.
#[test]
fn the_shipped_routines_have_no_warnings() {
    for (id, text) in coach::library::SHIPPED {
        let found = lint::check(id, text, SPEED);
        let drawn: Vec<_> = found.iter().map(|problem| problem.render(id, text, false)).collect();
        assert!(drawn.is_empty(), "{}", drawn.join("\n"));
    }
}

#[test]
fn more_sections_than_a_body_can_do_are_refused() {
    let exercise = |number| format!("[[exercise]]\nname = \"A {number}\"\nrep = [{{ say = \"Lift\" }}]\n");
    let text = format!("title = \"Stretches\"\n{}", (1..=201).map(exercise).collect::<String>());
    let problems = parse_routine("many", &text).unwrap_err();
    let drawn: Vec<_> = problems.iter().map(|problem| problem.render("many.toml", &text, false)).collect();
    assert_eq!(
        drawn,
        [
            "error[too-many]: there are 201 `exercise` sections here, and 200 is the most\n   --> many.toml:602:1\n    \
          |\n602 | [[exercise]]\n    | ^^^^^^^^^^^^ the first one too many\n    |\n    \
          = help: take some out, or share them out over several routines"
        ]
    );
}

#[test]
fn more_items_of_a_list_than_anybody_is_told_are_refused() {
    let items =
        (1..=101).map(|number| format!("  \"Breathe {number} times\",\n")).collect::<Vec<_>>().concat();
    let text = format!(
        "title = \"T\"\n[[exercise]]\nname = \"A\"\nrep = [{{ say = \"Lift\", hold = 3 }}]\ntips = [\n{items}]\n"
    );
    let problems = parse_routine("many", &text).unwrap_err();
    let drawn: Vec<_> = problems.iter().map(|problem| problem.render("many.toml", &text, false)).collect();
    assert_eq!(
        drawn,
        [
            "error[too-many]: there are 101 items in the list `tips` here, and 100 is the most\n   --> many.toml:106:3\n    \
          |\n106 |   \"Breathe 101 times\",\n    |   ^^^^^^^^^^^^^^^^^^^ the first one too many\n    |\n    \
          = help: take some out, or share them out over several routines"
        ]
    );
}
