//! The folder for what lives only as long as a session: its socket. It is the person's own, and nobody else's.

use std::path::PathBuf;

use super::Environment;

/// Where sockets may be, the best place first, each with the program's name at its end; none need exist.
///
/// A runtime folder that the environment names is the only one, unless it is the usual one: who names another
/// wants to be by themselves. Under cron and ssh none is named; the usual one is looked for then
/// (XDG Base Directory Specification 0.8; `/run/user/UID` is where systemd and elogind make it). Without it there is
/// a folder under the temporary one, whose name holds the user's number.
#[cfg(unix)]
pub(super) fn folders(environment: &Environment) -> Vec<PathBuf> {
    folders_beside(std::path::Path::new("/run/user"), environment)
}

/// The same, where each user's usual folder is in `users`.
#[cfg(unix)]
fn folders_beside(users: &std::path::Path, environment: &Environment) -> Vec<PathBuf> {
    let user = nix::unistd::geteuid().as_raw();
    let usual = users.join(user.to_string());
    let absolute = |name: &str| environment(name).map(PathBuf::from).filter(|path| path.is_absolute());
    // `su` hands on the variable of the person who called it: a folder of somebody else's is not meant.
    let named = absolute("XDG_RUNTIME_DIR").filter(|path| path != &usual && is_own_folder(path));
    if let Some(named) = named {
        return vec![named.join("coach")];
    }
    let temporary = absolute("TMPDIR").unwrap_or_else(std::env::temp_dir).join(format!("coach-{user}"));
    let usual = is_own_folder(&usual).then(|| usual.join("coach"));
    usual.into_iter().chain([temporary]).collect()
}

/// There is none.
#[cfg(not(unix))]
pub(super) fn folders(_: &Environment) -> Vec<PathBuf> {
    Vec::new()
}

#[cfg(unix)]
use private::is_own_folder;
#[cfg(unix)]
pub use private::{PrivateFolder, is_own};

#[cfg(unix)]
mod private {
    use std::fs::{self, DirBuilder, File, Metadata, Permissions, TryLockError};
    use std::io::{self, ErrorKind};
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
    use std::path::{Path, PathBuf};
    use std::time::Duration;

    /// How long somebody else may hold a folder's lock: what is done under it takes microseconds.
    const PATIENCE: Duration = Duration::from_secs(1);

    /// A folder that nobody but this person may enter.
    #[derive(Debug)]
    pub struct PrivateFolder {
        path: PathBuf,
        file: File,
    }

    /// Whether a file is this person's.
    #[must_use]
    pub fn is_own(file: &Metadata) -> bool {
        file.uid() == nix::unistd::geteuid().as_raw()
    }

    pub(super) fn is_own_folder(path: &Path) -> bool {
        fs::metadata(path).is_ok_and(|folder| folder.is_dir() && is_own(&folder))
    }

    impl PrivateFolder {
        /// Makes the folder where it is missing (its parent must be there), and closes it to others where it is
        /// open to them.
        ///
        /// # Errors
        ///
        /// When it cannot be made; when something else lies in its place, a link among them; when it belongs to
        /// somebody else.
        pub fn make(path: &Path) -> io::Result<Self> {
            match DirBuilder::new().mode(0o700).create(path) {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
                _ => Self::open(path),
            }
        }

        /// The folder as it is; no error tells it apart from one that is missing.
        ///
        /// # Errors
        ///
        /// As for [`PrivateFolder::make`], and when it is missing.
        pub fn open(path: &Path) -> io::Result<Self> {
            let refused = |why: &str| Err(io::Error::new(ErrorKind::PermissionDenied, why));
            let found = fs::symlink_metadata(path)?;
            if !found.is_dir() {
                return refused("it is not a folder");
            }
            if !is_own(&found) {
                return refused("it belongs to somebody else");
            }
            let file = File::open(path)?;
            let opened = file.metadata()?;
            if (opened.dev(), opened.ino()) != (found.dev(), found.ino()) {
                return refused("it was swapped for another");
            }
            if opened.mode() & 0o077 != 0 {
                file.set_permissions(Permissions::from_mode(0o700))?;
            }
            Ok(Self { path: path.to_owned(), file })
        }

