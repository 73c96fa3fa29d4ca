//! What lines say of each other.
//!
//! In: the facts of all lines and what each says of itself. Out: signs that one line alone does not give: teasers cut
//! short one below the other, the author named again under the article, a caption between two paragraphs.

use super::FurnitureKind;
use super::line::LineFacts;
use super::sign::Sign;
use crate::text::{Analysis, Known, Shape, Token, TokenKind};

/// Authors whose names are looked for again.
const AUTHORS: usize = 4;
/// Teasers have at least so many words.
const TEASER: u32 = 6;
/// Captions have at most so many words, the credits below them so many.
const CAPTION: u32 = 25;
const CREDIT: u32 = 8;
/// Paragraphs that may follow the note about an author.
const AFTER: u32 = 2;
/// A name or a label before the colon of a caption has at most so many tokens.
const LEAD: usize = 3;

pub(super) fn mark(analysis: &Analysis, facts: &[LineFacts], signs: &mut [Option<Sign>]) {
    let mut authors: Vec<(u32, u32)> = Vec::new();
    let mut left = facts.iter().filter(|line| line.is_strong()).count() as u32;
    let mut headed = false;
    for i in 0..facts.len() {
        left -= u32::from(facts[i].is_strong());
        let tokens = analysis.tokens_of(&analysis.lines[i].tokens);
        if signs[i].is_some() {
            let byline = signs[i].as_ref().is_some_and(|sign| sign.kind == FurnitureKind::Byline);
            if byline && authors.len() < AUTHORS {
                authors.extend(author(analysis, tokens));
            }
            continue;
        }
        let below_headline = headed;
        headed |= facts[i].words >= 3;
        let found = if is_teaser(facts, i) {
            Some((FurnitureKind::RelatedLinks, "cut short like the line beside it"))
        } else if left <= AFTER && i * 2 >= facts.len() && names_author(analysis, tokens, &authors) {
            Some((FurnitureKind::Byline, "begins with the author's name"))
        } else if facts[i].is_number() && !beside(facts, i, LineFacts::is_number) {
            Some((FurnitureKind::Other, "a number alone on its line"))
        } else if below_headline && is_credited(facts, signs, i) {
            Some((FurnitureKind::Caption, "stands above the credit of a picture"))
        } else if is_caption(analysis, facts, i) {
            Some((FurnitureKind::Caption, "a caption between two paragraphs"))
        } else {
            None
        };
        if let Some((kind, reason)) = found {
            let reason = reason.to_owned();
            let sign =
                Sign { kind, reason, opens: false, comments: false, is_plain: false, is_structural: false };
            signs[i] = Some(sign);
        }
    }
}

/// Whether the line before or behind is so.
fn beside(facts: &[LineFacts], i: usize, is: impl Fn(&LineFacts) -> bool) -> bool {
    i.checked_sub(1).is_some_and(|before| is(&facts[before])) || facts.get(i + 1).is_some_and(is)
}

fn is_teaser(facts: &[LineFacts], i: usize) -> bool {
    let cut = |line: &LineFacts| line.is_cut && line.words >= TEASER && line.marks == 0;
    cut(&facts[i]) && beside(facts, i, cut)
}

/// The first two words of the name in `By Jo Bloggs`, `Jo Bloggs | 3 May 2021`.
fn author(analysis: &Analysis, tokens: &[Token]) -> Option<(u32, u32)> {
    let by = tokens.first().is_some_and(|token| analysis.folded(token) == "by");
    let [first, second, rest @ ..] = &tokens[usize::from(by)..] else { return None };
    let named = |token: &Token| {
        token.is_word()
            && token.is_capitalised(analysis.surface(token))
            && !analysis.known(token).has(Known::TIME)
            && (by || !analysis.known(token).has(Known::STOP))
    };
    let whole = by || rest.first().is_some_and(|next| !next.is_word());
    (whole && named(first) && named(second)).then_some((first.word, second.word))
}

/// A line without an end above `Photo: Jo Bloggs/Agency`, and not the first line of the page, which is its headline.
fn is_credited(facts: &[LineFacts], signs: &[Option<Sign>], i: usize) -> bool {
    let (line, below) = (&facts[i], facts.get(i + 1));
    let credit =
        signs.get(i + 1).and_then(Option::as_ref).is_some_and(|sign| sign.kind == FurnitureKind::Caption);
    credit
        && below.is_some_and(|below| below.words >= 2 && below.words <= CREDIT && !below.is_final)
        && !line.is_final
        && !line.quoted
        && (4..=CAPTION).contains(&line.words)
}

fn names_author(analysis: &Analysis, tokens: &[Token], authors: &[(u32, u32)]) -> bool {
    let [first, second, rest @ ..] = tokens else { return false };
    let goes_on = rest.iter().find(|token| token.kind == TokenKind::Word);
    authors.contains(&(first.word, second.word))
        && goes_on.is_none_or(|next| {
            matches!(
                analysis.folded(next),
                "is" | "covers" | "writes" | "has" | "reports" | "joined" | "was" | "can" | "works"
            )
        })
}

/// `Lucky: Jo Bloggs with the cheque outside his home`: a label with a colon, no end, between paragraphs that end.
fn is_caption(analysis: &Analysis, facts: &[LineFacts], i: usize) -> bool {
    let line = &facts[i];
    if line.is_final || line.words < TEASER || line.quoted || line.is_item || line.ends_colon {
        return false;
    }
    let paragraph = |at: Option<usize>| {
        at.and_then(|at| facts.get(at)).is_some_and(|line| line.is_final && line.words >= TEASER)
    };
    if !paragraph(i.checked_sub(1)) || !paragraph(Some(i + 1)) {
        return false;
    }
    let tokens = analysis.tokens_of(&analysis.lines[i].tokens);
    let colon = tokens.iter().take(LEAD + 1).position(|token| analysis.surface(token) == ":");
    let labelled = colon.is_some_and(|at| {
        at > 0
            && tokens[..at].iter().all(|token| token.kind == TokenKind::Word)
            && tokens.get(at + 1).is_some_and(|next| next.is_word() && next.shape != Shape::Lower)
    });
    let points = tokens.windows(3).any(|three| {
        analysis.surface(&three[0]) == "("
            && matches!(analysis.folded(&three[1]), "left" | "right" | "pictured" | "centre" | "center")
    });
    labelled || points
}
