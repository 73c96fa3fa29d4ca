//! Scrape noise around and inside the article.
//!
//! In: the lines of one document. Out: regions on the lines, the headline, and a mark with kind and reason for
//! everything left out. Nothing is deleted from the text.
//!
//! A line goes for one of three reasons: it says what it is (`phrases.txt`, bylines, time stamps, breadcrumbs); it
//! stands outside the blocks of running text; it stands in several documents (`repeat`). Blocks are found as in
//! boilerplate removal by text density (Kohlschütter, Fankhauser, Nejdl: Boilerplate Detection using Shallow Text
//! Features, 2010), on lines instead of HTML elements. A wrong removal costs more than a missed one: lines of
//! 30 words go only when they say twice what they are or end in the credit of a picture, a story about notices is no
//! notice (`LineFacts::tells`), and a text without running lines is kept whole.

mod block;
mod credit;
mod line;
mod neighbour;
mod notice;
mod phrase;
mod repeat;
mod sign;
pub(crate) mod stamp;
#[cfg(test)]
mod tests;

pub(crate) use notice::mark as mark_notices;
pub(crate) use repeat::mark_repeated;

use super::{Analysis, FurnitureMark, Region};
use crate::Document;
use crate::document::{Part, PartKind};
use crate::span::{ByteSpan, Span};
use line::LineFacts;
pub(super) use line::{ADDRESS, SMALL, TOLD, time_words};
use phrase::LineWords;
pub(super) use phrase::phrase_starts;
use serde::{Deserialize, Serialize};
use sign::Sign;

/// Tells what sort of scrape noise a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u32)]
#[non_exhaustive]
pub enum FurnitureKind {
    /// A path of links to the page.
    Breadcrumb = 0,
    /// A second copy of the headline.
    DuplicateTitle = 1,
    /// Who wrote it and when it was published.
    Byline = 2,
    /// Links to other articles.
    RelatedLinks = 3,
    /// A request to share, comment or answer.
    SharePrompt = 4,
    /// A notice on cookies, consent or privacy.
    CookieNotice = 5,
    /// A request to allow advertisements.
    AdblockNotice = 6,
    /// A request to subscribe.
    NewsletterPrompt = 7,
    /// The caption or credit of a picture.
    Caption = 8,
    /// Menus and buttons.
    Navigation = 9,
    /// A line that stands in several documents of one source.
    Repeated = 10,
    /// Anything else outside the running text.
    Other = 11,
}

impl FurnitureKind {
    /// Returns the lower-case word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            FurnitureKind::Breadcrumb => "breadcrumb",
            FurnitureKind::DuplicateTitle => "duplicate_title",
            FurnitureKind::Byline => "byline",
            FurnitureKind::RelatedLinks => "related_links",
            FurnitureKind::SharePrompt => "share_prompt",
            FurnitureKind::CookieNotice => "cookie_notice",
            FurnitureKind::AdblockNotice => "adblock_notice",
            FurnitureKind::NewsletterPrompt => "newsletter_prompt",
            FurnitureKind::Caption => "caption",
            FurnitureKind::Navigation => "navigation",
            FurnitureKind::Repeated => "repeated",
            FurnitureKind::Other => "other",
        }
    }
}

/// Reports one piece that was left out as scrape noise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Furniture {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// What sort of noise it is.
    pub kind: FurnitureKind,
    /// The evidence in words.
    pub reason: String,
}

/// Marks the regions of the lines, chooses the headline and lists the furniture.
pub(crate) fn mark(analysis: &mut Analysis, document: &Document) {
    let mut page = Page::read(analysis, document.parts());
    let given = document.title().map(line::hash_of_text);
    let plan = block::plan(&mut page, analysis, given);
    let mut marks = Vec::new();
    let mut title: Option<ByteSpan> = None;
    for (number, outcome) in plan.into_iter().enumerate() {
        let stamp = stamp::end(analysis, &analysis.lines[number]).filter(|_| outcome.region == Region::Body);
        if let Some(end) = stamp {
            let span = analysis.span_of(&(analysis.lines[number].tokens.start..end));
            let reason = "a stamp with author and time before the first sentence".to_owned();
            marks.push(FurnitureMark { span, kind: FurnitureKind::Byline, reason });
        }
        let line = &mut analysis.lines[number];
        line.region = outcome.region;
        if let Some((kind, reason)) = outcome.mark {
            marks.push(FurnitureMark { span: line.span, kind, reason });
        } else if outcome.region == Region::Title && title.is_none() {
            title = Some(line.span);
        }
    }
    analysis.furniture = marks;
    analysis.title = title;
}

/// The lines of one document with what is known of each.
struct Page {
    facts: Vec<LineFacts>,
    /// What the line itself says it is, or the element it stands in.
    signs: Vec<Option<Sign>>,
    /// What the structure of the page says the line is.
    parts: Vec<Option<PartKind>>,
}

impl Page {
    fn read(analysis: &Analysis, known: &[Part]) -> Self {
        let mut words = LineWords::default();
        let count = analysis.lines.len();
        let (mut facts, mut signs) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut parts = Vec::with_capacity(count);
        let mut known = known.iter().peekable();
        for line in &analysis.lines {
            let fact = LineFacts::read(analysis, line, &mut words);
            while known.next_if(|part| part.span.end <= line.span.start).is_some() {}
            let part = known.peek().filter(|part| part.span.start <= line.span.start);
            let read = sign::read(analysis, line, &fact, &words);
            signs.push(part.map_or(read.clone(), |part| sign::with_part(read, part)));
            parts.push(part.map(|part| part.kind));
            facts.push(fact);
        }
        neighbour::mark(analysis, &facts, &mut signs);
        Page { facts, signs, parts }
    }
}

/// What becomes of a line.
#[derive(Clone, Debug)]
struct Outcome {
    region: Region,
    mark: Option<(FurnitureKind, String)>,
}

impl Outcome {
    fn keep(region: Region) -> Self {
        Outcome { region, mark: None }
    }

    fn drop(kind: FurnitureKind, reason: impl Into<String>) -> Self {
        Outcome { region: Region::Furniture, mark: Some((kind, reason.into())) }
    }
}
