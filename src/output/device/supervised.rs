//! An output for a whole session: it plays reels on a device, and looks for another when that one is lost.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;
use std::time::Duration;

use super::bell::Bell;
use super::clock::Clock;
use super::hunt::Hunt;
use super::reel::{Reel, Supply};
use super::sound::{Sound, Where};
use super::{LOOKING, within};
use crate::output::{Feed, Heard, Live, Loss, News, OutputError};
use crate::time::{Frames, SampleRate};

/// Samples of a new reel that are waited for before what plays is faded out, 64 ms; and how long they may take. A
/// slow voice does not hold up who gives a command.
const FIRST_SAMPLES: u64 = 3072;
const FIRST_WAIT: Duration = Duration::from_millis(50);
/// How often the end of a reel is looked for, and how often the rest, which mostly rings the bell by itself.
const CLOSE: Duration = Duration::from_millis(10);
const WIDE: Duration = Duration::from_millis(200);
/// How long the last fade and closing may take at the end of a session.
const LEAVING: Duration = Duration::from_millis(500);

/// A sound device for a whole session.
///
/// One stream at a time; whatever becomes of it is told as [`News`]. What is asked for returns at once: opening,
/// closing and looking happen on other threads, because a sound server may hang in any of them.
pub struct Supervised {
    clock: Arc<dyn Clock>,
    bell: Arc<Bell>,
    wanted: Option<String>,
    stage: Stage,
    /// What it plays on, or played on.
    place: Where,
    /// The device that another stands in for, and whether it was told to be back.
    home: Option<Where>,
    home_told: bool,
    /// The reel under way, until its end is told.
    reel: Option<(u32, Arc<Supply>)>,
    news: VecDeque<News>,
    /// What was heard before this stream, or stands while there is none.
    stands: Heard,
    /// Late samples and gaps of the streams before this one.
    past: (u64, u64),
}

enum Stage {
    Sounds(Sound),
    /// Looking for a device.
    Lost {
        /// By the clock with the machine's sleep.
        since: Duration,
        loss: Loss,
        found: Receiver<Result<Sound, OutputError>>,
        _hunt: CalledOff,
        /// What fades out meanwhile, where the device is left and not lost.
        leaving: Option<Sound>,
    },
    /// It has given up.
    Over,
}

impl fmt::Debug for Supervised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Supervised")
            .field("place", &self.place)
            .field("home", &self.home)
            .field("sounds", &matches!(self.stage, Stage::Sounds(_)))
            .finish_non_exhaustive()
    }
}

impl Supervised {
    /// Opens the device called `wanted`, else the default one; it then plays low noise.
    ///
    /// On Linux it is PulseAudio's or PipeWire's, and ALSA's where no such server has one. Devices other than a
    /// server's are watched for their end and for standing still, and not for another default.
    ///
    /// # Errors
    ///
    /// [`OutputError::NoDevice`], [`OutputError::UnknownDevice`], [`OutputError::Device`].
    pub fn open(wanted: Option<&str>, clock: Arc<dyn Clock>) -> Result<Self, OutputError> {
        let bell = Arc::new(Bell::default());
        let hunt = Hunt {
            clock: Arc::clone(&clock),
            bell: Arc::clone(&bell),
            wanted: wanted.map(str::to_owned),
            lost: None,
            follows: wanted.is_none(),
            cancelled: Arc::default(),
        };
        let silent = || OutputError::NoDevice("the sound server does not answer".into());
        let sound = within(2 * LOOKING, move || hunt.first()).ok_or_else(silent)??;
        let gone = || OutputError::NoDevice("it has just gone".into());
        let place = sound.place().ok_or_else(gone)?;
        Ok(Self {
            clock,
            bell,
            wanted: wanted.map(str::to_owned),
            stage: Stage::Sounds(sound),
            place,
            home: None,
            home_told: false,
            reel: None,
            news: VecDeque::new(),
            stands: Heard { reel: 0, frames: Frames::ZERO },
            past: (0, 0),
        })
    }

    /// How often the samples of a reel came too late, so that low noise was heard in their place.
    #[must_use]
    pub fn underruns(&self) -> u64 {
        self.past.0 + self.now_counted().0
    }

