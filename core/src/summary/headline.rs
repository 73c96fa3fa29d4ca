//! Whether a headline says what the text says.
//!
//! In: a headline and analyses. Out: the sentences that support it, best first, and the words that no sentence holds.
//! Compares stems, not meanings: a headline in other words finds less support than it deserves.

use super::Reason;
use super::field::Field;
use crate::Document;
use crate::span::Span;
use crate::text::{Analysis, Shape, TokenKind};
use serde::{Deserialize, Serialize};

/// Reports how well the documents support a headline.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HeadlineCheck {
    /// The share of the headline that the supporting sentences hold together, 0 to 1.
    pub score: f64,
    /// The sentences that hold most of it, best first, three at most.
    pub supports: Vec<Support>,
    /// The words with matter that no sentence holds, as the headline writes them.
    pub missing: Vec<String>,
}

/// Reports one sentence that supports a headline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Support {
    /// The index of its document.
    pub document: usize,
    /// Where it stands in that document.
    #[serde(flatten)]
    pub span: Span,
    /// The sentence, exactly `text[span]`.
    pub text: String,
    /// The share of the headline that it holds, 0 to 1.
    pub score: f64,
    /// What the score is made of: `names`, `figures`, `words`; the values sum to it.
    pub reasons: Vec<Reason>,
}

/// Supports reported at most.
const SUPPORTS: usize = 3;
/// Words of a headline that are looked at: more are no headline.
const LONGEST: usize = 64;
/// A sentence that holds less of the headline does not support it.
const LEAST: f64 = 0.25;
/// Names and figures carry a headline: they count as so many plain words.
const WEIGHTY: f64 = 2.0;

/// A word of the headline: its term, if any sentence holds it, its share, and which sort of word it is.
struct HeadlineWord {
    term: Option<u32>,
    share: f64,
    sort: usize,
}

const SORTS: [&str; 3] = ["names", "figures", "words"];

/// Finds the sentences that support a headline.
pub(crate) fn check_headline(analyses: &[Analysis], headline: &str) -> HeadlineCheck {
    let field = Field::new(analyses);
    let analysis = Analysis::new(&Document::new(headline));
    let mut words = Vec::new();
    let mut surfaces = Vec::new();
    for (token, term) in field.numbers_of(&analysis).into_iter().take(LONGEST) {
        // A headline in title case tells no names from words; the sentences' spelling is not asked.
        let sort = match (token.kind, token.shape) {
            (TokenKind::Number, _) => 1,
            (_, Shape::Capital | Shape::Upper | Shape::Mixed) => 0,
            _ => 2,
        };
        if !words.iter().any(|word: &HeadlineWord| term.is_some() && word.term == term) {
            words.push(HeadlineWord { term, share: if sort == 2 { 1.0 } else { WEIGHTY }, sort });
            surfaces.push(analysis.surface(&token).to_owned());
        }
    }
    let whole: f64 = words.iter().map(|word| word.share).sum();
    words.iter_mut().for_each(|word| word.share /= whole);
    let mut ranked: Vec<(f64, usize)> = field
        .candidates
        .iter()
        .enumerate()
        .map(|(number, candidate)| (parts(&words, field.terms(candidate)).iter().sum(), number))
        .filter(|&(score, _)| score >= LEAST)
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked.truncate(SUPPORTS);
    let held = |word: &HeadlineWord| {
        ranked.iter().any(|&(_, number)| {
            word.term.is_some_and(|term| field.terms(&field.candidates[number]).contains(&term))
        })
    };
    let score = words.iter().filter(|word| held(word)).fold(0.0, |sum, word| sum + word.share);
    let missing =
        words.iter().zip(surfaces).filter(|(word, _)| word.term.is_none()).map(|(_, surface)| surface);
    let supports = ranked.iter().map(|&(_, number)| support(&field, number, &words));
    HeadlineCheck { score, supports: supports.collect(), missing: missing.collect() }
}

fn parts(words: &[HeadlineWord], terms: &[u32]) -> [f64; SORTS.len()] {
    let mut parts = [0.0; SORTS.len()];
    for word in words {
        if word.term.is_some_and(|term| terms.contains(&term)) {
            parts[word.sort] += word.share;
        }
    }
    parts
}

fn support(field: &Field, number: usize, words: &[HeadlineWord]) -> Support {
    let candidate = &field.candidates[number];
    let analysis = &field.analyses[candidate.document as usize];
    let parts = parts(words, field.terms(candidate));
    Support {
        document: candidate.document as usize,
        span: analysis.report(analysis.sentences[candidate.sentence as usize].span),
        text: field.text(candidate).to_owned(),
        score: parts.iter().sum(),
        reasons: SORTS.iter().zip(parts).map(|(name, value)| Reason::new(name, value)).collect(),
    }
}
