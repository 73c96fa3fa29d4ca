//! Plain text of pages, in our own words, with the line-by-line reading of an annotator: `seeds/plain`.
//!
//! A line of a `.lines` file is a kind, a tab and the line of the page: `title` (headings included, never counted), `body`,
//! or a kind of furniture. An empty line is an empty line of the page.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]

use nutgraf::{Catalog, DigestOptions, Document, Engine};
use std::path::Path;

#[test]
fn furniture_of_plain_pages_is_found_and_their_articles_stay() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds/plain");
    let mut pages: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    let engine = Engine::builder(Catalog::empty()).without_discovery().build();
    let (mut right, mut wrong, mut missed, mut lost, mut whole) = (0, 0, 0, 0, 0);
    for page in pages {
        let annotation = std::fs::read_to_string(page).unwrap();
        let lines: Vec<(&str, &str)> =
            annotation.lines().map(|line| line.split_once('\t').unwrap_or(("title", line))).collect();
        let text: String = lines.iter().map(|(_, line)| format!("{line}\n")).collect();
        let digest = engine.digest(&[Document::new(text)], &DigestOptions::new()).unwrap();
        let mut start = 0;
        for (kind, line) in lines {
            let span = start..start + line.len();
            start = span.end + 1;
            let dropped = digest.documents[0]
                .furniture
                .iter()
                .any(|mark| mark.span.byte_span() == span && !line.is_empty());
            match (kind, dropped) {
                ("title", _) => {}
                ("body", _) => {
                    whole += line.len();
                    lost += if dropped { line.len() } else { 0 };
                    wrong += usize::from(dropped);
                }
                (_, true) => right += 1,
                (_, false) => missed += 1,
            }
        }
    }
    assert!(right + missed >= 70 && whole >= 3000, "{right} and {missed} lines, {whole} bytes");
    let f1 = 2.0 * f64::from(right) / (2.0 * f64::from(right) + wrong as f64 + f64::from(missed));
    assert!(f1 >= 0.96, "furniture of plain pages: F1 {f1:.3}");
    assert!(lost * 40 <= whole, "{lost} of {whole} bytes of the articles are lost");
}
