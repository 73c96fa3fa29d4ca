//! From entities to the sections of a compiled catalog.
//!
//! In: entities, one after the other. Out: [`Sections`], the same bytes for the same entities in the same order.
//! Entities are taken in as they come; their names are read when all are there, large lists on two threads.

use super::entity::Entity;
use super::file::{MAX_WORDS, Sections};
use super::name::{Flags, is_plainly_a_name, normalize, single_spaces};
use super::record;
use super::rows::{self, Draft, Names, place_among_rows};
use super::sort;
use super::table;
use super::view::{KEY_BITS, u32_at};
use super::word::{Word, extend_hash, hash_word};
use crate::parallel::both;
use crate::{Error, ErrorKind};
use std::thread::available_parallelism;

/// Names from which a second thread costs nothing beside what it saves.
const LARGE: usize = 50_000;

/// The threads that putting together so many names is worth.
fn worth(names: usize) -> usize {
    let processors = available_parallelism().map_or(1, std::num::NonZero::get);
    if names >= LARGE { processors.min(2) } else { 1 }
}

/// Sets how much a catalog may hold, so that a runaway source ends in an error and not in a lack of memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CatalogLimits {
    /// Names of all entities together; 20 million unless set, at most 2³⁰.
    pub max_names: usize,
    /// Bytes of all names together; 1 GiB unless set, at most 4 GiB.
    pub max_name_bytes: usize,
    /// Bytes of one name; 1,024 unless set.
    pub max_bytes_per_name: usize,
}

impl Default for CatalogLimits {
    fn default() -> Self {
        CatalogLimits { max_names: 20_000_000, max_name_bytes: 1 << 30, max_bytes_per_name: 1024 }
    }
}

/// Tells what a catalog holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct CatalogInfo {
    /// Entities.
    pub entities: usize,
    /// Distinct spellings.
    pub names: usize,
    /// Spellings that several entities own.
    pub shared_names: usize,
    /// Names that an entity listed more than once.
    pub duplicate_names: usize,
    /// Bytes of the compiled form.
    pub bytes: usize,
    /// Bytes of the compiled form that finding reads: table, filter, rows and spellings.
    pub index_bytes: usize,
}

/// Collects entities.
#[derive(Default)]
pub(crate) struct Drafts {
    pub(crate) limits: CatalogLimits,
    entities: Vec<u8>,
    records: Vec<u8>,
    pub(crate) count: usize,
    /// The hashes of the ids.
    ids: Vec<u64>,
    /// What is told by reading a name is not yet in them.
    drafts: Vec<Draft>,
    /// The names, one after the other.
    text: String,
    words: Vec<Word>,
}

/// How names begin, and their most words.
#[derive(Default)]
struct Beginnings {
    /// The hashes of first words, with what is known of them in the low bits.
    first_words: Vec<u64>,
    /// Hashes of the first two and more words of names that go on.
    prefixes: Vec<u64>,
    max_words: usize,
}

impl Drafts {
    pub(crate) fn with_limits(limits: CatalogLimits) -> Self {
        Drafts { limits, ..Drafts::default() }
    }

    /// Adds an entity; on an error nothing of it stays that could be found.
    ///
    /// # Errors
    /// [`ErrorKind::Catalog`] for an empty name, [`ErrorKind::Limit`] beyond a limit; the message lacks the place.
    pub(crate) fn add(&mut self, entity: Entity) -> Result<(), Error> {
        let id = &entity.id;
        if id.is_empty() {
            return Err(refuse(ErrorKind::Catalog, "an entity has an empty id; accepted is any text"));
        }
        if !((entity.weight as f32).is_finite() && entity.weight >= 0.0) {
            let message = format!("entity {id:?} has weight {}; accepted are 0 and more", entity.weight);
            return Err(refuse(ErrorKind::Catalog, message));
        }
        if self.count >= (1 << 30) - 1 {
            return Err(refuse(ErrorKind::Limit, "more than 2^30 entities"));
        }
        let owner = (self.count as u32) << 1;
        let first_name = self.drafts.len() as u32;
        let kinds = entity.kind.bit();
        self.name(id, &entity.name, owner, kinds, ("name", None))?;
        for (i, alias) in entity.aliases.iter().enumerate() {
            self.name(id, alias, owner, kinds, ("aliases", Some(i)))?;
        }
        for (i, alias) in entity.weak_aliases.iter().enumerate() {
            self.name(id, alias, owner | 1, kinds, ("weak_aliases", Some(i)))?;
        }
        let offset = self.records.len();
        if offset > u32::MAX as usize {
            return Err(refuse(ErrorKind::Limit, "more than 4 GiB of descriptions and attributes"));
        }
        for number in [offset as u32, (entity.weight as f32).to_bits(), entity.kind as u32, first_name] {
            push(&mut self.entities, number);
        }
        self.ids.push(hash_word(id.as_bytes()));
        record::write(&entity, &mut self.records);
        self.count += 1;
        Ok(())
    }

