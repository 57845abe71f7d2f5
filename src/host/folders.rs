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
    /// Spoken clips: may be deleted at any time.
    pub cache: PathBuf,
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
        let (config, data, cache) = if let Ok(platform) = etcetera::choose_app_strategy(args) {
            (platform.config_dir(), platform.data_dir(), platform.cache_dir())
        } else {
            let temporary = std::env::temp_dir().join("coach");
            (temporary.join("config"), temporary.join("data"), temporary.join("cache"))
        };
        Self {
            config: own("XDG_CONFIG_HOME").unwrap_or(config),
            data: own("XDG_DATA_HOME").unwrap_or(data),
            cache: own("XDG_CACHE_HOME").unwrap_or(cache),
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
