//! Gives a body its whole name: `National Monuments Council of Chile`, `Danish Cycling Federation`.
//!
//! In: tagged names, cut. Out: the same names, where one that ends in the word for a body ("council", "ministry") takes
//! in what follows it after "of" or "for" and a nationality right before it. The tagger sees a few words at a time
//! and often ends such a name too early: of the bodies with such a last word in the training data that are followed
//! by "of" and a capital, 98 of 100 go on, and 97 of 100 after a nationality begin with it. The words are data, in
//! `org_heads.txt` beside this file.

use super::gather::discovered;
use super::tagger::Tagged;
use super::trim::is_place_head;
use super::{Found, RawMention};
use crate::catalog::EntityKind;
use crate::text::lexicon::lexicon;
use crate::text::{Analysis, Shape, TokenKind};
use std::ops::Range;

lexicon!(heads, "org_heads.txt");

/// The most words that are taken in after "of".
const LONGEST: u32 = 6;

/// Extends every name that asks for it; text order, no overlaps.
pub(crate) fn extend(analysis: &Analysis, tagged: Vec<Tagged>) -> Vec<Tagged> {
    let mut out: Vec<Tagged> = Vec::with_capacity(tagged.len());
    let mut names = tagged.into_iter().peekable();
    while let Some(mut name) = names.next() {
        if opens_with_head(analysis, &name) {
            name.kind = EntityKind::Organization;
        }
        if is_body(analysis, &name) {
            let adjoins = |before: &&mut Tagged| {
                before.kind == EntityKind::Nationality
                    && before.tokens.end == name.tokens.start
                    && is_one_line(analysis, &(before.tokens.start..name.tokens.end))
            };
            if let Some(before) = out.last_mut().filter(adjoins) {
                name.tokens.start = before.tokens.start;
                out.pop();
            }
            while let Some(object) = object(analysis, name.tokens.end) {
                let tagged = names.peek().filter(|next| next.tokens.start < object.end);
                let end = match tagged.map(|next| (next.kind, next.tokens.clone())) {
                    Some((EntityKind::Person, _)) => break,
                    Some((_, tokens)) if tokens.start != object.start => break,
                    Some((_, tokens)) => tokens.end,
                    None => object.end,
                };
                if !is_one_line(analysis, &(name.tokens.end - 1..end)) {
                    break;
                }
                name.tokens.end = end;
                while names.next_if(|next| next.tokens.start < end).is_some() {}
            }
        }
        out.push(name);
    }
    out
}

/// Gives places and discovered persons the capitalised word that follows them and makes a place of them: `Ostrava`
/// and `Region`, `Ben Gurion` and `Airport`. A listed name that is part of the longer one is not what is meant.
pub(crate) fn take_heads(analysis: &Analysis, mentions: &mut [RawMention]) {
    for n in 0..mentions.len() {
        let next = mentions.get(n + 1).map_or(u32::MAX, |mention| mention.tokens.start);
        let mention = &mut mentions[n];
        let at = mention.tokens.end;
        let may = mention.kind == EntityKind::Place
            || (mention.kind == EntityKind::Person && mention.found == Found::Discovered);
        let head = analysis.tokens.get(at as usize).filter(|token| token.shape == Shape::Capital);
        let follows = head.is_some_and(|token| is_place_head(analysis.folded(token)));
        if may && follows && at < next && is_one_line(analysis, &(at - 1..at + 1)) {
            let tokens = mention.tokens.start..at + 1;
            let score = mention.score;
            *mention = discovered(analysis, Tagged { tokens, kind: EntityKind::Place, score });
        }
    }
}

/// Whether a place is called like a body: `Bank of Ostrava`, `Ministry of Fisheries`.
fn opens_with_head(analysis: &Analysis, name: &Tagged) -> bool {
    let [first, of, _, ..] = analysis.tokens_of(&name.tokens) else { return false };
    name.kind == EntityKind::Place && analysis.folded(of) == "of" && heads().contains(analysis.folded(first))
}

/// Whether a name is a body's and ends in the word for one.
fn is_body(analysis: &Analysis, name: &Tagged) -> bool {
    let last = &analysis.tokens[name.tokens.end as usize - 1];
    name.kind == EntityKind::Organization && heads().contains(analysis.folded(last))
}

/// The capitalised words that follow "of" or "for", with or without an article, at a token.
fn object(analysis: &Analysis, at: u32) -> Option<Range<u32>> {
    let word = |i: u32| analysis.tokens.get(i as usize).map_or("", |token| analysis.folded(token));
    if !matches!(word(at), "of" | "for") {
        return None;
    }
    let start = if word(at + 1) == "the" { at + 2 } else { at + 1 };
    let is_capital = |i: &u32| {
        analysis.tokens.get(*i as usize).is_some_and(|token| {
            token.kind == TokenKind::Word
                && matches!(token.shape, Shape::Capital | Shape::Upper | Shape::Mixed)
        })
    };
    let end = (start..start + LONGEST).find(|i| !is_capital(i)).unwrap_or(start + LONGEST);
    (end > start).then_some(start..end)
}

/// Whether no line ends among the tokens.
fn is_one_line(analysis: &Analysis, tokens: &Range<u32>) -> bool {
    !analysis.span_of(tokens).slice(&analysis.text).contains('\n')
}
