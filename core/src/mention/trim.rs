//! Cuts a tagged name down to the name: no title before it, no article, no stray marks.
//!
//! In: tagged names. Out: the same names, cut, and without those that nothing is left of. Titles are data, in
//! `titles.txt` beside this file.

use super::tagger::Tagged;
use crate::catalog::EntityKind;
use crate::text::lexicon::lexicon;
use crate::text::{Analysis, Shape, Token, TokenKind};

lexicon!(titles, "titles.txt");
// Each with the kinds that it overrules.
lexicon!(place_heads, "place_heads.txt", tagged);

/// Cuts every name.
pub(crate) fn trim(analysis: &Analysis, tagged: Vec<Tagged>) -> Vec<Tagged> {
    let mut out = Vec::with_capacity(tagged.len());
    for mut name in tagged.into_iter().flat_map(|name| split_at_brackets(analysis, name)) {
        let word = |i: u32| analysis.folded(&analysis.tokens[i as usize]);
        loop {
            let (start, end) = (name.tokens.start, name.tokens.end);
            if start >= end {
                break;
            }
            let first = &analysis.tokens[start as usize];
            let last = &analysis.tokens[end as usize - 1];
            let more = end - start > 1;
            let article = more && matches!(word(start), "the" | "a" | "an") && word(start + 1) != "hague";
            let title = more && name.kind == EntityKind::Person && is_title(word(start));
            let loose = |kind| matches!(kind, TokenKind::Punctuation | TokenKind::Symbol);
            if article || title || loose(first.kind) {
                name.tokens.start += 1;
            } else if last.is_clitic() || (loose(last.kind) && !closes(analysis, start, end)) {
                name.tokens.end -= 1;
            } else {
                break;
            }
        }
        let bare_title =
            name.kind == EntityKind::Person && name.tokens.len() == 1 && is_title(word(name.tokens.start));
        if name.tokens.len() > 1 && makes_place(word(name.tokens.end - 1), name.kind) {
            name.kind = EntityKind::Place;
        }
        if !name.tokens.is_empty() && !bare_title && !is_code(analysis, &name) {
            out.push(name);
        }
    }
    out
}

/// The name before an opening bracket and the one after it: what stands in brackets is another name for it.
fn split_at_brackets(analysis: &Analysis, name: Tagged) -> impl Iterator<Item = Tagged> {
    let opens = |i: &u32| analysis.surface(&analysis.tokens[*i as usize]) == "(";
    let bracket = (name.tokens.start + 1..name.tokens.end).find(opens);
    let rest = bracket.map(|at| Tagged { tokens: at + 1..name.tokens.end, ..name.clone() });
    let end = bracket.unwrap_or(name.tokens.end);
    let first = Tagged { tokens: name.tokens.start..end, ..name };
    std::iter::once(first).chain(rest)
}

/// A closing bracket whose opening one is part of the name, or a mark like `!` in `Yahoo!`.
fn closes(analysis: &Analysis, start: u32, end: u32) -> bool {
    let surface = |i: u32| analysis.surface(&analysis.tokens[i as usize]);
    match surface(end - 1) {
        ")" => (start..end).any(|i| surface(i) == "("),
        "!" | "+" => true,
        _ => false,
    }
}

pub(crate) fn is_title(word: &str) -> bool {
    titles().contains(word.trim_end_matches('.'))
}

/// Whether a name of several words with this last word is a place, whatever the tagger took it for.
fn makes_place(last: &str, kind: EntityKind) -> bool {
    let rule = match kind {
        EntityKind::Organization => &["any", "body"][..],
        EntityKind::Person => &["any"],
        _ => return false,
    };
    place_heads().tag(last).is_some_and(|kinds| rule.contains(&kinds))
}

/// Whether a word makes a place of whatever name it follows.
pub(crate) fn is_place_head(word: &str) -> bool {
    place_heads().tag(word) == Some("any")
}

/// Roman numerals, bare numbers and times of the clock name nothing: `II`, `III, IV`, `16.50 UTC`.
fn is_code(analysis: &Analysis, name: &Tagged) -> bool {
    let tokens = analysis.tokens_of(&name.tokens);
    let number = |token: &Token| {
        let surface = analysis.surface(token);
        let roman = token.shape == Shape::Upper && surface.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
        roman || (token.kind == TokenKind::Number && !surface.bytes().any(|b| b.is_ascii_alphabetic()))
    };
    let mark = |token: &Token| matches!(token.kind, TokenKind::Punctuation | TokenKind::Symbol);
    let (last, rest) = tokens.split_last().expect("a name has tokens");
    let clock = !rest.is_empty() && ZONES.contains(&analysis.folded(last));
    (number(last) || clock) && rest.iter().all(|token| number(token) || mark(token))
}

/// Names of clocks after a time.
const ZONES: &[&str] =
    &["utc", "gmt", "bst", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "cet", "cest", "am", "pm"];
