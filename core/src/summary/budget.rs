//! Limits that are never exceeded.
//!
//! In: options and the candidate sentences. Out: a [`Budget`] that says what each sentence costs under every limit
//! given, whether a set fits, and how full it is. One blank stands between two sentences in characters and bytes.

use super::SummaryOptions;
use super::field::Field;
use crate::{Error, ErrorKind};

/// Sentences of a summary when no limit is given: one document, several documents.
const DEFAULT_SENTENCES: [usize; 2] = [3, 5];

/// One limit: what is allowed, what each candidate costs, and what a sentence after the first costs on top.
#[derive(Debug)]
struct Limit {
    allowed: u64,
    costs: Vec<u64>,
    separator: u64,
}

/// All the limits of one summary.
#[derive(Debug)]
pub(crate) struct Budget {
    max_sentences: usize,
    limits: Vec<Limit>,
}

/// What a set of sentences uses of each limit.
#[derive(Clone, Debug, Default)]
pub(crate) struct Used {
    sentences: usize,
    amounts: Vec<u64>,
}

/// Checks every option once, for every language.
///
/// # Errors
/// [`ErrorKind::Option`] names the option, its value and what is accepted.
pub(crate) fn validate(options: &SummaryOptions) -> Result<(), Error> {
    let counts = [
        ("max_sentences", options.max_sentences),
        ("max_words", options.max_words),
        ("max_chars", options.max_chars),
        ("max_bytes", options.max_bytes),
        ("max_tokens", options.max_tokens.as_ref().map(|(count, _)| *count)),
    ];
    for (name, value) in counts {
        if value == Some(0) {
            return Err(Error::new(ErrorKind::Option, format!("{name} is 0; it must be at least 1")));
        }
    }
    if let Some(ratio) = options.ratio
        && !(ratio > 0.0 && ratio <= 1.0)
    {
        return Err(Error::new(
            ErrorKind::Option,
            format!("ratio is {ratio}; it must be more than 0 and at most 1"),
        ));
    }
    if let Some(index) = options.about.iter().position(|phrase| phrase.trim().is_empty()) {
        return Err(Error::new(
            ErrorKind::Option,
            format!(
                "about[{index}] is empty; it must be a name or a phrase with at least one letter or digit"
            ),
        ));
    }
    Ok(())
}

impl Budget {
    pub(crate) fn new(field: &Field, options: &SummaryOptions) -> Result<Self, Error> {
        let texts = || field.candidates.iter().map(|candidate| field.text(candidate));
        let mut limits = Vec::new();
        let by_words = options.max_words.is_some() || options.ratio.is_some();
        if by_words {
            let costs: Vec<u64> = texts().map(count_words).collect();
            let mut allowed = options.max_words.unwrap_or(usize::MAX) as u64;
            if let Some(ratio) = options.ratio {
                let all: u64 = costs.iter().sum();
                allowed = allowed.min((ratio * all as f64) as u64);
            }
            limits.push(Limit { allowed, costs, separator: 0 });
        }
        if let Some(allowed) = options.max_chars {
            let costs = texts().map(|text| text.chars().count() as u64).collect();
            limits.push(Limit { allowed: allowed as u64, costs, separator: 1 });
        }
        if let Some(allowed) = options.max_bytes {
            let costs = texts().map(|text| text.len() as u64).collect();
            limits.push(Limit { allowed: allowed as u64, costs, separator: 1 });
        }
        if let Some((allowed, counter)) = &options.max_tokens {
            let costs = texts().map(|text| counter.count(text)).collect::<Result<Vec<u64>, Error>>()?;
            // A tokenizer may spend a token of its own on the blank between two sentences.
            limits.push(Limit { allowed: *allowed as u64, costs, separator: 1 });
        }
        let default =
            if limits.is_empty() { DEFAULT_SENTENCES[usize::from(field.documents > 1)] } else { usize::MAX };
        Ok(Budget { max_sentences: options.max_sentences.unwrap_or(default), limits })
    }

    /// What an empty summary uses.
    pub(crate) fn empty(&self) -> Used {
        Used { sentences: 0, amounts: vec![0; self.limits.len()] }
    }

    /// The number of sentences that the budget has room for when they are of mean length.
    pub(crate) fn sentences(&self) -> f64 {
        let room = |limit: &Limit| {
            let mean = limit.costs.iter().sum::<u64>() as f64 / limit.costs.len().max(1) as f64;
            limit.allowed as f64 / mean.max(1.0)
        };
        self.limits.iter().map(room).fold(self.max_sentences as f64, f64::min)
    }

    /// Whether only sentences are counted.
    pub(crate) fn counts_sentences_only(&self) -> bool {
        self.limits.is_empty()
    }

    /// What the first limit on length allows, and what it counts between two sentences.
    pub(crate) fn first_limit(&self) -> Option<(usize, usize)> {
        self.limits.first().map(|limit| (limit.allowed as usize, limit.separator as usize))
    }

    /// What a candidate costs under the first limit on length.
    pub(crate) fn first_cost(&self, candidate: usize) -> usize {
        self.limits[0].costs[candidate] as usize
    }

    /// Whether a candidate still fits.
    pub(crate) fn fits(&self, used: &Used, candidate: usize) -> bool {
        used.sentences < self.max_sentences
            && self.limits.iter().zip(&used.amounts).all(|(limit, amount)| {
                let separator = if used.sentences > 0 { limit.separator } else { 0 };
                amount + separator + limit.costs[candidate] <= limit.allowed
            })
    }

    pub(crate) fn add(&self, used: &mut Used, candidate: usize) {
        for (limit, amount) in self.limits.iter().zip(&mut used.amounts) {
            *amount += limit.costs[candidate] + if used.sentences > 0 { limit.separator } else { 0 };
        }
        used.sentences += 1;
    }

    pub(crate) fn remove(&self, used: &mut Used, candidate: usize) {
        used.sentences -= 1;
        for (limit, amount) in self.limits.iter().zip(&mut used.amounts) {
            *amount -= limit.costs[candidate] + if used.sentences > 0 { limit.separator } else { 0 };
        }
    }

    /// The largest share of any limit on length that a candidate takes; 0 when only sentences are counted.
    pub(crate) fn share(&self, candidate: usize) -> f64 {
        self.limits
            .iter()
            .map(|limit| limit.costs[candidate] as f64 / limit.allowed.max(1) as f64)
            .fold(0.0, f64::max)
    }

    /// How much of the tightest limit is used, 0 to 1.
    pub(crate) fn filled(&self, used: &Used) -> f64 {
        let sentences = used.sentences as f64 / self.max_sentences as f64;
        self.limits
            .iter()
            .zip(&used.amounts)
            .map(|(limit, &amount)| amount as f64 / limit.allowed.max(1) as f64)
            .fold(sentences, f64::max)
    }
}

/// Words as readers and most tools count them: runs of characters that are not white space.
pub(crate) fn count_words(text: &str) -> u64 {
    text.split_whitespace().count() as u64
}