    fn name(
        &mut self,
        id: &str,
        name: &str,
        owner: u32,
        kinds: u8,
        field: (&str, Option<usize>),
    ) -> Result<(), Error> {
        let place = || match field {
            (field, None) => field.to_owned(),
            (field, Some(index)) => format!("{field}[{index}]"),
        };
        let limits = self.limits;
        if name.len() > limits.max_bytes_per_name {
            let message = format!(
                "entity {id:?} has a name of {} bytes ({}); accepted are at most {}",
                name.len(),
                place(),
                limits.max_bytes_per_name
            );
            return Err(refuse(ErrorKind::Limit, message));
        }
        let surface = single_spaces(name);
        if !is_plainly_a_name(&surface, MAX_WORDS) {
            if normalize(&surface, &mut self.words).is_none() {
                let message = format!(
                    "entity {id:?} has an empty name ({}); a name needs at least one letter or digit",
                    place()
                );
                return Err(refuse(ErrorKind::Catalog, message));
            }
            if self.words.len() > MAX_WORDS {
                let message = format!(
                    "entity {id:?} has a name of {} words ({}); accepted are at most {MAX_WORDS}",
                    self.words.len(),
                    place()
                );
                return Err(refuse(ErrorKind::Limit, message));
            }
        }
        if self.drafts.len() >= limits.max_names.min(1 << 30) {
            return Err(refuse(ErrorKind::Limit, format!("more than {} names", limits.max_names)));
        }
        if self.text.len() + surface.len() > limits.max_name_bytes.min(u32::MAX as usize) {
            return Err(refuse(
                ErrorKind::Limit,
                format!("more than {} bytes of names", limits.max_name_bytes),
            ));
        }
        let (start, length) = (self.text.len() as u32, surface.len() as u32);
        self.text.push_str(&surface);
        let flags = Flags::default().with_kinds(kinds).0;
        self.drafts.push(Draft { hash: 0, start, length, flags, owner });
        Ok(())
    }

    /// Puts everything together.
    ///
    /// # Errors
    /// [`ErrorKind::Catalog`] when two entities have one id.
    pub(crate) fn finish(mut self) -> Result<Sections, Error> {
        let threads = worth(self.drafts.len());
        let half = if threads > 1 { self.drafts.len() / 2 } else { 0 };
        let (front, back) = self.drafts.split_at_mut(half);
        let text = &self.text;
        let (front, mut beginnings) =
            both(threads, || Beginnings::read(front, text), || Beginnings::read(back, text));
        beginnings.append(front);
        let Beginnings { first_words, prefixes, max_words } = beginnings;
        let ids = std::mem::take(&mut self.ids);
        let ((ids, prefixes), order) = both(
            threads,
            || {
                let mut prefixes = sort::by_hash(prefixes, |&hash| hash);
                prefixes.dedup();
                (self.check_ids(ids), prefixes)
            },
            || rows::order(&self.drafts),
        );
        ids?;
        let mut sections = Sections { max_words, ..Sections::default() };
        let names = Names { drafts: &self.drafts, text, order: &order };
        let (rows, keys) = rows::write(&names, threads, &mut sections);
        table::write(&keys, &first_words, &prefixes, &mut sections);
        sections.names = rows;
        sections.entities = self.entities;
        sections.records = self.records;
        Ok(sections)
    }

    fn id(&self, entity: u32) -> &str {
        let offset = u32_at(&self.entities, entity as usize * 4).expect("the entity was added") as usize;
        record::id(&self.records[offset..]).expect("a record begins with its id")
    }

    fn check_ids(&self, hashes: Vec<u64>) -> Result<(), Error> {
        let hashes = sort::by_hash(hashes, |&hash| hash);
        if hashes.windows(2).all(|pair| pair[0] != pair[1]) {
            return Ok(());
        }
        let mut order: Vec<(u64, u32)> =
            (0..self.count as u32).map(|entity| (hash_word(self.id(entity).as_bytes()), entity)).collect();
        order.sort_unstable();
        for group in order.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
            let mut ids: Vec<&str> = group.iter().map(|&(_, entity)| self.id(entity)).collect();
            ids.sort_unstable();
            if let Some(pair) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
                let message = format!("two entities have the id {:?}; an id is accepted once", pair[0]);
                return Err(refuse(ErrorKind::Catalog, message));
            }
        }
        Ok(())
    }
}

impl Beginnings {
    /// Reads names, and puts in their drafts what that tells.
    fn read(drafts: &mut [Draft], text: &str) -> Self {
        let mut beginnings = Beginnings::default();
        beginnings.first_words.reserve_exact(drafts.len());
        let mut words: Vec<Word> = Vec::new();
        for draft in drafts {
            let surface = &text[draft.start as usize..(draft.start + draft.length) as usize];
            // None is without letters: they were seen when they came.
            let Some(name) = normalize(surface, &mut words) else { continue };
            draft.start += name.start;
            draft.length = name.surface.len() as u32;
            draft.hash = name.hash & KEY_BITS | place_among_rows(name.surface.len(), words.len());
            draft.flags |= name.flags.0;
            beginnings.add(&words, name.flags.capitals() & 1 == 0);
        }
        beginnings
    }

    /// Notes the words of a name; `small` when it begins with a small letter.
    fn add(&mut self, words: &[Word], small: bool) {
        let Some((first, rest)) = words.split_first() else { return };
        self.first_words.push(first.hash & KEY_BITS | table::known_of_first(words.len(), small));
        self.max_words = self.max_words.max(words.len());
        let mut prefix = first.hash;
        for word in &rest[..rest.len().saturating_sub(1)] {
            prefix = extend_hash(prefix, word.hash);
            self.prefixes.push(prefix & KEY_BITS);
        }
    }

    /// Puts others behind these: what is made of them does not depend on their order.
    fn append(&mut self, other: Beginnings) {
        self.first_words.extend_from_slice(&other.first_words);
        self.prefixes.extend_from_slice(&other.prefixes);
        self.max_words = self.max_words.max(other.max_words);
    }
}

fn push(out: &mut Vec<u8>, number: u32) {
    out.extend_from_slice(&number.to_le_bytes());
}

fn refuse(kind: ErrorKind, message: impl Into<String>) -> Error {
    Error::new(kind, message)
}
