//! Reads news in-process: who is in it, what it says, and where the sources disagree.
//!
//! One immutable [`Engine`] does three jobs on news-like text, without a model download, a network or a server, and
//! with the same bytes as a result on every run, platform and number of threads:
//!
//! | job | in | out |
//! |---|---|---|
//! | [`Engine::match_entities`] | one document | every mention with its exact span, what it stands for, how it was found |
//! | [`Engine::summarize`] | one document | source sentences with score and reasons, within a hard budget |
//! | [`Engine::digest`] | several articles | clean text, cast, summary, quotes, times, figures, agreements and differences |
//!
//! # Who is in it
//!
//! ```
//! use nutgraf::{Document, Engine};
//!
//! let engine = Engine::new();
//! let article = Document::new("Angela Merkel met Jane Roe in Paris. Merkel spoke first, Roe answered.");
//! let matches = engine.match_entities(&article)?;
//! let merkel: Vec<&str> = matches
//!     .mentions
//!     .iter()
//!     .filter(|mention| mention.entity.as_deref() == Some("person:angela-merkel"))
//!     .map(|mention| &article.text()[mention.span.byte_span()])
//!     .collect();
//! assert_eq!(merkel, ["Angela Merkel", "Merkel"]);
//! # Ok::<(), nutgraf::Error>(())
//! ```
//!
//! Names come from a [`Catalog`] (the built-in world catalog, or your own from JSON lines, a builder or a compiled
//! file) and from discovery, which finds names that no list holds. [`Found`] says which. A name that several catalog
//! entities share keeps all of them as [`Candidate`]s; a choice carries its evidence.
//!
//! ```
//! use nutgraf::Catalog;
//!
//! let catalog = Catalog::from_jsonl(r#"{"id": "b1", "name": "Café Zoë", "kind": "organization"}"#.as_bytes())?;
//! let text = "They met at the CAFE ZOE.";
//! let found = catalog.find(text);
//! assert_eq!(&text[found[0].span.byte_span()], "CAFE ZOE");
//! # Ok::<(), nutgraf::Error>(())
//! ```
//!
//! # What it says
//!
//! ```
//! use nutgraf::{Document, Engine, SummaryOptions};
//!
//! let article = Document::new("The mayor opened the bridge on Monday. It cost 3 million euros. Crowds came.");
//! let summary = Engine::new().summarize(&article, &SummaryOptions::new().max_words(8))?;
//! for sentence in &summary.sentences {
//!     let sum: f64 = sentence.reasons.iter().map(|reason| reason.value).sum();
//!     assert!((sum - sentence.score).abs() < 1e-9);
//! }
//! # Ok::<(), nutgraf::Error>(())
//! ```
//!
//! Sentences are verbatim, as spans. Every limit of [`SummaryOptions`] is kept, and the tightest decides.
//!
//! # Where the sources disagree
//!
//! ```
//! use nutgraf::{DigestOptions, Document, Engine};
//!
//! let articles = [
//!     Document::new("The flood in Tamsel killed 12 people on Monday, police said.").with_id("a"),
//!     Document::new("The flood in Tamsel killed 14 people on Monday, the mayor said.").with_id("b"),
//! ];
//! let digest = Engine::new().digest(&articles, &DigestOptions::new())?;
//! println!("{}", digest.to_text());
//! # Ok::<(), nutgraf::Error>(())
//! ```
//!
//! # Web pages
//!
//! [`Document::from_html`] takes the text of a page and uses its structure: all results refer to [`Document::text`].
//!
//! # Around them
//!
//! [`Engine::explain`] says why a sentence is or is not in a summary, [`Engine::key_topics`] what the documents turn on,
//! [`Engine::check_headline`] which sentences support a headline, [`Engine::group_stories`] which articles of a heap
//! tell one story, [`name_similarity`] whether two spellings name one person. Every result has `to_json`, `from_json`
//! and `to_text`.
//!
//! # Contracts
//!
//! - Every [`Span`] slices the caller's own text exactly, in bytes and in code points, whatever the folding.
//! - Nothing is invented: what cannot be resolved stays unresolved, what was left out is listed with its reason.
//! - Whatever the input: a result or a typed [`Error`], in time and memory linear in it.

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
#[cfg(feature = "html")]
mod html;
mod mention;
mod page;
mod parallel;
mod span;
mod story;
mod summary;
mod text;
mod wire;

pub use cast::{CastMember, Evidence, NameReason, NameSimilarity, Role, SAME_NAME, Variant, name_similarity};
pub use catalog::{
    Candidate, CaseMatching, Catalog, CatalogBuilder, CatalogFormat, CatalogInfo, CatalogLimits,
    CatalogMatch, CatalogStream, Entity, EntityKind, FindIter, FindOptions, Found, Overlap, StreamMatch,
    WeakNames,
};
pub use date::Date;
pub use document::Document;
pub use engine::{Engine, EngineBuilder, Matches};
pub use error::{Error, ErrorKind};
#[cfg(any(feature = "train", test))]
#[doc(hidden)]
pub use mention::train;
pub use mention::{Mention, Tagger};
pub use span::Span;
pub use story::{
    Claim, ClaimSpan, Digest, DigestDocument, DigestOptions, EventSentence, Figure, Quote, QuoteKind,
    Relation, Stories, StoryEvent, StoryGroup, TimeExpression, TimelineEvent,
};
pub use summary::{
    Counter, Explanation, HeadlineCheck, KeyEntity, KeyPhrase, KeyPlace, KeyTopics, Reason, Summary,
    SummaryOptions, SummarySentence, Support,
};
pub use text::{Furniture, FurnitureKind};
pub use wire::SCHEMA;

/// Runs the Rust code of README.md as documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
