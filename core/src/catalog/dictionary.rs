//! Entities from dictionaries of clean names and their aliases, as flashtext takes them.
//!
//! In: a JSON object from names to a list of aliases, or lines `alias=>clean name`. Out: [`Entity`]s of kind other in
//! the order of the source; the clean name is name and id.

use super::entity::{Entity, EntityKind};
use super::format::{Add, refuse};
use super::source::at_line;
use crate::Error;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;

const ACCEPTED: &str = "a JSON object from each name to a list of texts, or lines alias=>name";

/// Reads either form.
pub(crate) fn read(text: &str, add: &mut Add<'_>) -> Result<(), Error> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut entries = Entries::default();
    if text.trim_start().starts_with('{') {
        let mut reader = serde_json::Deserializer::from_str(text);
        let read = Deserializer::deserialize_map(&mut reader, Rows(&mut entries)).and_then(|()| reader.end());
        read.map_err(|error| {
            at_line(error.line(), &refuse(format!("{error}; accepted is {ACCEPTED}"))).with_source(error)
        })?;
    } else {
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let (alias, name) = line.split_once("=>").map_or((line, line), |(alias, name)| (alias, name));
            if alias.trim().is_empty() || name.trim().is_empty() {
                return Err(at_line(
                    index + 1,
                    &refuse(format!("has an empty side; accepted is {ACCEPTED}")),
                ));
            }
            entries.add(index + 1, name.trim(), [alias.trim().to_owned()]);
        }
    }
    entries.rows.into_iter().try_for_each(|(line, entity)| {
        add(entity).map_err(|error| match line {
            0 => Error::new(error.kind(), format!("catalog: {error}")),
            line => at_line(line, &error),
        })
    })
}

/// Names in the order of the source, each once.
#[derive(Default)]
struct Entries {
    /// Each with the line that named it first; 0 where lines say nothing.
    rows: Vec<(usize, Entity)>,
    by_name: BTreeMap<String, usize>,
}

impl Entries {
    fn add(&mut self, line: usize, name: &str, aliases: impl IntoIterator<Item = String>) {
        let row = *self.by_name.entry(name.to_owned()).or_insert_with(|| {
            self.rows.push((line, Entity::new(name, name, EntityKind::Other)));
            self.rows.len() - 1
        });
        self.rows[row].1.aliases.extend(aliases.into_iter().filter(|alias| alias != name));
    }
}

struct Rows<'e>(&'e mut Entries);

impl<'de> Visitor<'de> for Rows<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object from names to aliases")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(name) = map.next_key::<String>()? {
            let aliases = match map.next_value::<serde_json::Value>()? {
                serde_json::Value::String(alias) => vec![alias],
                serde_json::Value::Array(items) => items
                    .into_iter()
                    .map(|item| item.as_str().map(str::to_owned))
                    .collect::<Option<_>>()
                    .ok_or_else(|| M::Error::custom(format!("an alias of {name:?} is not text")))?,
                _ => return Err(M::Error::custom(format!("{name:?} has no list of aliases"))),
            };
            self.0.add(0, &name, aliases);
        }
        Ok(())
    }
}
