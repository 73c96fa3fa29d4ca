//! The vectors in `seeds/vectors`: every job on every case gives the expected bytes.
//!
//! `BLESS=1 cargo test -p nutgraf --test vectors` rewrites the expectations and the list that the C runner reads.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops at the first fault and says what it ran"
)]

mod cases;

use nutgraf::{
    Catalog, Counter, DigestOptions, Document, Engine, Error, ErrorKind, SummaryOptions, Tagger, binding,
    name_similarity,
};
use serde_json::Value;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds/vectors")
}

fn bytes_of(value: &Value, file_folder: &str) -> Vec<u8> {
    if let Some(file) = value["file"].as_str() {
        return std::fs::read(folder().join(file_folder).join(file)).unwrap();
    }
    if let Some(hex) = value["hex"].as_str() {
        return cases::hex(hex);
    }
    let text = value["text"].as_str().or(value.as_str()).unwrap_or_else(|| panic!("no text in {value}"));
    match value["repeat"].as_u64() {
        Some(count) => text.repeat(count as usize).into_bytes(),
        None => text.as_bytes().to_vec(),
    }
}

fn engine(case: &Value) -> Result<Engine, Error> {
    let catalog = match &case["catalog"] {
        Value::Null => Catalog::from_jsonl(&std::fs::read(folder().join("catalogs/people.jsonl")).unwrap())?,
        Value::String(name) if name == "world" => Catalog::world(),
        catalog => Catalog::from_jsonl(&bytes_of(catalog, "catalogs"))?,
    };
    let mut builder = Engine::builder(catalog);
    if let Some(bytes) = case["options"]["max_document_bytes"].as_u64() {
        builder = builder.max_document_bytes(bytes as usize);
    }
    match &case["tagger"] {
        Value::Null => {}
        Value::String(name) if name == "built_in" => builder = builder.tagger(Tagger::built_in()),
        tagger => builder = builder.tagger(Tagger::from_bytes(bytes_of(tagger, "taggers"))?),
    }
    if case["options"]["discovery"] == Value::Bool(false) {
        builder = builder.without_discovery();
    }
    Ok(builder.build())
}

fn documents(listed: &Value) -> Result<Vec<Document>, Error> {
    let document = |value: &Value| {
        let bytes = bytes_of(value, "documents");
        let mut document = if value["html"] == Value::Bool(true) {
            Document::from_html(binding::utf8(&bytes, "HTML")?)
        } else {
            Document::new(binding::utf8(&bytes, "text")?)
        };
        if let Some(id) = value["id"].as_str() {
            document = document.with_id(id);
        }
        if let Some(title) = value["title"].as_str() {
            document = document.with_title(title);
        }
        if let Some(source) = value["source"].as_str() {
            document = document.with_source(source);
        }
        if let Some(published) = value["published"].as_str() {
            document = document.with_published(published.parse()?);
        }
        Ok(document)
    };
    listed.as_array().unwrap_or(&Vec::new()).iter().map(document).collect()
}

fn count(case: &Value, name: &str) -> Option<usize> {
    case["options"][name].as_u64().map(|n| n as usize)
}

fn limits(case: &Value) -> Result<SummaryOptions, Error> {
    let options = &case["options"];
    let mut limits = SummaryOptions::new().since(documents(&case["since"])?);
    if let Some(n) = count(case, "max_sentences") {
        limits = limits.max_sentences(n);
    }
    if let Some(n) = count(case, "max_words") {
        limits = limits.max_words(n);
    }
    if let Some(n) = count(case, "max_chars") {
        limits = limits.max_chars(n);
    }
    if let Some(n) = count(case, "max_bytes") {
        limits = limits.max_bytes(n);
    }
    if let Some(n) = count(case, "max_tokens") {
        limits = limits.max_tokens(n, counter(options["counter"].as_str().unwrap()));
    }
    if let Some(share) = options["ratio"].as_f64() {
        limits = limits.ratio(share);
    }
    if let Some(phrases) = options["about"].as_array() {
        limits = limits.about(phrases.iter().map(|phrase| phrase.as_str().unwrap()));
    }
    Ok(limits.about_required(options["about_required"] == Value::Bool(true)))
}

/// `bytes` counts bytes, `failing` fails as a C function with status 7 does.
fn counter(name: &str) -> Counter {
    match name {
        "bytes" => Counter::new(|text| Ok(text.len())),
        "failing" => {
            Counter::new(|_| Err(Error::new(ErrorKind::Callback, "the counter failed with status 7")))
        }
        other => panic!("no counter is called {other}"),
    }
}

fn pins(case: &Value) -> DigestOptions {
    let places = |name: &str| -> Vec<[usize; 4]> {
        let pairs = case["options"][name].as_array().cloned().unwrap_or_default();
        let place = |pair: &Value, i: usize, j: usize| pair[i][j].as_u64().unwrap() as usize;
        pairs.iter().map(|p| [place(p, 0, 0), place(p, 0, 1), place(p, 1, 0), place(p, 1, 1)]).collect()
    };
    let mut options = DigestOptions::new();
    for [d1, b1, d2, b2] in places("pin_together") {
        options = options.pin_together((d1, b1), (d2, b2));
    }
    for [d1, b1, d2, b2] in places("pin_apart") {
        options = options.pin_apart((d1, b1), (d2, b2));
    }
    options
}

