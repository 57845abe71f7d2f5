//! Reading keys off a table of the parsed file, each value with its place.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::MAX_PROBLEMS;
use super::keys::Kind;
use super::synonyms::{self, Meant};
use crate::diagnostic::{Problem, quoted};

/// The most exercises of a routine, and the most steps of one list: far beyond what a body can do in a day.
const MOST_SECTIONS: usize = 200;
/// The most items of a list of words: nobody is told a hundred things in one exercise.
pub(super) const MOST_ITEMS: usize = 100;
/// The most variations of one exercise. Each one is a whole exercise once it is checked.
const MOST_VARIATIONS: usize = 20;

/// A value with where it and its key stand. Of what another routine has, that is where `use` takes it.
#[derive(Clone)]
pub(super) struct Entry<'t> {
    /// The key's place.
    pub(super) key: Range<usize>,
    /// The value's place.
    pub(super) place: Range<usize>,
    /// The value.
    pub(super) value: &'t DeValue<'t>,
    /// How many tables lie over the one it stands in.
    pub(super) depth: usize,
    /// Whether it is an item of the list that the key has.
    pub(super) item: bool,
    /// Whether it stands in another exercise, from which `use` takes it.
    taken: bool,
    /// Whether the table it stands in lies over another, whose lists it may empty.
    clears: bool,
}

/// A table of the file. A variation lies over its exercise, and an exercise over the one that it takes with `use`: the
/// upper one hides what it names itself.
#[derive(Clone)]
pub(super) struct Table<'t> {
    /// Which keys it may have.
    pub(super) kind: Kind,
    /// Its header's place, or the whole of an inline table.
    pub(super) place: Range<usize>,
    own: Layer<'t>,
    below: Vec<Layer<'t>>,
}

/// One of the tables that lie over each other.
#[derive(Clone)]
struct Layer<'t> {
    table: &'t DeTable<'t>,
    /// Where `use` takes it, if that is so; its own places are those of another text, or of another exercise.
    taken: Option<Range<usize>>,
}

impl<'t> Table<'t> {
    pub(super) fn new(kind: Kind, place: Range<usize>, own: &'t DeTable<'t>) -> Self {
        Self { kind, place, own: Layer { table: own, taken: None }, below: Vec::new() }
    }

    /// This variation laid over its exercise.
    pub(super) fn over(&self, exercise: &Self) -> Self {
        let below = std::iter::once(&exercise.own).chain(&exercise.below).cloned().collect();
        Self { below, ..self.clone() }
    }

    /// This exercise laid over one that it takes: of another text, at the `place` of its `use`.
    pub(super) fn taking(mut self, other: &'t DeTable<'t>, place: Option<Range<usize>>) -> Self {
        self.below.push(Layer { table: other, taken: place });
        self
    }

    /// Whether this very table of a text is one of those that lie over each other here.
    pub(super) fn holds(&self, table: &DeTable<'_>) -> bool {
        self.layers().any(|layer| std::ptr::addr_eq(layer.table, table))
    }

    /// The `use` of the lowest table: what there is no table for yet.
    pub(super) fn takes(&self) -> Option<(Range<usize>, &'t DeValue<'t>)> {
        let lowest = self.layers().last()?;
        let value = lowest.table.get("use")?;
        Some((value.span(), value.get_ref()))
    }