    /// How often a device or its server ran dry or reported a gap.
    #[must_use]
    pub fn gaps(&self) -> u64 {
        self.past.1 + self.now_counted().1
    }

    fn now_counted(&self) -> (u64, u64) {
        match &self.stage {
            Stage::Sounds(sound) => sound.gaps(),
            _ => (0, 0),
        }
    }

    /// Looks once at everything that may be news.
    fn look(&mut self) {
        match &self.stage {
            Stage::Sounds(sound) => {
                if let Some((loss, since)) = sound.lost(&self.clock) {
                    // A reel that was heard to its end before is over all the same.
                    self.look_for_the_end();
                    self.news.push_back(News::Lost(loss.clone()));
                    self.leave(loss, since, false);
                } else {
                    if let Some(place) = sound.place() {
                        self.place = place;
                    }
                    self.look_for_the_end();
                    self.look_for_home();
                }
            }
            Stage::Lost { found, .. } => match found.try_recv() {
                Ok(Ok(sound)) => self.arrive(sound),
                Ok(Err(error)) => self.give_up(error),
                Err(TryRecvError::Empty) => {}
                Err(TryRecvError::Disconnected) => {
                    self.give_up(OutputError::Device("looking for a sound device failed".into()));
                }
            },
            Stage::Over => {}
        }
    }

    fn look_for_the_end(&mut self) {
        let Stage::Sounds(sound) = &self.stage else { return };
        let Some((number, supply)) = &self.reel else { return };
        let Some(length) = supply.length() else { return };
        let (studio, own) = (u128::from(SampleRate::STUDIO.hertz()), u128::from(sound.rate().hertz()));
        let length = (u128::from(length) * studio + own / 2) / own;
        let heard = sound.heard();
        if heard.is_some_and(|heard| heard.reel == *number && u128::from(heard.frames.0) >= length) {
            self.news.push_back(match supply.broke() {
                Some(error) => News::Failed(error.clone().into()),
                None => News::Over(*number),
            });
            self.reel = None;
        }
    }

    fn look_for_home(&mut self) {
        let (Stage::Sounds(sound), Some(home)) = (&self.stage, &self.home) else { return };
        let is_back = sound.sees(home);
        if is_back && !self.home_told {
            self.news.push_back(News::Home(home.name().to_owned()));
        }
        self.home_told = is_back;
    }

    /// Leaves what it plays on and looks for the next device: `home` for the one that is back.
    fn leave(&mut self, loss: Loss, since: Duration, home: bool) {
        self.stands = self.heard();
        let (late, gaps) = self.now_counted();
        self.past = (self.past.0 + late, self.past.1 + gaps);
        self.reel = None;
        let (give, found) = channel();
        let cancelled = Arc::new(AtomicBool::new(false));
        let target = self.home.clone().filter(|_| home).unwrap_or_else(|| self.place.clone());
        let stands_in = !home && self.home.is_some();
        let hunt = Hunt {
            clock: Arc::clone(&self.clock),
            bell: Arc::clone(&self.bell),
            wanted: self.wanted.clone(),
            follows: self.wanted.is_none() && !stands_in,
            lost: Some((target, loss.clone())),
            cancelled: Arc::clone(&cancelled),
        };
        let bell = Arc::clone(&self.bell);
        let look = move || {
            let found = hunt.next();
            if let Err(returned) = give.send(found) {
                drop(returned);
            }
            bell.ring();
        };
        let started = thread::Builder::new().name("coach-hunt".into()).spawn(look);
        let stage = match started {
            Ok(_) => Stage::Lost { since, loss, found, _hunt: CalledOff(cancelled), leaving: None },
            Err(error) => {
                let sentence = format!("no thread could be started to look for a sound device: {error}");
                self.news.push_back(News::Failed(OutputError::Device(sentence)));
                Stage::Over
            }
        };
        let old = std::mem::replace(&mut self.stage, stage);
        match (old, &mut self.stage) {
            // What is left in good order fades out first.
            (Stage::Sounds(sound), Stage::Lost { leaving, .. }) if home => *leaving = Some(sound),
            (old, _) => drop_elsewhere(old),
        }
    }

