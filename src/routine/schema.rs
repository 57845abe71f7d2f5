//! The JSON Schema of a routine file, for editors that complete keys, explain them and mark what is wrong.
//!
//! It is made from the table of keys, the one that the readers hold a file to. Deriving it (`schemars`) would need
//! serde types of the file, which the readers do without, as serde loses the places of values; such types would
//! be a second telling of the language beside the table.
//!
//! It is written for the two language servers that read `#:schema`. taplo (draft 7) completes a table with `allOf`, or a
//! key with `anyOf`, wrongly, and never looks into `if`, `then`, `else` and `dependencies`: so what explains a key
//! stands beside it, and what holds its value to the rules in there. Tombi takes a table without
//! `additionalProperties` for one that has no other keys: so what holds only some keys to a rule says that there
//! are others.

use serde_json::{Map, Value, json};

use super::exercise::MOST_OF_THEIR_OWN;
use super::keys::{Key, Kind, Shape};
use super::quantity::{LONGEST, MOST, SHORTEST};
use super::schema_patterns as patterns;
use super::table::MOST_ITEMS;

/// The values of `sides` with which words may hold `{side}`.
const WITH_SIDES: [&str; 3] = ["each", "left", "right"];

const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// The schema of a routine file, as the text of a JSON file (draft 7): every key with what it means, its default, an
/// example, and the values that it takes. It takes every routine that [`parse_routine`](super::parse_routine) takes, and
/// some that it refuses: a schema knows no two ids that are the same, and no range that goes down.
#[must_use]
pub fn schema() -> String {
    let mut schema = table(Kind::Routine);
    let more = json!({
        "$schema": DRAFT,
        "$comment": "Made by `coach schema`; changes in here are lost.",
        "title": "A routine of coach",
        "required": ["title", "exercise"],
        "if": {
            "properties": {"language": {"pattern": patterns::inflected()}},
            "required": ["language"],
            "additionalProperties": true,
        },
        "then": words_with_sides(Kind::Routine, patterns::WITH_ENDINGS),
        "definitions": definitions(),
    });
    extend(&mut schema, more);
    format!("{schema:#}\n")
}

fn definitions() -> Value {
    let mut definitions = patterns::definitions();
    let mut exercise = table(Kind::Exercise);
    extend(
        &mut exercise,
        json!({
            "if": {"required": ["use"]},
            "else": {
                "required": ["name", "rep"],
                "properties": not_empty(Kind::Exercise),
                "additionalProperties": true,
                "if": sides(&WITH_SIDES),
                "else": {"$ref": "#/definitions/exercise-without-sides"},
            },
        }),
    );
    let mut variation = table(Kind::Variation);
    extend(
        &mut variation,
        json!({
            "required": ["id", "when"],
            "if": sides(&["none"]),
            "then": {"$ref": "#/definitions/variation-without-sides"},
        }),
    );
    let mut step = table(Kind::Step);
    extend(&mut step, json!({"minProperties": 1}));
    let needs = [
        ("/dependencies/again", json!({"required": ["say"]})),
        ("/dependencies/during", json!({"required": ["hold"]})),
        ("/dependencies/hold/properties", json!({"move": false, "rest": false})),
        ("/dependencies/move/properties", json!({"rest": false})),
    ];
    for (key, needed) in needs {
        if let Some(rules) = step.pointer_mut(key) {
            extend(rules, needed);
        }
    }
    let mut without_sides = words_with_sides(Kind::Exercise, patterns::WITHOUT_BRACES);
    if let Some(variation) = without_sides.pointer_mut("/properties/variation/items") {
        *variation =
            json!({"if": sides(&WITH_SIDES), "else": {"$ref": "#/definitions/variation-without-sides"}});
    }
    let tables = json!({
        "exercise": exercise,
        "variation": variation,
        "step": step,
        "exercise-without-sides": without_sides,
        "variation-without-sides": words_with_sides(Kind::Variation, patterns::WITHOUT_BRACES),
    });
    extend(&mut definitions, tables);
    definitions
}

/// What holds for an exercise or a variation with these sides.
fn sides(which: &[&str]) -> Value {
    json!({"properties": {"sides": {"enum": which}}, "required": ["sides"], "additionalProperties": true})
}

/// The lists of a table that are empty only where it lies over another.
fn not_empty(kind: Kind) -> Map<String, Value> {
    let lists = kind.keys().filter(|key| kind.may_be_cleared(key.name));
    lists.map(|key| (key.name.to_owned(), json!({"minItems": 1}))).collect()
}

