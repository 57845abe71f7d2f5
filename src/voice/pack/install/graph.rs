//! Looking at a graph before anything is installed: which kind of voice it is.

use rten::{DataType, Dimension, Model, ModelOptions, NodeId, ValueType};

use super::onnx;
use crate::voice::pack::Family;

/// An input or an output: its name, its type and its lengths, as far as the graph tells.
struct Port {
    name: String,
    kind: Option<DataType>,
    shape: Option<Vec<Dimension>>,
}

/// What a port has to be called, and to be. A length that is not fixed is `None`.
struct Wanted {
    name: &'static str,
    kind: DataType,
    shape: &'static [Option<usize>],
}

const fn wanted(name: &'static str, kind: DataType, shape: &'static [Option<usize>]) -> Wanted {
    Wanted { name, kind, shape }
}

/// One bin of the spectrum every 20 Hz, up to 12 kHz.
const SPECTRA: &[Option<usize>] = &[None, Some(601), None];

const HIBARI: (&[Wanted], &[Wanted]) = (
    &[wanted("ids", DataType::Int32, &[None, None]), wanted("speed", DataType::Float, &[Some(1)])],
    &[
        wanted("lh", DataType::Float, SPECTRA),
        wanted("theta", DataType::Float, SPECTRA),
        wanted("ln", DataType::Float, SPECTRA),
        wanted("lr", DataType::Float, SPECTRA),
        wanted("phi", DataType::Float, SPECTRA),
        wanted("f0", DataType::Float, &[None, None]),
    ],
);

const PIPER: (&[Wanted], &[Wanted]) = (
    &[
        wanted("input", DataType::Int32, &[None, None]),
        wanted("input_lengths", DataType::Int32, &[None]),
        wanted("scales", DataType::Float, &[Some(3)]),
    ],
    &[wanted("output", DataType::Float, &[None, None, None, None])],
);

/// Piper's voices of several speakers ask which one.
const SPEAKER: Wanted = wanted("sid", DataType::Int32, &[None]);

/// The family of the graph `onnx`.
///
/// The graph is read and not run, nor is any of it computed ahead.
///
/// # Errors
///
/// When it is no graph, has operators that coach cannot run, or is none of the families; the reason, as a clause.
pub(super) fn family(onnx: Vec<u8>) -> Result<Family, String> {
    onnx::check(&onnx)?;
    // What was never meant to be a graph may make the program that reads it fail.
    let graph = std::thread::spawn(move || {
        let mut options = ModelOptions::with_all_ops();
        options.enable_optimization(false);
        options.load(onnx).map(|graph| (ports(&graph, graph.input_ids()), ports(&graph, graph.output_ids())))
    });
    let (inputs, outputs) = graph
        .join()
        .map_err(|_| "it is no graph, or a damaged one".to_owned())?
        .map_err(|error| format!("it cannot be read as a graph (ONNX): {error}"))?;
    if names(&inputs, HIBARI.0) && has(&outputs, HIBARI.1) {
        return check(&inputs, HIBARI.0).and_then(|()| check(&outputs, HIBARI.1)).map(|()| Family::Hibari);
    }
    let several = inputs.iter().any(|port| port.name == SPEAKER.name);
    let single: Vec<&Port> = inputs.iter().filter(|port| port.name != SPEAKER.name).collect();
    if names(single.iter().copied(), PIPER.0) && has(&outputs, PIPER.1) {
        if several {
            check(&inputs, &[SPEAKER])?;
        }
        return check(&inputs, PIPER.0).and_then(|()| check(&outputs, PIPER.1)).map(|()| Family::Piper);
    }
    Err(format!(
        "its graph has the inputs {} and the outputs {}, and coach knows two kinds: that of 'heart' (inputs ids, speed; \
         outputs lh, theta, ln, lr, phi, f0) and Piper's (inputs input, input_lengths, scales, perhaps sid; output \
         output)",
        listed(&inputs),
        listed(&outputs)
    ))
}

fn ports(graph: &Model, ids: &[NodeId]) -> Vec<Port> {
    ids.iter()
        .filter_map(|&id| graph.node_info(id))
        .map(|port| Port {
            name: port.name().unwrap_or_default().to_owned(),
            kind: match port.dtype() {
                Some(ValueType::Tensor(kind)) => Some(kind),
                _ => None,
            },
            shape: port.shape(),
        })
        .collect()
}

