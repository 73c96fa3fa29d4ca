//! The sample pages in `seeds/pages`: what is read of each, and what is told apart as furniture.
//!
//! A `.lines` file holds what an attentive reader says: a first line with title, outlet and day of publication, then every
//! line of the text with `title`, `body` (headings included) or the kind of furniture before it.

#![cfg(feature = "html")]
#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]

use nutgraf::{Catalog, DigestOptions, Document, Engine};
use std::path::{Path, PathBuf};

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds/pages");
    let mut pages: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.retain(|page| page.extension().is_some_and(|ending| ending == "html"));
    pages.sort();
    pages
}

/// What the library says about a page, in the form of the annotation; kinds of furniture apart.
fn reading(document: &Document) -> (String, Vec<(String, String)>) {
    let engine = Engine::builder(Catalog::empty()).without_discovery().build();
    let digest = engine.digest(std::slice::from_ref(document), &DigestOptions::new()).unwrap();
    let found = &digest.documents[0];
    let known = [&found.title, &found.source, &found.published].map(|known| known.as_deref().unwrap_or("-"));
    let mut start = 0;
    let mut lines = Vec::new();
    for line in document.text().split('\n') {
        let span = start..start + line.len();
        start = span.end + 1;
        if line.is_empty() {
            continue;
        }
        let mark = found.furniture.iter().find(|mark| mark.span.byte_span() == span);
        let body = found.sentences.iter().any(|sentence| span.contains(&sentence.byte_span().start));
        let kind = match mark {
            Some(mark) => mark.kind.as_str(),
            None if body => "body",
            None => "title",
        };
        lines.push((kind.to_string(), line.to_string()));
    }
    (known.join("\t"), lines)
}

#[test]
fn pages_are_read_as_a_reader_annotated_them() {
    let (mut kinds, mut named) = (0, 0);
    for page in pages() {
        let annotation = std::fs::read_to_string(page.with_extension("lines")).unwrap();
        let document = Document::from_html(&std::fs::read_to_string(&page).unwrap());
        let (known, lines) = reading(&document);
        let mut annotated = annotation.lines().map(|line| line.split_once('\t').unwrap());
        assert_eq!(("document", known.as_str()), annotated.next().unwrap(), "{}", page.display());
        let annotated: Vec<(&str, &str)> = annotated.collect();
        let texts: Vec<&str> = lines.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, annotated.iter().map(|(_, text)| *text).collect::<Vec<_>>(), "{}", page.display());
        for ((found, text), (kind, _)) in lines.iter().zip(&annotated) {
            let part = |kind: &str| {
                if matches!(kind, "title" | "body") { kind.to_string() } else { "furniture".into() }
            };
            assert_eq!(part(found), part(kind), "{}: {text}", page.display());
            kinds += 1;
            named += usize::from(found == kind);
        }
    }
    assert!(kinds > 60, "only {kinds} lines were compared");
    // 57 of 63 as measured: words of a line name another kind than the annotator now and then.
    assert!(named * 100 >= kinds * 88, "{named} of {kinds} lines have the kind that the annotation gives");
}
