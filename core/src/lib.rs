//! Reads news in-process: who is in it, what it says, and where the sources disagree.

#[doc(hidden)]
pub mod binding;
mod cast;
mod catalog;
#[doc(hidden)]
pub mod cli;
mod date;
mod document;
mod engine;
mod error;
mod mention;
mod page;
mod span;
mod story;
mod summary;
mod text;
mod wire;

pub use cast::{CastMember, Evidence, NameReason, NameSimilarity, Role, SAME_NAME, Variant, name_similarity};
pub use catalog::{
    CaseMatching, Catalog, CatalogBuilder, CatalogFormat, CatalogInfo, CatalogLimits, CatalogMatch, Entity,
    EntityKind, FindOptions, Overlap, StreamMatch, WeakNames,
};
pub use date::Date;
pub use document::Document;
pub use engine::{Engine, EngineBuilder, Matches};
pub use error::{Error, ErrorKind};
#[cfg(feature = "train")]
#[doc(hidden)]
pub use mention::train;
pub use mention::{Candidate, Found, Mention, Tagger};
pub use span::Span;
pub use story::{
    Claim, ClaimSpan, Digest, DigestDocument, DigestOptions, Figure, Quote, QuoteKind, Relation, StoryGroup,
    TimeExpression, TimelineEvent,
};
pub use summary::{
    Counter, Explanation, HeadlineCheck, KeyEntity, KeyPhrase, KeyPlace, KeyTopics, Reason, Summary, SummaryOptions,
    SummarySentence, Support,
};
pub use text::{Furniture, FurnitureKind};
pub use wire::SCHEMA;

/// Runs the Rust code of README.md as documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
