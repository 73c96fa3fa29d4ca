//! Acronyms that a document introduces in brackets.
//!
//! In: the mentions of one document. Out: the same, corrected. `Institute for the Study of War (ISW)`: the words that
//! spell the acronym are one name and both are of one kind. `greenhouse gas emissions (GHG)`: the acronym stands for
//! common words and names nothing.

use super::gather::discovered;
use super::tagger::Tagged;
use super::{Found, RawMention};
use crate::catalog::EntityKind;
use crate::text::{Analysis, Shape, WordId};
use std::collections::BTreeMap;

/// Acronyms of more letters are headings in brackets.
const LONGEST: usize = 8;
/// The words that may stand among and after those that spell the acronym.
const SLACK: usize = 6;
/// The score of a name that its acronym proves.
const SPELLED_SCORE: f64 = 0.9;

/// Words before a bracket that spell the acronym in it.
struct Spelled {
    first: usize,
    /// Most of them are written small.
    small: bool,
}

/// Corrects the mentions by the acronyms that the document explains.
pub(crate) fn correct(analysis: &Analysis, mentions: &mut Vec<RawMention>) {
    let mut kinds: BTreeMap<WordId, Option<EntityKind>> = BTreeMap::new();
    let mut whole: Vec<Tagged> = Vec::new();
    for (i, window) in analysis.tokens.windows(3).enumerate() {
        let [open, token, close] = window else { continue };
        if token.shape != Shape::Upper || analysis.surface(open) != "(" || analysis.surface(close) != ")" {
            continue;
        }
        let letters: Vec<char> = analysis.folded(token).chars().filter(|c| c.is_alphabetic()).collect();
        if letters.len() < 2 || letters.len() > LONGEST {
            continue;
        }
        let at = mentions.partition_point(|m| (m.tokens.end as usize) < i);
        let before = mentions.get(at).filter(|m| m.tokens.end as usize == i);
        let Some(spelled) = spelled(analysis, i, &letters) else {
            let initial = |m: &&RawMention| {
                m.kind != EntityKind::Person
                    && m.tokens.len() > 1
                    && analysis.folded(&analysis.tokens[m.tokens.start as usize]).starts_with(letters[0])
            };
            if let Some(mention) = before.filter(initial) {
                kinds.entry(token.word).or_insert(Some(mention.kind));
            }
            continue;
        };
        if spelled.small {
            kinds.entry(token.word).or_insert(None);
            continue;
        }
        let first = spelled.first as u32;
        let kind = match before {
            Some(m) if m.tokens.start <= first && m.kind != EntityKind::Person => m.kind,
            _ => EntityKind::Organization,
        };
        kinds.entry(token.word).or_insert(Some(kind));
        if before.is_none_or(|m| m.tokens.start > first) {
            whole.push(Tagged { tokens: first..i as u32, kind, score: SPELLED_SCORE });
        }
    }
    let verdict = |mention: &RawMention| {
        let [token] = analysis.tokens_of(&mention.tokens) else { return None };
        kinds.get(&token.word).copied().filter(|_| mention.found == Found::Discovered)
    };
    mentions.retain(|mention| verdict(mention) != Some(None));
    for mention in mentions.iter_mut() {
        if let Some(Some(kind)) = verdict(mention) {
            mention.kind = kind;
        }
    }
    join(analysis, mentions, whole);
}

/// Puts the spelled-out names in the place of the shorter ones inside them.
fn join(analysis: &Analysis, mentions: &mut Vec<RawMention>, whole: Vec<Tagged>) {
    for name in whole {
        let from = mentions.partition_point(|m| m.tokens.end <= name.tokens.start);
        let to = mentions.partition_point(|m| m.tokens.start < name.tokens.end);
        let contained = mentions[from..to]
            .iter()
            .all(|m| name.tokens.start <= m.tokens.start && m.tokens.end <= name.tokens.end);
        if contained {
            mentions.splice(from..to, [discovered(analysis, name)]);
        }
    }
}

/// The words before the bracket at `open` whose initials are the letters, in order; small linking words may be skipped.
fn spelled(analysis: &Analysis, open: usize, letters: &[char]) -> Option<Spelled> {
    let mut left = letters.len();
    let (mut small, mut capital) = (0, 0);
    for at in (open.saturating_sub(letters.len() + SLACK)..open).rev() {
        let token = &analysis.tokens[at];
        if !token.is_word() || token.is_line_start() && left > 1 {
            return None;
        }
        let word = analysis.folded(token);
        if word.starts_with(letters[left - 1]) {
            left -= 1;
            if token.shape == Shape::Lower { small += 1 } else { capital += 1 }
        } else if left > 1
            && word.starts_with(letters[left - 2])
            && word.chars().skip(1).any(|c| c == letters[left - 1])
        {
            // One word for two letters: `greenhouse` for GH.
            left -= 2;
            if token.shape == Shape::Lower { small += 1 } else { capital += 1 }
        } else if token.shape != Shape::Lower {
            // A capitalised word that spells nothing: only common words may be skipped.
            return None;
        }
        if left == 0 {
            return Some(Spelled { first: at, small: small > capital });
        }
    }
    None
}
