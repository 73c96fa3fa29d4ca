//! Whether the words around an expression speak of what is to come or of what has happened.
//!
//! The nearest cue in the sentence decides, the words before the expression counting more than those after it.

use super::super::figure::table::{Classes, WordTable};
use super::expression::Parsed;
use crate::text::Analysis;
use std::sync::LazyLock;

static WORDS: LazyLock<WordTable> = LazyLock::new(|| WordTable::parse_pairs(include_str!("tense.txt")));

/// How far a cue reaches, in tokens; measured on the annotated stories, longer reaches change nothing.
const REACH: u32 = 14;

/// Tells tenses in one document.
pub(super) struct Tenses<'a> {
    analysis: &'a Analysis,
    classes: Classes,
}

impl<'a> Tenses<'a> {
    pub(super) fn new(analysis: &'a Analysis) -> Self {
        Tenses { analysis, classes: WORDS.classify(&analysis.vocabulary) }
    }

    fn cue(&self, at: u32) -> Option<i8> {
        let token = &self.analysis.tokens[at as usize];
        if let Some(value) = self.classes.of(token.word).value(1) {
            return Some(value as i8);
        }
        let folded = self.analysis.folded(token);
        let past = folded.len() > 4 && folded.ends_with("ed") && token.shape == crate::text::Shape::Lower;
        // "to be finalized", "before being sent": the tense is told by what stands before.
        let passive =
            at > 0 && matches!(self.analysis.folded(&self.analysis.tokens[at as usize - 1]), "be" | "being");
        (past && !passive).then_some(-1)
    }

    /// 1 for the future, -1 for the past, 0 when nothing tells.
    pub(super) fn of(&self, parsed: &Parsed) -> i8 {
        let sentence = &self.analysis.sentences[parsed.sentence as usize].tokens;
        let (first, end) = parsed.tokens;
        let mut best: Option<(u32, i8)> = None;
        for at in (sentence.start.max(first.saturating_sub(REACH))..first).rev() {
            if let Some(cue) = self.cue(at) {
                best = Some((first - at, cue));
                break;
            }
        }
        for at in end..sentence.end.min(end + REACH) {
            if let Some(cue) = self.cue(at) {
                let distance = (at - end + 1) * 2;
                if best.is_none_or(|(nearest, _)| distance < nearest) {
                    best = Some((distance, cue));
                }
                break;
            }
        }
        best.map_or(0, |(_, cue)| cue)
    }
}
