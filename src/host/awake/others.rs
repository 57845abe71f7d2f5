//! macOS and Windows, through `keepawake`; anywhere else nothing holds a machine awake.

use super::Inhibitor;

/// Whatever this system offers.
#[derive(Debug)]
pub(super) struct Other;

#[cfg(all(feature = "awake", any(target_os = "macos", windows)))]
impl Inhibitor for Other {
    type Hold = keepawake::KeepAwake;

    fn inhibit(&mut self) -> Result<(Self::Hold, &'static str), String> {
        // Idle sleep alone: a lid that is closed, or a person who chooses to sleep, wins. The display may go dark.
        let hold = keepawake::Builder::default()
            .display(false)
            .idle(true)
            .sleep(false)
            .reason(super::WHY)
            .app_name(super::WHO)
            .create()
            .map_err(|error| format!("the system does not keep the machine awake ({error})"))?;
        Ok((hold, if cfg!(windows) { "Windows" } else { "macOS" }))
    }
}

#[cfg(not(all(feature = "awake", any(target_os = "macos", windows))))]
impl Inhibitor for Other {
    type Hold = std::convert::Infallible;

    fn inhibit(&mut self) -> Result<(Self::Hold, &'static str), String> {
        Err(if cfg!(feature = "awake") {
            "coach cannot keep this system awake".into()
        } else {
            "this coach was built without the feature `awake`".into()
        })
    }
}
