//! The stages import in one direction: each module only from its own stage or an earlier one.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]

use std::fs;
use std::path::{Path, PathBuf};

/// The stages from first to last; a stage may use those before it.
const ORDER: &[&str] = &[
    "error", "parallel", "span", "date", "document", "text", "html", "catalog", "mention", "cast", "summary",
    "story", "engine", "wire", "page", "binding", "cli",
];

/// The stage that owns a name which `lib.rs` re-exports.
fn owner(name: &str) -> Option<&'static str> {
    let mut rest = include_str!("../src/lib.rs");
    while let Some(at) = rest.find("pub use ") {
        let statement = &rest[at + 8..];
        let end = statement.find(';').expect("a use statement ends in a semicolon");
        let (module, names) = statement[..end].split_once("::").expect("a re-export names its module");
        if names.trim_matches(['{', '}', ' ', '\n']).split(',').any(|n| n.trim() == name) {
            return ORDER.iter().find(|stage| **stage == module.trim()).copied();
        }
        rest = &statement[end..];
    }
    None
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The names right behind each `crate::` of a source text, groups in braces opened.
fn imports(source: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut names = Vec::new();
    for (at, _) in source.match_indices("crate::") {
        if source[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &source[at + 7..];
        let Some(group) = rest.strip_prefix('{') else {
            names.push(word(rest));
            continue;
        };
        let (mut depth, mut start) = (0, true);
        for (i, c) in group.char_indices() {
            if start && c.is_alphabetic() {
                names.push(word(&group[i..]));
                start = false;
            }
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => start = true,
                _ => {}
            }
        }
    }
    names
}

#[test]
fn every_module_imports_from_its_own_stage_or_an_earlier_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let rank = |stage: &str| ORDER.iter().position(|s| *s == stage);
    let (mut checked, mut wrong) = (0, Vec::new());
    for file in files {
        let inside = file.strip_prefix(&root).unwrap();
        let stage = inside.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        // Unit tests may build a document or an engine to test with.
        if matches!(stage, "lib" | "bin") || inside.file_name().is_some_and(|name| name == "tests.rs") {
            continue;
        }
        let own = rank(stage).unwrap_or_else(|| panic!("{stage} is not in ORDER: give the stage its place"));
        let source = fs::read_to_string(&file).unwrap();
        let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap();
        for name in imports(code) {
            let Some(used) = rank(&name).or_else(|| owner(&name).and_then(rank)) else { continue };
            checked += 1;
            if used > own {
                wrong.push(format!("{} uses {name} of the later stage {}", inside.display(), ORDER[used]));
            }
        }
    }
    assert!(checked > 50, "only {checked} imports were seen; the reading of the sources is broken");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
