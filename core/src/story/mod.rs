//! What several articles on one story say together: quotes, times, figures, agreement.
//!
//! In: analyses and the cast. Out: the parts of a [`Digest`].

pub(crate) mod align;
pub(crate) mod figure;
pub(crate) mod group;
pub(crate) mod quote;
pub(crate) mod time;
pub(crate) mod timeline;

pub use group::{Stories, StoryGroup};

use crate::cast::{CastMember, Pin};
use crate::mention::Mention;
use crate::span::Span;
use crate::summary::{Summary, SummaryOptions};
use crate::text::Furniture;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Chooses what a digest holds.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DigestOptions {
    pub(crate) summary: SummaryOptions,
    pub(crate) pins: Vec<Pin>,
    pub(crate) threads: usize,
}

impl DigestOptions {
    /// Creates options with every part at its default.
    pub fn new() -> Self {
        DigestOptions::default()
    }

    /// Sets the budget of the digest's summary.
    #[must_use]
    pub fn summary(mut self, options: SummaryOptions) -> Self {
        self.summary = options;
        self
    }

    /// Reads the articles on up to so many threads, one unless set; the digest is the same to the byte.
    #[must_use]
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// Says that two mentions stand for one entity, whatever their names.
    ///
    /// A place is the index of a document and a byte offset inside the mention; a place without a mention is passed
    /// over. The entity's evidence tells that the caller pinned it.
    ///
    /// # Examples
    /// ```
    /// use nutgraf::{Document, DigestOptions, Engine};
    /// let articles = [Document::new("Anna Kowalska spoke in Paris."), Document::new("Ania Nowak spoke in Paris.")];
    /// let options = DigestOptions::new().pin_together((0, 0), (1, 0));
    /// let digest = Engine::new().digest(&articles, &options)?;
    /// # assert_eq!(digest.documents.len(), 2);
    /// # Ok::<(), nutgraf::Error>(())
    /// ```
    #[must_use]
    pub fn pin_together(self, first: (usize, usize), second: (usize, usize)) -> Self {
        self.pin(first, second, true)
    }

    /// Says that two mentions stand for different entities, whatever their names; places as for
    /// [`pin_together`](Self::pin_together).
    #[must_use]
    pub fn pin_apart(self, first: (usize, usize), second: (usize, usize)) -> Self {
        self.pin(first, second, false)
    }

    fn pin(mut self, first: (usize, usize), second: (usize, usize), together: bool) -> Self {
        self.pins.push(Pin { first, second, together });
        self
    }
}

/// Reports what several articles on one story say, every line traceable to a span.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Digest {
    /// The articles, in the order given.
    pub documents: Vec<DigestDocument>,
    /// Who is in the story, most salient first.
    pub cast: Vec<CastMember>,
    /// What it says.
    pub summary: Summary,
    /// When it happened, in order of the dates.
    pub timeline: Vec<TimelineEvent>,
    /// Which sentences tell of one event, where the texts allow to say so; in order of the days.
    pub events: Vec<StoryEvent>,
    /// Where the articles agree and differ.
    pub claims: Vec<Claim>,
}

/// Reports one article of a digest.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DigestDocument {
    /// The caller's id.
    pub id: String,
    /// The headline, given or found.
    pub title: Option<String>,
    /// The outlet the caller gave.
    pub source: Option<String>,
    /// The day of publication the caller gave, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// What was left out as scrape noise.
    pub furniture: Vec<Furniture>,
    /// The body's sentences and subheadings.
    pub sentences: Vec<Span>,
    /// Who and what is named.
    pub mentions: Vec<Mention>,
    /// Who said what.
    pub quotes: Vec<Quote>,
    /// When.
    pub dates: Vec<TimeExpression>,
    /// How much and how many.
    pub figures: Vec<Figure>,
}

/// Tells what the words of a quotation are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u32)]
#[non_exhaustive]
pub enum QuoteKind {
    /// Words between marks, attributed to someone.
    Direct = 0,
    /// Reported speech without marks.
    Indirect = 1,
    /// A coined term, title or nickname between marks.
    Scare = 2,
}

impl QuoteKind {
    /// Returns the lower-case word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Indirect => "indirect",
            QuoteKind::Scare => "scare",
        }
    }
}

