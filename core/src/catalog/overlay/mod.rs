//! Adding and removing entities without building the catalog anew.
//!
//! In: a catalog, a builder with the entities to add, the ids of those to remove. Out: a catalog that shares the bytes of
//! the one below, carries a small catalog of its own on top, and finds what a catalog built of the remaining and the
//! added entities would find. A row below that loses owners gets other flags; nothing else of the bytes is copied.

#[cfg(test)]
mod tests;

use super::build::{CatalogInfo, CatalogLimits, Drafts};
use super::entity::Entity;
use super::layer::Layers;
use super::memory::Memories;
use super::name::{Flags, MAX_SPELLINGS, MORE, WEAK, normalize};
use super::view::{Patch, ROW_MASK, TERMINAL, View};
use super::word::Words;
use super::{Catalog, CatalogBuilder, Inner, table};
use crate::{Error, ErrorKind};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What lies on top of a catalog.
pub(crate) struct Overlay {
    patch: Patch,
    added: Inner,
    /// What the names below add to the flags of the same names on top.
    added_patch: Patch,
    pub(crate) info: CatalogInfo,
    /// The filter of the catalog below and what it knows of first words, with the names on top: one look tells that
    /// neither has a name.
    filter: Vec<u8>,
    first_words: Vec<u8>,
    /// What words are without the names that are gone and with those on top.
    memories: Memories,
}

impl Overlay {
    pub(crate) fn layers<'c>(&'c self, base: View<'c>) -> Layers<'c> {
        let top = View { patch: Some(&self.added_patch), ..self.added.view() };
        let (filter, first_words) = (&self.filter, &self.first_words);
        let layers = Layers::new(View { patch: Some(&self.patch), filter, first_words, ..base }, Some(top));
        Layers { memories: Some(&self.memories), ..layers }
    }
}

/// Names that one owner of a rebuilt catalog could need, for each byte of the compiled form: an owner takes 28 bytes of
/// it and has a name of 1,024 bytes at most unless told otherwise.
const NAME_BYTES_PER_BYTE: usize = 64;

impl Catalog {
    /// Returns the same catalog without the entities of some ids and with those of a builder behind the others.
    ///
    /// Finds what a catalog built anew of these entities finds, in the same order; the catalog itself stays as it is,
    /// and its bytes, mapped or not, are shared. Removing comes first: an entity is replaced by removing its id and
    /// adding it. Reads the ids of the whole catalog once and builds what was added, so that the time goes with the
    /// number of entities, not with their names; where misspelt names are found ([`with_fuzzy`](Catalog::with_fuzzy)),
    /// the catalog is built anew in memory. [`save`](Catalog::save) and [`to_bytes`](Catalog::to_bytes) write the
    /// catalog with its changes.
    ///
    /// # Errors
    /// [`ErrorKind::Catalog`] when an id to remove is not there, or an id to add is; [`ErrorKind::File`] when the bytes
    /// below are damaged.
    ///
    /// # Examples
    /// ```
    /// use nutgraf::{Catalog, Entity, EntityKind};
    /// let catalog = Catalog::from_jsonl_str("{\"id\":1,\"name\":\"Acme\"}\n{\"id\":2,\"name\":\"Bolt\"}")?;
    /// let mut added = Catalog::builder();
    /// added.add(Entity::new("3", "Crank", EntityKind::Organization))?;
    /// let changed = catalog.with_changes(added, &["1"])?;
    /// let text = "Acme, Bolt, Crank";
    /// let found: Vec<&str> = changed.find(text).iter().map(|found| &text[found.span.byte_span()]).collect();
    /// assert_eq!(found, ["Bolt", "Crank"]);
    /// # Ok::<(), nutgraf::Error>(())
    /// ```
    pub fn with_changes<I: AsRef<str>>(&self, added: CatalogBuilder, removed: &[I]) -> Result<Self, Error> {
        let limits = added.drafts.limits;
        let added = added.build()?;
        let mut ids: BTreeMap<&str, Change> = BTreeMap::new();
        let new: Vec<Entity> = whole_entities(added.view()).collect::<Result<_, _>>()?;
        for id in removed {
            ids.insert(id.as_ref(), Change { removes: true, ..Change::default() });
        }
        for entity in &new {
            ids.entry(&entity.id).or_default().adds = true;
        }
        let base = self.view();
        let mut gone: Vec<u32> =
            self.overlay.as_ref().map_or_else(Vec::new, |overlay| overlay.patch.gone.clone());
        let before = gone.len();
        for entity in 0..base.entity_count() as u32 {
            let id = base.id(entity).ok_or_else(|| damaged("entity", entity))?;
            if let Some(change) = ids.get_mut(id)
                && gone[..before].binary_search(&entity).is_err()
                && change.meets(id)?
            {
                gone.push(entity);
            }
        }
        gone.sort_unstable();
        let mut kept = Vec::new();
        if let Some(overlay) = &self.overlay {
            for entity in whole_entities(overlay.added.view()) {
                let entity = entity?;
                if !ids.get_mut(entity.id.as_str()).map_or(Ok(false), |change| change.meets(&entity.id))? {
                    kept.push(entity);
                }
            }
        }
        if let Some((id, _)) = ids.iter().find(|(_, change)| change.removes && !change.met) {
            let message = format!("no entity has the id {id:?}; accepted for removal are ids of the catalog");
            return Err(Error::new(ErrorKind::Catalog, message));
        }
        let added = if kept.is_empty() {
            added
        } else {
            let mut drafts = Drafts::with_limits(limits);
            kept.into_iter().chain(new).try_for_each(|entity| drafts.add(entity))?;
            Catalog::from_sections(&drafts.finish()?)?
        };
        let overlay = Overlay::new(base, self.inner.layout.info, gone, &added)?;
        let changed = Catalog { overlay: Some(Arc::new(overlay)), fuzzy: None, ..self.clone() };
        match &self.fuzzy {
            Some(fuzzy) => Ok(changed.rebuilt()?.with_same_fuzzy(fuzzy)),
            None => Ok(changed),
        }
    }

