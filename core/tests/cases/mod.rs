//! What the runners of vectors share: a folder with `cases.json`, an expected answer for each case, and the list of the
//! cases that the C runner reads.

#![allow(clippy::unwrap_used, reason = "a test stops at the first fault")]

use nutgraf::Error;
use serde_json::Value;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The cases of a folder.
pub(crate) fn cases(folder: &Path) -> Vec<Value> {
    let cases = std::fs::read_to_string(folder.join("cases.json")).unwrap();
    serde_json::from_str::<Vec<Value>>(&cases).unwrap()
}

fn name(case: &Value) -> &str {
    case["name"].as_str().unwrap()
}

/// Bytes written as `EF BB BF`.
pub(crate) fn hex(text: &str) -> Vec<u8> {
    text.split(' ').map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect()
}

/// The cases as lines `key value`, values percent-encoded: what a program without a JSON parser reads. `write` writes
/// the lines of one case between its first and its last.
pub(crate) fn listed(cases: &[Value], write: impl Fn(&Value, &mut dyn FnMut(&str, &[u8]))) -> String {
    let mut list = String::new();
    let mut line = |key: &str, value: &[u8]| {
        list.push_str(key);
        list.push(' ');
        for &byte in value {
            match byte {
                b'!'..=b'$' | b'&'..=b'~' => list.push(byte as char),
                _ => write!(list, "%{byte:02X}").unwrap(),
            }
        }
        list.push('\n');
    };
    for case in cases {
        line("case", name(case).as_bytes());
        write(case, &mut line);
        line("end", b"");
    }
    list
}

/// Compares every answer and the list with what the folder holds, or writes them there when `BLESS` is set.
pub(crate) fn compare(
    folder: &Path,
    cases: &[Value],
    answer: impl Fn(&Value) -> Result<String, Error>,
    listed: String,
) {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    let mut check = |file: PathBuf, found: String| {
        if bless {
            std::fs::write(&file, found).unwrap();
        } else if std::fs::read_to_string(&file).unwrap_or_default() != found {
            wrong.push(format!("{}\n  found {found}", file.display()));
        }
    };
    let expected = folder.join("expected");
    if bless {
        std::fs::create_dir_all(&expected).unwrap();
        for file in std::fs::read_dir(&expected).unwrap() {
            std::fs::remove_file(file.unwrap().path()).unwrap();
        }
    }
    for case in cases {
        let found = answer(case).unwrap_or_else(|e| format!("error {}: {e}", e.kind().as_str()));
        check(expected.join(format!("{}.out", name(case))), format!("{found}\n"));
    }
    check(folder.join("cases.txt"), listed);
    let mut names: Vec<String> = cases.iter().map(|case| format!("{}.out", name(case))).collect();
    names.sort();
    let files = std::fs::read_dir(&expected).unwrap();
    let mut files: Vec<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    assert_eq!(names, files, "one file for each case, and names are unique");
    assert!(wrong.is_empty(), "{} differ (make bless rewrites them):\n{}", wrong.len(), wrong.join("\n"));
}
