//! What a line says of itself.
//!
//! In: one line with its facts. Out: the kind of furniture it gives itself away as, with the reason; nothing when it
//! may be part of the article. Looks at no other line.

use super::line::LineFacts;
use super::phrase::{LineWords, Place, TABLE};
use super::stamp;
use super::{FurnitureKind, credit, notice};
use crate::document::{Part, PartKind};
use crate::text::{Analysis, Known, Line, Shape, TokenKind};

/// The evidence that one line gives.
#[derive(Clone, Debug)]
pub(super) struct Sign {
    pub(super) kind: FurnitureKind,
    pub(super) reason: String,
    /// The lines after it belong to it.
    pub(super) opens: bool,
    /// Heads a comments section.
    pub(super) comments: bool,
    /// Certain enough to hold in a text without running lines.
    pub(super) is_plain: bool,
    /// The structure of the page says so.
    pub(super) is_structural: bool,
}

/// Lines of this many words are dropped only when they say twice what they are.
const LONG: u32 = 30;
/// A stamp before a sentence of this many tokens is cut off its line instead.
const RUNNING: u32 = 8;

pub(super) fn read(analysis: &Analysis, line: &Line, facts: &LineFacts, words: &LineWords) -> Option<Sign> {
    if facts.words == 0 {
        return None;
    }
    if facts.is_final && stamp::end(analysis, line).is_some_and(|end| line.tokens.end - end >= RUNNING) {
        return None;
    }
    let plain = |kind, reason: &str| {
        Some(Sign {
            kind,
            reason: reason.to_owned(),
            opens: false,
            comments: false,
            is_plain: true,
            is_structural: false,
        })
    };
    if facts.is_timestamp() {
        return plain(FurnitureKind::Byline, "a time stamp alone on its line");
    }
    if is_byline(analysis, line, facts) {
        return plain(FurnitureKind::Byline, "names the author");
    }
    if let Some(reason) = breadcrumb(analysis, line, facts) {
        return plain(FurnitureKind::Breadcrumb, reason);
    }
    if let Some(reason) = credit::read(analysis, line, facts) {
        return plain(FurnitureKind::Caption, reason);
    }
    if facts.is_final && notice::signs_off(analysis, analysis.tokens_of(&line.tokens)) {
        return plain(FurnitureKind::Byline, "tells who reported from where");
    }
    if is_stamp_with_names(analysis, line, facts) {
        return plain(FurnitureKind::Byline, "a time stamp beside names");
    }
    phrase_sign(facts, words, false)
}

/// `Rampur | Updated: March 3, 2021 8:19 am`, `Feb 14, 2015 10:43 AM by Ann Other`: a whole date or a time of day,
/// a label, a separator or an author, and few other words, all of them names.
fn is_stamp_with_names(analysis: &Analysis, line: &Line, facts: &LineFacts) -> bool {
    if facts.times == 0 || facts.numbers < 2 || facts.is_final || facts.words > 18 {
        return false;
    }
    let tokens = analysis.tokens_of(&line.tokens);
    let (mut whole, mut label, mut rest) = (false, facts.separators > 0, 0);
    for token in tokens {
        match token.kind {
            TokenKind::Number => {
                let surface = analysis.surface(token);
                let is_year = surface.len() == 4 && (surface.starts_with("19") || surface.starts_with("20"));
                whole |= is_year || surface.contains(':');
            }
            TokenKind::Word => match analysis.folded(token) {
                "by" | "updated" | "published" | "posted" | "modified" => label = true,
                "in" | "and" | "for" | "from" => {}
                _ if analysis.known(token).has(Known::TIME) => {}
                _ if token.shape == Shape::Lower => return false,
                _ => rest += 1,
            },
            _ => {}
        }
    }
    whole && label && rest <= 6
}

/// Joins what a line says of itself with what the structure of its page says: the words name the kind more exactly, the
/// element is the better witness that the line is no part of the article, or that it is the headline.
pub(super) fn with_part(read: Option<Sign>, part: &Part) -> Option<Sign> {
    let kind = match part.kind {
        PartKind::Title => return None,
        PartKind::Heading | PartKind::Body => return read,
        PartKind::Breadcrumb => FurnitureKind::Breadcrumb,
        PartKind::Byline => FurnitureKind::Byline,
        PartKind::RelatedLinks => FurnitureKind::RelatedLinks,
        PartKind::SharePrompt => FurnitureKind::SharePrompt,
        PartKind::CookieNotice => FurnitureKind::CookieNotice,
        PartKind::AdblockNotice => FurnitureKind::AdblockNotice,
        PartKind::NewsletterPrompt => FurnitureKind::NewsletterPrompt,
        PartKind::Caption => FurnitureKind::Caption,
        PartKind::Navigation => FurnitureKind::Navigation,
        PartKind::Other => FurnitureKind::Other,
    };
    let (kind, reason) = match read {
        Some(sign) => (sign.kind, format!("{}, {}", sign.reason, part.reason)),
        None => (kind, part.reason.clone()),
    };
    Some(Sign { kind, reason, opens: false, comments: false, is_plain: true, is_structural: true })
}

