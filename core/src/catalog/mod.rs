//! The lists of names that the caller, or the built-in world catalog, brings, and their places in text.
//!
//! In: JSONL, a builder or a compiled file. Out: an immutable [`Catalog`] that finds its names in text. A catalog is
//! one run of bytes, the same in memory and in a file; every access to it is checked. Knows names as sequences of
//! folded words; knows nothing about discovery, or which mentions are the same person.

#[cfg(test)]
mod automaton;
mod build;
mod dictionary;
mod entity;
mod file;
mod find;
mod format;
mod found;
mod fuzzy;
mod gap;
mod hit;
mod iter;
mod layer;
mod letter;
mod map;
mod memory;
mod name;
mod near;
mod options;
mod overlap;
mod overlay;
mod piece;
mod record;
mod rows;
mod scan;
mod screen;
mod search;
mod seed;
#[cfg(feature = "skos")]
mod skos;
mod sort;
mod sound;
mod source;
mod store;
mod stream;
mod table;
#[cfg(test)]
mod tests;
mod verify;
mod view;
mod word;
mod world;

pub use build::{CatalogInfo, CatalogLimits};
pub(crate) use entity::Outline;
pub use entity::{Entity, EntityKind};
pub(crate) use file::MAGIC;
pub use format::CatalogFormat;
pub use found::{Candidate, CatalogMatch, Found};
pub(crate) use found::{Hit, Owner};
pub use iter::FindIter;
pub use options::{CaseMatching, FindOptions, Overlap, WeakNames};
pub use stream::{CatalogStream, StreamMatch};

use crate::Error;
use build::Drafts;
use file::Layout;
use fuzzy::FuzzyIndex;
use layer::Layers;
use map::Bytes;
use memory::Memories;
use overlay::Overlay;
use screen::Screen;
use std::fmt;
use std::sync::Arc;
use view::View;

/// Holds a list of entities and finds their names in text; immutable, shareable between threads, cheap to clone.
///
/// The words of a name stand in one paragraph, at most 64 bytes of white space and marks apart; a name that is written
/// otherwise in the list is kept and never found.
#[derive(Clone)]
pub struct Catalog {
    inner: Arc<Inner>,
    overlay: Option<Arc<Overlay>>,
    fuzzy: Option<Arc<FuzzyIndex>>,
}

struct Inner {
    bytes: Bytes,
    layout: Layout,
    /// Built with a small catalog, not read from a file.
    screen: Option<Screen>,
    memories: Memories,
}

impl fmt::Debug for Catalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalog").field("info", &self.info()).finish_non_exhaustive()
    }
}

impl Catalog {
    /// Returns an empty catalog.
    pub fn empty() -> Self {
        CatalogBuilder::new().build().expect("an empty catalog breaks no rule")
    }

    /// Starts a catalog to which entities are added one by one.
    pub fn builder() -> CatalogBuilder {
        CatalogBuilder::new()
    }

    /// Reads a catalog from JSON lines: one object per line with `id` and `name`, and if wanted `kind`, `aliases`,
    /// `weak_aliases`, `description` and `weight`; further keys are kept as attributes. Blank lines are skipped.
    ///
    /// `kind` is one of the words of [`EntityKind`]; the labels of common schemes (`PER`, `ORG`, `LOC`, `GPE`,
    /// `NORP`, `Company`, ...) are accepted too. Without it the kind is `other`.
    ///
    /// # Errors
    /// [`ErrorKind::Catalog`](crate::ErrorKind::Catalog) or [`ErrorKind::Limit`](crate::ErrorKind::Limit), naming the
    /// line, the field and what is accepted.
    ///
    /// # Examples
    /// ```
    /// use nutgraf::Catalog;
    /// let error = Catalog::from_jsonl_str("{\"id\":\"acme\",\"name\":\"Acme\",\"aliases\":[\"ACME Ltd\",\"-\"]}").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "catalog line 1: entity \"acme\" has an empty name (aliases[1]); a name needs at least one letter or digit"
    /// );
    /// ```
    pub fn from_jsonl_str(text: &str) -> Result<Self, Error> {
        let mut builder = CatalogBuilder::new();
        builder.add_jsonl(text)?;
        builder.build()
    }

    /// Reads a catalog from the bytes of JSON lines; see [`from_jsonl_str`](Catalog::from_jsonl_str).
    ///
    /// # Errors
    /// As there, and when the bytes are not UTF-8.
    pub fn from_jsonl(bytes: &[u8]) -> Result<Self, Error> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let message =
                format!("catalog: byte {} is not UTF-8; accepted is UTF-8 text", error.valid_up_to());
            Error::new(crate::ErrorKind::Catalog, message).with_source(error)
        })?;
        Self::from_jsonl_str(text)
    }

    /// Reads a catalog from a source in one of the known formats.
    ///
    /// # Errors
    /// As [`from_jsonl_str`](Catalog::from_jsonl_str).
    ///
    /// # Examples
    /// ```
    /// use nutgraf::{Catalog, CatalogFormat};
    /// let catalog = Catalog::from_source("id,name,aliases\n1,Acme Corp.,Acme|ACME Ltd\n", CatalogFormat::Csv)?;
    /// assert_eq!(catalog.entity(0).unwrap().aliases, ["Acme", "ACME Ltd"]);
    /// # Ok::<(), nutgraf::Error>(())
    /// ```
    pub fn from_source(text: &str, format: CatalogFormat) -> Result<Self, Error> {
        let mut builder = CatalogBuilder::new();
        builder.add_source(text, format)?;
        builder.build()
    }

    /// Returns the number of entities.
    pub fn len(&self) -> usize {
        self.info().entities
    }

    /// Returns whether there is no entity.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns an entity with all its names and attributes, by its index in the order of the source.
    pub fn entity(&self, index: usize) -> Option<Entity> {
        let layers = self.layers();
        layers.entity(layers.inside(u32::try_from(index).ok()?))
    }

    /// Tells what the catalog holds.
    pub fn info(&self) -> CatalogInfo {
        self.overlay.as_ref().map_or(self.inner.layout.info, |overlay| overlay.info)
    }

    /// What an entity is, without its other names and attributes.
    pub(crate) fn outline(&self, entity: u32) -> Option<Outline<'_>> {
        let layers = self.layers();
        layers.outline(layers.inside(entity))
    }

    /// The catalog below any overlay, as its bytes have it.
    fn view(&self) -> View<'_> {
        self.inner.view()
    }

    /// The catalog with its overlay.
    fn layers(&self) -> Layers<'_> {
        match &self.overlay {
            Some(overlay) => overlay.layers(self.view()),
            None => Layers { memories: Some(&self.inner.memories), ..Layers::new(self.view(), None) },
        }
    }
}

