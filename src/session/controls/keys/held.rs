//! A key that is held down counts once.
//!
//! A terminal tells a key held down only by repeating it: first after 250 to 1000 ms, then every 15 to 90 ms on the
//! usual systems. A person who presses twice leaves some 150 ms between. So the first press counts at once; a
//! second of the same key soon after waits until it is sure that no third follows at the pace of a repeat.

use std::time::Duration;

use super::press::Press;

/// Faster than this no person presses one key again and again; above macOS's usual repeat of 90 ms.
const REPEAT: Duration = Duration::from_millis(120);

/// The longest time from a press to its first repeat (Windows' longest; X has 660 ms).
const DELAY: Duration = Duration::from_secs(1);

/// Which presses count.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// The last key, and when it came.
    last: Option<(Press, Duration)>,
    /// It is held down.
    down: bool,
    /// A press of it that counts at this time if it is not repeated before.
    waiting: Option<Duration>,
}

impl Held {
    /// A key comes: what counts now, in order.
    pub(super) fn press(&mut self, press: Press, now: Duration) -> [Option<Press>; 2] {
        let due = self.due(now);
        let last = self.last.replace((press, now));
        let since = last.filter(|(key, _)| *key == press).map(|(_, at)| now.saturating_sub(at));
        match since {
            Some(since) if since < REPEAT && (self.down || self.waiting.is_some()) => {
                self.down = true;
                self.waiting = None;
                [due, None]
            }
            Some(since) if since <= DELAY => {
                self.down = false;
                self.waiting = Some(now + REPEAT);
                [due, None]
            }
            _ => {
                self.down = false;
                // Another key: the one before was not held.
                let waited = self.waiting.take().and(last).map(|(key, _)| key);
                [due.or(waited), Some(press)]
            }
        }
    }

    /// The press that waited long enough.
    pub(super) fn due(&mut self, now: Duration) -> Option<Press> {
        self.waiting.take_if(|due| *due <= now).and(self.last).map(|(key, _)| key)
    }

    /// How long the press that waits still has to.
    pub(super) fn wait(&self, now: Duration) -> Option<Duration> {
        self.waiting.map(|due| due.saturating_sub(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::transport::{Command, Unit};

    const SPACE: Press = Press::Command(Command::Toggle);
    const RIGHT: Press = Press::Command(Command::Next(Unit::Heard));

    /// When presses at these times (in ms) count.
    fn counted(typed: &[(Press, u64)]) -> Vec<(Press, u64)> {
        let mut held = Held::default();
        let mut counted = Vec::new();
        let end = typed.last().unwrap().1 + 2000;
        for now in 0..end {
            let time = Duration::from_millis(now);
            assert!(held.wait(time).is_none_or(|wait| wait <= REPEAT));
            counted.extend(held.due(time).map(|press| (press, now)));
            for (press, _) in typed.iter().filter(|(_, at)| *at == now) {
                counted.extend(held.press(*press, time).into_iter().flatten().map(|press| (press, now)));
            }
        }
        counted
    }

    #[test]
    fn a_key_that_is_held_down_counts_once() {
        for (delay, pace) in [(250, 15), (500, 33), (660, 40), (375, 90), (1000, 30)] {
            let typed: Vec<_> = [0].into_iter().chain((0..50).map(|n| delay + n * pace)).collect();
            let typed: Vec<_> = typed.into_iter().map(|at| (SPACE, at)).collect();
            assert_eq!(counted(&typed), [(SPACE, 0)], "{delay} {pace}");
        }
    }

    #[test]
    fn a_key_that_is_pressed_twice_counts_twice() {
        assert_eq!(counted(&[(RIGHT, 0), (RIGHT, 90)]), [(RIGHT, 0), (RIGHT, 210)]);
        assert_eq!(counted(&[(RIGHT, 0), (RIGHT, 200)]), [(RIGHT, 0), (RIGHT, 320)]);
        assert_eq!(counted(&[(RIGHT, 0), (RIGHT, 1500)]), [(RIGHT, 0), (RIGHT, 1500)]);
        let thrice = [(RIGHT, 0), (RIGHT, 150), (RIGHT, 300)];
        assert_eq!(counted(&thrice), [(RIGHT, 0), (RIGHT, 270), (RIGHT, 420)]);
    }

    #[test]
    fn another_key_counts_at_once_and_in_order() {
        assert_eq!(counted(&[(SPACE, 0), (RIGHT, 20)]), [(SPACE, 0), (RIGHT, 20)]);
        let typed = [(SPACE, 0), (SPACE, 150), (RIGHT, 170)];
        assert_eq!(counted(&typed), [(SPACE, 0), (SPACE, 170), (RIGHT, 170)]);
    }

    #[test]
    fn keys_that_come_at_one_time_are_a_held_key() {
        assert_eq!(counted(&[(SPACE, 5); 60]), [(SPACE, 5)]);
    }
}
