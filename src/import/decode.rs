//! From the bytes of a file to its text, whatever spreadsheet or phone wrote it.

use std::borrow::Cow;

use encoding_rs::{Encoding, WINDOWS_1252};

/// The text of a file, and what to tell where it is not in UTF-8. A byte order mark decides (UTF-8, UTF-16); without one,
/// what is no UTF-8 is taken for Windows-1252, which holds all of Latin-1's letters: spreadsheets write it, and so does
/// "Just Another Workout Timer" in what it exports (see [`jawt`](super)). `None` where it is no text at all.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<(Cow<'_, str>, Option<String>)> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
        let told = broken.then(|| {
            format!("The file is broken {}: what could not be read is shown as \u{fffd}.", encoding.name())
        });
        return (!text.contains('\0')).then_some((text, told));
    }
    if bytes.contains(&0) {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some((Cow::Borrowed(text), None));
    }
    let line = bytes.utf8_chunks().next().map_or(1, |first| first.valid().matches('\n').count() + 1);
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let told = format!(
        "The file is not in UTF-8 (line {line} is the first that is not): it was read as Windows-1252, which is also called \
         Latin-1. Where letters with accents came out wrong, save it as UTF-8 and import it again."
    );
    Some((text, Some(told)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_that_people_have() {
        let read = |bytes: &[u8]| decode(bytes).map(|(text, told)| (text.into_owned(), told.is_some()));
        let dehnung = |told| Some(("Übung,30".to_owned(), told));
        assert_eq!(read("Übung,30".as_bytes()), dehnung(false));
        assert_eq!(read("\u{feff}Übung,30".as_bytes()), dehnung(false));
        assert_eq!(read(b"\xdcbung,30"), dehnung(true));
        let utf16: Vec<u8> = "\u{feff}Übung,30".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&utf16), dehnung(false));
        assert_eq!(read(b"PK\x03\x04\0\0"), None);
        assert_eq!(read(b""), Some((String::new(), false)));
        let (_, told) = decode(b"a\nb\n\xfc").unwrap();
        assert!(told.unwrap().contains("line 3"));
    }
}
