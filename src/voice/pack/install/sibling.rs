//! The other voices of the family of `heart`.

use crate::voice::pack::Variety;

/// A voice that the makers of `heart` trained too. Its file is not in a package: a person brings it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sibling {
    /// What its makers call it.
    pub name: &'static str,
    /// What its file is called.
    pub file: &'static str,
    /// Which English it speaks.
    pub language: Variety,
    /// SHA-256 of its file, in hexadecimal.
    sha256: &'static str,
}

/// As `hibari-tts` 0.2.1 lists them (`hibari/assets/voices.json`).
const SIBLINGS: [Sibling; 4] = [
    Sibling {
        name: "emma",
        file: "bf_emma.int8.onnx",
        language: Variety::British,
        sha256: "f709f0488ee63b583a22189a955aaf4257b9806dd330be3490661e53af0a89c1",
    },
    Sibling {
        name: "fable",
        file: "bm_fable.int8.onnx",
        language: Variety::British,
        sha256: "c28529302f2d27cd12f62625c24425888c4e3c2675583100ec530259136b8bc6",
    },
    Sibling {
        name: "fenrir",
        file: "am_fenrir_v2.int8.onnx",
        language: Variety::American,
        sha256: "f59fbd87908c91f827bc21b1b89443757b9a8580db9eee20aa948deb731321f4",
    },
    Sibling {
        name: "kore",
        file: "af_kore.int8.onnx",
        language: Variety::American,
        sha256: "346885752673e45d42f9864c9e2432094bc4b6385df060d4b83273da764d2fa9",
    },
];

impl Sibling {
    /// The voice that its makers call `name`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        SIBLINGS.into_iter().find(|sibling| sibling.name == name)
    }

    /// The voice whose file has this hash.
    pub(super) fn of_hash(sha256: &str) -> Option<Self> {
        SIBLINGS.into_iter().find(|sibling| sibling.sha256 == sha256)
    }
}
