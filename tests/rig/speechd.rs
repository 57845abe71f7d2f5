//! A speech daemon of a test's own, on the rig's sound server.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::Rig;

/// Which synthesizer a daemon has, and where its sound goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Synthesizer {
    /// espeak-ng on the rig's sound server.
    Espeak,
    /// espeak-ng, with no sound server to be found.
    Unheard,
    /// The stand-in of a system without a synthesizer.
    Dummy,
}

/// A running Speech Dispatcher; it and its modules end with this.
pub(crate) struct Daemon {
    folder: tempfile::TempDir,
    daemon: Child,
}

impl Daemon {
    /// Starts a daemon in a folder of its own, and returns once it answers.
    pub(crate) fn start(rig: &Rig, synthesizer: Synthesizer) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path();
        let modules = path.join("conf/modules");
        fs::create_dir_all(&modules).expect("a folder for its settings");
        let own = "/etc/speech-dispatcher/modules/espeak-ng.conf";
        fs::copy(own, modules.join("espeak-ng.conf"))
            .unwrap_or_else(|error| panic!("{own}: {error}: run script/test, which installs it"));
        let module = match synthesizer {
            Synthesizer::Espeak | Synthesizer::Unheard => {
                "AddModule \"espeak-ng\" \"sd_espeak-ng\" \"espeak-ng.conf\"\nDefaultModule espeak-ng\n"
            }
            Synthesizer::Dummy => "AddModule \"dummy\" \"sd_dummy\" \"\"\nDefaultModule dummy\n",
        };
        let settings =
            format!("LogLevel 3\nLogDir \"{}\"\nAudioOutputMethod \"pulse\"\n{module}", path.display());
        fs::write(path.join("conf/speechd.conf"), settings).expect("its settings are written");
        let mut command = Command::new("speech-dispatcher");
        rig.serve(&mut command);
        if synthesizer == Synthesizer::Unheard {
            command.env("PULSE_SERVER", "unix:/nonexistent").env("ALSA_CONFIG_PATH", "/dev/null");
        }
        let daemon = command
            .arg("-s")
            .arg("-C")
            .arg(path.join("conf"))
            .arg("-S")
            .arg(path.join("speechd.sock"))
            .arg("-L")
            .arg(path)
            .arg("-P")
            .arg(path.join("pid"))
            .args(["-t", "0"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("speech-dispatcher does not start ({error}): run script/test, which installs it")
            });
        let daemon = Self { folder, daemon };
        let began = Instant::now();
        while std::os::unix::net::UnixStream::connect(daemon.socket()).is_err() {
            assert!(began.elapsed() < Duration::from_secs(20), "the speech daemon did not come up");
            thread::sleep(Duration::from_millis(20));
        }
        daemon
    }

    /// Lets `command` speak through this daemon and no other.
    pub(crate) fn serve<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        address(command, &self.socket())
    }

    /// Sends the daemon itself a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        signal(self.daemon.id(), name);
    }

    /// Ends its synthesizer as a crash would.
    pub(crate) fn kill_module(&self) {
        for module in children(self.daemon.id()) {
            signal(module, "KILL");
        }
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("speechd.sock")
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let modules = children(self.daemon.id());
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
        // One that was killed leaves them behind.
        for module in modules {
            signal(module, "KILL");
        }
    }
}

/// Lets `command` find a daemon at this socket and nowhere else.
pub(crate) fn address<'a>(command: &'a mut Command, socket: &Path) -> &'a mut Command {
    command.env("SPEECHD_ADDRESS", format!("unix_socket:{}", socket.display()))
}

fn children(parent: u32) -> Vec<u32> {
    let list = fs::read_to_string(format!("/proc/{parent}/task/{parent}/children")).unwrap_or_default();
    list.split_whitespace().filter_map(|pid| pid.parse().ok()).collect()
}

fn signal(pid: u32, name: &str) {
    // It may be gone already.
    let _ = Command::new("kill").args([format!("-{name}"), pid.to_string()]).stderr(Stdio::null()).status();
}
