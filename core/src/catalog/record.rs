//! How one entity is written into a compiled catalog.
//!
//! In: an [`Entity`] and the rows of its names. Out: bytes, and the entity again. Names are kept once, as rows of
//! the name section; a record holds their numbers. Lengths are varints.

use super::entity::{Entity, EntityKind};
use super::view::View;
use std::collections::BTreeMap;

/// Names of one entity as rows: the main name, aliases, weak aliases.
pub(crate) struct NameRows<'r> {
    pub(crate) main: u32,
    pub(crate) aliases: &'r [u32],
    pub(crate) weak_aliases: &'r [u32],
}

/// Appends an entity.
pub(crate) fn write(entity: &Entity, rows: &NameRows<'_>, out: &mut Vec<u8>) {
    write_text(&entity.id, out);
    write_number(rows.main, out);
    for list in [rows.aliases, rows.weak_aliases] {
        write_number(list.len() as u32, out);
        for &row in list {
            write_number(row, out);
        }
    }
    write_text(&entity.description, out);
    write_number(entity.attributes.len() as u32, out);
    for (key, value) in &entity.attributes {
        write_text(key, out);
        write_text(value, out);
    }
}

fn write_number(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn write_text(text: &str, out: &mut Vec<u8>) {
    write_number(text.len() as u32, out);
    out.extend_from_slice(text.as_bytes());
}

/// Reads the identifier and the main name.
pub(crate) fn id_and_name<'c>(view: &View<'c>, bytes: &'c [u8]) -> Option<(&'c str, &'c str)> {
    let mut reader = Reader { bytes };
    let id = reader.text()?;
    let name = view.name(reader.number()?)?;
    Some((id, name))
}

/// Reads an entity; `None` when the bytes are no record.
pub(crate) fn read<'c>(view: &View<'c>, bytes: &'c [u8], kind: EntityKind, weight: f32) -> Option<Entity> {
    let mut reader = Reader { bytes };
    let id = reader.text()?.to_owned();
    let name = view.name(reader.number()?)?.to_owned();
    let aliases = reader.names(view)?;
    let weak_aliases = reader.names(view)?;
    let description = reader.text()?.to_owned();
    let mut attributes = BTreeMap::new();
    for _ in 0..reader.count()? {
        let key = reader.text()?;
        attributes.insert(key.to_owned(), reader.text()?.to_owned());
    }
    Some(Entity { id, name, kind, aliases, weak_aliases, description, weight: weight.into(), attributes })
}

struct Reader<'c> {
    bytes: &'c [u8],
}

impl<'c> Reader<'c> {
    fn number(&mut self) -> Option<u32> {
        let mut number = 0u32;
        for shift in [0, 7, 14, 21, 28] {
            let (&byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            number |= u32::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// The length of a list: every item takes at least one byte, so that no length outgrows the section.
    fn count(&mut self) -> Option<usize> {
        let count = self.number()? as usize;
        (count <= self.bytes.len()).then_some(count)
    }

    fn text(&mut self) -> Option<&'c str> {
        let length = self.count()?;
        let (text, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        std::str::from_utf8(text).ok()
    }

    fn names(&mut self, view: &View<'c>) -> Option<Vec<String>> {
        let count = self.count()?;
        let mut names = Vec::new();
        // A record names each spelling once, so that its names never outgrow the section they lie in.
        let mut budget = view.text.len();
        for _ in 0..count {
            let name = view.name(self.number()?)?;
            budget = budget.checked_sub(name.len())?;
            names.push(name.to_owned());
        }
        Some(names)
    }
}
