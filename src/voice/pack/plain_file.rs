//! Reading a file that may be anything: a link, a pipe, a disk full of zeros.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// The content of the plain file at `path`, of at most `most` bytes. A link is not followed.
///
/// # Errors
///
/// When there is no such file, or it is something else than a plain file, or larger.
pub(super) fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    read_checked(path, &fs::symlink_metadata(path)?, most)
}

/// The same for a path that a person gave, which may be a link.
///
/// # Errors
///
/// As [`read`]'s.
#[cfg(feature = "neural-voice")]
pub(super) fn read_followed(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    read_checked(path, &fs::metadata(path)?, most)
}

fn read_checked(path: &Path, about: &fs::Metadata, most: u64) -> io::Result<Vec<u8>> {
    let refused = |why: String| Err(io::Error::other(why));
    if about.is_symlink() {
        return refused("it is a link, and no file of its own".into());
    }
    // A pipe would be waited for, and a device never ends.
    if !about.is_file() {
        return refused("it is no plain file".into());
    }
    let too_large =
        |bytes: u64| refused(format!("it has {bytes} bytes, and {most} are the most it can have"));
    if about.len() > most {
        return too_large(about.len());
    }
    let mut content = Vec::new();
    // It may grow meanwhile.
    File::open(path)?.take(most.saturating_add(1)).read_to_end(&mut content)?;
    if content.len() as u64 > most {
        return too_large(content.len() as u64);
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_files_of_a_fair_size_are_read() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        fs::write(&file, "abc").unwrap();
        assert_eq!(read(&file, 3).unwrap(), b"abc");
        assert!(read(&file, 2).unwrap_err().to_string().contains("3 bytes, and 2 are the most"));
        assert!(read(dir.path(), 2).unwrap_err().to_string().contains("no plain file"));
        assert_eq!(read(&dir.path().join("none"), 2).unwrap_err().kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn a_huge_file_is_refused_before_it_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        File::create(&file).unwrap().set_len(1 << 40).unwrap();
        assert!(read(&file, 1 << 20).unwrap_err().to_string().contains("1099511627776 bytes"));
    }

    #[cfg(unix)]
    #[test]
    fn links_devices_and_pipes_are_refused_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let link = dir.path().join("link");
        std::os::unix::fs::symlink("/dev/zero", &link).unwrap();
        assert!(read(&link, 9).unwrap_err().to_string().contains("it is a link"));
        assert!(read(Path::new("/dev/zero"), 9).unwrap_err().to_string().contains("no plain file"));
        let pipe = dir.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert!(read(&pipe, 9).unwrap_err().to_string().contains("no plain file"));
    }
}
