//! The three jobs, wired together.

use crate::cast::CastMember;
use crate::catalog::Catalog;
use crate::mention::Mention;
use std::sync::Arc;

/// Holds a catalog and settings, and does the three jobs; immutable, shareable between threads, cheap to clone.
#[derive(Clone, Debug)]
pub struct Engine {
    inner: Arc<Settings>,
}

#[derive(Debug)]
struct Settings {
    catalog: Catalog,
}

impl Engine {
    /// Creates an engine on a catalog.
    pub fn with_catalog(catalog: Catalog) -> Self {
        Engine { inner: Arc::new(Settings { catalog }) }
    }

    /// Returns the catalog.
    pub fn catalog(&self) -> &Catalog {
        &self.inner.catalog
    }
}

/// Reports who is named in one document.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Matches {
    /// Every mention in text order.
    pub mentions: Vec<Mention>,
    /// The entities that the mentions stand for, most salient first.
    pub cast: Vec<CastMember>,
}
