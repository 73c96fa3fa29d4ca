//! Measures finding misspelt names in sentences against a catalog of a million decoys.
//!
//! Usage: `misspelt DATA_FOLDER [-v]`, with the shared data folder (`pairs/`, `catalogs/`, `ner/voa_news.jsonl`). Pairs of
//! the same name are the task when both sides have the same words in the same order, two or more, and every word that
//! differs is a spelling variant (`spellings.rs` states the rule) and none of the dictionary's; the others are counted and
//! left out, and so is what is found without help. One side goes into the catalog, the other into a sentence. A pair of
//! different names must stay apart. Every misspelt name reported counts: right when it covers the surface and is a
//! spelling of the pair's name, else wrong, also when it belongs to a decoy. Decoys are all the names of the catalogs but
//! those of entities that have a name of the pairs. One in a hundred entities is left out of the decoys: what is reported for
//! its names, nearly always another place or company with a name so near, is counted apart.

#[path = "../names.rs"]
mod names;
#[path = "../spellings.rs"]
mod spellings;

use names::{all_names_but, busy, news};
use nutgraf::{Catalog, Entity, EntityKind, FindOptions, Found};
use spellings::{Pair, Spellings, Verdict, key, pairs, words};
use std::collections::BTreeSet;
use std::path::Path;

/// What recall and precision must reach, a little below what is measured.
const FLOORS: (f64, f64) = (0.89, 0.975);

const SENTENCES: [&str; 6] = [
    "On Monday {} spoke to reporters in the capital.",
    "The statement was issued after talks with {}, officials said.",
    "{} did not answer questions about the plan.",
    "Critics of {} said the decision came too late.",
    "According to {}’s office, nothing has changed.",
    "It was not clear whether {} would attend the meeting.",
];

fn main() {
    let mut args = std::env::args().skip(1);
    let folder = args.next().expect("usage: misspelt DATA_FOLDER [-v]");
    let folder = Path::new(&folder);
    let verbose = args.next().is_some();
    let mut pairs = pairs(folder);
    let spellings = Spellings::new(&pairs);
    let long = |name: &str| words(name).len() > 1;
    let (mut strangers, mut number) = (Vec::new(), 0);
    let mut decoys = all_names_but(folder, |names| {
        number += 1;
        let strange = number % 100 == 0;
        if strange {
            strangers.extend(names.iter().filter(|name| long(name)).map(|name| (*name).to_owned()));
        }
        strange || names.iter().any(|name| long(name) && spellings.has(name))
    });
    decoys.retain(|(name, _)| !spellings.has(name));
    let mut builder = Catalog::builder();
    let mut listed = BTreeSet::new();
    for pair in &pairs {
        if listed.insert(key(&pair.name)) {
            builder
                .add(Entity::new(format!("pair {}", pair.name), pair.name.as_str(), pair.kind))
                .expect("a name");
        }
    }
    for (i, (name, kind)) in decoys.iter().enumerate() {
        builder.add(Entity::new(i.to_string(), name.as_str(), *kind)).expect("names are checked");
    }
    let exact = builder.build().expect("ids are distinct");
    let started = busy();
    let fuzzy = exact.with_fuzzy(&EntityKind::ALL);
    let built = busy() - started;
    let options = FindOptions::new();
    tell_pairs(&pairs);
    // What is found without help is no test of it.
    let covers = |name: &str| exact.find(name).iter().any(|found| found.span.byte_span() == (0..name.len()));
    pairs.retain(|pair| !covers(&pair.surface));
    let (mut right, mut wrong, mut missed, mut unsaid) = (0, 0, 0, 0);
    let tests = [Verdict::Misspelt, Verdict::Apart];
    for (number, pair) in pairs.iter().enumerate().filter(|(_, pair)| tests.contains(&pair.verdict)) {
        let misspelt = pair.verdict == Verdict::Misspelt;
        let (text, span) = sentence(number, &pair.surface);
        let mut hit = false;
        for found in fuzzy.find_with(&text, &options).iter().filter(|found| found.found == Found::Fuzzy) {
            let name = fuzzy.matched_name(found).unwrap_or_default();
            let parted = !misspelt && key(&name) == key(&pair.name);
            let whole = found.span.byte_span() == span && !parted;
            if whole && spellings.same(&name, &pair.surface) {
                hit = true;
            } else if whole && spellings.may_be_same(&name, &pair.surface) {
                // A spelling by the rule, of which no pair says anything.
                unsaid += 1;
            } else {
                wrong += 1;
                if verbose {
                    println!("wrong: {:?} as {name:?}", &text[found.span.byte_span()]);
                }
            }
        }
        right += usize::from(hit && misspelt);
        if misspelt && !hit {
            missed += 1;
            if verbose {
                println!("missed: {:?} for {:?}", pair.surface, pair.name);
            }
        }
    }
    let apart = pairs.iter().filter(|pair| pair.verdict == Verdict::Apart).count();
    println!(
        "misspelt names in sentences, {} decoys: {} misspellings, {apart} different names",
        decoys.len(),
        right + missed
    );
    println!(
        "recall {:.3}, precision {:.3}; {unsaid} spellings of which no pair tells count as neither",
        ratio(right, right + missed),
        ratio(right, right + wrong)
    );
    strangers.retain(|name| !covers(name));
    let mut found = 0;
    for (number, name) in strangers.iter().enumerate() {
        let (text, _) = sentence(number, name);
        for hit in fuzzy.find_with(&text, &options).iter().filter(|hit| hit.found == Found::Fuzzy) {
            found += 1;
            if verbose {
                println!("strange: {:?} as {:?}", &text[hit.span.byte_span()], fuzzy.matched_name(hit));
            }
        }
    }
    println!(
        "of {} other names that the catalog lacks, {found} are taken for misspelt ones",
        strangers.len()
    );
    println!("index for misspellings built in {built:.2} s");
    tell_speed(folder, &fuzzy, verbose);
    if ratio(right, right + missed) < FLOORS.0 || ratio(right, right + wrong) < FLOORS.1 {
        println!("below the floors: recall {}, precision {}", FLOORS.0, FLOORS.1);
        std::process::exit(1);
    }
}

