//! What lines say of each other.
//!
//! In: the facts of all lines and what each says of itself. Out: signs that one line alone does not give: teasers cut
//! short one below the other, the author named again under the article, a caption between two paragraphs.

use super::FurnitureKind;
use super::line::LineFacts;
use super::sign::Sign;
use crate::text::{Analysis, Shape, Token, TokenKind};

/// Authors whose names are looked for again.
const AUTHORS: usize = 4;
/// Teasers have at least so many words.
const TEASER: u32 = 6;
/// A name or a label before the colon of a caption has at most so many tokens.
const LEAD: usize = 3;

pub(super) fn mark(analysis: &Analysis, facts: &[LineFacts], signs: &mut [Option<Sign>]) {
    let mut authors: Vec<(u32, u32)> = Vec::new();
    for i in 0..facts.len() {
        let tokens = analysis.tokens_of(&analysis.lines[i].tokens);
        if signs[i].is_some() {
            if let Some(author) = author(analysis, tokens)
                && authors.len() < AUTHORS
            {
                authors.push(author);
            }
            continue;
        }
        let found = if is_teaser(facts, i) {
            Some((FurnitureKind::RelatedLinks, "cut short like the line beside it"))
        } else if i * 2 >= facts.len() && names_author(analysis, tokens, &authors) {
            Some((FurnitureKind::Byline, "begins with the author's name"))
        } else if facts[i].is_number() && !beside(facts, i, LineFacts::is_number) {
            Some((FurnitureKind::Other, "a number alone on its line"))
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

/// The first two words of the name in `By Jo Bloggs`.
fn author(analysis: &Analysis, tokens: &[Token]) -> Option<(u32, u32)> {
    let [by, first, second, ..] = tokens else { return None };
    let named = |token: &Token| token.is_word() && token.is_capitalised(analysis.surface(token));
    (analysis.folded(by) == "by" && named(first) && named(second)).then_some((first.word, second.word))
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
