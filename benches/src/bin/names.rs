//! Scores `name_similarity` on files of labelled name pairs and prints one JSON object: figure, value.
//!
//! `names FOLDER`: every `*.jsonl` there holds lines with `a`, `b`, `same`, and sometimes `schema` (what the names
//! are of, a person where it is not said) and `kind` (what makes the pair hard). For persons of each file: the best F1
//! over all thresholds, F1 by `is_same`, and the share of pairs that must stay apart by kind (numeral, suffix, ...)
//! that `is_same` keeps apart.

use nutgraf::name_similarity;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

struct Pair {
    score: f64,
    is_same: bool,
    expected: bool,
    kind: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: names FOLDER")?;
    let mut paths: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    paths.sort();
    let mut figures = Map::new();
    for path in paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let pairs: Vec<Pair> = read(&std::fs::read_to_string(&path)?)?;
        let mut thresholds: Vec<f64> = pairs.iter().map(|pair| pair.score).collect();
        thresholds.sort_by(f64::total_cmp);
        thresholds.dedup();
        let best =
            thresholds.into_iter().map(|least| f1(&pairs, |pair| pair.score >= least)).fold(0.0, f64::max);
        figures.insert(format!("{name}, best F1"), json!(best));
        figures.insert(format!("{name}, F1 as decided"), json!(f1(&pairs, |pair| pair.is_same)));
        let mut apart: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for pair in pairs.iter().filter(|pair| !pair.expected && !pair.kind.is_empty()) {
            let (kept, all) = apart.entry(&pair.kind).or_default();
            *kept += usize::from(!pair.is_same);
            *all += 1;
        }
        for (kind, (kept, all)) in apart {
            figures.insert(format!("{name}, kept apart: {kind}"), json!(kept as f64 / all as f64));
        }
    }
    println!("{}", serde_json::to_string_pretty(&figures)?);
    Ok(())
}

fn read(lines: &str) -> Result<Vec<Pair>, Box<dyn std::error::Error>> {
    let mut pairs = Vec::new();
    for line in lines.lines() {
        let line: Value = serde_json::from_str(line)?;
        if line["schema"].as_str().unwrap_or("Person") != "Person" {
            continue;
        }
        let (Some(a), Some(b), Some(expected)) =
            (line["a"].as_str(), line["b"].as_str(), line["same"].as_bool())
        else {
            return Err(format!("a, b or same is missing: {line}").into());
        };
        let found = name_similarity(a, b);
        let kind = line["kind"].as_str().unwrap_or_default().to_owned();
        pairs.push(Pair { score: found.score, is_same: found.is_same, expected, kind });
    }
    Ok(pairs)
}

fn f1(pairs: &[Pair], says: impl Fn(&Pair) -> bool) -> f64 {
    let count =
        |said: bool, is: bool| pairs.iter().filter(|pair| says(pair) == said && pair.expected == is).count();
    let right = 2 * count(true, true);
    right as f64 / (right + count(true, false) + count(false, true)).max(1) as f64
}