    /// The catalog with its changes as one run of bytes.
    ///
    /// # Errors
    /// [`ErrorKind::File`] and others when the bytes below are damaged.
    pub(crate) fn rebuilt(&self) -> Result<Catalog, Error> {
        let Some(overlay) = &self.overlay else { return Ok(self.clone()) };
        let layers = overlay.layers(self.view());
        let limits = CatalogLimits {
            max_names: 1 << 30,
            max_name_bytes: self.info().bytes.saturating_mul(NAME_BYTES_PER_BYTE),
            max_bytes_per_name: usize::MAX,
        };
        let mut drafts = Drafts::with_limits(limits);
        for view in [Some(layers.base), layers.top].into_iter().flatten() {
            for entity in whole_entities(view) {
                drafts.add(entity?)?;
            }
        }
        Catalog::from_sections(&drafts.finish()?)
    }
}

/// What the caller wants with an id.
#[derive(Default)]
struct Change {
    removes: bool,
    adds: bool,
    /// An entity had it and went.
    met: bool,
}

impl Change {
    /// Whether the entity of this id goes.
    fn meets(&mut self, id: &str) -> Result<bool, Error> {
        if self.adds && !self.removes {
            let message =
                format!("two entities have the id {id:?}; accepted is an id that is free, or removed first");
            return Err(Error::new(ErrorKind::Catalog, message));
        }
        self.met = true;
        Ok(self.removes)
    }
}

fn damaged(what: &str, number: u32) -> Error {
    let message = format!("compiled catalog: {what} {number} is damaged; build it again from its source");
    Error::new(ErrorKind::File, message)
}

/// The entities that are left, as their source lists them; every name belongs to one, so that all together take no more
/// time than the names.
fn whole_entities(view: View<'_>) -> impl Iterator<Item = Result<Entity, Error>> {
    let mut next = 0;
    (0..view.entity_count() as u32).filter_map(move |entity| {
        let numbers = view.numbers(entity).filter(|numbers| numbers.start == next);
        let Some(numbers) = numbers else { return Some(Err(damaged("entity", entity))) };
        next = numbers.end;
        let gone = view.patch.is_some_and(|patch| patch.gone.binary_search(&entity).is_ok());
        (!gone).then(|| view.whole_entity(entity).ok_or_else(|| damaged("entity", entity)))
    })
}

impl Overlay {
    fn new(base: View<'_>, below: CatalogInfo, gone: Vec<u32>, added: &Catalog) -> Result<Self, Error> {
        let top = added.inner.layout.info;
        let mut info = CatalogInfo {
            entities: below.entities - gone.len() + top.entities,
            bytes: below.bytes + top.bytes,
            index_bytes: below.index_bytes + top.index_bytes,
            names: below.names + top.names,
            shared_names: below.shared_names + top.shared_names,
            duplicate_names: below.duplicate_names + top.duplicate_names,
        };
        let gone_bits = bits(base.entity_count(), gone.iter().copied());
        let mut patch = Patch { gone, gone_bits, ..Patch::default() };
        let mut lost = take_away(base, &patch, &mut info)?;
        patch.set_rows(base.row_count(), &lost);
        let (rows, top_rows) = put_together(View { patch: Some(&patch), ..base }, added.view(), &mut info);
        lost.extend(rows);
        patch.set_rows(base.row_count(), &lost);
        let mut added_patch = Patch::default();
        added_patch.set_rows(top.names, &top_rows);
        let (filter, first_words) = known_of_both(base, added.view());
        let bytes = added.inner.bytes.to_vec().into();
        let layout = added.inner.layout.clone();
        let added = Inner { bytes, layout, screen: None, memories: Memories::default() };
        Ok(Overlay { patch, added, added_patch, info, filter, first_words, memories: Memories::default() })
    }
}

