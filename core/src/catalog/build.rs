//! From entities to the sections of a compiled catalog.
//!
//! In: entities, one after the other. Out: [`Sections`], the same bytes for the same entities in the same order.
//! Names are sorted by the hash of their words, so that spellings of one key lie together and the table is filled
//! from front to back; their rows lie in that order too, short single words before all others.

use super::entity::Entity;
use super::file::{MAX_WORDS, Sections};
use super::name::{MAX_SPELLINGS, MORE, NormalName, SAME_WORDS, WEAK, folded_words, normalize};
use super::record;
use super::sort;
use super::table;
use super::view::{KEY_BITS, OWNER_LIST, u32_at};
use super::word::{Word, extend_hash, hash_word};
use crate::{Error, ErrorKind};

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

/// One name of one entity, before names are put together.
#[derive(Clone, Copy)]
struct Draft {
    hash: u64,
    start: u32,
    length: u32,
    flags: u32,
    /// Entity and weakness, as a row stores them.
    owner: u32,
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
    drafts: Vec<Draft>,
    arena: Vec<u8>,
    /// The hashes of first words, with what is known of them in the low bits.
    first_words: Vec<u64>,
    /// Hashes of the first two and more words of names that go on.
    prefixes: Vec<u64>,
    words: Vec<Word>,
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
        let Some(NormalName { surface, hash, flags }) = normalize(name, &mut self.words) else {
            let message = format!(
                "entity {id:?} has an empty name ({}); a name needs at least one letter or digit",
                place()
            );
            return Err(refuse(ErrorKind::Catalog, message));
        };
        if self.words.len() > MAX_WORDS {
            let message = format!(
                "entity {id:?} has a name of {} words ({}); accepted are at most {MAX_WORDS}",
                self.words.len(),
                place()
            );
            return Err(refuse(ErrorKind::Limit, message));
        }
        if self.drafts.len() >= limits.max_names.min(1 << 30) {
            return Err(refuse(ErrorKind::Limit, format!("more than {} names", limits.max_names)));
        }
        if self.arena.len() + surface.len() > limits.max_name_bytes.min(u32::MAX as usize) {
            return Err(refuse(
                ErrorKind::Limit,
                format!("more than {} bytes of names", limits.max_name_bytes),
            ));
        }
        let (start, length) = (self.arena.len() as u32, surface.len() as u32);
        self.arena.extend_from_slice(surface.as_bytes());
        let known = table::known_of_first(self.words.len(), flags.capitals() & 1 == 0);
        self.first_words.push(self.words[0].hash & KEY_BITS | known);
        self.drafts.push(Draft {
            hash: hash & KEY_BITS | place_among_rows(surface.len(), self.words.len()),
            start,
            length,
            flags: flags.with_kinds(kinds).0,
            owner,
        });
        self.max_words = self.max_words.max(self.words.len());
        let mut prefix = self.words[0].hash;
        for i in 1..self.words.len().saturating_sub(1) {
            prefix = extend_hash(prefix, self.words[i].hash);
            self.prefixes.push(prefix & KEY_BITS);
        }
        Ok(())
    }

    /// Puts everything together.
    ///
    /// # Errors
    /// [`ErrorKind::Catalog`] when two entities have one id.
    pub(crate) fn finish(mut self) -> Result<Sections, Error> {
        self.check_ids()?;
        let mut sections = Sections { max_words: self.max_words, ..Sections::default() };
        let (rows, keys) = self.write_rows(&mut sections);
        table::write(&keys, &self.first_words, std::mem::take(&mut self.prefixes), &mut sections);
        sections.names = rows;
        sections.entities = self.entities;
        sections.records = self.records;
        Ok(sections)
    }

    fn id(&self, entity: u32) -> &str {
        let offset = u32_at(&self.entities, entity as usize * 4).expect("the entity was added") as usize;
        record::id(&self.records[offset..]).expect("a record begins with its id")
    }

    fn check_ids(&mut self) -> Result<(), Error> {
        let hashes = sort::by_hash(std::mem::take(&mut self.ids), |&hash| hash);
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

    /// Writes rows, spellings and owner lists; returns the row of every draft, and each key's hash and first row.
    fn write_rows(&self, sections: &mut Sections) -> (Vec<u32>, Vec<(u64, u32)>) {
        let surface =
            |draft: &Draft| &self.arena[draft.start as usize..(draft.start + draft.length) as usize];
        let order = self.drafts.iter().enumerate().map(|(i, draft)| (draft.hash, i as u32)).collect();
        let mut order = sort::by_hash(order, |item: &(u64, u32)| item.0);
        let mut row_of_draft = vec![0u32; self.drafts.len()];
        let mut keys: Vec<(u64, u32)> = Vec::with_capacity(order.len());
        sections.rows.reserve(order.len() + 1);
        sections.text.reserve(self.arena.len());
        let mut owners: Vec<u32> = Vec::new();
        let mut row = 0u32;
        // Where each key begins, by group, and its number.
        let mut groups: [Vec<(u32, u32)>; ROW_GROUPS] = Default::default();
        let mut next = 0;
        for key in order.chunk_by(|a, b| a.0 & KEY_BITS == b.0 & KEY_BITS) {
            groups[(key[0].0 >> 1) as usize % ROW_GROUPS].push((next, keys.len() as u32));
            keys.push((key.iter().fold(u64::MAX, |hash, draft| hash & draft.0), 0));
            next += key.len() as u32;
        }
        let groups = groups.concat();
        for (number, &(start, key_number)) in groups.iter().enumerate() {
            if number % NEAR == 0 {
                // Brings the names near: independent reads overlap, the comparisons after them would not.
                let next = groups[number..].iter().take(NEAR);
                let near = next.fold(0, |sum, &(start, _)| {
                    sum ^ self.arena[self.drafts[order[start as usize].1 as usize].start as usize]
                });
                std::hint::black_box(near);
            }
            let rest = &mut order[start as usize..];
            let hash = rest[0].0 & KEY_BITS;
            let size = rest.iter().take_while(|item| item.0 & KEY_BITS == hash).count();
            let key = &mut rest[..size];
            if key.len() > 1 {
                key.sort_by_key(|&(_, i)| (surface(&self.drafts[i as usize]), i));
            }
            keys[key_number as usize].1 = row;
            let first = row;
            let mut rest = &key[..];
            let mut words_before: Option<Vec<String>> = None;
            while let Some(&(_, lead)) = rest.first() {
                let spelling = surface(&self.drafts[lead as usize]);
                // Spellings beyond the last that is told apart share its rules.
                let own = if row - first == MAX_SPELLINGS - 1 {
                    rest.len()
                } else {
                    let same = |&&(_, i): &&(u64, u32)| surface(&self.drafts[i as usize]) == spelling;
                    1 + rest[1..].iter().take_while(same).count()
                };
                let (these, others) = rest.split_at(own);
                rest = others;
                owners.clear();
                let mut kinds = 0;
                for &(_, i) in these {
                    row_of_draft[i as usize] = row;
                    owners.push(self.drafts[i as usize].owner);
                    kinds |= self.drafts[i as usize].flags & 0xFF00;
                }
                owners.sort_unstable();
                let before = owners.len();
                owners.dedup_by_key(|owner| *owner >> 1);
                sections.duplicate_names += before - owners.len();
                sections.shared_names += usize::from(owners.len() > 1);
                let mut flags = self.drafts[lead as usize].flags | kinds;
                if owners.iter().all(|owner| owner & 1 != 0) {
                    flags |= WEAK;
                }
                if !rest.is_empty() {
                    flags |= MORE;
                }
                if words_before.is_some() || !rest.is_empty() {
                    let words = std::str::from_utf8(spelling).map_or_else(|_| Vec::new(), folded_words);
                    if words_before.as_ref() == Some(&words) {
                        flags |= SAME_WORDS;
                    }
                    words_before = Some(words);
                }
                let owner = match owners[..] {
                    [one] => one,
                    _ => {
                        let at = sections.lists.len() as u32 / 4;
                        push(&mut sections.lists, owners.len() as u32);
                        owners.iter().for_each(|&owner| push(&mut sections.lists, owner));
                        at | OWNER_LIST
                    }
                };
                sections.rows.push([sections.text.len() as u32, flags, owner]);
                sections.text.extend_from_slice(spelling);
                row += 1;
            }
        }
        // A last row tells where the last spelling ends.
        sections.rows.push([sections.text.len() as u32, 0, 0]);
        (row_of_draft, keys)
    }
}

/// Names that are read together.
const NEAR: usize = 64;

/// Rows lie in groups: texts have short words more often than long ones and than names of several words, so that what is
/// read most lies together.
const ROW_GROUPS: usize = 4;

/// The low bits of a key's hash: [`table::ONE_WORD`], and above it the group of its row.
fn place_among_rows(bytes: usize, words: usize) -> u64 {
    match (words, bytes) {
        (1, ..=4) => table::ONE_WORD,
        (1, ..=7) => 1 << 1 | table::ONE_WORD,
        (1, _) => 2 << 1 | table::ONE_WORD,
        _ => 3 << 1,
    }
}

fn push(out: &mut Vec<u8>, number: u32) {
    out.extend_from_slice(&number.to_le_bytes());
}

fn refuse(kind: ErrorKind, message: impl Into<String>) -> Error {
    Error::new(kind, message)
}
