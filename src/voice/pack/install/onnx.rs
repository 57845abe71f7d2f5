//! ONNX files as what they are inside: protobuf messages.
//!
//! A damaged file is found here, before it is given to `rten`: version 0.27.0 of that trusts the lengths that are written
//! in a file, and one that is wrong can send it round and round for ever.

/// Where a model has its graph, and a graph its operators.
pub(super) const GRAPH: u64 = 7;
pub(super) const NODE: u64 = 1;

/// Graphs may hold graphs, of which a voice has none.
const DEEPEST: u8 = 24;

/// The messages of an ONNX file that hold others (`onnx.proto`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Message {
    Model,
    Graph,
    Node,
    Attribute,
    Tensor,
    ValueInfo,
    Type,
    TensorType,
    SequenceType,
    Shape,
    /// Numbers and texts alone.
    Flat,
}

/// What a field is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Message(Message),
    /// Whole numbers one after the other, where it is made of bytes.
    Varints,
    /// Other numbers of so many bytes each, where it is made of bytes.
    Numbers(usize),
    /// In another file, which a pack does not have.
    Elsewhere,
    /// Texts, bytes and what is passed over.
    Anything,
}

impl Message {
    fn field(self, number: u64) -> Inside {
        use Inside::{Anything, Elsewhere, Numbers, Varints};
        let message = match (self, number) {
            (Self::Model, GRAPH) | (Self::Attribute, 6) => Self::Graph,
            (Self::Model, 8 | 14) | (Self::Shape, 1) => Self::Flat,
            (Self::Graph, NODE) => Self::Node,
            (Self::Graph | Self::Attribute, 5) => Self::Tensor,
            (Self::Graph, 11..=13) => Self::ValueInfo,
            (Self::Node, 5) => Self::Attribute,
            (Self::ValueInfo, 2) | (Self::SequenceType, 1) => Self::Type,
            (Self::Type, 1) => Self::TensorType,
            (Self::Type, 4) => Self::SequenceType,
            (Self::TensorType, 2) => Self::Shape,
            (Self::Attribute, 8) | (Self::Tensor, 1 | 5 | 7) => return Varints,
            (Self::Attribute, 7) | (Self::Tensor, 4) => return Numbers(4),
            (Self::Tensor, 10) => return Numbers(8),
            (Self::Tensor, 13) => return Elsewhere,
            _ => return Anything,
        };
        Inside::Message(message)
    }
}

/// Checks that `onnx` is whole: every length in it fits into what it stands in.
///
/// # Errors
///
/// When it is no ONNX file, a damaged one, or keeps its numbers in another file; the reason, as a clause.
pub(super) fn check(onnx: &[u8]) -> Result<(), String> {
    check_message(onnx, Message::Model, 0)?;
    // Anything may look like a message without a graph.
    if Fields(onnx).any(|field| field.is_ok_and(|field| field.number == GRAPH)) {
        Ok(())
    } else {
        Err(broken())
    }
}

fn check_message(bytes: &[u8], message: Message, depth: u8) -> Result<(), String> {
    if depth > DEEPEST {
        return Err(broken());
    }
    for field in Fields(bytes) {
        let field = field?;
        match (message.field(field.number), field.content) {
            (Inside::Message(inner), Some(content)) => check_message(content, inner, depth + 1)?,
            (Inside::Varints, Some(mut content)) => {
                while !content.is_empty() {
                    read_varint(&mut content).ok_or_else(broken)?;
                }
            }
            (Inside::Numbers(size), Some(content)) if content.len() % size != 0 => return Err(broken()),
            (Inside::Elsewhere, _) => return Err("its numbers are in another file".into()),
            (Inside::Message(_), None) => return Err(broken()),
            _ => {}
        }
    }
    Ok(())
}

fn broken() -> String {
    "it is no ONNX file, or not a whole one".to_owned()
}