/// A sentence with a name in it, and where.
fn sentence(number: usize, name: &str) -> (String, std::ops::Range<usize>) {
    let pattern = SENTENCES[number % SENTENCES.len()];
    let start = pattern.find("{}").expect("every sentence has a place");
    (pattern.replace("{}", name), start..start + name.len())
}

/// How many pairs of each file are the task, and why others are not.
fn tell_pairs(pairs: &[Pair]) {
    let mut files: Vec<&str> = pairs.iter().map(|pair| pair.file).collect();
    files.dedup();
    for file in files {
        let count =
            |verdict| pairs.iter().filter(|pair| pair.file == file && pair.verdict == verdict).count();
        let dropped: Vec<String> = Verdict::DROPPED
            .into_iter()
            .map(|(verdict, because)| format!("{} {because}", count(verdict)))
            .collect();
        let (kept, apart) = (count(Verdict::Misspelt), count(Verdict::Apart));
        println!("{file}: {kept} misspellings, {apart} different; left out: {}", dropped.join(", "));
    }
}

fn tell_speed(folder: &Path, fuzzy: &Catalog, verbose: bool) {
    let options = FindOptions::new();
    let text = news(folder, 8 << 20);
    let mut best = 0f64;
    let mut found = 0;
    for round in 0..3 {
        let started = busy();
        let matches = fuzzy.find_with(&text, &options);
        best = best.max(text.len() as f64 / 1e6 / (busy() - started));
        found = matches.iter().filter(|found| found.found == Found::Fuzzy).count();
        if verbose && round == 0 {
            let pairs: BTreeSet<(String, String)> = matches
                .iter()
                .filter(|found| found.found == Found::Fuzzy)
                .map(|found| {
                    (text[found.span.byte_span()].to_owned(), fuzzy.matched_name(found).unwrap_or_default())
                })
                .collect();
            for (surface, name) in pairs {
                println!("news: {surface:?} as {name:?}");
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
