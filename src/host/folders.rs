//! Where a person's files are: XDG folders on Linux, each platform's own elsewhere.

use std::path::PathBuf;

use etcetera::AppStrategy;

use super::Environment;

/// The folders of this program, each with its name at the end; none need exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// `config.toml`, own routines, own sounds.
    pub config: PathBuf,
    /// Voice packs.
    pub data: PathBuf,
    /// The journal: what was done on this machine.
    pub state: PathBuf,
    /// Spoken clips: may be deleted at any time.
    pub cache: PathBuf,
    /// Sockets of sessions under way: a session listens in the first that can be had, who looks for one looks in
    /// all. Empty where the system has no such thing.
    pub runtime: Vec<PathBuf>,
}

impl Folders {
    /// The folders for this person; under the temporary folder where there is no home.
    #[must_use]
    pub fn of(environment: &Environment) -> Self {
        // etcetera reads the environment itself; a test's environment must win over it.
        let own = |name: &str| {
            environment(name)
                .map(PathBuf::from)
                .filter(|path| path.is_absolute())
                .map(|path| path.join("coach"))
        };
        let args = etcetera::AppStrategyArgs {
            top_level_domain: String::new(),
            author: String::new(),
            app_name: "coach".into(),
        };
        let (config, data, state, cache) = if let Ok(platform) = etcetera::choose_app_strategy(args) {
            // Windows has no folder for state; its cache may be deleted at any time.
            let state = platform.state_dir().unwrap_or_else(|| platform.in_data_dir("state"));
            (platform.config_dir(), platform.data_dir(), state, platform.cache_dir())
        } else {
            let temporary = std::env::temp_dir().join("coach");
            let of = |name: &str| temporary.join(name);
            (of("config"), of("data"), of("state"), of("cache"))
        };
        Self {
            config: own("XDG_CONFIG_HOME").unwrap_or(config),
            data: own("XDG_DATA_HOME").unwrap_or(data),
            state: own("XDG_STATE_HOME").unwrap_or(state),
            cache: own("XDG_CACHE_HOME").unwrap_or(cache),
            runtime: super::runtime::folders(environment),
        }
    }

    /// Installed voices, a folder each.
    #[must_use]
    pub fn voices(&self) -> PathBuf {
        self.data.join("voices")
    }

    /// A person's own routines.
    #[must_use]
    pub fn routines(&self) -> PathBuf {
        self.config.join("routines")
    }

    /// A person's own tones.
    #[must_use]
    pub fn sounds(&self) -> PathBuf {
        self.config.join("sounds")
    }

    /// Spoken clips.
    #[must_use]
    pub fn clips(&self) -> PathBuf {
        self.cache.join("clips")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn state_is_where_the_environment_says_unless_that_is_no_whole_path() {
        let of = |state: &'static str| {
            let environment: Environment =
                Arc::new(move |name| (name == "XDG_STATE_HOME").then(|| state.into()));
            Folders::of(&environment).state
        };
        let whole = if cfg!(windows) { r"C:\state" } else { "/state" };
        assert_eq!(of(whole), PathBuf::from(whole).join("coach"));
        assert!(of("state").is_absolute(), "{}", of("state").display());
    }
}