    fn arrive(&mut self, sound: Sound) {
        let place = sound.place().unwrap_or_else(|| self.place.clone());
        let device = place.name().to_owned();
        let old = std::mem::replace(&mut self.stage, Stage::Sounds(sound));
        if let Stage::Lost { loss, since, .. } = &old {
            let silent = self.clock.with_sleep().saturating_sub(*since);
            let is_home = self.home.as_ref() == Some(&place);
            let same = place == self.place || *loss == Loss::Moved || is_home;
            let instead_of = (!same).then(|| self.place.name().to_owned());
            if is_home || *loss == Loss::Moved {
                self.home = None;
            } else if !same {
                self.home.get_or_insert_with(|| self.place.clone());
            }
            self.news.push_back(News::Found { device, instead_of, silent });
        }
        self.home_told = false;
        self.place = place;
        drop_elsewhere(old);
    }

    fn give_up(&mut self, error: OutputError) {
        drop_elsewhere(std::mem::replace(&mut self.stage, Stage::Over));
        self.news.push_back(News::Failed(error));
    }

    /// How long nothing needs to be looked at, if no bell rings.
    fn nap(&self) -> Duration {
        let ends = self.reel.as_ref().is_some_and(|(_, supply)| supply.length().is_some());
        if ends { CLOSE } else { WIDE }
    }
}

impl Live for Supervised {
    fn device(&self) -> String {
        self.place.name().to_owned()
    }

    fn hush(&mut self) {
        self.look();
        if let Stage::Sounds(sound) = &self.stage {
            sound.change(None);
        }
        self.reel = None;
    }

    fn cut(&mut self) -> Heard {
        match &self.stage {
            Stage::Sounds(sound) => sound.cut().unwrap_or(self.stands),
            _ => self.stands,
        }
    }

    /// While nothing sounds, the reel counts as heard to its frame 0, and is not played: after [`News::Found`] it has
    /// to be played anew.
    fn play(&mut self, reel: u32, feed: Box<dyn Feed>) -> Result<(), OutputError> {
        self.look();
        match &mut self.stage {
            Stage::Sounds(sound) => {
                let thread = |error| OutputError::Device(format!("no thread could be started: {error}"));
                let made = Reel::start(reel, feed, sound.rate()).map_err(thread)?;
                let supply = Arc::clone(&made.supply);
                supply.wait_for(FIRST_SAMPLES, FIRST_WAIT);
                sound.change(Some(made));
                self.reel = Some((reel, supply));
            }
            Stage::Lost { .. } | Stage::Over => self.stands = Heard { reel, frames: Frames::ZERO },
        }
        Ok(())
    }

    fn heard(&self) -> Heard {
        match &self.stage {
            Stage::Sounds(sound) => sound.heard().unwrap_or(self.stands),
            Stage::Lost { .. } | Stage::Over => self.stands,
        }
    }

    fn go_home(&mut self) {
        self.look();
        let (Stage::Sounds(sound), Some(home)) = (&self.stage, &self.home) else { return };
        sound.change(None);
        let loss = Loss::Device(home.name().to_owned());
        let since = self.clock.with_sleep();
        self.leave(loss, since, true);
        if let Stage::Lost { leaving: Some(old), .. } = &self.stage
            && let Some(cut) = old.cut()
        {
            self.stands = cut;
        }
    }

    fn news(&mut self, at_most: Duration) -> Option<News> {
        let until = self.clock.now().saturating_add(at_most);
        loop {
            if self.news.is_empty() {
                self.look();
            }
            if let Some(news) = self.news.pop_front() {
                return Some(news);
            }
            let left = until.saturating_sub(self.clock.now());
            if left.is_zero() {
                return None;
            }
            self.bell.listen(left.min(self.nap()));
        }
    }
}

impl Drop for Supervised {
    fn drop(&mut self) {
        let stage = std::mem::replace(&mut self.stage, Stage::Over);
        // The last fade is waited for, and nothing else.
        within(LEAVING, move || drop(stage));
    }
}

/// Calls the hunt off when nobody waits for it any more.
struct CalledOff(Arc<AtomicBool>);

impl Drop for CalledOff {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Closes what may hang, on a thread of its own.
fn drop_elsewhere(stage: Stage) {
    // Without a thread it is closed here: the closure is dropped.
    let _ = thread::Builder::new().name("coach-sound".into()).spawn(move || drop(stage));
}
