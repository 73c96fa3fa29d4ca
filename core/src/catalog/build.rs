//! From entities to the sections of a compiled catalog.
//!
//! In: entities, one after the other. Out: [`Sections`], the same bytes for the same entities in the same order.
//! Names are sorted by the hash of their words, so that spellings of one key lie together and the table is filled
//! from front to back.

use super::entity::Entity;
use super::file::{MAX_WORDS, Sections};
use super::name::{MORE, NormalName, WEAK, normalize};
use super::record::{self, NameRows};
use super::table;
use super::verify::MAX_SPELLINGS;
use super::view::{KEY_BITS, OWNER_LIST, ROW_BYTES};
use super::word::{Word, extend_hash};
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CatalogInfo {
    /// Entities.
    pub entities: usize,
    /// Distinct spellings.
    pub names: usize,
    /// Spellings that several entities own.
    pub shared_names: usize,
    /// Names that an entity listed twice, counted once each time; zero for an opened file.
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
    pub(crate) entities: Vec<Entity>,
    drafts: Vec<Draft>,
    arena: Vec<u8>,
    /// Hashes of the first two and more words of names that go on.
    prefixes: Vec<u64>,
    words: Vec<Word>,
    max_words: usize,
}

impl Drafts {
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
        if self.entities.len() >= (1 << 30) - 1 {
            return Err(refuse(ErrorKind::Limit, "more than 2^30 entities"));
        }
        let owner = (self.entities.len() as u32) << 1;
        let kinds = entity.kind.bit();
        self.name(id, &entity.name, owner, kinds, ("name", None))?;
        for (i, alias) in entity.aliases.iter().enumerate() {
            self.name(id, alias, owner, kinds, ("aliases", Some(i)))?;
        }
        for (i, alias) in entity.weak_aliases.iter().enumerate() {
            self.name(id, alias, owner | 1, kinds, ("weak_aliases", Some(i)))?;
        }
        self.entities.push(entity);
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
        self.drafts.push(Draft {
            hash: hash & KEY_BITS,
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
    /// [`ErrorKind::Catalog`] when two entities have one id, [`ErrorKind::Limit`] when the records outgrow 4 GiB.
    pub(crate) fn finish(mut self) -> Result<(Sections, CatalogInfo), Error> {
        self.check_ids()?;
        let mut sections = Sections { max_words: self.max_words, ..Sections::default() };
        let mut info = CatalogInfo { entities: self.entities.len(), ..CatalogInfo::default() };
        let (row_of_draft, keys) = self.write_rows(&mut sections, &mut info);
        table::write(keys, std::mem::take(&mut self.prefixes), &mut sections);
        self.write_records(&row_of_draft, &mut sections)?;
        Ok((sections, info))
    }

    fn check_ids(&self) -> Result<(), Error> {
        let mut order: Vec<(u64, u32)> = self
            .entities
            .iter()
            .enumerate()
            .map(|(i, entity)| (super::word::hash_word(entity.id.as_bytes()), i as u32))
            .collect();
        order.sort_unstable();
        for group in order.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
            let mut ids: Vec<&str> =
                group.iter().map(|&(_, i)| self.entities[i as usize].id.as_str()).collect();
            ids.sort_unstable();
            if let Some(pair) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
                let message = format!("two entities have the id {:?}; an id is accepted once", pair[0]);
                return Err(refuse(ErrorKind::Catalog, message));
            }
        }
        Ok(())
    }

