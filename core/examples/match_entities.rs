//! Lists who and what is named in a file: `cargo run --example match_entities -- article.txt`.

use nutgraf::{Document, Engine};
use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("usage: match_entities FILE")?;
    let document = Document::new(std::fs::read_to_string(file)?);
    let mut out = std::io::stdout().lock();
    for mention in Engine::new().match_entities(&document)?.mentions {
        let entity = mention.entity.as_deref().unwrap_or("?");
        writeln!(out, "{:?} {} {entity} {:.2}", mention.span.byte_span(), mention.text, mention.score)?;
    }
    Ok(())
}