fn answer(case: &Value) -> Result<String, Error> {
    let engine = engine(case)?;
    let documents = documents(&case["documents"])?;
    let limits = limits(case)?;
    let word = |name: &str| case["options"][name].as_str().unwrap();
    // Every result can be shown in the same ways, without a type that says so.
    macro_rules! shown {
        ($result:expr) => {{
            let result = $result;
            match case["show"].as_str() {
                None => result.to_json(),
                Some("text") => result.to_text(),
                show => panic!("cannot show as {show:?}"),
            }
        }};
    }
    Ok(match case["job"].as_str().unwrap() {
        "match_entities" => {
            let found = engine.match_entities(&documents[0])?;
            if case["show"] == "html" { found.to_html(&documents[0])? } else { shown!(found) }
        }
        "summarize" => {
            let summary = engine.summarize(&documents[0], &limits)?;
            if case["show"] == "html" { summary.to_html() } else { shown!(summary) }
        }
        "summarize_story" => shown!(engine.summarize_story(&documents, &limits)?),
        "digest" => {
            let digest = engine.digest(&documents, &pins(case).summary(limits))?;
            match case["show"].as_str() {
                Some("html") => digest.to_html(&documents)?,
                Some("markdown") => digest.to_markdown(),
                _ => shown!(digest),
            }
        }
        "explain" => {
            let document = count(case, "document").unwrap_or_default();
            shown!(engine.explain(&documents, &limits, document, count(case, "sentence").unwrap())?)
        }
        "key_topics" => shown!(engine.key_topics(&documents, count(case, "count").unwrap())?),
        "check_headline" => shown!(engine.check_headline(&documents, word("headline"))?),
        "group_stories" => shown!(engine.group_stories(&documents)?),
        "name_similarity" => shown!(name_similarity(word("a"), word("b"))),
        job => panic!("no job is called {job}"),
    })
}

/// The lines of one case for the C runner.
fn write(case: &Value, line: &mut dyn FnMut(&str, &[u8])) {
    line("job", case["job"].as_str().unwrap().as_bytes());
    if let Some(show) = case["show"].as_str() {
        line("show", show.as_bytes());
    }
    match &case["tagger"] {
        Value::Null => {}
        Value::String(name) if name == "built_in" => line("tagger_built_in", b""),
        tagger => line("tagger_bytes", &bytes_of(tagger, "taggers")),
    }
    match &case["catalog"] {
        Value::Null => line("catalog_file", b"people.jsonl"),
        Value::String(name) if name == "world" => line("catalog_world", b""),
        catalog if catalog["file"].is_string() => {
            line("catalog_file", catalog["file"].as_str().unwrap().as_bytes());
        }
        catalog => line("catalog_text", &bytes_of(catalog, "catalogs")),
    }
    let known = case["since"].as_array().into_iter().flatten().map(|document| ("since", document));
    let given = case["documents"].as_array().into_iter().flatten().map(|document| ("document", document));
    for (kind, document) in known.chain(given) {
        let kind = if document["html"] == Value::Bool(true) { "page" } else { kind };
        match document["file"].as_str() {
            Some(file) => line(&format!("{kind}_file"), file.as_bytes()),
            None => line(&format!("{kind}_text"), &bytes_of(document, "documents")),
        }
        for key in ["id", "title", "source", "published"] {
            if let Some(value) = document[key].as_str() {
                line(key, value.as_bytes());
            }
        }
    }
    if let Some(options) = case["options"].as_object() {
        for (key, value) in options {
            match value {
                Value::String(text) => line(key, text.as_bytes()),
                Value::Array(items) => {
                    for item in items {
                        let numbers = |list: &Value| list.as_array().unwrap().clone();
                        let word = match item {
                            Value::String(phrase) => phrase.clone(),
                            pair => numbers(pair)
                                .iter()
                                .flat_map(numbers)
                                .map(|n| format!("{n} "))
                                .collect::<String>(),
                        };
                        line(key, word.as_bytes());
                    }
                }
                plain => line(key, plain.to_string().as_bytes()),
            }
        }
    }
}

#[test]
fn every_vector_gives_the_expected_bytes() {
    let cases = cases::cases(&folder());
    cases::compare(&folder(), &cases, answer, cases::listed(&cases, write));
    println!("vectors: {} cases", cases.len());
}

#[test]
fn every_error_kind_that_a_job_can_meet_has_a_case() {
    let kinds: Vec<&str> = cases::cases(&folder())
        .iter()
        .filter_map(|case| answer(case).err())
        .map(|e| e.kind().as_str())
        .collect();
    for kind in ["option", "catalog", "document", "limit", "span", "callback"] {
        assert!(kinds.contains(&kind), "no case fails with {kind}");
    }
}
