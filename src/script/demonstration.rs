//! Plans that are no exercise: a sentence and the ten tones, each after its meaning; a person's own sentences.

use std::time::Duration;

use crate::language::Language;
use crate::sound::tone::Tone;

use super::part::{Part, PartKind};
use super::phrases::Phrases;
use super::plan::{Cue, Place, Plan, Segment, SegmentKind};
use super::{Talk, estimate};

/// Real samples before the first word, for headphones that swallow what follows silence (nvda #14386).
const WAKE_UP: Duration = Duration::from_millis(1200);
/// Low noise after the last tone, so that no device cuts it off.
const AFTERWARDS: Duration = Duration::from_millis(500);

/// What tells a voice: a position with a side, a movement, and a count with its end.
#[must_use]
pub const fn sample(language: Language) -> [&'static str; 3] {
    match language {
        Language::English => [
            "Lie on your back, with your left knee bent.",
            "Slowly lift your heel, and hold for ten seconds.",
            "Five, four, three, two, one. Now lower it, and switch sides.",
        ],
        Language::German => [
            "Leg dich auf den Rücken, das linke Knie gebeugt.",
            "Heb langsam die Ferse, und halte zehn Sekunden lang.",
            "Fünf, vier, drei, zwei, eins. Jetzt senk sie wieder, und wechsle die Seite.",
        ],
        Language::Spanish => [
            "Túmbate boca arriba, con la rodilla izquierda doblada.",
            "Levanta despacio el talón, y mantén diez segundos.",
            "Cinco, cuatro, tres, dos, uno. Ahora bájalo, y cambia de lado.",
        ],
        Language::French => [
            "Allonge-toi sur le dos, le genou gauche plié.",
            "Lève lentement le talon, et tiens dix secondes.",
            "Cinq, quatre, trois, deux, un. Maintenant baisse-le, et change de côté.",
        ],
        Language::Italian => [
            "Sdraiati sulla schiena, con il ginocchio sinistro piegato.",
            "Solleva lentamente il tallone, e mantieni per dieci secondi.",
            "Cinque, quattro, tre, due, uno. Ora abbassalo, e cambia lato.",
        ],
    }
}

impl Plan {
    /// A sentence and the ten tones, to hear whether and how they sound.
    #[must_use]
    pub fn demonstration(language: Language, speed: u16) -> Self {
        let phrases = Phrases::of(language);
        let mut kinds =
            vec![SegmentKind::Silence(WAKE_UP), SegmentKind::Say(vec![Cue::new(phrases.sound_works)])];
        for tone in Tone::ALL {
            kinds.push(SegmentKind::Say(vec![Cue::new((phrases.meaning)(tone))]));
            kinds.push(SegmentKind::Tone(tone));
        }
        kinds.push(SegmentKind::Silence(AFTERWARDS));
        Self::of_kinds("tones", "The ten tones", kinds, phrases, speed)
    }

    /// These sentences, one after another. `for_device` begins and ends as devices need it; in a file the words are all
    /// there is.
    #[must_use]
    pub fn saying(sentences: &[&str], language: Language, speed: u16, for_device: bool) -> Self {
        let mut kinds = vec![SegmentKind::Say(sentences.iter().map(|words| Cue::new(*words)).collect())];
        if for_device {
            kinds.insert(0, SegmentKind::Silence(WAKE_UP));
            kinds.push(SegmentKind::Silence(AFTERWARDS));
        }
        Self::of_kinds("say", "Words", kinds, Phrases::of(language), speed)
    }

    fn of_kinds(
        routine: &str,
        title: &str,
        kinds: Vec<SegmentKind>,
        phrases: &'static Phrases,
        speed: u16,
    ) -> Self {
        let segments: Vec<Segment> =
            kinds.into_iter().map(|kind| Segment { place: Place::default(), kind }).collect();
        let estimate = estimate::segments(&segments, speed);
        let part = Part {
            kind: PartKind::Opening,
            place: Place::default(),
            first: 0,
            reps: 1,
            here: Vec::new(),
            position: Vec::new(),
        };
        Self {
            routine: routine.into(),
            title: title.into(),
            session: None,
            talk: Talk::Full,
            phrases,
            segments,
            parts: vec![part],
            dropped: Vec::new(),
            estimate,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tone_follows_its_meaning() {
        let plan = Plan::demonstration(Language::German, 100);
        let tones = plan.segments.windows(2).filter(|pair| {
            matches!(
                pair,
                [Segment { kind: SegmentKind::Say(_), .. }, Segment { kind: SegmentKind::Tone(_), .. }]
            )
        });
        assert_eq!(tones.count(), Tone::ALL.len());
    }
}
