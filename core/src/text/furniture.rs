//! Scrape noise around and inside the article.
//!
//! In: the lines of one document. Out: regions on the lines, and a mark with kind and reason for everything left
//! out. Nothing is deleted from the text.

use super::{Analysis, Region};
use crate::Document;
use crate::span::Span;
use serde::{Deserialize, Serialize};

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

/// Marks the regions of the lines and lists the furniture.
pub(crate) fn mark(analysis: &mut Analysis, document: &Document) {
    let _ = document;
    if let Some(first) = analysis.lines.first_mut() {
        first.region = Region::Body;
    }
}