/// A table with its keys and the rules of their values, without what the keys need of each other.
fn table(kind: Kind) -> Value {
    if kind == Kind::Lexicon {
        let about = "How this word is said: as it sounds, or in phonemes between slashes.";
        let mut said = patterns::lexicon_said();
        extend(&mut said, json!({"description": described(about, kind.example(""), None)}));
        return json!({
            "type": "object",
            "propertyNames": patterns::lexicon_word(),
            "additionalProperties": said,
        });
    }
    let keys: Map<String, Value> = kind.keys().map(|key| (key.name.to_owned(), value(kind, key))).collect();
    let rules =
        kind.keys().filter_map(|key| Some((key.name.to_owned(), some_keys(key.name, &rule(key.shape)?))));
    let rules: Map<String, Value> = rules.collect();
    json!({"type": "object", "additionalProperties": false, "properties": keys, "dependencies": rules})
}

/// A table of which this says something about one key alone.
fn some_keys(key: &str, rule: &Value) -> Value {
    json!({"properties": {key: rule}, "additionalProperties": true})
}

/// What a key takes and what it means.
fn value(kind: Kind, key: &Key) -> Value {
    let mut value = match key.shape {
        Shape::Words | Shape::SideWords | Shape::Id | Shape::Target | Shape::Language => {
            json!({"type": "string"})
        }
        Shape::WordList | Shape::SideWordList => list(kind, key, &json!({"type": "string"})),
        Shape::Truth => json!({"type": "boolean"}),
        Shape::Sides => json!({
            "type": "string",
            "enum": ["each", "left", "right", "none"],
            "x-taplo": {"docs": {"enumValues": [
                "For the left side, then for the right.", "For the left side alone.", "For the right side alone.", "Once.",
            ]}},
        }),
        Shape::When => list(kind, key, &whens()),
        Shape::Duration => json!({
            "type": ["number", "string"],
            "minimum": SHORTEST.as_secs_f64(),
            "maximum": LONGEST.as_secs(),
        }),
        Shape::Count | Shape::OneCount => {
            json!({"type": ["integer", "string"], "minimum": 1, "maximum": MOST})
        }
        Shape::Counts => json!({
            "type": ["integer", "string", "array"],
            "minimum": 1,
            "maximum": MOST,
            "minItems": 1,
            "maxItems": MOST_OF_THEIR_OWN,
            "items": {"type": ["integer", "string"], "minimum": 1, "maximum": MOST},
        }),
        Shape::Table(kind) => table(kind),
        Shape::Tables(items, most) => {
            let name = match items {
                Kind::Exercise => "exercise",
                Kind::Variation => "variation",
                _ => "step",
            };
            let mut tables = list(kind, key, &json!({"$ref": format!("#/definitions/{name}")}));
            extend(&mut tables, json!({"maxItems": most}));
            tables
        }
    };
    // What a variation does not say is as in its exercise.
    let default = key.default.filter(|_| kind != Kind::Variation || key.shape == Shape::Truth);
    extend(&mut value, json!({"description": described(key.about, key.example, default)}));
    if let Some(default) = default {
        let default = match key.shape {
            Shape::Count | Shape::Counts => json!(default.parse::<u16>().ok()),
            Shape::Truth => json!(default == "true"),
            _ => json!(default),
        };
        extend(&mut value, json!({"default": default}));
    }
    value
}

/// What a text has to be like.
fn rule(shape: Shape) -> Option<Value> {
    let (name, items) = match shape {
        Shape::Words => ("words-without-side", false),
        Shape::SideWords => ("words", false),
        Shape::WordList | Shape::When => ("words-without-side", true),
        Shape::SideWordList => ("words", true),
        Shape::Id => ("id", false),
        Shape::Target => ("target", false),
        Shape::Language => ("language", false),
        Shape::Duration => ("duration", false),
        Shape::Count => ("count", false),
        Shape::Counts => ("counts", false),
        Shape::OneCount => ("one-count", false),
        Shape::Sides | Shape::Truth | Shape::Table(_) | Shape::Tables(..) => return None,
    };
    let rule = json!({"$ref": format!("#/definitions/{name}")});
    Some(if items { json!({"items": rule}) } else { rule })
}

