//! Reads several articles on one story and prints a page: `cargo run --example digest -- one.txt two.txt`.

use nutgraf::{DigestOptions, Document, Engine, SummaryOptions};
use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let read = |file: String| Ok(Document::new(std::fs::read_to_string(&file)?).with_id(file));
    let documents = std::env::args().skip(1).map(read).collect::<Result<Vec<_>, std::io::Error>>()?;
    let options = DigestOptions::new().summary(SummaryOptions::new().max_sentences(5));
    let digest = Engine::new().digest(&documents, &options)?;
    std::io::stdout().lock().write_all(digest.to_text().as_bytes())?;
    Ok(())
}