/// What a sentence between others says of itself: with its first words, or anywhere.
pub(super) fn glued(facts: &LineFacts, words: &LineWords, anywhere: bool) -> Option<Sign> {
    let mut first = false;
    TABLE.find(words, |phrase, at| {
        first |= match phrase.place {
            Place::Line | Place::Start | Place::Between => at == 0 && phrase.is_long(),
            Place::Anywhere => at == 0 || anywhere,
            _ => false,
        };
    });
    if first { phrase_sign(facts, words, true) } else { None }
}

fn phrase_sign(facts: &LineFacts, words: &LineWords, between: bool) -> Option<Sign> {
    let mut found: Option<Sign> = None;
    let mut counts = [0u32; 16];
    let strong = facts.is_strong();
    let tells = facts.tells();
    TABLE.find(words, |phrase, at| {
        counts[phrase.kind as usize] += u32::from(phrase.place != Place::Between);
        let words = phrase.text.split(' ').count();
        let holds = match phrase.place {
            _ if facts.words >= LONG => false,
            Place::Line => true,
            Place::Between => between,
            _ if tells && phrase.kind != FurnitureKind::Byline && phrase.kind != FurnitureKind::Caption => {
                false
            }
            Place::Head | Place::Tail => !facts.is_final,
            Place::Start if phrase.kind == FurnitureKind::Navigation => !facts.is_final && facts.words <= 8,
            Place::Start => {
                (!strong && (facts.words <= 16 || facts.lowers < facts.capitals))
                    || words >= 3
                    || phrase.text.ends_with(':')
            }
            Place::End => !strong || words >= 2,
            Place::Anywhere => true,
            Place::Hint => !strong && facts.words <= if facts.is_final { 12 } else { 20 } && at > 0,
        };
        // `Read more about the strike:` is a heading of links as well.
        let heads = phrase.kind == FurnitureKind::RelatedLinks && facts.ends_colon && at == 0;
        let opens = phrase.opens || heads;
        if holds && found.as_ref().is_none_or(|sign| opens && !sign.opens) {
            found = Some(Sign {
                kind: phrase.kind,
                reason: format!("says \"{}\"", phrase.text),
                opens,
                comments: phrase.opens && phrase.kind == FurnitureKind::SharePrompt,
                is_plain: phrase.place != Place::Line && words >= 3,
                is_structural: false,
            });
        }
    });
    if found.is_none() && !tells {
        // Two phrases of one kind carry a line that one would not.
        let kinds = [
            FurnitureKind::CookieNotice,
            FurnitureKind::NewsletterPrompt,
            FurnitureKind::SharePrompt,
            FurnitureKind::AdblockNotice,
            FurnitureKind::Navigation,
        ];
        for kind in kinds {
            let count = counts[kind as usize];
            if count >= 2 && facts.words <= 40 * count {
                found = Some(Sign {
                    kind,
                    reason: format!("holds {count} phrases of a {}", kind.as_str().replace('_', " ")),
                    opens: false,
                    comments: false,
                    is_plain: true,
                    is_structural: false,
                });
                break;
            }
        }
    }
    found
}

/// `By Jane Doe`, `by James Carter Senior News Editor`, `By Jane Doe and John Roe, Staff Writers`.
fn is_byline(analysis: &Analysis, line: &Line, facts: &LineFacts) -> bool {
    if facts.words < 2 || facts.words > 24 {
        return false;
    }
    let tokens = analysis.tokens_of(&line.tokens);
    if analysis.folded(&tokens[0]) != "by" {
        return false;
    }
    let Some(next) = tokens[1..].iter().find(|token| token.is_word()) else { return false };
    if !next.is_capitalised(analysis.surface(next)) || next.shape == Shape::Lower {
        return false;
    }
    // `By Monday the water had gone.` is a sentence; names, titles, dates and links between small words are not.
    let running = tokens[1..]
        .iter()
        .filter(|token| token.shape == Shape::Lower && token.kind == TokenKind::Word)
        .filter(|token| !analysis.known(token).has(Known::TIME))
        .filter(|token| {
            !matches!(
                analysis.folded(token),
                "and"
                    | "for"
                    | "of"
                    | "in"
                    | "at"
                    | "on"
                    | "the"
                    | "with"
                    | "de"
                    | "van"
                    | "von"
                    | "der"
                    | "di"
                    | "da"
                    | "bin"
                    | "al"
                    | "el"
                    | "le"
                    | "la"
                    | "am"
                    | "pm"
                    | "to"
                    | "updated"
                    | "published"
            )
        })
        .count() as u32;
    (running == 0 && (facts.words <= 16 || facts.times + facts.numbers >= 4))
        || (running <= 3 && !facts.is_final && facts.times + facts.numbers >= 4)
}

/// `Home > World > Title`, `News | Politics | Europe`.
fn breadcrumb(analysis: &Analysis, line: &Line, facts: &LineFacts) -> Option<&'static str> {
    if facts.separators == 0 || facts.words >= LONG || facts.is_strong() {
        return None;
    }
    let tokens = analysis.tokens_of(&line.tokens);
    let first = analysis.folded(&tokens[0]);
    if matches!(first, "home" | "homepage" | "front") {
        return Some("a path of links that begins at home");
    }
    if facts.separators >= 2 && facts.words <= 5 * (facts.separators + 1) && facts.lowers <= facts.separators
    {
        return Some("short parts between separators");
    }
    None
}
