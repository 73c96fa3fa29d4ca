//! A catalog and the overlay on top of it, read as one.
//!
//! In: the views of both. Out: owners, weights and spellings as one catalog of all entities that are left would give
//! them. Inside a search the overlay's entities are numbered behind all entities below; what leaves the room counts
//! without the entities that are gone.

use super::entity::{Entity, EntityKind, Outline};
use super::found::{Names, Owner, rows};
use super::hit::MANY;
use super::memory::Memories;
use super::view::{ALONE, OWNER_LIST, View};

/// One or two catalogs that are searched together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layers<'c> {
    /// What it knows of first words, and its filter, hold for both.
    pub(crate) base: View<'c>,
    pub(crate) top: Option<View<'c>>,
    /// Words of the longest name.
    pub(crate) max_words: usize,
    /// Of the overlay if there is one.
    pub(crate) memories: Option<&'c Memories>,
}

impl<'c> Layers<'c> {
    pub(crate) fn new(base: View<'c>, top: Option<View<'c>>) -> Self {
        let max_words = base.max_words.max(top.map_or(0, |top| top.max_words));
        Layers { base, top, max_words, memories: None }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.base.row_count() == 0 && self.top.is_none_or(|top| top.row_count() == 0)
    }

    /// The overlay, or what lies below.
    #[inline]
    pub(crate) fn layer(&self, top: bool) -> Option<&View<'c>> {
        if top { self.top.as_ref() } else { Some(&self.base) }
    }

    /// Whether a sequence of two or more words with this hash may be a name or the beginning of one.
    #[inline]
    pub(crate) fn may_hold(&self, hash: u64) -> bool {
        self.base.may_hold(hash)
    }

    /// What may be known of a first word, for names that may begin with a small letter above the rest.
    #[inline]
    pub(crate) fn first_word_place(&self, hash: u64) -> u8 {
        self.base.first_word_place(hash)
    }

    /// What may be known of a first word; see [`View::first_word`].
    #[inline]
    pub(crate) fn first_word(&self, hash: u64, small: bool) -> u8 {
        self.base.first_word(hash, small)
    }

    /// Whether the table of the overlay, if there is one, may list a sequence of words.
    #[inline]
    pub(crate) fn may_hold_on_top(&self, hash: u64, words: u16) -> bool {
        self.top.as_ref().is_some_and(|top| {
            if words == 1 { top.first_word(hash, false) & ALONE != 0 } else { top.may_hold(hash) }
        })
    }

    /// The owners of names, by layer, row and entity; an entity that owns several of the names comes several times.
    pub(crate) fn owners(&self, names: &Names) -> Vec<Owner> {
        let mut owners = Vec::new();
        self.see_owners(names, |entity, weak| {
            owners.push(Owner { entity, weak, kind: self.kind(entity), weight: self.weight(entity) });
        });
        owners
    }

    /// The entities that own names, and whether they list them as weak.
    pub(crate) fn each_owner(&self, names: &Names) -> impl Iterator<Item = (u32, bool)> + use<'c> {
        let Names { row, spellings, top_row, top_spellings } = *names;
        let Layers { base, top, .. } = *self;
        let below = base.entity_count() as u32;
        let on_top = top.into_iter().flat_map(move |top| {
            rows(top_row, top_spellings)
                .flat_map(move |row| top.owners(row))
                .map(move |(entity, weak)| (below.saturating_add(entity), weak))
        });
        rows(row, spellings).flat_map(move |row| base.owners(row)).chain(on_top)
    }

    /// Calls `see` with the entities of [`each_owner`](Layers::each_owner).
    #[inline]
    pub(crate) fn see_owners(&self, names: &Names, mut see: impl FnMut(u32, bool)) {
        if names.top_spellings != 0 || self.base.patch.is_some() {
            return self.each_owner(names).for_each(|(entity, weak)| see(entity, weak));
        }
        for row in rows(names.row, names.spellings) {
            match self.base.lone(row) {
                OWNER_LIST.. => self.base.owners(row).for_each(|(entity, weak)| see(entity, weak)),
                owner => see(owner >> 1, owner & 1 != 0),
            }
        }
    }

    /// The one owner of a name that has a single spelling in one layer, as
    /// [`RawHit::lone`](super::hit::RawHit::lone) has it.
    #[inline]
    pub(crate) fn lone(&self, names: &Names) -> u32 {
        let one = |row: u32, spellings: u32| row.saturating_add(spellings.trailing_zeros());
        match *names {
            Names { row, spellings, top_spellings: 0, .. } if spellings.is_power_of_two() => {
                self.lone_inside(false, self.base.lone(one(row, spellings)))
            }
            Names { spellings: 0, top_row, top_spellings, .. } if top_spellings.is_power_of_two() => self
                .lone_inside(true, self.top.map_or(OWNER_LIST, |top| top.lone(one(top_row, top_spellings)))),
            _ => MANY,
        }
    }

    /// The owner that a row of one layer has, as it is numbered in both.
    #[inline]
    pub(crate) fn lone_inside(&self, top: bool, owner: u32) -> u32 {
        match owner {
            OWNER_LIST.. => MANY,
            owner if !top => owner,
            owner => owner.saturating_add((self.base.entity_count() as u32).saturating_mul(2)),
        }
    }

    /// Entities of both layers, those that are gone among them.
    pub(crate) fn entity_count(&self) -> usize {
        self.base.entity_count() + self.top.map_or(0, |top| top.entity_count())
    }

    /// The layer of an entity, and its number there.
    fn place(&self, entity: u32) -> (&View<'c>, u32) {
        let below = self.base.entity_count() as u32;
        match &self.top {
            Some(top) if entity >= below => (top, entity - below),
            _ => (&self.base, entity),
        }
    }

    /// The weight of an entity, finite and not negative.
    pub(crate) fn weight(&self, entity: u32) -> f32 {
        let (view, entity) = self.place(entity);
        view.weight(entity)
    }

    /// The kind of an entity.
    pub(crate) fn kind(&self, entity: u32) -> Option<EntityKind> {
        let (view, entity) = self.place(entity);
        view.kind(entity)
    }

    /// The identifier and the main name of an entity.
    pub(crate) fn id_and_name(&self, entity: u32) -> Option<(&'c str, &'c str)> {
        let (view, entity) = self.place(entity);
        view.id_and_name(entity)
    }

    /// What an entity is, without its other names and attributes.
    pub(crate) fn outline(&self, entity: u32) -> Option<Outline<'c>> {
        let (view, entity) = self.place(entity);
        view.outline(entity)
    }

    /// Everything about an entity.
    pub(crate) fn entity(&self, entity: u32) -> Option<Entity> {
        let (view, entity) = self.place(entity);
        view.entity(entity)
    }

    /// The first of the spellings, in the order of their bytes.
    pub(crate) fn spelling(&self, names: &Names) -> Option<&'c str> {
        let below = rows(names.row, names.spellings).next().and_then(|row| self.base.name(row));
        let above = rows(names.top_row, names.top_spellings).next();
        let above = above.and_then(|row| self.top.and_then(|top| top.name(row)));
        match (below, above) {
            (Some(below), Some(above)) => Some(below.min(above)),
            (below, above) => below.or(above),
        }
    }

    /// The place of an entity among those that are left.
    pub(crate) fn outside(&self, entity: u32) -> u32 {
        let gone = self.base.patch.map_or(&[][..], |patch| &patch.gone);
        entity - gone.partition_point(|&other| other < entity) as u32
    }

    /// The number inside of the entity at a place among those that are left.
    pub(crate) fn inside(&self, place: u32) -> u32 {
        let gone = self.base.patch.map_or(&[][..], |patch| &patch.gone);
        // How many of those that are gone stand before it.
        let (mut low, mut high) = (0, gone.len());
        while low < high {
            let middle = (low + high) / 2;
            if gone[middle] - middle as u32 <= place {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        place.saturating_add(low as u32)
    }
}
