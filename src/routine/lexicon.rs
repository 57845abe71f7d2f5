//! `[lexicon]`: how words of the routine are said.

use toml::de::DeValue;

use super::keys::Kind;
use super::table::{Entry, Table};
use crate::diagnostic::Problem;
use crate::lexicon::{Fault, Lexicon, Part};

/// Reads the section, and collects what is wrong with its entries.
pub(super) fn lexicon(routine: &Table<'_>, entry: &Entry<'_>, problems: &mut Vec<Problem>) -> Lexicon {
    let mut lexicon = Lexicon::default();
    let DeValue::Table(entries) = entry.value else {
        let mut problem = routine.wrong_type("lexicon", entry.place.clone(), entry.value, "a section");
        problem.help = Some(
            "write `[lexicon]` on a line of its own, with lines such as `Jefferson = \"jeffer son\"` below it"
                .to_owned(),
        );
        problems.push(problem);
        return lexicon;
    };
    let table = Table::new(Kind::Lexicon, entry.place.clone(), entries);
    // The first of two that differ in their capitals alone is the one that stands first in the file.
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort_by_key(|(word, _)| word.span().start);
    for (word, said) in entries {
        let name: &str = word.get_ref();
        let Some(written) = said.get_ref().as_str() else {
            problems.push(table.wrong_type(name, said.span(), said.get_ref(), "words in quotes"));
            continue;
        };
        if let Err(Fault { part, message, help }) = lexicon.add(name, written) {
            problems.push(match part {
                Part::Word => Problem::new("lexicon-word", message).at(word.span(), "this word").help(help),
                Part::Said => Problem::new("lexicon-said", message).at(said.span(), "said for it").help(help),
                Part::Phonemes => {
                    Problem::new("unknown-phoneme", message).at(said.span(), "in here").help(help)
                }
            });
        }
    }
    lexicon
}
