//! Times summaries end to end (text in, three sentences out) and prints microseconds: the least of many runs.
//!
//! `summary_speed ARTICLE.txt`: the article as it is, then repeated with its words renamed until it has 100,000 words.

use nutgraf::{Catalog, Document, Engine, SummaryOptions};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: summary_speed ARTICLE.txt")?;
    let text = std::fs::read_to_string(path)?;
    let engine = Engine::with_catalog(Catalog::empty());
    let words = text.split_whitespace().count();
    report(&engine, &text, words, 300)?;
    let copies = 100_000 / words.max(1) + 1;
    let long: Vec<String> = (0..copies)
        .map(|copy| {
            let rename = |word: &str| {
                if copy % 3 > 0 && word.len() > 7 { format!("{word}{}", copy % 97) } else { word.into() }
            };
            text.lines()
                .map(|line| line.split(' ').map(rename).collect::<Vec<_>>().join(" "))
                .collect::<Vec<_>>()
                .join("\n")
        })
        .collect();
    let long = long.join("\n");
    report(&engine, &long, long.split_whitespace().count(), 5)?;
    Ok(())
}

fn report(engine: &Engine, text: &str, words: usize, runs: usize) -> Result<(), Box<dyn std::error::Error>> {
    let options = SummaryOptions::new().max_sentences(3);
    let mut least = f64::MAX;
    for _ in 0..runs {
        // Documents share their text; a fresh one pays for its own copy, as a caller's would.
        let start = Instant::now();
        let summary = engine.summarize(&Document::new(text), &options)?;
        least = least.min(start.elapsed().as_secs_f64() * 1e6);
        assert!(!summary.sentences.is_empty());
    }
    println!("{words:>8} words {least:>10.1} us");
    Ok(())
}
