//! The lists of names that the caller, or the built-in world catalog, brings.
//!
//! In: JSONL, a builder or a compiled file. Out: an immutable [`Catalog`] that finds its names in text.

mod entity;

pub use entity::{Entity, EntityKind};

use std::sync::Arc;

/// Holds a list of entities and finds their names in text.
#[derive(Clone, Debug)]
pub struct Catalog {
    inner: Arc<Vec<Entity>>,
}

impl Catalog {
    /// Returns an empty catalog.
    pub fn empty() -> Self {
        Catalog { inner: Arc::new(Vec::new()) }
    }

    /// Returns the number of entities.
    pub fn len(&self) -> usize {
        self.inner.len()
    }

    /// Returns whether there is no entity.
    pub fn is_empty(&self) -> bool {
        self.inner.is_empty()
    }

    /// Returns the entity at an index below [`len`](Self::len).
    pub fn entity(&self, index: usize) -> Option<Entity> {
        self.inner.get(index).cloned()
    }
}