fn list(kind: Kind, key: &Key, items: &Value) -> Value {
    let least = u8::from(!kind.may_be_cleared(key.name));
    json!({"type": "array", "minItems": least, "maxItems": MOST_ITEMS, "items": items})
}

/// The texts of `when`: two are known, and any other is a condition.
fn whens() -> Value {
    let meanings =
        ["For whom the exercise is too much as it is: `--easier`.", "For whom it is not enough: `--harder`."];
    json!({
        "type": "string",
        "not": {"enum": ["easy", "hard"]},
        "anyOf": [
            {"type": "string", "enum": ["easier", "harder"], "x-taplo": {"docs": {"enumValues": meanings}}},
            {"type": "string"},
        ],
    })
}

/// Every key of a table, and of the tables in it, whose words may hold `{side}`, held to a pattern.
fn words_with_sides(kind: Kind, pattern: &str) -> Value {
    let mut keys = Map::new();
    for key in kind.keys() {
        let held = match key.shape {
            Shape::SideWords => json!({"pattern": pattern}),
            Shape::SideWordList => json!({"items": {"pattern": pattern}}),
            Shape::Tables(items, _) => json!({"items": words_with_sides(items, pattern)}),
            _ => continue,
        };
        keys.insert(key.name.to_owned(), held);
    }
    json!({"properties": keys, "additionalProperties": true})
}

/// What an editor shows of a key; taplo reads it as Markdown.
fn described(about: &str, example: &str, default: Option<&str>) -> String {
    let default = default.map(|default| format!(" Without it: {default}.")).unwrap_or_default();
    format!("{about}{default}\n\nExample: `{example}`")
}

fn extend(object: &mut Value, more: Value) {
    if let (Some(object), Value::Object(more)) = (object.as_object_mut(), more) {
        object.extend(more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routine::parse_routine;

    /// A routine with a line in one of its tables.
    fn routine(kind: Kind, line: &str) -> String {
        let at = |place: Kind| if kind == place { line } else { "" };
        let own = |place, own: &'static str| {
            if kind == place && line.split('=').next() == own.split('=').next() { "" } else { own }
        };
        let (title, name) = (own(Kind::Routine, "title = \"A\""), own(Kind::Exercise, "name = \"B\""));
        let (id, when) = (own(Kind::Variation, "id = \"c\""), own(Kind::Variation, "when = [\"harder\"]"));
        format!(
            "{title}\n{}\n[schedule]\n{}\n[[exercise]]\n{name}\n{}\n[[exercise.rep]]\nsay = \"Lift\"\n\
             [[exercise.variation]]\n{id}\n{when}\n{}\n",
            at(Kind::Routine),
            at(Kind::Schedule),
            at(Kind::Exercise),
            at(Kind::Variation)
        )
    }

    #[test]
    fn every_key_is_described_and_its_example_is_right() {
        for kind in [Kind::Routine, Kind::Schedule, Kind::Exercise, Kind::Step, Kind::Variation] {
            for key in kind.keys() {
                let name = key.name;
                assert!(key.about.len() > 20 && key.about.ends_with('.'), "{name}: {}", key.about);
                let header = matches!(key.shape, Shape::Table(_) | Shape::Tables(..));
                assert!(key.example.starts_with(if header { "[" } else { name }), "{name}: {}", key.example);
                if !header && kind != Kind::Step && key.shape != Shape::Target {
                    let text = routine(kind, key.example);
                    assert_eq!(parse_routine("r", &text).err(), None, "{text}");
                }
            }
        }
    }

    #[test]
    fn a_key_with_its_default_is_as_no_key() {
        let mut seen = 0;
        for kind in [Kind::Routine, Kind::Exercise, Kind::Variation] {
            for key in kind.own() {
                let Some(default) = value(kind, key).get("default").cloned() else { continue };
                let line = format!("{} = {default}", key.name);
                assert_eq!(
                    parse_routine("r", &routine(kind, &line)),
                    parse_routine("r", &routine(kind, "")),
                    "{line}"
                );
                seen += 1;
            }
        }
        assert_eq!(seen, 7);
    }

    #[test]
    fn a_variation_has_no_defaults_of_its_exercise() {
        let rest = Kind::Variation.keys().find(|key| key.name == "rest").unwrap();
        assert_eq!(value(Kind::Variation, rest).get("default"), None);
        assert_eq!(value(Kind::Exercise, rest)["default"], "20s");
    }
}
