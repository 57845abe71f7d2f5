//! What a key means.

use anstyle_parse::{DefaultCharAccumulator, Params, Parser, Perform};

use crate::timeline::transport::{Command, Unit};

/// A key that means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Press {
    /// A command.
    Command(Command),
    /// A question for help.
    Help,
}

/// Reads what a terminal sends, also in pieces.
#[derive(Default)]
pub(super) struct Reader {
    parser: Parser<DefaultCharAccumulator>,
    keys: Keys,
}

#[derive(Default)]
struct Keys {
    presses: Vec<Press>,
    /// The sequence for an arrow in "application mode" has begun: ESC, O.
    application: bool,
}

impl Reader {
    /// The keys that these bytes complete.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Vec<Press> {
        for byte in bytes {
            self.parser.advance(&mut self.keys, *byte);
        }
        std::mem::take(&mut self.keys.presses)
    }
}

impl Keys {
    fn command(&mut self, command: Command) {
        self.presses.push(Press::Command(command));
    }

    /// An arrow by the last letter of its sequence (ECMA-48 CUU, CUD, CUF, CUB).
    fn arrow(&mut self, letter: u8, unit: Unit) {
        match letter {
            b'A' => self.command(Command::Repeat(unit)),
            b'B' => self.command(Command::SayTime),
            b'C' => self.command(Command::Next(unit)),
            b'D' => self.command(Command::Back(unit)),
            _ => {}
        }
    }
}

impl Perform for Keys {
    fn print(&mut self, key: char) {
        if std::mem::take(&mut self.application) {
            if let Ok(letter) = u8::try_from(key) {
                self.arrow(letter, Unit::Heard);
            }
            return;
        }
        match key {
            ' ' => self.command(Command::Toggle),
            // With the shift key locked as well: eyes are shut.
            'q' | 'Q' => self.command(Command::Stop),
            '?' => self.presses.push(Press::Help),
            _ => {}
        }
    }

    fn execute(&mut self, _: u8) {
        self.application = false;
    }

    fn esc_dispatch(&mut self, intermediates: &[u8], _: bool, byte: u8) {
        self.application = intermediates.is_empty() && byte == b'O';
    }

    fn csi_dispatch(&mut self, params: &Params, intermediates: &[u8], ignore: bool, action: u8) {
        self.application = false;
        if ignore || !intermediates.is_empty() {
            return;
        }
        let mut params = params.iter().map(|param| param.first().copied().unwrap_or_default());
        let (first, modifiers) = (params.next().unwrap_or_default(), params.next().unwrap_or_default());
        // xterm's modifiers: one more than the sum of shift 1, alt 2, control 4.
        let shift = modifiers.saturating_sub(1) & 1 == 1;
        match (action, first) {
            (b'A'..=b'D', _) => self.arrow(action, if shift { Unit::Exercise } else { Unit::Heard }),
            // VT220's "previous screen" and "next screen".
            (b'~', 5) => self.command(Command::Back(Unit::Exercise)),
            (b'~', 6) => self.command(Command::Next(Unit::Exercise)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> String {
        said(Reader::default().read(bytes))
    }

    fn said(presses: Vec<Press>) -> String {
        let word = |press| match press {
            Press::Command(command) => command.to_string(),
            Press::Help => "help".into(),
        };
        presses.into_iter().map(word).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn each_key_means_its_command() {
        for (bytes, meant) in [
            (&b" "[..], "toggle"),
            (b"q", "stop"),
            (b"Q", "stop"),
            (b"?", "help"),
            (b"\x1b[A", "repeat"),
            (b"\x1b[B", "say-time"),
            (b"\x1b[C", "next"),
            (b"\x1b[D", "back"),
            (b"\x1bOC", "next"),
            (b"\x1b[1;2C", "next exercise"),
            (b"\x1b[1;2D", "back exercise"),
            (b"\x1b[1;2A", "repeat exercise"),
            (b"\x1b[1;3C", "next"),
            (b"\x1b[5~", "back exercise"),
            (b"\x1b[6~", "next exercise"),
            (b" \x1b[C q", "toggle, next, toggle, stop"),
        ] {
            assert_eq!(read(bytes), meant, "{bytes:?}");
        }
    }

    #[test]
    fn other_keys_mean_nothing() {
        // Letters, a return, Ctrl-D, umlauts, F5, delete, the mouse, alt with q, what is no UTF-8.
        for bytes in [
            &b"abcxyzABCD0123[~"[..],
            b"\r\n\x04\x7f\x00",
            "äöü€".as_bytes(),
            b"\x1b[15~\x1b[3~",
            b"\x1b[<0;10;10M\x1b[?1;2c",
            b"\x1bq",
            b"\xff\xfe\xc3",
        ] {
            assert_eq!(read(bytes), "", "{bytes:?}");
        }
    }

    #[test]
    fn a_sequence_may_come_in_pieces() {
        for sequence in [&b"\x1b[C"[..], b"\x1bOC", b"\x1b[1;1C"] {
            let mut reader = Reader::default();
            let presses: Vec<Press> = sequence.iter().flat_map(|byte| reader.read(&[*byte])).collect();
            assert_eq!(said(presses), "next", "{sequence:?}");
        }
    }

    #[test]
    fn no_bytes_break_the_reader() {
        let mut reader = Reader::default();
        let bytes: Vec<u8> = (0..200_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        reader.read(&bytes);
        reader.read(b"\x18");
        assert_eq!(said(reader.read(b" ")), "toggle");
    }
}
