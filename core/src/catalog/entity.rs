//! One thing that has names.

use crate::{Error, ErrorKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// Tells what sort of thing an entity or a mention is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u32)]
#[non_exhaustive]
pub enum EntityKind {
    /// A human being, real or fictional.
    Person = 0,
    /// A company, agency, party, team, armed group, outlet or other body.
    Organization = 1,
    /// A state, city, region, water, building or other location.
    Place = 2,
    /// A war, disaster, tournament, summit or holiday.
    Event = 3,
    /// A vehicle, device, drug or other made thing with a name.
    Product = 4,
    /// A book, film, law, treaty or prize.
    Work = 5,
    /// A nationality, religion or political group, as noun or adjective.
    Nationality = 6,
    /// Anything else.
    Other = 7,
}

impl EntityKind {
    /// Lists every kind in the order of their numbers.
    pub const ALL: [EntityKind; 8] = [
        EntityKind::Person,
        EntityKind::Organization,
        EntityKind::Place,
        EntityKind::Event,
        EntityKind::Product,
        EntityKind::Work,
        EntityKind::Nationality,
        EntityKind::Other,
    ];

    /// Returns the lower-case word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            EntityKind::Person => "person",
            EntityKind::Organization => "organization",
            EntityKind::Place => "place",
            EntityKind::Event => "event",
            EntityKind::Product => "product",
            EntityKind::Work => "work",
            EntityKind::Nationality => "nationality",
            EntityKind::Other => "other",
        }
    }
}

impl EntityKind {
    pub(crate) fn bit(self) -> u8 {
        1 << self as u32
    }

    pub(crate) fn from_number(number: u8) -> Option<EntityKind> {
        EntityKind::ALL.get(usize::from(number)).copied()
    }
}

impl fmt::Display for EntityKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for EntityKind {
    type Err = Error;

    /// Parses the lower-case word used in JSON.
    fn from_str(s: &str) -> Result<Self, Error> {
        EntityKind::ALL.into_iter().find(|kind| kind.as_str() == s).ok_or_else(|| {
            let known: Vec<&str> = EntityKind::ALL.iter().map(|kind| kind.as_str()).collect();
            Error::new(
                ErrorKind::Catalog,
                format!("kind {s:?} is not known; accepted are {}", known.join(", ")),
            )
        })
    }
}

/// Describes one thing that has names: a row of a catalog.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Entity {
    /// The caller's identifier, unique in a catalog.
    pub id: String,
    /// The main name, also matched.
    pub name: String,
    /// What sort of thing it is.
    pub kind: EntityKind,
    /// Other names, matched like the main one.
    pub aliases: Vec<String>,
    /// Names that count only when the document supports them otherwise (a bare surname, a common word).
    pub weak_aliases: Vec<String>,
    /// A line for people who read the result.
    pub description: String,
    /// How likely this entity is meant when a name is shared; 1.0 unless given. Kept with 24 bits of precision.
    pub weight: f64,
    /// Further keys of the row, each with its value as JSON text, in the order of the keys.
    pub attributes: BTreeMap<String, String>,
}

/// What an entity is, without its other names and attributes; borrowed from its catalog.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outline<'c> {
    pub(crate) id: &'c str,
    pub(crate) name: &'c str,
    pub(crate) kind: EntityKind,
    pub(crate) description: &'c str,
    pub(crate) weight: f64,
}

impl Entity {
    /// Describes an entity by what every entity has; the rest is empty, the weight 1.
    pub fn new(id: impl Into<String>, name: impl Into<String>, kind: EntityKind) -> Self {
        Entity {
            id: id.into(),
            name: name.into(),
            kind,
            aliases: Vec::new(),
            weak_aliases: Vec::new(),
            description: String::new(),
            weight: 1.0,
            attributes: BTreeMap::new(),
        }
    }

    /// Adds another name.
    #[must_use]
    pub fn with_alias(mut self, alias: impl Into<String>) -> Self {
        self.aliases.push(alias.into());
        self
    }

    /// Adds a name that counts only with support in the document.
    #[must_use]
    pub fn with_weak_alias(mut self, alias: impl Into<String>) -> Self {
        self.weak_aliases.push(alias.into());
        self
    }

    /// Gives the line for people who read the result.
    #[must_use]
    pub fn with_description(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// Gives the weight against other owners of a shared name.
    #[must_use]
    pub fn with_weight(mut self, weight: f64) -> Self {
        self.weight = weight;
        self
    }
}
