//! How one entity is written into a compiled catalog.
//!
//! In: an [`Entity`]. Out: bytes, and the entity again. Names are kept once, as rows of the name section; a record
//! holds only how many there are. Lengths are varints.

use super::entity::{Entity, EntityKind};
use super::view::View;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// One entity's bytes.
pub(crate) struct Record<'c> {
    pub(crate) bytes: &'c [u8],
    /// The number of its main name among all names; aliases and weak aliases follow.
    pub(crate) first_name: u32,
}

impl Record<'_> {
    /// The numbers of its names among all names.
    pub(crate) fn numbers(&self) -> Option<Range<u32>> {
        let mut reader = Reader { bytes: self.bytes };
        reader.text()?;
        let count = 1u32.checked_add(reader.number()?)?.checked_add(reader.number()?)?;
        Some(self.first_name..self.first_name.checked_add(count)?)
    }
}

/// Appends an entity.
pub(crate) fn write(entity: &Entity, out: &mut Vec<u8>) {
    write_text(&entity.id, out);
    write_number(entity.aliases.len() as u32, out);
    write_number(entity.weak_aliases.len() as u32, out);
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

/// The identifier at the beginning of a record.
pub(crate) fn id(bytes: &[u8]) -> Option<&str> {
    Reader { bytes }.text()
}

/// The value of one attribute, as JSON text.
pub(crate) fn attribute<'c>(bytes: &'c [u8], key: &str) -> Option<&'c str> {
    let mut reader = Reader { bytes };
    reader.text()?;
    reader.number()?;
    reader.number()?;
    reader.text()?;
    for _ in 0..reader.count()? {
        let (name, value) = (reader.text()?, reader.text()?);
        if name == key {
            return Some(value);
        }
    }
    None
}

/// Reads the identifier and the main name.
pub(crate) fn id_and_name<'c>(view: &View<'c>, record: Record<'c>) -> Option<(&'c str, &'c str)> {
    Some((id(record.bytes)?, view.name_number(record.first_name)?))
}

/// Reads the identifier, the main name and the description.
pub(crate) fn outline<'c>(view: &View<'c>, record: Record<'c>) -> Option<[&'c str; 3]> {
    let mut reader = Reader { bytes: record.bytes };
    let id = reader.text()?;
    reader.number()?;
    reader.number()?;
    Some([id, view.name_number(record.first_name)?, reader.text()?])
}

/// Reads an entity; `None` when the bytes are no record.
pub(crate) fn read<'c>(view: &View<'c>, record: Record<'c>, kind: EntityKind, weight: f32) -> Option<Entity> {
    read_with(view, record, kind, weight, names)
}

/// Reads an entity as its source lists it, names that stand twice included.
pub(crate) fn read_whole<'c>(
    view: &View<'c>,
    record: Record<'c>,
    kind: EntityKind,
    weight: f32,
) -> Option<Entity> {
    read_with(view, record, kind, weight, all_names)
}

fn read_with<'c>(
    view: &View<'c>,
    record: Record<'c>,
    kind: EntityKind,
    weight: f32,
    names: impl Fn(&View<'_>, Range<u32>) -> Option<Vec<String>>,
) -> Option<Entity> {
    let mut reader = Reader { bytes: record.bytes };
    let id = reader.text()?.to_owned();
    let (aliases, weak_aliases) = (reader.number()?, reader.number()?);
    let name = view.name_number(record.first_name)?.to_owned();
    let first = record.first_name.checked_add(1)?;
    let middle = first.checked_add(aliases)?;
    let aliases = names(view, first..middle)?;
    let weak_aliases = names(view, middle..middle.checked_add(weak_aliases)?)?;
    let description = reader.text()?.to_owned();
    let mut attributes = BTreeMap::new();
    for _ in 0..reader.count()? {
        let key = reader.text()?;
        attributes.insert(key.to_owned(), reader.text()?.to_owned());
    }
    Some(Entity { id, name, kind, aliases, weak_aliases, description, weight: weight.into(), attributes })
}

/// The distinct names of a range of numbers, in their order.
fn names(view: &View<'_>, numbers: Range<u32>) -> Option<Vec<String>> {
    let mut names = Vec::new();
    let mut seen = BTreeSet::new();
    for number in numbers {
        // A spelling that stands twice is told once, so that no record outgrows the names.
        let name = view.name_number(number)?;
        if seen.insert(name) {
            names.push(name.to_owned());
        }
    }
    Some(names)
}

/// The names of a range of numbers, in their order; the distinct ones alone when a damaged file would have them
/// outgrow it.
fn all_names(view: &View<'_>, numbers: Range<u32>) -> Option<Vec<String>> {
    let room = view.text.len() + view.names.len();
    let (mut list, mut size) = (Vec::new(), 0);
    for number in numbers.clone() {
        let name = view.name_number(number)?;
        size += name.len();
        if size > room {
            return names(view, numbers);
        }
        list.push(name.to_owned());
    }
    Some(list)
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
}