/// Whether the ports have exactly these names, in any order.
fn names<'a>(ports: impl IntoIterator<Item = &'a Port>, wanted: &[Wanted]) -> bool {
    let mut found: Vec<&str> = ports.into_iter().map(|port| port.name.as_str()).collect();
    let mut names: Vec<&str> = wanted.iter().map(|wanted| wanted.name).collect();
    found.sort_unstable();
    names.sort_unstable();
    found == names
}

/// Whether the ports have these names among others.
fn has(ports: &[Port], wanted: &[Wanted]) -> bool {
    wanted.iter().all(|wanted| ports.iter().any(|port| port.name == wanted.name))
}

/// Checks the types and lengths of the ports of these names.
fn check(ports: &[Port], wanted: &[Wanted]) -> Result<(), String> {
    for wanted in wanted {
        let Some(port) = ports.iter().find(|port| port.name == wanted.name) else { continue };
        if port.kind.is_some_and(|kind| kind != wanted.kind) {
            return Err(format!("`{}` of its graph is of another type than a voice's", wanted.name));
        }
        let fits = port.shape.as_ref().is_none_or(|shape| {
            let fits = |(found, wanted): (&Dimension, &Option<usize>)| match (found, wanted) {
                (Dimension::Fixed(found), Some(wanted)) => found == wanted,
                _ => true,
            };
            shape.len() == wanted.shape.len() && shape.iter().zip(wanted.shape).all(fits)
        });
        if !fits {
            return Err(format!("`{}` of its graph has another shape than a voice's", wanted.name));
        }
    }
    Ok(())
}

/// The names of ports, for a person; the first eight.
fn listed(ports: &[Port]) -> String {
    if ports.is_empty() {
        return "(none)".into();
    }
    let mut names: Vec<String> = ports
        .iter()
        .take(8)
        .map(|port| port.name.chars().take(40).flat_map(char::escape_debug).collect())
        .collect();
    if ports.len() > names.len() {
        names.push("…".into());
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::tiny::{self, Lengths, Tiny};
    use super::*;

    #[test]
    fn the_two_families_are_told_apart() {
        let heart = crate::voice::neural::tests::folder().join("model.onnx");
        assert_eq!(family(std::fs::read(heart).unwrap()), Ok(Family::Hibari));
        assert_eq!(family(tiny::piper().onnx()), Ok(Family::Piper));
        assert_eq!(family(tiny::piper().whole("sid", &[None]).onnx()), Ok(Family::Piper));
    }

    #[test]
    fn another_graph_is_refused_with_what_it_has() {
        let oov = crate::voice::neural::tests::folder().join("oov.onnx");
        let said = family(std::fs::read(oov).unwrap()).unwrap_err();
        assert!(said.starts_with("its graph has the inputs chars and the outputs "), "{said}");
        assert!(said.contains("inputs ids, speed") && said.contains("input_lengths"), "{said}");

        let kokoro = Tiny::new()
            .whole("tokens", &[Some(1), None])
            .float("style", &[Some(1), Some(256)])
            .float("speed", &[Some(1)])
            .node("Neg", &["speed"], "audio", &[])
            .output("audio", &[None]);
        let said = family(kokoro.onnx()).unwrap_err();
        assert!(
            said.starts_with("its graph has the inputs tokens, style, speed and the outputs audio"),
            "{said}"
        );
    }

    #[test]
    fn the_right_names_with_other_types_or_shapes_are_refused() {
        let with = |input: Lengths, scales: Lengths| {
            let graph =
                Tiny::new().whole("input", input).whole("input_lengths", &[None]).float("scales", scales);
            family(
                graph
                    .node("Neg", &["scales"], "output", &[])
                    .output("output", &[None, None, None, None])
                    .onnx(),
            )
        };
        assert_eq!(with(&[None, None], &[Some(3)]), Ok(Family::Piper));
        assert!(with(&[None], &[Some(3)]).unwrap_err().contains("`input` of its graph has another shape"));
        assert!(
            with(&[None, None], &[Some(2)]).unwrap_err().contains("`scales` of its graph has another shape")
        );
        let float = tiny::piper().float("sid", &[None]);
        assert!(family(float.onnx()).unwrap_err().contains("`sid` of its graph is of another type"));
    }

    #[test]
    fn garbage_is_told_and_never_fatal() {
        for garbage in [&b""[..], b"no graph", &[0; 4096], &[0xff; 4096]] {
            family(garbage.to_vec()).unwrap_err();
        }
        // Every byte of a small voice with another bit wrong, and every place where it may be cut.
        let whole = tiny::piper().onnx();
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << (at % 8);
            let _ = family(flipped);
            let _ = family(whole[..at].to_vec());
        }
    }
}
