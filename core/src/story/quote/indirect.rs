//! Reported speech without marks.
//!
//! In: the sentences without a quotation. Out: the words after "X said that", with X; only where the speaker is a
//! name, a pronoun or a noun that speaks, so that a miss is likelier than a wrong report.

use super::cue::verb;
use super::{Found, Sieve};
use crate::story::{Quote, QuoteKind};
use crate::text::Region;

/// Words that reported speech has at least.
const LEAST: u32 = 4;

/// Adds the reported speech of the document to its quotations.
pub(super) fn add(sieve: &Sieve, quotes: &mut Vec<Quote>) {
    let (reader, analysis) = (&sieve.reader, sieve.reader.analysis);
    for sentence in analysis.sentences.iter().filter(|s| s.region == Region::Body) {
        let tokens = sentence.tokens.clone();
        let at = sieve.pieces.partition_point(|piece| piece.close < tokens.start);
        if sieve.pieces.get(at).is_some_and(|piece| piece.open < tokens.end) {
            continue;
        }
        let last = tokens.end - u32::from(!reader.is_word(tokens.end - 1));
        for that in tokens.start + 2..last.saturating_sub(LEAST) {
            if reader.folded(that) != "that" {
                continue;
            }
            // The verb stands right before, or one name away: "told reporters that".
            let cue = (that.saturating_sub(4).max(tokens.start)..that)
                .rev()
                .find(|&i| verb(reader, i) == Some("say"))
                .filter(|&i| {
                    i + 1 == that || matches!(reader.folded(i), "told" | "tells" | "informed" | "assured")
                });
            // "reports that said": the word is no conjunction.
            let Some(cue) = cue.filter(|_| verb(reader, that + 1).is_none()) else { continue };
            let Some(who) = reader.teller(cue, tokens.start) else { continue };
            // The conjunction written twice.
            let first = that + 1 + u32::from(reader.folded(that + 1) == "that");
            let found = Found {
                kind: QuoteKind::Indirect,
                speaker: sieve.resolve(&who),
                cue: Some(cue..cue + 1),
                piece: 0,
            };
            quotes.push(sieve.report(analysis.span_of(&(first..last)), &found));
            break;
        }
    }
}
