//! Times summaries end to end (text in, three sentences out): the least of many runs, beside counting words.
//!
//! `summary_speed ARTICLE.txt ...`: each article as it is; the first 600 words of all of them; that text lengthened to
//! 10,000 and 100,000 words.

use nutgraf::{Catalog, Document, Engine, SummaryOptions};
use nutgraf_benches::{count_words, least_micros, lengthened, opening, reference_micros, row};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let texts = paths.iter().map(std::fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
    let [first, ..] = texts.as_slice() else { return Err("usage: summary_speed ARTICLE.txt ...".into()) };
    let engine = Engine::with_catalog(Catalog::empty());
    for text in &texts {
        report(&engine, text, 500)?;
    }
    report(&engine, &opening(&texts.join("\n"), 600), 2000)?;
    for words in [10_000, 100_000] {
        report(&engine, &lengthened(first, words), 400_000 / words)?;
    }
    Ok(())
}

fn report(engine: &Engine, text: &str, runs: usize) -> Result<(), nutgraf::Error> {
    let options = SummaryOptions::new().max_sentences(3);
    assert!(!engine.summarize(&Document::new(text), &options)?.sentences.is_empty());
    // Documents share their text; a fresh one pays for its own copy, as a caller's would.
    let micros = least_micros(runs, || engine.summarize(&Document::new(text), &options));
    let name = format!("summarize {} words, {} bytes", count_words(text), text.len());
    row(&name, micros, reference_micros(runs, &[text]));
    Ok(())
}