/// Appends a field of bytes.
pub(super) fn put(message: &mut Vec<u8>, number: u64, content: &[u8]) {
    varint(message, number << 3 | 2);
    varint(message, content.len() as u64);
    message.extend_from_slice(content);
}

pub(super) fn varint(message: &mut Vec<u8>, mut value: u64) {
    loop {
        let [low, ..] = value.to_le_bytes();
        value >>= 7;
        if value == 0 {
            message.push(low & 0x7f);
            return;
        }
        message.push(low | 0x80);
    }
}

/// A field of a protobuf message.
pub(super) struct Field<'a> {
    pub(super) number: u64,
    /// All of it, with its key.
    pub(super) whole: &'a [u8],
    /// What is in it, where it is made of bytes.
    pub(super) content: Option<&'a [u8]>,
}

/// The fields of a message; ends after the first error.
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Fields<'a> {
    fn read(&mut self) -> Option<Field<'a>> {
        let start = self.0;
        let mut rest = start;
        let key = read_varint(&mut rest)?;
        let content = match key & 7 {
            0 => {
                read_varint(&mut rest)?;
                None
            }
            1 => {
                rest = rest.get(8..)?;
                None
            }
            2 => {
                let length = usize::try_from(read_varint(&mut rest)?).ok()?;
                let (content, after) = rest.split_at_checked(length)?;
                rest = after;
                Some(content)
            }
            5 => {
                rest = rest.get(4..)?;
                None
            }
            _ => return None,
        };
        self.0 = rest;
        Some(Field { number: key >> 3, whole: start.get(..start.len() - rest.len())?, content })
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<Field<'a>, String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.read();
        if field.is_none() {
            self.0 = &[];
        }
        Some(field.ok_or_else(broken))
    }
}

fn read_varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::tiny;
    use super::*;

    #[test]
    fn whole_files_are_whole_and_others_are_not() {
        let whole = tiny::piper().onnx();
        assert_eq!(check(&whole), Ok(()));
        for part in ["model.onnx", "oov.onnx", "british-oov.onnx"] {
            let file = crate::voice::neural::tests::folder().join(part);
            assert_eq!(check(&std::fs::read(file).unwrap()), Ok(()), "{part}");
        }
        for length in 0..whole.len() {
            let _ = check(&whole[..length]);
        }
        for garbage in [&b""[..], b"<html>no graph</html>", &[0; 64], &[0xff; 64], &[0x3a, 0xff, 0xff, 0x7f]]
        {
            assert_eq!(check(garbage), Err(broken()), "{garbage:?}");
        }
    }

    #[test]
    fn lengths_that_reach_out_of_their_message_are_found() {
        let mut node = Vec::new();
        put(&mut node, 4, b"Neg");
        // Four bytes more than there are: the file itself would have them.
        node.extend([1 << 3 | 2, 5, b'x']);
        let (mut graph, mut model) = (Vec::new(), Vec::new());
        put(&mut graph, NODE, &node);
        put(&mut model, GRAPH, &graph);
        put(&mut model, 2, b"made here");
        assert_eq!(check(&model), Err(broken()));
    }

    #[test]
    fn graphs_in_graphs_have_an_end() {
        let mut inner = Vec::new();
        for _ in 0..200 {
            let (mut attribute, mut node, mut graph) = (Vec::new(), Vec::new(), Vec::new());
            put(&mut attribute, 6, &inner);
            put(&mut node, 5, &attribute);
            put(&mut graph, NODE, &node);
            inner = graph;
        }
        let mut model = Vec::new();
        put(&mut model, GRAPH, &inner);
        assert_eq!(check(&model), Err(broken()));
    }

    #[test]
    fn numbers_in_another_file_are_told() {
        let (mut tensor, mut graph, mut model) = (Vec::new(), Vec::new(), Vec::new());
        put(&mut tensor, 13, b"");
        put(&mut graph, 5, &tensor);
        put(&mut model, GRAPH, &graph);
        assert_eq!(check(&model), Err("its numbers are in another file".into()));
    }
}
