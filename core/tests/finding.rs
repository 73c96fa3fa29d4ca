//! The vectors in `seeds/vectors/finding`: catalogs, and the bare matcher, give the expected bytes.
//!
//! `BLESS=1 cargo test -p nutgraf --test finding` rewrites the expectations and the list that the C runner reads.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops at the first fault and says what it ran"
)]

mod cases;

use cases::hex;
use nutgraf::binding::{self, Named};
use nutgraf::{Catalog, CatalogBuilder, CatalogFormat, CatalogMatch, Error, FindOptions};
use serde_json::Value;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds/vectors/finding")
}

fn word<'c>(case: &'c Value, key: &str) -> Option<&'c str> {
    case[key].as_str()
}

fn words<'c>(case: &'c Value, key: &str) -> Vec<&'c str> {
    case[key].as_array().into_iter().flatten().map(|word| word.as_str().unwrap()).collect()
}

fn bytes_of(text: &Value) -> Vec<u8> {
    if let Some(bytes) = text["hex"].as_str() {
        return hex(bytes);
    }
    let count = text["repeat"].as_u64().unwrap_or(1) as usize;
    text.as_str().or(text["text"].as_str()).unwrap().repeat(count).into_bytes()
}

fn format(case: &Value, key: &str) -> Result<CatalogFormat, Error> {
    word(case, key).map_or(Ok(CatalogFormat::Jsonl), str::parse)
}

fn catalog(case: &Value) -> Result<Catalog, Error> {
    let mut catalog = if let Some(path) = word(case, "open") {
        binding::open(Path::new(path), Some(true), None)?
    } else if let Some(bytes) = word(case, "compiled") {
        binding::from_bytes(&hex(bytes), None)?
    } else if word(case, "source") == Some("world") {
        Catalog::world()
    } else {
        Catalog::from_source(word(case, "source").unwrap(), format(case, "format")?)?
    };
    if case["add"].is_string() || case["remove"].is_array() {
        let mut added = CatalogBuilder::new();
        added.add_source(word(case, "add").unwrap_or_default(), format(case, "add_format")?)?;
        catalog = catalog.with_changes(added, &words(case, "remove"))?;
    }
    if case["fuzzy"].is_array() {
        let kinds: Result<Vec<_>, _> = words(case, "fuzzy").into_iter().map(binding::kind).collect();
        catalog = catalog.with_fuzzy(&kinds?);
    }
    match word(case, "through") {
        None => Ok(catalog),
        Some("bytes") => binding::from_bytes(&catalog.to_bytes()?, Some(true)),
        Some("unverified") => binding::from_bytes(&catalog.to_bytes()?, Some(false)),
        Some(way) => panic!("no way is called {way}"),
    }
}

fn options(case: &Value) -> Result<FindOptions, Error> {
    let mut options = FindOptions::new();
    if let Some(overlap) = word(case, "overlap") {
        options = options.overlap(overlap.parse()?);
    }
    if let Some(letters) = word(case, "letters") {
        options = options.case(letters.parse()?);
    }
    if let Some(weak) = word(case, "weak") {
        options = options.weak(weak.parse()?);
    }
    if case["kinds"].is_array() {
        let kinds: Result<Vec<_>, _> = words(case, "kinds").into_iter().map(binding::kind).collect();
        options = options.kinds(&kinds?);
    }
    Ok(options)
}

fn json(catalog: &Catalog, text: &str, found: &[CatalogMatch]) -> String {
    Named::list_to_json(&found.iter().map(|found| Named::of(catalog, text, found)).collect::<Vec<_>>())
}

fn answer(case: &Value) -> Result<String, Error> {
    let catalog = catalog(case)?;
    let options = options(case)?;
    let bytes: Vec<Vec<u8>> = case["texts"].as_array().into_iter().flatten().map(bytes_of).collect();
    let job = word(case, "job").unwrap();
    let texts: Vec<&str> = match job {
        "find_in_reader" => Vec::new(),
        _ => bytes.iter().map(|bytes| binding::utf8(bytes, "text")).collect::<Result<_, _>>()?,
    };
    let lines = match job {
        "find" => texts.iter().map(|text| json(&catalog, text, &catalog.find_with(text, &options))).collect(),
        "find_iter" => {
            let found = |text: &&str| catalog.find_iter(*text, &options).collect::<Vec<_>>();
            texts.iter().map(|text| json(&catalog, text, &found(text))).collect()
        }
        "find_batch" => {
            let found = catalog.find_batch(&texts, &options, 2);
            found.iter().zip(&texts).map(|(found, text)| json(&catalog, text, found)).collect()
        }
        "find_in_reader" => {
            let mut stream = catalog.stream(&options)?;
            let piece = case["piece"].as_u64().unwrap() as usize;
            let mut lines = Vec::new();
            for text in &bytes {
                let mut places = Vec::new();
                for piece in text.chunks(piece) {
                    places.extend(stream.push(piece)?);
                }
                places.extend(stream.finish()?);
                let named = places.into_iter().map(|place| Named::of_stream(&catalog, place));
                lines.push(Named::list_to_json(&named.collect::<Vec<_>>()));
            }
            lines
        }
        "entity" => vec![binding::entity(&catalog, case["index"].as_u64().unwrap() as usize)?.to_json()],
        "info" => {
            let info = catalog.info();
            let counts = [info.entities, info.names, info.shared_names, info.duplicate_names];
            vec![counts.map(|count| count.to_string()).join(" ")]
        }
        job => panic!("no job is called {job}"),
    };
    Ok(lines.join("\n"))
}

/// The lines of one case for the C runner.
fn write(case: &Value, line: &mut dyn FnMut(&str, &[u8])) {
    for (key, value) in case.as_object().unwrap().iter().filter(|(key, _)| *key != "name") {
        match (key.as_str(), value) {
            ("compiled", bytes) => line(key, &hex(bytes.as_str().unwrap())),
            ("texts", Value::Array(texts)) => texts.iter().for_each(|text| line("text", &bytes_of(text))),
            (_, Value::Array(words)) => {
                // An empty list is a choice too.
                line(key, b"");
                words.iter().for_each(|word| line(key, word.as_str().unwrap().as_bytes()));
            }
            (_, Value::String(word)) => line(key, word.as_bytes()),
            (_, number) => line(key, number.to_string().as_bytes()),
        }
    }
}

#[test]
fn every_case_gives_the_expected_bytes() {
    let cases = cases::cases(&folder());
    cases::compare(&folder(), &cases, answer, cases::listed(&cases, write));
    println!("finding: {} cases", cases.len());
}

#[test]
fn every_choice_and_every_kind_of_error_has_a_case() {
    let cases = cases::cases(&folder());
    for (key, all) in [
        ("overlap", ["longest", "all", "weight"]),
        ("letters", ["smart", "ignore", "exact"]),
        ("weak", ["supported", "all", "none"]),
    ] {
        for choice in all {
            assert!(
                cases.iter().any(|case| word(case, key) == Some(choice)),
                "no case chooses {key} {choice}"
            );
        }
    }
    for format in CatalogFormat::ALL {
        assert!(
            cases.iter().any(|case| word(case, "format") == Some(format.as_str())),
            "no case reads {format:?}"
        );
    }
    let kinds: Vec<&str> =
        cases.iter().filter_map(|case| answer(case).err()).map(|e| e.kind().as_str()).collect();
    for kind in ["option", "catalog", "document", "file", "io", "span"] {
        assert!(kinds.contains(&kind), "no case fails with {kind}");
    }
}
