//! The bodies of the fuzz targets in `fuzz/`, on their corpus and on a bounded number of random inputs.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]

#[path = "../../fuzz/bodies.rs"]
mod bodies;

use proptest::prelude::*;
use std::path::Path;

fn corpus(target: &str, body: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{target} has no corpus");
    for file in files {
        body(&std::fs::read(file).unwrap());
    }
}

#[test]
fn the_corpus_breaks_no_promise() {
    corpus("compiled", bodies::compiled);
    corpus("sources", bodies::sources);
    corpus("finding", bodies::finding);
    corpus("documents", bodies::documents);
    corpus("pages", bodies::pages);
}

/// Text of pieces that matter to the formats and to the words of names.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        "\"",
        ":",
        ",",
        "\n",
        "\t",
        "|",
        "=>",
        " ",
        "id",
        "name",
        "aliases",
        "weak_aliases",
        "kind",
        "label",
        "pattern",
        "LOWER",
        "properties",
        "schema",
        "weakAlias",
        "@prefix s: <http://www.w3.org/2004/02/skos/core#> .",
        "<a:b>",
        "s:prefLabel",
        ".",
        ";",
        "Ann",
        "Ann's",
        "LEE",
        "é",
        "1",
        "place",
        "-",
        "\u{301}",
        "北京",
        "U.S.",
        "'",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn changed_bytes_break_no_promise(changes in prop::collection::vec(any::<[u8; 3]>(), 1..6)) {
        let data: Vec<u8> = std::iter::once(1).chain(changes.concat()).collect();
        bodies::compiled(&data);
    }

    #[test]
    fn any_bytes_break_no_promise(data in prop::collection::vec(any::<u8>(), 0..300)) {
        bodies::compiled(&data);
        bodies::sources(&data);
        bodies::finding(&data);
        bodies::documents(&data);
        bodies::pages(&data);
    }

    #[test]
    fn any_source_breaks_no_promise(format in any::<u8>(), text in text()) {
        let data: Vec<u8> = std::iter::once(format).chain(text.bytes()).collect();
        bodies::sources(&data);
    }

    #[test]
    fn any_names_and_text_break_no_promise(
        names in prop::collection::vec(r"[A-Za-zé'. ]{1,12}", 0..8),
        text in r"[A-Za-zé'. \n]{0,200}",
    ) {
        // The names once more in the text, so that some are found.
        bodies::finding(format!("{}\n\n{text} {}", names.join("\n"), names.join(" x ")).as_bytes());
    }
}