/// Reports one quotation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Quote {
    /// The words between the marks.
    #[serde(flatten)]
    pub span: Span,
    /// The words, exactly `text[span]`.
    pub text: String,
    /// What the words are.
    pub kind: QuoteKind,
    /// The member of the cast who says it; `None` when unresolved or a group.
    pub speaker: Option<String>,
    /// The words that name the speaker.
    pub speaker_text: Option<String>,
    /// The words that say that it is speech ("said").
    pub cue: Option<String>,
}

/// Reports one expression of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TimeExpression {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// The surface.
    pub text: String,
    /// The TIMEX3-like value: `2026-01-22`, `XXXX-WXX-2`, `P4D`, `PAST_REF`.
    pub value: String,
    /// `day`, `week`, `month`, `year`, `time`, `duration`, `set` or `vague`.
    pub precision: Cow<'static, str>,
    /// What the value was taken from, in words.
    pub resolved_by: String,
}

/// Reports one figure: a value with its unit and what it counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Figure {
    /// Where value, unit and modifier stand.
    #[serde(flatten)]
    pub span: Span,
    /// The surface.
    pub text: String,
    /// The number.
    pub value: f64,
    /// `%`, `USD`, `km`, ...; empty for a bare count.
    pub unit: String,
    /// `over`, `nearly`, ...; empty when exact.
    pub modifier: String,
    /// The noun that is counted.
    pub counted: String,
    /// The member of the cast who gives it ("according to the USGS"); `None` when it is the article's own or a group's.
    pub speaker: Option<String>,
    /// The words that name who gives it.
    pub speaker_text: Option<String>,
}

/// Reports one dated event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TimelineEvent {
    /// The TIMEX3-like value.
    pub date: String,
    /// As in [`TimeExpression::precision`].
    pub precision: Cow<'static, str>,
    /// The index of the document.
    pub document: usize,
    /// The sentence that tells it.
    #[serde(flatten)]
    pub span: Span,
    /// The sentence's words.
    pub text: String,
    /// The members of the cast whom the sentence names.
    pub entities: Vec<String>,
}

/// Groups the sentences that tell of one event of a story.
///
/// Sentences are of one event when they name the same day and share rare words or names, or when a sentence without a
/// day is like those of this event and of no other. A story may hold several: "meets on Tuesday" and "will meet on
/// Thursday" are two, and do not contradict each other.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StoryEvent {
    /// The day, `YYYY-MM-DD`; with `X` for what the texts leave open.
    pub date: String,
    /// The indices of the documents that tell of it, ascending.
    pub documents: Vec<usize>,
    /// The persons and places that its sentences name, most often named first.
    pub entities: Vec<String>,
    /// The sentences, two or more, in order of the documents.
    pub sentences: Vec<EventSentence>,
}

/// One sentence of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EventSentence {
    /// The index of the document.
    pub document: usize,
    /// The sentence.
    #[serde(flatten)]
    pub span: Span,
    /// Its words.
    pub text: String,
}

/// Tells how statements of the same thing stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u32)]
#[non_exhaustive]
pub enum Relation {
    /// They say the same.
    Agree = 0,
    /// They say different things of the same event.
    Differ = 1,
    /// A later statement updates an earlier one.
    Revised = 2,
    /// They look alike but tell of different events.
    DifferentEvent = 3,
}

impl Relation {
    /// Returns the lower-case word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Relation::Agree => "agree",
            Relation::Differ => "differ",
            Relation::Revised => "revised",
            Relation::DifferentEvent => "different_event",
        }
    }
}

/// Reports one point on which statements agree, differ or were revised: a fact with offsets, not a verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Claim {
    /// How the statements stand to each other.
    pub relation: Relation,
    /// What they are about.
    pub topic: String,
    /// Why they were put side by side.
    pub reason: String,
    /// The values, one per span: a figure, a day, a name; where statements are only alike, the words in which each says it.
    pub values: Vec<String>,
    /// The sentences that say it.
    pub spans: Vec<ClaimSpan>,
}

/// Names the place of one statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ClaimSpan {
    /// The index of the document.
    pub document: usize,
    /// The sentence.
    #[serde(flatten)]
    pub span: Span,
}
