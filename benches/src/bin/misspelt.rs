//! Measures finding misspelt names in sentences against a catalog of a million decoys.
//!
//! Usage: `misspelt DATA_FOLDER [-v]`, with the shared data folder (`pairs/`, `catalogs/`, `ner/voa_news.jsonl`). A pair of the same
//! name is a misspelling when both have the same number of words, two or more, and every word that differs has only
//! letters, and one other letter from four letters on, two from eight on; or when its source calls it one. Pairs that
//! are found without help are left out. One side goes into the catalog, the other into a sentence. A pair of different
//! names must stay apart. Every misspelt name reported counts: right when it covers the surface and is the pair's name,
//! else wrong, also when it belongs to a decoy.

#[path = "../names.rs"]
mod names;

use names::{all_names, busy, lines, news};
use nutgraf::{Catalog, Entity, EntityKind, FindOptions, Found};
use std::collections::BTreeSet;
use std::path::Path;

const SENTENCES: [&str; 6] = [
    "On Monday {} spoke to reporters in the capital.",
    "The statement was issued after talks with {}, officials said.",
    "{} did not answer questions about the plan.",
    "Critics of {} said the decision came too late.",
    "According to {}’s office, nothing has changed.",
    "It was not clear whether {} would attend the meeting.",
];

struct Pair {
    name: String,
    surface: String,
    same: bool,
    kind: EntityKind,
    misspelt: bool,
}

fn main() {
    let mut args = std::env::args().skip(1);
    let folder = args.next().expect("usage: misspelt DATA_FOLDER [-v]");
    let folder = Path::new(&folder);
    let verbose = args.next().is_some();
    let mut pairs = pairs(folder);
    let taken: BTreeSet<String> =
        pairs.iter().flat_map(|pair| [&pair.name, &pair.surface]).map(|name| words(name).join(" ")).collect();
    let mut builder = Catalog::builder();
    let mut listed = BTreeSet::new();
    for pair in &pairs {
        if listed.insert(words(&pair.name).join(" ")) {
            builder
                .add(Entity::new(format!("pair {}", pair.name), pair.name.as_str(), pair.kind))
                .expect("a name");
        }
    }
    let decoys = all_names(folder);
    let mut count = 0;
    for (i, (name, kind)) in
        decoys.iter().filter(|(name, _)| !taken.contains(&words(name).join(" "))).enumerate()
    {
        builder.add(Entity::new(i.to_string(), name.as_str(), *kind)).expect("names are checked");
        count += 1;
    }
    let exact = builder.build().expect("ids are distinct");
    let started = busy();
    let fuzzy = exact.with_fuzzy(&EntityKind::ALL);
    let built = busy() - started;
    // What is found without help is no test of it.
    let options = FindOptions::new();
    pairs.retain(|pair| {
        let found = exact.find(&pair.surface);
        !found.iter().any(|found| found.span.byte_span() == (0..pair.surface.len()))
    });
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    for (number, pair) in pairs.iter().enumerate().filter(|(_, pair)| pair.misspelt || !pair.same) {
        let pattern = SENTENCES[number % SENTENCES.len()];
        let text = pattern.replace("{}", &pair.surface);
        let start = pattern.find("{}").expect("every sentence has a place");
        let span = start..start + pair.surface.len();
        let mut hit = false;
        for found in fuzzy.find_with(&text, &options).iter().filter(|found| found.found == Found::Fuzzy) {
            let name = fuzzy.matched_name(found).unwrap_or_default();
            if pair.misspelt && found.span.byte_span() == span && words(&name) == words(&pair.name) {
                hit = true;
            } else {
                wrong += 1;
                if verbose {
                    println!("wrong: {:?} as {name:?}", &text[found.span.byte_span()]);
                }
            }
        }
        right += usize::from(hit);
        if pair.misspelt && !hit {
            missed += 1;
            if verbose {
                println!("missed: {:?} for {:?}", pair.surface, pair.name);
            }
        }
    }
    let apart = pairs.iter().filter(|pair| !pair.same).count();
    println!(
        "misspelt names in sentences, {count} decoys: {} misspellings, {apart} different names",
        right + missed
    );
    println!("recall {:.3}, precision {:.3}", ratio(right, right + missed), ratio(right, right + wrong));
    println!("index for misspellings built in {built:.2} s");
    let text = news(folder, 8 << 20);
    let mut best = 0f64;
    let mut found = 0;
    for _ in 0..3 {
        let started = busy();
        let matches = fuzzy.find_with(&text, &options);
        best = best.max(text.len() as f64 / 1e6 / (busy() - started));
        found = matches.iter().filter(|found| found.found == Found::Fuzzy).count();
        if verbose && best > 0.0 {
            for found in matches.iter().filter(|found| found.found == Found::Fuzzy).step_by(found / 40 + 1) {
                println!("news: {:?} as {:?}", &text[found.span.byte_span()], fuzzy.matched_name(found));
            }
        }
    }
    println!(
        "news with misspelt names on: {best:.0} MB/s, {:.1} misspelt names a megabyte",
        found as f64 / (text.len() as f64 / 1e6)
    );
}

fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// The pairs with the side that is better known as the name.
fn pairs(folder: &Path) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (file, swapped) in
        [("handmade_news", false), ("opensanctions_name_bench", true), ("us_politicians_pairs", false)]
    {
        for line in lines(&folder.join(format!("pairs/{file}.jsonl"))) {
            let row: serde_json::Value = serde_json::from_str(&line).expect("a row of JSON");
            let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
            let (name, surface) = if swapped { (text("b"), text("a")) } else { (text("a"), text("b")) };
            let kind = match row["schema"].as_str() {
                None | Some("Person") => EntityKind::Person,
                Some(_) => EntityKind::Organization,
            };
            let same = row["same"].as_bool().unwrap_or_default();
            let called = row["kind"].as_str() == Some("misspelling");
            let misspelt =
                same && row["kind"].as_str() != Some("nickname") && misspells(&name, &surface, called);
            if name.chars().any(char::is_alphanumeric) {
                pairs.push(Pair { name, surface, same, kind, misspelt });
            }
        }
    }
    pairs
}

/// Lower-case words without accents that matter here, apostrophes and dots.
fn words(name: &str) -> Vec<String> {
    let plain: String = name
        .to_lowercase()
        .chars()
        .filter(|c| !matches!(c, '\'' | '’' | '.' | '\u{300}'..='\u{36F}'))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split_whitespace().map(str::to_owned).collect()
}

fn misspells(name: &str, surface: &str, called: bool) -> bool {
    let (a, b) = (words(name), words(surface));
    let near = |(a, b): (&String, &String)| {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let letters = a.len().min(b.len());
        let budget = match letters {
            0..4 => 0,
            4..8 => 1,
            _ => 2,
        };
        a == b || (a.iter().chain(&b).all(|c| c.is_alphabetic()) && edits(&a, &b) <= budget)
    };
    a.len() == b.len() && a.len() > 1 && a != b && (called || a.iter().zip(&b).all(near))
}

/// Letters more, less or other, and neighbours swapped.
fn edits(a: &[char], b: &[char]) -> usize {
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    rows[0] = (0..=b.len()).collect();
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let other = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + other);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}