        /// Where it is.
        #[must_use]
        pub fn path(&self) -> &Path {
            &self.path
        }

        /// Keeps other processes from changing what is in it until the folder is dropped; for a second at the most
        /// it waits until they are done.
        ///
        /// # Errors
        ///
        /// When another process has not let go by then.
        #[allow(clippy::disallowed_methods, reason = "a lock of the system's has no deadline")]
        pub fn lock(&self) -> io::Result<()> {
            let nap = Duration::from_millis(5);
            let mut left = PATIENCE;
            loop {
                match self.file.try_lock() {
                    Ok(()) => return Ok(()),
                    Err(TryLockError::Error(error)) => return Err(error),
                    Err(TryLockError::WouldBlock) if left.is_zero() => {
                        return Err(io::Error::new(ErrorKind::TimedOut, "another session holds it"));
                    }
                    Err(TryLockError::WouldBlock) => {
                        std::thread::sleep(nap);
                        left = left.saturating_sub(nap);
                    }
                }
            }
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsString;
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::Path;
    use std::sync::Arc;

    use super::*;

    fn folders_with(users: &Path, variables: &[(&str, OsString)]) -> Vec<PathBuf> {
        let variables: Vec<(String, OsString)> =
            variables.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let environment: Environment = Arc::new(move |asked: &str| {
            variables.iter().find(|(name, _)| name == asked).map(|(_, value)| value.clone())
        });
        folders_beside(users, &environment)
    }

    #[test]
    fn a_named_folder_is_the_only_one_if_it_is_own() {
        let (own, users) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let user = nix::unistd::geteuid().to_string();
        let usual = users.path().join(&user);
        fs::create_dir(&usual).unwrap();
        let temporary = ("TMPDIR", own.path().into());
        let named =
            |path: &Path| folders_with(users.path(), &[("XDG_RUNTIME_DIR", path.into()), temporary.clone()]);
        assert_eq!(named(own.path()), [own.path().join("coach")]);
        // As under cron, where nothing is named, so with what names the usual one, or none.
        let all = [usual.join("coach"), own.path().join(format!("coach-{user}"))];
        assert_eq!(folders_with(users.path(), std::slice::from_ref(&temporary)), all);
        for path in [&*usual, Path::new(""), Path::new("relative"), Path::new("/nowhere/at/all")] {
            assert_eq!(named(path), all, "{}", path.display());
        }
        // Where there is no such folder.
        fs::remove_dir(&usual).unwrap();
        assert_eq!(folders_with(users.path(), std::slice::from_ref(&temporary)), all[1..]);
    }

    #[test]
    fn a_folder_is_made_closed_and_closed_where_it_is_open() {
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().join("coach");
        let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(PrivateFolder::make(&path).unwrap().path(), path);
        assert_eq!(mode(), 0o700);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        PrivateFolder::make(&path).unwrap();
        assert_eq!(mode(), 0o700);
    }

    #[test]
    fn a_link_a_file_and_another_s_folder_are_refused() {
        let parent = tempfile::tempdir().unwrap();
        let (link, file) = (parent.path().join("link"), parent.path().join("file"));
        symlink(parent.path(), &link).unwrap();
        fs::write(&file, "").unwrap();
        for path in [&link, &file] {
            let error = PrivateFolder::make(path).unwrap_err();
            assert_eq!(error.to_string(), "it is not a folder", "{}", path.display());
        }
        // Somebody else's: root's, or, seen by root, one that root gave away.
        let other = if nix::unistd::geteuid().is_root() {
            let given = parent.path().join("given");
            fs::create_dir(&given).unwrap();
            std::os::unix::fs::chown(&given, Some(65_534), None).unwrap();
            given
        } else {
            PathBuf::from("/")
        };
        assert_eq!(PrivateFolder::make(&other).unwrap_err().to_string(), "it belongs to somebody else");
    }

    #[test]
    fn a_lock_is_waited_for_and_not_for_ever() {
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().join("coach");
        let (one, two) = (PrivateFolder::make(&path).unwrap(), PrivateFolder::make(&path).unwrap());
        one.lock().unwrap();
        assert_eq!(two.lock().unwrap_err().to_string(), "another session holds it");
        drop(one);
        two.lock().unwrap();
    }
}
