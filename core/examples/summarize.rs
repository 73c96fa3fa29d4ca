//! Prints the sentences of a file that say most, in at most 60 words: `cargo run --example summarize -- article.txt`.

use nutgraf::{Document, Engine, SummaryOptions};
use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("usage: summarize FILE")?;
    let document = Document::new(std::fs::read_to_string(file)?);
    let summary = Engine::new().summarize(&document, &SummaryOptions::new().max_words(60))?;
    let mut out = std::io::stdout().lock();
    for sentence in summary.sentences {
        writeln!(out, "{:.3} {}", sentence.score, sentence.text)?;
        for reason in sentence.reasons {
            writeln!(out, "      {:+.3} {}", reason.value, reason.name)?;
        }
    }
    Ok(())
}
