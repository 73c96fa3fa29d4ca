//! Summarises every row of a JSON-lines file and writes the summaries' texts, one JSON string a line.
//!
//! `summaries ROWS.jsonl OUT.jsonl (--sentences N | --words N | --lead N)`: a row is `{"docs": [text, ..]}`. `--lead N`
//! writes the first N sentences of the first document instead, as nutgraf splits them.

use nutgraf::{Catalog, DigestOptions, Document, Engine, SummaryOptions};
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [rows, out, what, count] = args.as_slice() else {
        return Err("usage: summaries ROWS.jsonl OUT.jsonl (--sentences N | --words N | --lead N)".into());
    };
    let count: usize = count.parse()?;
    let engine = Engine::with_catalog(Catalog::empty());
    let mut lines = String::new();
    for row in std::fs::read_to_string(rows)?.lines() {
        let row: Value = serde_json::from_str(row)?;
        let texts = row["docs"].as_array().ok_or("a row has no docs")?;
        let documents: Vec<Document> = texts.iter().filter_map(Value::as_str).map(Document::from).collect();
        let options = match what.as_str() {
            "--sentences" => SummaryOptions::new().max_sentences(count),
            "--words" => SummaryOptions::new().max_words(count),
            _ => SummaryOptions::new(),
        };
        let sentences: Vec<String> = if what == "--lead" {
            let digest = engine.digest(&documents[..1], &DigestOptions::new())?;
            let spans = digest.documents[0].sentences.iter().take(count);
            spans.map(|span| documents[0].text()[span.byte_span()].to_string()).collect()
        } else {
            let summary = engine.summarize_story(&documents, &options)?;
            summary.sentences.into_iter().map(|sentence| sentence.text).collect()
        };
        lines.push_str(&Value::from(sentences.join(" ")).to_string());
        lines.push('\n');
    }
    std::fs::write(out, lines)?;
    Ok(())
}
