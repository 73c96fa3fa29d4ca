//! Names by their form alone: runs of capitalised words.
//!
//! In: an [`Analysis`]. Out: token ranges that look like names, with a guess at their kind. The plain form of
//! discovery, for documents that no tagger reads.

use crate::catalog::EntityKind;
use crate::text::{Analysis, Shape, Token};
use std::ops::Range;

/// Small words that stand inside names between capitalised ones.
const PARTICLES: &[&str] =
    &["of", "de", "del", "der", "den", "van", "von", "bin", "ibn", "al", "el", "la", "da", "di", "du"];
/// Last words of the names of bodies.
const BODIES: &[&str] = &[
    "agency",
    "association",
    "authority",
    "bank",
    "bureau",
    "college",
    "commission",
    "committee",
    "company",
    "council",
    "corp",
    "corps",
    "court",
    "department",
    "force",
    "forces",
    "foundation",
    "fund",
    "group",
    "house",
    "inc",
    "institute",
    "ministry",
    "office",
    "organization",
    "parliament",
    "party",
    "police",
    "service",
    "society",
    "union",
    "university",
];
/// Words before a place.
const BEFORE_PLACES: &[&str] = &["in", "at", "near", "from", "to", "across", "outside", "around", "into"];

/// Finds runs of capitalised words, in text order.
pub(crate) fn runs(analysis: &Analysis) -> Vec<(Range<u32>, EntityKind)> {
    let tokens = &analysis.tokens;
    let mut found: Vec<(Range<u32>, EntityKind)> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !starts(analysis, at) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < tokens.len() && !tokens[end].is_line_start() {
            if capital(analysis, &tokens[end]) || (end + 1 < tokens.len() && joins(analysis, end)) {
                end += 1;
            } else {
                break;
            }
        }
        found.push((at as u32..end as u32, EntityKind::Other));
        at = end;
    }
    let families: Vec<u32> =
        found.iter().filter(|(r, _)| r.len() > 1).map(|(r, _)| tokens[r.end as usize - 1].word).collect();
    let mut families = families;
    families.sort_unstable();
    for (range, kind) in &mut found {
        *kind = guess(analysis, range, &families);
    }
    found
}

fn capital(analysis: &Analysis, token: &Token) -> bool {
    token.is_word() && token.is_capitalised(analysis.surface(token))
}

/// A capitalised word that is not merely the first of its sentence.
fn starts(analysis: &Analysis, at: usize) -> bool {
    let tokens = &analysis.tokens;
    if !capital(analysis, &tokens[at]) || tokens[at].span.len() < 2 {
        return false;
    }
    let initial = tokens[at].is_line_start()
        || matches!(analysis.surface(&tokens[at - 1]), "." | "!" | "?" | ":" | "\"" | "“" | "‘" | "”");
    let followed = tokens.get(at + 1).is_some_and(|next| !next.is_line_start() && capital(analysis, next));
    !initial || (followed && tokens[at].shape == Shape::Capital)
}

/// A particle or hyphen between two capitalised words.
fn joins(analysis: &Analysis, at: usize) -> bool {
    let (token, next) = (&analysis.tokens[at], &analysis.tokens[at + 1]);
    let inner =
        PARTICLES.contains(&analysis.folded(token)) || (analysis.surface(token) == "-" && next.is_glued());
    inner && !next.is_line_start() && capital(analysis, next)
}

fn guess(analysis: &Analysis, range: &Range<u32>, families: &[u32]) -> EntityKind {
    let tokens = analysis.tokens_of(range);
    let (first, last) = (&tokens[0], &tokens[tokens.len() - 1]);
    let before = range.start.checked_sub(1).map_or("", |i| analysis.folded(&analysis.tokens[i as usize]));
    if BODIES.contains(&analysis.folded(last)) || tokens.iter().any(|t| analysis.folded(t) == "of") {
        EntityKind::Organization
    } else if first.shape == Shape::Upper && tokens.len() == 1 && !first.is_dotted() {
        EntityKind::Organization
    } else if BEFORE_PLACES.contains(&before) || first.is_dotted() {
        EntityKind::Place
    } else if tokens.len() > 1 || families.binary_search(&first.word).is_ok() {
        EntityKind::Person
    } else {
        EntityKind::Place
    }
}
