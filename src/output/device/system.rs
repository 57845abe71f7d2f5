//! The two things about Linux sound that need `unsafe`: making ALSA quiet, and saying where the sound
//! server is when a session starts without a login (cron, ssh).
#![allow(
    unsafe_code,
    reason = "ALSA's error handler is C, and cpal finds its server by an environment variable"
)]

use std::ffi::{OsString, c_char, c_int};
use std::path::{Path, PathBuf};

/// The variables by which a sound server is found; any of them set means that somebody has chosen.
const CHOSEN: [&str; 3] = ["PULSE_SERVER", "PULSE_RUNTIME_PATH", "XDG_RUNTIME_DIR"];

/// Where the runtime folder of this user is, if a sound server listens there and the environment does not say
/// so: under cron or ssh the session's variables are missing while its server runs.
#[must_use]
pub fn forgotten_runtime_folder(variable: &dyn Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    use std::os::unix::fs::MetadataExt;
    // The owner of this process's own folder is the user it acts for.
    let user = std::fs::metadata("/proc/self").ok()?.uid();
    forgotten_in(Path::new("/run/user").join(user.to_string()), variable)
}

fn forgotten_in(folder: PathBuf, variable: &dyn Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let chosen = CHOSEN.iter().any(|name| variable(name).is_some_and(|value| !value.is_empty()));
    (!chosen && folder.join("pulse/native").exists()).then_some(folder)
}

/// Sets `XDG_RUNTIME_DIR` for this process to what [`forgotten_runtime_folder`] found; to be called first in
/// `main`. False, and nothing is set, where another thread runs already.
#[must_use]
pub fn adopt_runtime_folder(folder: &Path) -> bool {
    let alone = std::fs::read_dir("/proc/self/task").is_ok_and(|threads| threads.count() == 1);
    if alone {
        // SAFETY: changing the environment is unsound only while another thread may read it, and there is none:
        // the kernel lists this thread alone, and only this thread could start another.
        unsafe { std::env::set_var("XDG_RUNTIME_DIR", folder) };
    }
    alone
}

/// Stops ALSA from writing to stderr; its errors also come back as values.
pub(super) fn silence_alsa() {
    /// What ALSA declares, without the variable arguments.
    type Fixed = unsafe extern "C" fn(*const c_char, c_int, *const c_char, c_int, *const c_char);
    type Variadic = unsafe extern "C" fn(*const c_char, c_int, *const c_char, c_int, *const c_char, ...);

    unsafe extern "C" fn say_nothing(
        _file: *const c_char,
        _line: c_int,
        _function: *const c_char,
        _error: c_int,
        _format: *const c_char,
    ) {
    }

    // `None` would bring back the handler that prints, and stable Rust cannot define a variadic function.
    // SAFETY: both are pointers to a C function. In the C calling conventions of the platforms that have ALSA
    // the caller passes the named arguments alike with and without variable ones and cleans up after the
    // call, so a function that ignores the variable ones may stand for one that takes them. The handler is a
    // function, valid for the whole run, and reads none of its arguments.
    unsafe {
        let handler = std::mem::transmute::<Fixed, Variadic>(say_nothing);
        alsa_sys::snd_lib_error_set_handler(Some(handler));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_set_beside_another_thread() {
        std::thread::scope(|scope| {
            let (end, ended) = std::sync::mpsc::channel::<()>();
            scope.spawn(move || ended.recv());
            assert!(!adopt_runtime_folder(Path::new("/nowhere")));
            drop(end);
        });
    }

    #[test]
    fn the_folder_is_found_only_when_nobody_chose_and_a_server_listens() {
        let folder = tempfile::tempdir().unwrap();
        let here = || folder.path().to_owned();
        assert_eq!(forgotten_in(here(), &|_| None), None, "no server");
        std::fs::create_dir(folder.path().join("pulse")).unwrap();
        std::fs::write(folder.path().join("pulse/native"), "").unwrap();
        assert_eq!(forgotten_in(here(), &|_| None), Some(here()));
        for name in CHOSEN {
            assert_eq!(forgotten_in(here(), &|asked| (asked == name).then(|| "x".into())), None);
        }
    }
}
