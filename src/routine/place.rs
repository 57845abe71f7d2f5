//! Where the values of a routine's text stand.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value of a text, with what is inside it. The default is the place of nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The bytes of its key; of an item of a list, those of the list's key.
    pub key: Range<usize>,
    /// The bytes of the value; of a section with a header of its own, those of the header.
    pub value: Range<usize>,
    keys: BTreeMap<String, Place>,
    items: Vec<Place>,
}

impl Place {
    pub(super) fn of(root: &DeTable<'_>) -> Self {
        Self { keys: keys(root), ..Self::default() }
    }

    /// The value of a key, where this is a section that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.keys.get(key)
    }

    /// The items, where this is a list.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        &self.items
    }

    /// The items of the list that a key has; none where there is no such list.
    #[must_use]
    pub fn list(&self, key: &str) -> &[Self] {
        self.get(key).map_or(&[], Self::items)
    }

    fn of_value(key: &Range<usize>, value: &Spanned<DeValue<'_>>) -> Self {
        let mut place = Self { key: key.clone(), value: value.span(), ..Self::default() };
        match value.get_ref() {
            DeValue::Table(table) => place.keys = keys(table),
            DeValue::Array(items) => {
                place.items = items.iter().map(|item| Self::of_value(key, item)).collect();
            }
            _ => {}
        }
        place
    }
}

fn keys(table: &DeTable<'_>) -> BTreeMap<String, Place> {
    let place = |key: &Spanned<_>, value| Place::of_value(&key.span(), value);
    table.iter().map(|(key, value)| (key.get_ref().to_string(), place(key, value))).collect()
}
