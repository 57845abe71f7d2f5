//! Small graphs with the interface of a voice, made here: what no package has can be tested too.

use super::onnx::{put, varint};

/// The lengths of an input or output: fixed, or by a name.
pub(super) type Lengths = &'static [Option<u64>];

const FLOAT: u64 = 1;
const INT64: u64 = 7;

/// A graph to be.
pub(super) struct Tiny {
    nodes: Vec<Vec<u8>>,
    constants: Vec<Vec<u8>>,
    inputs: Vec<Vec<u8>>,
    outputs: Vec<Vec<u8>>,
}

impl Tiny {
    pub(super) fn new() -> Self {
        Self { nodes: Vec::new(), constants: Vec::new(), inputs: Vec::new(), outputs: Vec::new() }
    }

    /// An input of whole numbers.
    pub(super) fn whole(mut self, name: &str, lengths: Lengths) -> Self {
        self.inputs.push(port(name, INT64, lengths));
        self
    }

    /// An input of other numbers.
    pub(super) fn float(mut self, name: &str, lengths: Lengths) -> Self {
        self.inputs.push(port(name, FLOAT, lengths));
        self
    }

    pub(super) fn output(mut self, name: &str, lengths: Lengths) -> Self {
        self.outputs.push(port(name, FLOAT, lengths));
        self
    }

    /// An operator with one output and attributes of whole numbers.
    pub(super) fn node(
        mut self,
        operator: &str,
        inputs: &[&str],
        output: &str,
        attributes: &[(&str, u64)],
    ) -> Self {
        let mut node = Vec::new();
        for input in inputs {
            put(&mut node, 1, input.as_bytes());
        }
        put(&mut node, 2, output.as_bytes());
        put(&mut node, 3, output.as_bytes());
        put(&mut node, 4, operator.as_bytes());
        for (name, value) in attributes {
            let mut attribute = Vec::new();
            put(&mut attribute, 1, name.as_bytes());
            number(&mut attribute, 3, *value);
            number(&mut attribute, 20, 2);
            put(&mut node, 5, &attribute);
        }
        self.nodes.push(node);
        self
    }

    /// A constant row of whole numbers.
    pub(super) fn row(mut self, name: &str, values: &[i64]) -> Self {
        let mut tensor = Vec::new();
        number(&mut tensor, 1, values.len() as u64);
        number(&mut tensor, 2, INT64);
        put(&mut tensor, 8, name.as_bytes());
        put(&mut tensor, 9, &values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<_>>());
        self.constants.push(tensor);
        self
    }

    /// The ONNX file.
    pub(super) fn onnx(self) -> Vec<u8> {
        let mut graph = Vec::new();
        for (number, parts) in [(1, self.nodes), (5, self.constants), (11, self.inputs), (12, self.outputs)] {
            for part in parts {
                put(&mut graph, number, &part);
            }
        }
        put(&mut graph, 2, b"tiny");
        let mut operators = Vec::new();
        number(&mut operators, 2, 15);
        let mut model = Vec::new();
        number(&mut model, 1, 8);
        put(&mut model, 7, &graph);
        put(&mut model, 8, &operators);
        model
    }
}

/// A Piper voice: noise, as many samples as there are phonemes times four, louder where a phoneme's number is high.
pub(super) fn piper() -> Tiny {
    Tiny::new()
        .whole("input", &[None, None])
        .whole("input_lengths", &[None])
        .float("scales", &[Some(3)])
        .output("output", &[None, None, None, None])
        .row("first", &[0])
        .row("axes", &[1, 2])
        .row("four", &[1, 1, 1, 4])
        .node("Cast", &["input"], "numbers", &[("to", FLOAT)])
        .node("RandomNormalLike", &["numbers"], "rhythm", &[("dtype", FLOAT)])
        .node("RandomNormalLike", &["numbers"], "noise", &[("dtype", FLOAT)])
        .node("Gather", &["scales", "first"], "scale", &[("axis", 0)])
        .node("Mul", &["noise", "scale"], "scaled", &[])
        .node("Add", &["scaled", "rhythm"], "drawn", &[])
        .node("Mul", &["drawn", "numbers"], "shaped", &[])
        .node("Unsqueeze", &["shaped", "axes"], "samples", &[])
        .node("Tile", &["samples", "four"], "output", &[])
}

fn port(name: &str, kind: u64, lengths: Lengths) -> Vec<u8> {
    let mut shape = Vec::new();
    for length in lengths {
        let mut dimension = Vec::new();
        match length {
            Some(fixed) => number(&mut dimension, 1, *fixed),
            None => put(&mut dimension, 2, b"n"),
        }
        put(&mut shape, 1, &dimension);
    }
    let mut tensor = Vec::new();
    number(&mut tensor, 1, kind);
    put(&mut tensor, 2, &shape);
    let mut typed = Vec::new();
    put(&mut typed, 1, &tensor);
    let mut port = Vec::new();
    put(&mut port, 1, name.as_bytes());
    put(&mut port, 2, &typed);
    port
}

fn number(message: &mut Vec<u8>, field: u64, value: u64) {
    varint(message, field << 3);
    varint(message, value);
}
