//! The compiled form of `golden/catalog.jsonl`, byte by byte, in a file for each version of the format.
//!
//! A file that differs tells that the format, folding or hashing has changed: raise `VERSION` in `catalog/file.rs`, then
//! `BLESS=1 cargo test -p nutgraf --test golden` writes the file of the new version. Files of older versions stay: the
//! library must refuse them and say why.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]

use nutgraf::{Catalog, ErrorKind};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn version(bytes: &[u8]) -> u32 {
    u32::from_le_bytes(bytes[8..12].try_into().unwrap())
}

#[test]
fn the_compiled_form_is_the_committed_one() {
    let source = std::fs::read(folder().join("catalog.jsonl")).unwrap();
    let built = Catalog::from_jsonl(&source).unwrap();
    let bytes = built.to_bytes().unwrap();
    let path = folder().join(format!("catalog.v{}", version(&bytes)));
    if std::env::var_os("BLESS").is_some() && !path.exists() {
        std::fs::write(&path, &bytes).unwrap();
    }
    let committed = std::fs::read(&path).unwrap_or_default();
    assert!(
        committed == bytes,
        "{} differs: raise VERSION in catalog/file.rs, then BLESS=1 cargo test -p nutgraf --test golden",
        path.display()
    );
    let text = "Zoran Petrov of Brno, once Bruenn or BRUNN, left the Bank of Brno. Petrov is in 北京.";
    for opened in [Catalog::open(&path).unwrap(), Catalog::read(&path).unwrap()] {
        opened.verify().unwrap();
        assert_eq!((opened.info(), opened.find(text)), (built.info(), built.find(text)));
        let surfaces: Vec<&str> =
            opened.find(text).iter().map(|found| &text[found.span.byte_span()]).collect();
        assert_eq!(surfaces, ["Zoran Petrov", "Brno", "BRUNN", "Bank of Brno", "Petrov", "北京"]);
    }
}

#[test]
fn files_of_older_versions_are_refused() {
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let current = version(&Catalog::empty().to_bytes().unwrap());
        if path.extension().is_some_and(|ending| ending == "jsonl") || version(&bytes) == current {
            continue;
        }
        let error = Catalog::open(&path).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::File);
        let message = format!("it has version {}, this library reads version {current}", version(&bytes));
        assert!(error.to_string().contains(&message), "{error}");
    }
}
