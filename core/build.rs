//! Compiles the built-in world catalog for embedding.
//!
//! In: the JSONL files of `src/catalog/world`, which `seeds/world/make_world.py` writes. Out: `world.catalog` in the build
//! folder, the compiled form of all rows in the order of the file names, written by the library's own modules. The data
//! lies inside the package, so a packaged crate builds by itself. A row that the library could not read stops the build
//! with its file and line.

// Cargo listens to what a build script prints; the library's modules hold more than the build asks of them.
#![allow(clippy::print_stdout, dead_code, unreachable_pub)]

#[path = "src/error.rs"]
mod error;
#[path = "src/parallel.rs"]
mod parallel;
#[path = "src/span.rs"]
mod span;
#[path = "src/text"]
mod text {
    pub(crate) mod fold;
}
#[path = "src/catalog"]
mod catalog {
    pub(crate) mod build;
    pub(crate) mod entity;
    pub(crate) mod file;
    pub(crate) mod found;
    pub(crate) mod gap;
    pub(crate) mod letter;
    pub(crate) mod name;
    pub(crate) mod record;
    pub(crate) mod rows;
    pub(crate) mod scan;
    pub(crate) mod sort;
    pub(crate) mod source;
    pub(crate) mod table;
    pub(crate) mod view;
    pub(crate) mod word;
}

use error::{Error, ErrorKind};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

const KINDS: [&str; 8] =
    ["person", "organization", "place", "event", "product", "work", "nationality", "other"];
const FIELDS: [&str; 7] = ["id", "name", "kind", "aliases", "weak_aliases", "description", "weight"];

fn main() {
    let folder =
        PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("src/catalog/world");
    println!("cargo::rerun-if-changed={}", folder.display());
    let output = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("world.catalog");
    let compiled = gather(&folder).and_then(|text| compile(&text)).unwrap_or_else(|message| {
        println!("cargo::error={message}");
        process::exit(1);
    });
    if let Err(error) = fs::write(&output, compiled) {
        println!("cargo::error=world catalog: {} cannot be written: {error}", output.display());
        process::exit(1);
    }
}

/// The compiled form of checked rows.
fn compile(text: &str) -> Result<Vec<u8>, String> {
    let mut drafts = catalog::build::Drafts::default();
    let added = catalog::source::read_jsonl(text, |entity| drafts.add(entity));
    let sections = added.and_then(|()| drafts.finish()).map_err(|error| format!("world {error}"))?;
    let mut bytes = vec![0; sections.size()];
    catalog::file::write(&sections, &mut bytes);
    Ok(bytes)
}

fn gather(folder: &Path) -> Result<String, String> {
    let unreadable = |path: &Path, error: std::io::Error| {
        format!("world catalog: {} cannot be read: {error}", path.display())
    };
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, error))?;
    let mut files: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    if files.is_empty() {
        return Err(format!("world catalog: {} holds no .jsonl file", folder.display()));
    }
    let mut text = String::new();
    let mut places = BTreeMap::new();
    for path in &files {
        println!("cargo::rerun-if-changed={}", path.display());
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let content = fs::read_to_string(path).map_err(|error| unreadable(path, error))?;
        for (index, line) in content.lines().enumerate() {
            let place = format!("{name} line {}", index + 1);
            let id = check(line).map_err(|message| format!("world catalog, {place}: {message}"))?;
            if let Some(first) = places.insert(id.clone(), place.clone()) {
                return Err(format!(
                    "world catalog, {place}: id {id:?} stands at {first} already; an id is unique"
                ));
            }
            text.push_str(line);
            text.push('\n');
        }
    }
    Ok(text)
}

/// Checks one row and returns its id.
fn check(line: &str) -> Result<String, String> {
    let row: Value = serde_json::from_str(line).map_err(|error| format!("not JSON: {error}"))?;
    let row = row.as_object().ok_or("not a JSON object")?;
    if let Some(field) = row.keys().find(|field| !FIELDS.contains(&field.as_str())) {
        return Err(format!("field {field:?} is not known; accepted are {}", FIELDS.join(", ")));
    }
    let text = |field: &str| match row.get(field).and_then(Value::as_str) {
        Some(text) if text.chars().any(char::is_alphanumeric) => Ok(text),
        _ => Err(format!("{field} is missing or empty; it needs at least one letter or digit")),
    };
    let id = text("id")?;
    text("name")?;
    text("description")?;
    let kind = text("kind")?;
    if !KINDS.contains(&kind) {
        return Err(format!("kind {kind:?} is not known; accepted are {}", KINDS.join(", ")));
    }
    for field in ["aliases", "weak_aliases"] {
        let Some(names) = row.get(field) else { continue };
        let names = names.as_array().ok_or_else(|| format!("{field} is not a list"))?;
        for (index, name) in names.iter().enumerate() {
            if !name.as_str().is_some_and(|name| name.chars().any(char::is_alphanumeric)) {
                return Err(format!("{field}[{index}] is empty; a name needs at least one letter or digit"));
            }
        }
    }
    match row.get("weight").and_then(Value::as_f64) {
        Some(weight) if weight > 0.0 => Ok(id.to_owned()),
        _ => Err("weight is missing or not above 0".to_owned()),
    }
}
