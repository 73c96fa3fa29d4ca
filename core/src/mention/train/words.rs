//! Builds the lexicon: name lists, how often each word is written small, and classes of words with like neighbours.

use super::{Sources, build_lexicon, data};
use crate::Document;
use crate::Error;
use crate::mention::form::{Class, Forms, sections};
use crate::mention::lexicon::{COMPANY, FAMILY, GIVEN, PLACE, STARTS, Word, join};
use crate::mention::train::data::Scheme;
use crate::text::Analysis;
use crate::text::word::hash_bytes;
use std::collections::BTreeMap;

/// Words seen less often in the raw texts are left out, so that training meets unknown words.
const LEAST_SEEN: u32 = 3;

#[derive(Default)]
struct Count {
    small: u32,
    capital: u32,
}

/// The lexicon section of the weights file.
pub(crate) fn lexicon(sources: &Sources) -> Result<Vec<u8>, Error> {
    let mut flags: BTreeMap<u64, u16> = BTreeMap::new();
    for (list, flag) in sources.lists.iter().zip([GIVEN, FAMILY, PLACE, COMPANY]) {
        for name in list.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()) {
            let analysis = Analysis::new(&Document::new(name));
            let hashes: Vec<u64> = analysis.tokens.iter().map(|t| analysis.vocabulary.hash(t.word)).collect();
            match hashes[..] {
                [] => {}
                [word] => *flags.entry(word).or_default() |= flag,
                _ if hashes.len() <= 4 => {
                    *flags.entry(hashes[0]).or_default() |= STARTS;
                    let whole = hashes[1..].iter().fold(hashes[0], |hash, &word| join(hash, word));
                    *flags.entry(whole).or_default() |= flag;
                }
                _ => {}
            }
        }
    }
    let classes = classes(&sources.classes);
    let mut counts: BTreeMap<u64, Count> = BTreeMap::new();
    for rows in &sources.raw {
        for page in data::pages(rows, Scheme::Full, 1.0)? {
            let analysis = page.analysis();
            for sentences in sections(&analysis) {
                let forms = Forms::new(&analysis, sentences, &mut Vec::new());
                for token in 0..forms.of_token.len() {
                    let form = forms.form(token);
                    let count = counts.entry(analysis.vocabulary.hash(form.word)).or_default();
                    match form.class {
                        Class::Lower => count.small += 1,
                        Class::Capital | Class::Upper | Class::MixedCapital => count.capital += 1,
                        _ => {}
                    }
                }
            }
        }
    }
    let class = |hash: u64| classes.get(&hash).copied().unwrap_or(0);
    let mut entries: BTreeMap<u64, Word> = BTreeMap::new();
    for (&hash, count) in &counts {
        if count.small + count.capital >= LEAST_SEEN {
            let own = flags.remove(&hash).unwrap_or(0);
            entries.insert(hash, Word::pack(own, prior(count), class(hash)));
        }
    }
    entries.extend(flags.into_iter().map(|(hash, own)| (hash, Word::pack(own, 0, class(hash)))));
    for (&hash, &class) in &classes {
        entries.entry(hash).or_insert(Word::pack(0, 0, class));
    }
    let entries: Vec<(u64, Word)> = entries.into_iter().collect();
    Ok(build_lexicon(&entries))
}

/// Words with the number of their class, from lines of word, tab, class; classes are numbered in order of first sight.
fn classes(list: &str) -> BTreeMap<u64, u16> {
    let mut names: Vec<&str> = Vec::new();
    let mut classes = BTreeMap::new();
    for (word, class) in list.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')) {
        let number = names.iter().position(|name| *name == class).unwrap_or_else(|| {
            names.push(class);
            names.len() - 1
        });
        classes.insert(hash_bytes(word.as_bytes()), number as u16 + 1);
    }
    classes
}

fn prior(count: &Count) -> u16 {
    let share = count.small * 100 / (count.small + count.capital);
    match share {
        0..=1 => 1,
        2..=19 => 2,
        20..=49 => 3,
        50..=79 => 4,
        80..=96 => 5,
        _ => 6,
    }
}