impl Patch {
    fn set_rows(&mut self, count: usize, rows: &BTreeMap<u32, Flags>) {
        let mut before = 0;
        let groups = bits(count, rows.keys().copied()).into_iter().map(|group| {
            before += group.count_ones();
            (group, before - group.count_ones())
        });
        self.rows = groups.collect();
        self.flags = rows.range(..count as u32).map(|(_, &flags)| flags).collect();
    }
}

/// The filter of the catalog below and what it knows of first words, with the names on top.
fn known_of_both(base: View<'_>, top: View<'_>) -> (Vec<u8>, Vec<u8>) {
    let (mut filter, mut first_words) = (base.filter.to_vec(), base.first_words.to_vec());
    let mut words = Vec::new();
    for row in 0..top.row_count() as u32 {
        let Some((spelling, flags)) = top.row(row) else { continue };
        let Ok(spelling) = std::str::from_utf8(spelling) else { continue };
        words.clear();
        Words::new(spelling).fill(&mut words, usize::MAX);
        table::add_name(&mut filter, &mut first_words, &words, flags.capitals() & 1 == 0);
    }
    (filter, first_words)
}

/// The flags of the rows that lose owners.
fn take_away(base: View<'_>, patch: &Patch, info: &mut CatalogInfo) -> Result<BTreeMap<u32, Flags>, Error> {
    let numbers = base.names.len() / 4;
    let mut rows: Vec<u32> = Vec::new();
    for &entity in &patch.gone {
        rows.extend(base.rows_of(entity).take(numbers));
        // In a whole file every name belongs to one entity, and every owner to one row.
        if rows.len() > numbers {
            return Err(damaged("entity", entity));
        }
    }
    rows.sort_unstable();
    let listed = rows.len();
    rows.dedup();
    let left = View { patch: Some(patch), ..base };
    let mut flags = BTreeMap::new();
    let (mut lost, mut seen) = (0, 0);
    for row in rows {
        let all = base.owners(row).count();
        seen += all;
        if seen > base.row_count() + base.lists.len() / 4 {
            return Err(damaged("name", row));
        }
        let (mut kinds, mut count, mut weak) = (0, 0, true);
        for (entity, weakly) in left.owners(row) {
            count += 1;
            weak &= weakly;
            kinds |= base.kind(entity).map_or(0, |kind| kind.bit());
        }
        lost += all - count;
        info.names = info.names.saturating_sub(usize::from(count == 0));
        info.shared_names = info.shared_names.saturating_sub(usize::from(count < 2 && all > 1));
        let (_, old) = base.row(row).ok_or_else(|| damaged("name", row))?;
        flags.insert(row, old.owned_by(kinds, weak && count > 0));
    }
    info.duplicate_names = info.duplicate_names.saturating_sub(listed.saturating_sub(lost));
    Ok(flags)
}

/// The flags of the rows below and on top that are one name.
fn put_together(
    base: View<'_>,
    top: View<'_>,
    info: &mut CatalogInfo,
) -> (BTreeMap<u32, Flags>, BTreeMap<u32, Flags>) {
    let (mut rows, mut top_rows) = (BTreeMap::new(), BTreeMap::new());
    for above in 0..top.row_count() as u32 {
        let Some((spelling, flags)) = top.row(above) else { continue };
        let Some((below, old)) = row_named(base, spelling).filter(|(_, old)| old.kinds() != 0) else {
            continue;
        };
        let (kinds, weak) = (flags.kinds() | old.kinds(), flags.has(WEAK) && old.has(WEAK));
        top_rows.insert(above, flags.owned_by(kinds, weak));
        rows.insert(below, old.owned_by(kinds, weak));
        let shared = |count: usize| usize::from(count > 1);
        // Two names become one, which is shared.
        let before = shared(base.owners(below).take(2).count()) + shared(top.owners(above).take(2).count());
        info.names = info.names.saturating_sub(1);
        info.shared_names = (info.shared_names + 1).saturating_sub(before);
    }
    (rows, top_rows)
}

fn bits(count: usize, numbers: impl Iterator<Item = u32>) -> Vec<u64> {
    let mut bits = vec![0; count.div_ceil(64)];
    for number in numbers {
        if let Some(word) = bits.get_mut(number as usize / 64) {
            *word |= 1 << (number % 64);
        }
    }
    bits
}

/// The row of a spelling, and its flags.
fn row_named(view: View<'_>, spelling: &[u8]) -> Option<(u32, Flags)> {
    let name = normalize(std::str::from_utf8(spelling).ok()?, &mut Vec::new())?;
    let slot = view.slot(name.hash, view.first_slot(name.hash)).filter(|slot| slot & TERMINAL != 0)?;
    let first = slot & ROW_MASK;
    for row in first..first + MAX_SPELLINGS {
        let (bytes, flags) = view.row(row)?;
        if bytes == spelling {
            return Some((row, flags));
        }
        if !flags.has(MORE) {
            break;
        }
    }
    None
}
