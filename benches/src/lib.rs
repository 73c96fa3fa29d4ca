//! What the programs that measure speed share: texts of a wanted length, the least time of many runs, a reference.

use std::collections::BTreeMap;
use std::time::Instant;

/// The text over and over with its longer words renamed, until it has about `words` words: as long texts are, most of
/// it is not repetition.
pub fn lengthened(text: &str, words: usize) -> String {
    let copies = words / count_words(text).max(1) + 1;
    let copies: Vec<String> = (0..copies).map(|copy| renamed(text, copy)).collect();
    copies.join("\n")
}

/// A text with a number behind its longer words, two times of three.
pub fn renamed(text: &str, copy: usize) -> String {
    let rename = |word: &str| {
        if !copy.is_multiple_of(3) && word.len() > 7 {
            format!("{word}{}", copy % 97)
        } else {
            word.to_owned()
        }
    };
    let lines = text.lines().map(|line| line.split(' ').map(rename).collect::<Vec<_>>().join(" "));
    lines.collect::<Vec<_>>().join("\n")
}

/// The first lines of a text that together have at least `words` words.
pub fn opening(text: &str, words: usize) -> String {
    let (mut lines, mut count) = (Vec::new(), 0);
    for line in text.lines() {
        if count < words {
            lines.push(line);
            count += count_words(line);
        }
    }
    lines.join("\n")
}

/// Words as readers count them.
pub fn count_words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Words and marks, about as taggers count tokens.
pub fn count_tokens(text: &str) -> usize {
    let (mut count, mut in_word) = (0, false);
    for c in text.chars() {
        let is_word = c.is_alphanumeric();
        count += usize::from(if is_word { !in_word } else { !c.is_whitespace() });
        in_word = is_word;
    }
    count
}

/// The least microseconds of `runs` runs.
pub fn least_micros<R>(runs: usize, mut job: impl FnMut() -> R) -> f64 {
    let mut least = f64::MAX;
    for _ in 0..runs {
        let start = Instant::now();
        let result = job();
        least = least.min(start.elapsed().as_secs_f64() * 1e6);
        drop(result);
    }
    least
}

/// The reference of the ratios: what any reading of a text costs that counts its lower-cased words with the standard
/// library's map, in microseconds.
pub fn reference_micros(runs: usize, texts: &[&str]) -> f64 {
    least_micros(runs, || {
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        for word in texts.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric())) {
            if !word.is_empty() {
                *counts.entry(word.to_lowercase()).or_default() += 1;
            }
        }
        counts.len()
    })
}

/// Prints one row: what was done, how long it took, and how many times the reference that is.
pub fn row(name: &str, micros: f64, reference: f64) {
    println!("{name:<44} {micros:>11.1} us {:>7.2} x counting words", micros / reference);
}