    fn layers(&self) -> impl Iterator<Item = &Layer<'t>> {
        std::iter::once(&self.own).chain(&self.below)
    }

    /// The value of a key. The name and the steps of an exercise show through a variation; its id and
    /// its variations don't.
    pub(super) fn get(&self, name: &str) -> Option<Entry<'t>> {
        let alone = name == "use" || self.kind == Kind::Variation && matches!(name, "id" | "variation");
        let seen = if alone { 1 } else { usize::MAX };
        self.layers().take(seen).enumerate().find_map(|(depth, layer)| {
            let (key, value) = layer.table.get_key_value(name)?;
            let taken = layer.taken.clone();
            let variation = self.kind == Kind::Variation && depth == 0;
            Some(Entry {
                key: taken.clone().unwrap_or_else(|| key.span()),
                place: taken.clone().unwrap_or_else(|| value.span()),
                value: value.get_ref(),
                depth,
                item: false,
                taken: taken.is_some(),
                // What is taken was found sound where it stands.
                clears: variation || taken.is_some() || layer.table.contains_key("use"),
            })
        })
    }

    /// Every key of the table that has no meaning in it.
    pub(super) fn check_keys(&self, problems: &mut Vec<Problem>) {
        let mut strange: Vec<_> = self.own.table.keys().filter(|key| !self.kind.has(key.get_ref())).collect();
        strange.sort_by_key(|key| key.span().start);
        self.leave_out_what_follows(&mut strange);
        // What each is meant for takes time to find, and no more than these are shown.
        let strange = strange.into_iter().take(MAX_PROBLEMS + 1);
        problems.extend(strange.map(|key| self.strange_key(key.get_ref(), key.span())));
    }

    /// Of keys in a row that stand below no header of their own, the first is told: the header is what is missing.
    fn leave_out_what_follows(&self, strange: &mut Vec<&Spanned<Cow<'t, str>>>) {
        let home = |key: &Spanned<Cow<'_, str>>| self.kind.home(key.get_ref());
        let Some(first) = strange.iter().position(|key| self.header_above(key.get_ref()).is_some()) else {
            return;
        };
        let at = strange.get(first).and_then(|key| home(key));
        let mut number = 0;
        strange.retain(|key| {
            number += 1;
            let opened = self
                .kind
                .home(key.get_ref())
                .is_some_and(|home| home.example(key.get_ref()).starts_with('['));
            number <= first + 1 || opened || home(key) != at
        });
    }

    /// The header to write above a key that begins a section, where it stands in one of another kind.
    fn header_above(&self, name: &str) -> Option<&'static str> {
        match (self.kind, name) {
            (Kind::Routine | Kind::Schedule | Kind::Step, _)
                if self.kind.home(name) == Some(Kind::Exercise) =>
            {
                let of_exercise =
                    |key: &&Spanned<Cow<'_, str>>| self.kind.home(key.get_ref()) == Some(Kind::Exercise);
                let number = self.own.table.keys().filter(of_exercise).count();
                // A step is no exercise for having a name: one more key of an exercise tells that.
                let named = self.own.table.contains_key("name") && (number > 1 || self.kind != Kind::Step);
                (named || name == "use").then_some("[[exercise]]")
            }
            (_, "say") => self.kind.home(name).map(|_| "[[exercise.rep]]"),
            _ => None,
        }
    }

    fn strange_key(&self, name: &str, place: Range<usize>) -> Problem {
        let here = self.kind.place();
        let shown = quoted(name);
        // `[[rep]]` is short of its exercise.
        if let Some(home) = self.kind.home(name).filter(|home| home.example(name).starts_with('[')) {
            return Problem::new("misplaced-key", format!("`{shown}` has no meaning in {here}"))
                .at(place, format!("belongs to {}", home.place()))
                .help(format!("write `{}` as the header", home.example(name)));
        }
        if let Some(home) = self.kind.home(name)
            && let Some(header) = self.header_above(name)
        {
            return Problem::new("misplaced-key", format!("`{shown}` has no meaning in {here}"))
                .at(place, format!("belongs to {}", home.place()))
                .help(format!("write `{header}` on a line above it"));
        }
        if let Some(home) = self.kind.home(name) {
            return Problem::new("misplaced-key", format!("`{shown}` has no meaning in {here}"))
                .at(place, format!("belongs to {}", home.place()))
                .help(home.where_to_write());
        }
        let problem = Problem::new("unknown-key", format!("unknown key `{shown}` in {here}"));
        match synonyms::meant(self.kind, name) {
            Some(Meant::Key(key)) => {
                let example = self.kind.example(key);
                let help = match example.strip_prefix('[') {
                    Some(_) => format!("write `{example}` as the header"),
                    None => format!("write `{key}`, as in `{example}`"),
                };
                return problem.at(place, format!("called `{key}` here")).help(help);
            }
            Some(Meant::Otherwise(help)) => return problem.at(place, "not a key of the language").help(help),
            None => {}
        }
        if let Some(near) = self.kind.nearest(name) {
            let help = format!("write `{}`, as in `{}`", near.name, near.example);
            return problem.at(place, format!("did you mean `{}`?", near.name)).help(help);
        }
        if let Some((near, home)) = self.kind.nearest_elsewhere(name) {
            let help = format!("write `{}` and {}", near.example, home.where_to_write());
            return problem
                .at(place, format!("did you mean `{}`, which belongs to {}?", near.name, home.place()))
                .help(help);
        }
        let known: Vec<_> = self.kind.keys().map(|key| format!("`{}`", key.name)).collect();
        problem
            .at(place, "not a key of the language")
            .help(format!("take it out, or use one of {}", known.join(", ")))
    }

    /// Reports a required key that is not there, with what to add. A key that is there but misspelt has
    /// its own problem already.
    pub(super) fn require(&self, name: &str, add: &str, problems: &mut Vec<Problem>) {
        if self.get(name).is_some() || self.has_misspelt(name) {
            return;
        }
        problems.push(
            Problem::new("missing-key", format!("{} needs `{name}`", self.kind.place()))
                .at(self.place.clone(), format!("no `{name}` in here"))
                .help(format!("add {add}")),
        );
    }

    /// Whether a key stands here that is not known, and is likely to be meant for this one.
    pub(super) fn has_misspelt(&self, name: &str) -> bool {
        self.own.table.keys().map(Spanned::get_ref).any(|key| !self.kind.has(key) && self.means(key, name))
    }

    fn means(&self, written: &str, name: &str) -> bool {
        match synonyms::meant(self.kind, written) {
            Some(Meant::Key(key)) => key == name,
            Some(Meant::Otherwise(_)) => false,
            None => self.kind.nearest(written).is_some_and(|near| near.name == name),
        }
    }

    /// Whether a key stands here that is not known.
    pub(super) fn has_unknown(&self) -> bool {
        self.own.table.keys().any(|key| !self.kind.has(key.get_ref()))
    }

    /// A value of the wrong type; `wanted` is what the key takes, such as "words in quotes".
    pub(super) fn wrong_type(
        &self,
        name: &str,
        place: Range<usize>,
        value: &DeValue<'_>,
        wanted: &str,
    ) -> Problem {
        let example = self.kind.example(name);
        Problem::new("wrong-type", format!("`{name}` takes {wanted}, and this is {}", type_of(value)))
            .at(place, format!("not {wanted}"))
            .help(format!("write for example `{example}`"))
    }

    /// The tables of a list such as `[[exercise.rep]]`, or `None` where the key is not there at all.
    pub(super) fn tables(&self, name: &str, kind: Kind, problems: &mut Vec<Problem>) -> Option<Vec<Self>> {
        let entry = self.get(name)?;
        let Some(list) = entry.value.as_array() else {
            problems.push(self.not_a_list_of_tables(name, &entry));
            let one = entry.value.as_table().map(|table| entry.section(kind, entry.place.clone(), table));
            return Some(one.into_iter().collect());
        };
        if list.is_empty() && !(self.kind.may_be_cleared(name) && entry.clears) {
            problems.push(self.empty_list(name, &entry));
        }
        let most = if name == "variation" { MOST_VARIATIONS } else { MOST_SECTIONS };
        if let Some(past) = list.get(most) {
            let what = format!("`{name}` sections");
            problems.push(too_many(&what, list.len(), most, past.span()));
        }
        let mut tables = Vec::new();
        for item in list.iter().take(most) {
            match item.get_ref() {
                DeValue::Table(table) => tables.push(entry.section(kind, item.span(), table)),
                other => problems.push(self.wrong_type(
                    name,
                    item.span(),
                    other,
                    "sections, each below a header of its own",
                )),
            }
        }
        Some(tables)
    }

    fn not_a_list_of_tables(&self, name: &str, entry: &Entry<'_>) -> Problem {
        let header = self.kind.example(name);
        if entry.value.is_table() {
            return Problem::new(
                "wrong-type",
                format!("`{name}` is a list, so its header has double brackets"),
            )
            .at(entry.place.clone(), "single brackets")
            .help(format!("write `{header}` above each one"));
        }
        let problem = self.wrong_type(
            name,
            entry.place.clone(),
            entry.value,
            "sections, each below a header of its own",
        );
        match (name, entry.value.as_str()) {
            // Who writes `rep = "Lift"` has the words already.
            ("setup" | "rep" | "finish", Some(words)) => problem.help(format!(
                "write `{header}` on a line of its own, and below it `say = \"{}\"`",
                quoted(words).replace('"', "'")
            )),
            _ => problem,
        }
    }

    /// The items of a list of words, or `None` where the key is not there at all.
    pub(super) fn list(&self, name: &str, problems: &mut Vec<Problem>) -> Option<Vec<Entry<'t>>> {
        let entry = self.get(name)?;
        let Some(list) = entry.value.as_array() else {
            let mut problem = self.wrong_type(name, entry.place.clone(), entry.value, "a list");
            if let Some(text) = entry.value.as_str() {
                // A condition, a tag and a thing have no commas; a sentence has.
                let apart = matches!(name, "when" | "tags" | "needs") && !text.contains(['"', '\\']);
                let items = if apart { text.split(',').map(str::trim).collect() } else { vec![text] };
                let items: Vec<_> = items.into_iter().filter(|item| !item.is_empty()).collect();
                let items = quoted(&items.join("\", \""));
                problem.help = Some(format!("put it in square brackets: `{name} = [\"{items}\"]`"));
            }
            problems.push(problem);
            return Some(Vec::new());
        };
        if list.is_empty() && !(self.kind.may_be_cleared(name) && entry.clears) {
            problems.push(self.empty_list(name, &entry));
        }
        let item = |item: &'t Spanned<DeValue<'t>>| Entry {
            key: entry.key.clone(),
            place: if entry.taken { entry.place.clone() } else { item.span() },
            value: item.get_ref(),
            item: true,
            ..entry.clone()
        };
        if let Some(past) = list.get(MOST_ITEMS) {
            let what = format!("items in the list `{name}`");
            problems.push(too_many(&what, list.len(), MOST_ITEMS, past.span()));
        }
        Some(list.iter().take(MOST_ITEMS).map(item).collect())
    }

    fn empty_list(&self, name: &str, entry: &Entry<'_>) -> Problem {
        let example = self.kind.example(name);
        let help = if example.starts_with("[[") {
            format!("take this line out, and write `{example}` with its keys below it")
        } else {
            format!("put something in, as in `{example}`, or take the line out")
        };
        Problem::new("empty-list", format!("the list `{name}` is empty"))
            .at(entry.place.clone(), "nothing in it")
            .help(help)
    }
}

impl<'t> Entry<'t> {
    /// Whether it stands in the table itself, and not in one below it.
    pub(super) const fn own(&self) -> bool {
        self.depth == 0
    }

    /// A section that is the value, or an item of it.
    fn section(&self, kind: Kind, place: Range<usize>, table: &'t DeTable<'t>) -> Table<'t> {
        let taken = self.taken.then(|| self.place.clone());
        let place = taken.clone().unwrap_or(place);
        Table { kind, place, own: Layer { table, taken }, below: Vec::new() }
    }
}

fn too_many(what: &str, number: usize, most: usize, past: Range<usize>) -> Problem {
    Problem::new("too-many", format!("there are {number} {what} here, and {most} is the most"))
        .at(past, "the first one too many")
        .help("take some out, or share them out over several routines")
}

/// What a value is, in a person's words.
pub(super) fn type_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "words in quotes",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a section",
    }
}

/// A value as it was written, for use in a message.
pub(super) fn written(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("`{}`", quoted(text)),
        DeValue::Integer(integer) => format!("`{}`", quoted(&integer.to_string())),
        DeValue::Float(float) => format!("`{}`", quoted(float.as_str())),
        other => type_of(other).to_owned(),
    }
}