    /// Writes rows, spellings and owner lists; returns the row of every draft, and each key's hash and first row.
    fn write_rows(&self, sections: &mut Sections, info: &mut CatalogInfo) -> (Vec<u32>, Vec<(u64, u32)>) {
        let surface =
            |draft: &Draft| &self.arena[draft.start as usize..(draft.start + draft.length) as usize];
        let mut order: Vec<(u64, u32)> =
            self.drafts.iter().enumerate().map(|(i, draft)| (draft.hash, i as u32)).collect();
        order.sort_unstable();
        let mut row_of_draft = vec![0u32; self.drafts.len()];
        let mut keys: Vec<(u64, u32)> = Vec::with_capacity(order.len());
        sections.rows.reserve(order.len() * ROW_BYTES);
        sections.text.reserve(self.arena.len());
        let mut owners: Vec<u32> = Vec::new();
        let mut row = 0u32;
        for key in order.chunk_by_mut(|a, b| a.0 == b.0) {
            if key.len() > 1 {
                key.sort_by_key(|&(_, i)| (surface(&self.drafts[i as usize]), i));
            }
            keys.push((key[0].0, row));
            let first = row;
            let mut rest = &key[..];
            while let Some(&(_, lead)) = rest.first() {
                let spelling = surface(&self.drafts[lead as usize]);
                // Spellings beyond the last that is told apart share its rules.
                let own = if row - first == MAX_SPELLINGS - 1 {
                    rest.len()
                } else {
                    rest.iter().take_while(|&&(_, i)| surface(&self.drafts[i as usize]) == spelling).count()
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
                info.duplicate_names += before - owners.len();
                info.shared_names += usize::from(owners.len() > 1);
                let mut flags = self.drafts[lead as usize].flags | kinds;
                if owners.iter().all(|owner| owner & 1 != 0) {
                    flags |= WEAK;
                }
                if !rest.is_empty() {
                    flags |= MORE;
                }
                push(&mut sections.rows, sections.text.len() as u32);
                push(&mut sections.rows, flags);
                let owner = match owners[..] {
                    [one] => one,
                    _ => {
                        let at = sections.lists.len() as u32 / 4;
                        push(&mut sections.lists, owners.len() as u32);
                        owners.iter().for_each(|&owner| push(&mut sections.lists, owner));
                        at | OWNER_LIST
                    }
                };
                push(&mut sections.rows, owner);
                sections.text.extend_from_slice(spelling);
                row += 1;
            }
        }
        // A last row tells where the last spelling ends.
        push(&mut sections.rows, sections.text.len() as u32);
        push(&mut sections.rows, 0);
        push(&mut sections.rows, 0);
        info.names = row as usize;
        (row_of_draft, keys)
    }

    fn write_records(&self, row_of_draft: &[u32], sections: &mut Sections) -> Result<(), Error> {
        let mut draft = 0;
        for entity in &self.entities {
            let offset = sections.records.len();
            if offset > u32::MAX as usize {
                return Err(refuse(ErrorKind::Limit, "more than 4 GiB of descriptions and attributes"));
            }
            push(&mut sections.entities, offset as u32);
            push(&mut sections.entities, (entity.weight as f32).to_bits());
            push(&mut sections.entities, entity.kind as u32);
            let aliases = draft + 1..draft + 1 + entity.aliases.len();
            let weak = aliases.end..aliases.end + entity.weak_aliases.len();
            let rows = NameRows {
                main: row_of_draft[draft],
                aliases: &distinct(&row_of_draft[aliases]),
                weak_aliases: &distinct(&row_of_draft[weak.clone()]),
            };
            record::write(entity, &rows, &mut sections.records);
            draft = weak.end;
        }
        Ok(())
    }
}

/// The rows without repetitions, in order of first occurrence.
fn distinct(rows: &[u32]) -> Vec<u32> {
    let mut out: Vec<u32> = Vec::with_capacity(rows.len());
    if rows.len() < 32 {
        for &row in rows {
            if !out.contains(&row) {
                out.push(row);
            }
        }
        return out;
    }
    let mut order: Vec<(u32, usize)> = rows.iter().enumerate().map(|(i, &row)| (row, i)).collect();
    order.sort_unstable();
    order.dedup_by_key(|pair| pair.0);
    order.sort_unstable_by_key(|pair| pair.1);
    out.extend(order.iter().map(|pair| pair.0));
    out
}

fn push(out: &mut Vec<u8>, number: u32) {
    out.extend_from_slice(&number.to_le_bytes());
}

fn refuse(kind: ErrorKind, message: impl Into<String>) -> Error {
    Error::new(kind, message)
}
