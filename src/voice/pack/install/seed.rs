//! Seeds for the noise that a graph draws: without them the same words would sound otherwise every time.
//!
//! An operator such as `RandomNormalLike` draws anew at every run, unless its attribute `seed` is set (ONNX operators,
//! `RandomNormalLike`: "If not specified we will auto generate one."). Piper's graphs leave it unset. The attribute is
//! written into the graph as the pack is made. An ONNX file is a protobuf message, of which only the way down to the
//! operators is read here: `ModelProto.graph` (7), `GraphProto.node` (1), `NodeProto.op_type` (4), `.attribute` (5).

use super::onnx::{Fields, GRAPH, NODE, put};

/// The operators that draw.
const DRAWING: [&[u8]; 6] = [
    b"RandomNormal",
    b"RandomNormalLike",
    b"RandomUniform",
    b"RandomUniformLike",
    b"Multinomial",
    b"Bernoulli",
];

const OP_TYPE: u64 = 4;
const ATTRIBUTE: u64 = 5;
const ATTRIBUTE_NAME: u64 = 1;

/// Four thousand operators make the largest Piper graph; a file of more is none.
const MOST_SEEDS: u8 = 200;

/// The graph `onnx` with a seed for every operator that draws and has none; each another one, the same every time.
///
/// # Errors
///
/// When it is no ONNX file.
pub(super) fn seeded(onnx: &[u8]) -> Result<Vec<u8>, String> {
    let mut seeds = 0;
    rewritten(onnx, GRAPH, |graph| {
        rewritten(graph, NODE, |node| {
            let mut draws = false;
            let mut has_seed = false;
            for field in Fields(node) {
                let field = field?;
                match (field.number, field.content) {
                    (OP_TYPE, Some(name)) => draws = DRAWING.contains(&name),
                    (ATTRIBUTE, Some(attribute)) => has_seed |= is_seed(attribute)?,
                    _ => {}
                }
            }
            if !draws || has_seed {
                return Ok(None);
            }
            seeds += 1;
            if seeds > MOST_SEEDS {
                return Err("it draws noise in more places than a voice does".to_owned());
            }
            let mut node = node.to_vec();
            put(&mut node, ATTRIBUTE, &seed(seeds));
            Ok(Some(node))
        })
        .map(Some)
    })
}

/// The attribute `seed`: its name, its value (2, four bytes), its type (20, of which 1 is a float).
fn seed(value: u8) -> Vec<u8> {
    let mut attribute = Vec::new();
    put(&mut attribute, ATTRIBUTE_NAME, b"seed");
    attribute.push(2 << 3 | 5);
    attribute.extend(f32::from(value).to_le_bytes());
    attribute.extend([0xa0, 0x01, 1]);
    attribute
}

fn is_seed(attribute: &[u8]) -> Result<bool, String> {
    for field in Fields(attribute) {
        let field = field?;
        if field.number == ATTRIBUTE_NAME && field.content == Some(b"seed") {
            return Ok(true);
        }
    }
    Ok(false)
}

/// `message` with each field `number` as `change` makes it; it stays as it is where that gives nothing.
fn rewritten(
    message: &[u8],
    number: u64,
    mut change: impl FnMut(&[u8]) -> Result<Option<Vec<u8>>, String>,
) -> Result<Vec<u8>, String> {
    let mut all = Vec::with_capacity(message.len() + 256);
    for field in Fields(message) {
        let field = field?;
        let changed = match field.content.filter(|_| field.number == number) {
            Some(content) => change(content)?,
            None => None,
        };
        match changed {
            Some(content) => put(&mut all, number, &content),
            None => all.extend_from_slice(field.whole),
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use rten_tensor::NdTensor;
    use rten_tensor::prelude::*;

    use super::super::onnx::varint;
    use super::super::tiny;
    use super::*;

    /// What the graph gives for three phonemes.
    fn run(onnx: &[u8]) -> Vec<f32> {
        let graph = rten::Model::load(onnx.to_vec()).unwrap();
        let input = |name| graph.node_id(name).unwrap();
        let ids = NdTensor::from([[3_i32, 4, 5]]);
        let (length, scales) = (NdTensor::from([3_i32]), NdTensor::from([0.5_f32, 1.0, 0.5]));
        let inputs = vec![
            (input("input"), ids.view().into()),
            (input("input_lengths"), length.view().into()),
            (input("scales"), scales.view().into()),
        ];
        let [output] = graph.run_n(inputs, [input("output")], None).unwrap();
        let output: rten_tensor::Tensor<f32> = output.try_into().unwrap();
        output.into_data()
    }

    #[test]
    fn a_seeded_graph_draws_the_same_every_time() {
        let drawing = tiny::piper().onnx();
        assert!(run(&drawing) != run(&drawing), "without a seed it would not need one");
        let seeded = seeded(&drawing).unwrap();
        let samples = run(&seeded);
        assert_eq!(samples.len(), 12);
        assert_eq!(samples, run(&seeded));
        // Each draws its own: the same noise twice would leave nothing of `a - b`.
        let apart = tiny::piper()
            .node("Sub", &["rhythm", "noise"], "apart", &[])
            .output("apart", &[None, None])
            .onnx();
        let graph = rten::Model::load(super::seeded(&apart).unwrap()).unwrap();
        let ids = NdTensor::from([[1_i32, 1, 1]]);
        let inputs = vec![(graph.node_id("input").unwrap(), ids.view().into())];
        let [difference] = graph.run_n(inputs, [graph.node_id("apart").unwrap()], None).unwrap();
        let difference: rten_tensor::Tensor<f32> = difference.try_into().unwrap();
        assert!(difference.into_data().iter().all(|sample| sample.abs() > 1e-6));
    }

    #[test]
    fn what_has_a_seed_or_draws_nothing_stays_byte_for_byte() {
        let once = seeded(&tiny::piper().onnx()).unwrap();
        assert_eq!(seeded(&once).unwrap(), once);
        let quiet = tiny::Tiny::new().whole("input", &[None]).node("Neg", &["input"], "output", &[]).onnx();
        assert_eq!(seeded(&quiet).unwrap(), quiet);
    }

    #[test]
    fn what_is_cut_off_is_told() {
        let whole = tiny::piper().onnx();
        let refused = (1..whole.len()).filter(|&length| seeded(&whole[..length]).is_err()).count();
        // Between two fields of the outermost message there is nothing that is missing.
        assert!(refused >= whole.len() - 4, "{refused} of {}", whole.len());
        assert!(seeded(b"<html>no graph</html>").is_err());
        assert!(seeded(&[0xff; 64]).is_err());
        let mut endless = Vec::new();
        varint(&mut endless, GRAPH << 3 | 2);
        varint(&mut endless, u64::MAX);
        assert!(seeded(&endless).is_err(), "a length that nothing can have");
    }
}
