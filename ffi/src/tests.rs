//! The header against the code, and the boundary's promises.

use crate::boundary::{OK, PANIC, fallible, infallible};
use crate::error::{ErrorHandle, nutgraf_error_free, nutgraf_error_message, nutgraf_error_status};
use nutgraf::ErrorKind;
use std::collections::BTreeMap;
use std::path::Path;
use std::ptr::null_mut;

/// Functions by name, each as the list of its C types: parameters, then the result.
type Signatures = BTreeMap<String, Vec<String>>;

fn header() -> String {
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("include/nutgraf.h")).unwrap();
    let mut plain = String::new();
    for part in text.split("/*") {
        plain.push_str(part.split_once("*/").map_or(part, |(_, rest)| rest));
    }
    plain
}

/// The last parameters with the brackets of function pointers as braces, so that the closing one ends the list.
fn function_pointers(parameters: &str) -> String {
    parameters.replace("(*release)(void *context)", "{*release}{void *}")
}

fn declared() -> Signatures {
    let mut found = Signatures::new();
    for statement in header().split(';') {
        let statement = statement.split_whitespace().collect::<Vec<_>>().join(" ");
        let typedef = statement.starts_with("typedef");
        let Some((head, parameters)) = statement.split_once('(').filter(|_| !typedef) else { continue };
        let parameters = &function_pointers(parameters);
        let head = head.rsplit(['}', '"']).next().unwrap().trim().trim_start_matches("{ ");
        let at = head.rfind("nutgraf_").unwrap();
        let mut types: Vec<String> = parameters
            .trim_end_matches(')')
            .split(',')
            .filter(|p| *p != "void")
            .map(|p| p.replace('{', "(").replace('}', ")"))
            .map(|p| {
                let p = p.trim();
                if let Some((before, after)) = p.split_once("(*") {
                    return format!("{before}(*){}", after.split_once(')').unwrap().1).replace(' ', "");
                }
                let name = p.rfind(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap() + 1;
                p[..name].replace(' ', "")
            })
            .collect();
        types.push(head[..at].replace(' ', ""));
        assert!(found.insert(head[at..].to_string(), types).is_none(), "{head} is declared twice");
    }
    found
}

fn c_type(rust: &str) -> String {
    let rust = rust.trim().trim_start_matches("crate::string::");
    if let Some(inner) = rust.strip_prefix("*const *const ") {
        return format!("const{}*const*", c_type(inner));
    }
    if let Some(inner) = rust.strip_prefix("*const ") {
        return format!("const{}*", c_type(inner));
    }
    if let Some(inner) = rust.strip_prefix("*mut ") {
        return format!("{}*", c_type(inner));
    }
    let name = match rust {
        "u32" => "uint32_t",
        "usize" => "size_t",
        "f64" => "double",
        "()" => "void",
        "String" => "nutgraf_string",
        "Span" => "nutgraf_span",
        "ErrorHandle" => "nutgraf_error",
        "Document" => "nutgraf_document",
        "Catalog" => "nutgraf_catalog",
        "Engine" => "nutgraf_engine",
        "Located" => "nutgraf_catalog_matches",
        "Batch<Located>" => "nutgraf_catalog_matches_batch",
        "CatalogStream" => "nutgraf_catalog_stream",
        "FindOptions" => "nutgraf_find_options",
        "Info" => "nutgraf_catalog_info",
        "Row" => "nutgraf_entity",
        "Bytes" => "nutgraf_bytes",
        "c_void" => "void",
        "EngineBuilder" => "nutgraf_engine_builder",
        "Tagger" => "nutgraf_tagger",
        "SummaryOptions" => "nutgraf_summary_options",
        "DigestOptions" => "nutgraf_digest_options",
        "Option<CounterFunction>" => "nutgraf_counter",
        "Option<unsafe extern \"C\" fn(*mut c_void)>" => "void(*)(void*)",
        "Matched" | "Shown<Matches>" => "nutgraf_matches",
        "Summarized" => "nutgraf_summary",
        "Digested" => "nutgraf_digest",
        "Explained" | "Shown<Explanation>" => "nutgraf_explanation",
        "Topics" | "Shown<KeyTopics>" => "nutgraf_key_topics",
        "Checked" | "Shown<HeadlineCheck>" => "nutgraf_headline_check",
        "Sorted" | "Shown<Stories>" => "nutgraf_stories",
        "Compared" => "nutgraf_similarity",
        "Batch<Matched>" | "Batch<Shown<Matches>>" => "nutgraf_matches_batch",
        "Batch<Summarized>" => "nutgraf_summary_batch",
        "Batch<Digested>" => "nutgraf_digest_batch",
        other => panic!("the Rust type {other} has no C name"),
    };
    name.to_string()
}

fn defined() -> Signatures {
    let mut found = Signatures::new();
    for file in ["answer", "catalog", "document", "engine", "error", "finding", "options", "result", "string"]
    {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/{file}.rs"));
        let source = std::fs::read_to_string(path).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        let mut add = |name: &str, parameters: &str, result: &str| {
            let mut types: Vec<String> = parameters
                .split(", ")
                .filter(|p| !p.trim().is_empty())
                .map(|p| c_type(p.trim().trim_end_matches(',').split_once(": ").unwrap().1))
                .collect();
            types.push(c_type(result));
            assert!(found.insert(name.to_string(), types).is_none(), "{name} is defined twice");
        };
        for part in source.split("extern \"C\" fn ").skip(1).filter(|part| part.starts_with("nutgraf_")) {
            let (name, rest) = part.split_once('(').unwrap();
            let (signature, _) = rest.split_once('{').unwrap();
            let (parameters, result) = signature.rsplit_once(')').unwrap();
            add(name, parameters, result.trim().strip_prefix("-> ").unwrap_or("()"));
        }
        for part in source.split("free!(").skip(1) {
            let (name, rest) = part.split_once(", ").unwrap();
            add(
                name.trim_start_matches('('),
                &format!("handle: *mut {}", rest.split_once(')').unwrap().0),
                "()",
            );
        }
        for part in source.split(" limit!(").skip(1) {
            let parts: Vec<&str> = part.split_once(')').unwrap().0.split(", ").collect();
            let error = "error: *mut *mut ErrorHandle";
            add(parts[0], &format!("options: *mut SummaryOptions, limit: {}, {error}", parts[2]), "u32");
        }
        for part in source.split(" pin!(").skip(1) {
            let name = part.split_once(", ").unwrap().0;
            let places = ["first_document", "first_byte", "second_document", "second_byte"];
            let places = places.map(|name| format!("{name}: usize")).join(", ");
            add(name, &format!("options: *mut DigestOptions, {places}, error: *mut *mut ErrorHandle"), "u32");
        }
        let jobs = source.split_once(" jobs! { ").map_or("", |(_, jobs)| jobs);
        for part in jobs.split("\" nutgraf_").skip(1) {
            let (name, rest) = part.split_once('(').unwrap();
            let (parameters, rest) = rest.split_once(") -> ").unwrap();
            let (plain, options) = parameters.split_once(';').unwrap();
            let options = options.trim().replace(": ", ": *const ");
            let plain = plain.trim().strip_prefix("documents: count").unwrap().trim_start_matches(", ");
            let out = format!("out: *mut *mut {}", rest.split_once(" =").unwrap().0);
            let all = [
                "engine: *const Engine",
                "documents: *const *const Document",
                "count: usize",
                &options,
                plain,
            ]
            .into_iter()
            .chain([out.as_str(), "error: *mut *mut ErrorHandle"]);
            let all: Vec<&str> = all.filter(|part| !part.is_empty()).collect();
            add(&format!("nutgraf_{name}"), &all.join(", "), "u32");
        }
        for part in source.split("; nutgraf_").flat_map(|part| part.split("accessors! { nutgraf_")).skip(1) {
            let (name, rest) = part.split_once('(').unwrap();
            let (parameters, rest) = rest.split_once(") -> ").unwrap();
            let handle = parameters.split(", ").next().unwrap();
            let handle = handle.replace(": ", ": *const ");
            let index = ", index: usize".repeat(parameters.matches(", ").count());
            add(&format!("nutgraf_{name}"), &format!("{handle}{index}"), rest.split_once(" =").unwrap().0);
        }
    }
    found
}

#[test]
fn header_and_code_declare_the_same_functions() {
    let aliases = [
        "nutgraf_status",
        "nutgraf_entity_kind",
        "nutgraf_found",
        "nutgraf_catalog_format",
        "nutgraf_overlap",
        "nutgraf_case_matching",
        "nutgraf_weak_names",
        "nutgraf_quote_kind",
        "nutgraf_relation",
    ];
    let mut declared = declared();
    for types in declared.values_mut() {
        for name in types {
            for alias in aliases {
                if name.trim_start_matches("const").trim_end_matches('*') == alias {
                    *name = name.replace(alias, "uint32_t");
                }
            }
        }
    }
    let defined = defined();
    assert!(declared.len() > 60, "the header was not read");
    for name in declared.keys().chain(defined.keys()) {
        assert_eq!(declared.get(name), defined.get(name), "{name}: header left, code right");
    }
}

#[test]
fn header_numbers_are_the_codes() {
    let header = header();
    let number = |name: &str| {
        let line = header.lines().find(|line| line.starts_with(&format!("#define {name} "))).unwrap();
        line.split_whitespace().nth(2).unwrap().trim_end_matches('u').parse::<u32>().unwrap()
    };
    assert_eq!((number("NUTGRAF_OK"), number("NUTGRAF_ERROR_PANIC")), (OK, PANIC));
    for kind in [
        ErrorKind::Option,
        ErrorKind::Catalog,
        ErrorKind::File,
        ErrorKind::Document,
        ErrorKind::Limit,
        ErrorKind::Io,
        ErrorKind::Span,
        ErrorKind::Callback,
    ] {
        assert_eq!(number(&format!("NUTGRAF_ERROR_{}", kind.as_str().to_uppercase())), kind as u32);
    }
    for kind in nutgraf::EntityKind::ALL {
        assert_eq!(number(&format!("NUTGRAF_{}", kind.as_str().to_uppercase())), kind as u32);
    }
    for format in nutgraf::CatalogFormat::ALL {
        assert_eq!(number(&format!("NUTGRAF_{}", format.as_str().to_uppercase())), format as u32);
    }
    for overlap in nutgraf::Overlap::ALL {
        assert_eq!(number(&format!("NUTGRAF_OVERLAP_{}", overlap.as_str().to_uppercase())), overlap as u32);
    }
    for case in nutgraf::CaseMatching::ALL {
        assert_eq!(number(&format!("NUTGRAF_CASE_{}", case.as_str().to_uppercase())), case as u32);
    }
    for weak in nutgraf::WeakNames::ALL {
        assert_eq!(number(&format!("NUTGRAF_WEAK_{}", weak.as_str().to_uppercase())), weak as u32);
    }
    use nutgraf::Found;
    for found in [Found::Exact, Found::Folded, Found::ShortForm, Found::Fuzzy, Found::Discovered] {
        assert_eq!(number(&format!("NUTGRAF_{}", found.as_str().to_uppercase())), found as u32);
    }
}

#[test]
fn a_panic_becomes_a_status_with_its_message() {
    let mut out: *mut u8 = null_mut();
    let mut error: *mut ErrorHandle = null_mut();
    // SAFETY: both places are writable, and the error is read and freed once.
    unsafe {
        let status =
            fallible(&raw mut out, &raw mut error, || -> Result<u8, _> { panic!("invariant {}", 7) });
        assert_eq!((status, nutgraf_error_status(error), out.is_null()), (PANIC, PANIC, true));
        let message = nutgraf_error_message(error).text("message").unwrap();
        assert_eq!(message, "invariant 7");
        nutgraf_error_free(error);
        assert_eq!(fallible::<u8>(&raw mut out, null_mut(), || panic!("no place for the error")), PANIC);
    }
    assert_eq!(infallible(7, || panic!("in an accessor")), 7);
}

#[test]
fn no_place_for_the_result_is_an_error_and_runs_nothing() {
    let mut error: *mut ErrorHandle = null_mut();
    // SAFETY: the error's place is writable, and the error is freed once.
    unsafe {
        let status = fallible(null_mut(), &raw mut error, || -> Result<u8, _> { panic!("ran") });
        assert_eq!(status, ErrorKind::Option as u32);
        nutgraf_error_free(error);
    }
}