impl Inner {
    fn view(&self) -> View<'_> {
        self.layout.view(&self.bytes)
    }
}

/// Collects entities for a [`Catalog`].
///
/// # Examples
/// ```
/// use nutgraf::{Catalog, Entity, EntityKind};
/// let mut builder = Catalog::builder();
/// builder.add(Entity::new("Q1", "Acme Corp.", EntityKind::Organization).with_alias("Acme"))?;
/// let catalog = builder.build()?;
/// assert_eq!(catalog.find("Acme’s shares fell.").len(), 1);
/// # Ok::<(), nutgraf::Error>(())
/// ```
#[derive(Default)]
pub struct CatalogBuilder {
    drafts: Drafts,
}

impl fmt::Debug for CatalogBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CatalogBuilder").field("entities", &self.drafts.count).finish_non_exhaustive()
    }
}

impl CatalogBuilder {
    /// Starts without entities and with the default limits.
    pub fn new() -> Self {
        CatalogBuilder::default()
    }

    /// Sets how much the catalog may hold.
    #[must_use]
    pub fn limits(mut self, limits: CatalogLimits) -> Self {
        self.drafts.limits = limits;
        self
    }

    /// Adds an entity.
    ///
    /// # Errors
    /// [`ErrorKind::Catalog`](crate::ErrorKind::Catalog) when a name has no letter and no digit, the id is empty or
    /// the weight is negative; [`ErrorKind::Limit`](crate::ErrorKind::Limit) beyond a limit. After an error the
    /// builder is not to be used.
    pub fn add(&mut self, entity: Entity) -> Result<&mut Self, Error> {
        self.drafts.add(entity)?;
        Ok(self)
    }

    /// Adds the entities of JSON lines; see [`Catalog::from_jsonl_str`].
    ///
    /// # Errors
    /// As there.
    pub fn add_jsonl(&mut self, text: &str) -> Result<&mut Self, Error> {
        source::read_jsonl(text, |entity| self.drafts.add(entity))?;
        Ok(self)
    }

    /// Adds the entities of a source in one of the known formats.
    ///
    /// # Errors
    /// As [`Catalog::from_jsonl_str`].
    pub fn add_source(&mut self, text: &str, format: CatalogFormat) -> Result<&mut Self, Error> {
        self.add_source_showing(text, format, &mut |_| {})
    }

    /// Adds the entities of a source and calls `show` after each with their number so far, so that a long build can be
    /// watched.
    ///
    /// # Errors
    /// As [`add_source`](CatalogBuilder::add_source).
    pub fn add_source_showing(
        &mut self,
        text: &str,
        format: CatalogFormat,
        show: &mut dyn FnMut(usize),
    ) -> Result<&mut Self, Error> {
        let mut count = 0;
        let mut add = |entity| {
            count += 1;
            show(count);
            self.drafts.add(entity)
        };
        match format {
            CatalogFormat::Jsonl => source::read_jsonl(text, add)?,
            CatalogFormat::Csv => format::read_separated(text, b',', &mut add)?,
            CatalogFormat::Tsv => format::read_separated(text, b'\t', &mut add)?,
            CatalogFormat::EntityRuler => format::read_entity_ruler(text, &mut add)?,
            CatalogFormat::FollowTheMoney => format::read_follow_the_money(text, &mut add)?,
            CatalogFormat::Dictionary => dictionary::read(text, &mut add)?,
            #[cfg(feature = "skos")]
            CatalogFormat::Skos => skos::read(text, &mut add)?,
            #[cfg(not(feature = "skos"))]
            CatalogFormat::Skos => {
                let message = "this library was built without SKOS; accepted is the cargo feature \"skos\"";
                return Err(Error::new(crate::ErrorKind::Option, message));
            }
        }
        Ok(self)
    }

    /// Puts the catalog together. From 50,000 names it works on two threads where there are two processors; the catalog
    /// is the same, byte for byte, on one.
    ///
    /// # Errors
    /// [`ErrorKind::Catalog`](crate::ErrorKind::Catalog) when two entities have one id.
    pub fn build(self) -> Result<Catalog, Error> {
        let mut catalog = Catalog::from_sections(&self.drafts.finish()?)?;
        let screen = Screen::new(catalog.view());
        if let Some(inner) = Arc::get_mut(&mut catalog.inner) {
            inner.screen = screen;
        }
        Ok(catalog)
    }
}
