//! Measures finding catalog names in news text, as ratios to the `aho-corasick` crate in one run.
//!
//! Usage: `matching DATA_FOLDER [MEGABYTES]`, with the shared data folder (`ner/voa_news.jsonl`, `catalogs/`).
//! The peer is the crate's contiguous NFA over folded names and folded text, overlapping search, matches that do not
//! begin and end at word boundaries dropped, longest first kept: the exact form of whole-word matching with it.
//! Both sides fold; both run on the same text with the same names, alternating, and the best of the rounds counts.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use nutgraf::{CaseMatching, Catalog, Entity, EntityKind, FindOptions};
use std::collections::BTreeSet;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

fn main() {
    let mut args = std::env::args().skip(1);
    let folder = args.next().expect("usage: matching DATA_FOLDER [MEGABYTES]");
    let megabytes: usize = args.next().map_or(50, |size| size.parse().expect("a number of megabytes"));
    let sizes: Vec<usize> = args.next().map_or(vec![1_000, 10_000, 100_000, 1_000_000], |list| {
        list.split(',').map(|size| size.parse().expect("a number of names")).collect()
    });
    let folder = Path::new(&folder);
    let text = news(folder, megabytes << 20);
    let names = all_names(folder);
    println!("text: {} bytes; names at hand: {}", text.len(), names.len());
    println!("| names | index MB/s | smart case MB/s | automaton MB/s | ratio | smart ratio | matches | automaton's | build ms | automaton build ms | bytes a name |");
    println!("|---|---|---|---|---|---|---|---|---|---|---|");
    for size in sizes {
        row(&names[..size.min(names.len())], &text);
    }
}

fn row(names: &[String], text: &str) {
    let started = busy();
    let catalog = build(names);
    let build_ms = (busy() - started) * 1e3;
    let started = busy();
    let peer = Peer::new(names);
    let peer_build_ms = (busy() - started) * 1e3;
    let ignore = FindOptions::new().case(CaseMatching::Ignore);
    let smart = FindOptions::new();
    // The peer is slow: it gets a part of the text each round, the index the whole.
    let part = &text[..floor(text, text.len() / 4)];
    let (mut best, mut best_smart, mut best_peer) = (0f64, 0f64, 0f64);
    let (mut matches, mut peer_matches) = (0, 0);
    for round in 0..4 {
        let from = floor(text, round * part.len());
        let piece = &text[from..floor(text, from + part.len())];
        best = best.max(rate(text.len(), || matches = black_box(catalog.find_with(text, &ignore)).len()));
        best_smart = best_smart.max(rate(text.len(), || drop(black_box(catalog.find_with(text, &smart)))));
        let mut count = 0;
        best_peer = best_peer.max(rate(piece.len(), || count = black_box(peer.find(piece)).len()));
        peer_matches += count;
    }
    println!(
        "| {} | {best:.0} | {best_smart:.0} | {best_peer:.1} | {:.1} | {:.1} | {matches} | {peer_matches} | {build_ms:.0} | {peer_build_ms:.0} | {:.1} |",
        names.len(),
        best / best_peer,
        best_smart / best_peer,
        catalog.info().index_bytes as f64 / names.len() as f64,
    );
}

fn rate(bytes: usize, work: impl FnOnce()) -> f64 {
    let started = busy();
    work();
    bytes as f64 / 1e6 / (busy() - started)
}

/// Seconds that this thread has run, so that other work on the machine counts less; the wall clock where unknown.
fn busy() -> f64 {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|line| line.split(' ').next()?.parse::<f64>().ok())
        .map_or_else(|| START.get_or_init(Instant::now).elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}

fn build(names: &[String]) -> Catalog {
    let mut builder = Catalog::builder();
    for (i, name) in names.iter().enumerate() {
        builder.add(Entity::new(i.to_string(), name.as_str(), EntityKind::Other)).expect("names are checked");
    }
    builder.build().expect("ids are distinct")
}

/// The peer: an automaton over folded names.
struct Peer {
    automaton: AhoCorasick,
}

impl Peer {
    fn new(names: &[String]) -> Self {
        let folded: BTreeSet<String> = names.iter().map(|name| fold(name)).collect();
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::Standard)
            .build(&folded)
            .expect("the names fit");
        Peer { automaton }
    }

    fn find(&self, text: &str) -> Vec<(u32, u32, u32)> {
        let folded = fold(text);
        let bytes = folded.as_bytes();
        let word = |at: Option<&u8>| at.is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
        let mut found: Vec<(u32, u32, u32)> = self
            .automaton
            .find_overlapping_iter(&folded)
            .filter(|m| {
                !(m.start() > 0 && word(bytes.get(m.start() - 1))) && !word(bytes.get(m.end()))
            })
            .map(|m| (m.start() as u32, m.end() as u32, m.pattern().as_u32()))
            .collect();
        found.sort_unstable_by_key(|&(start, end, _)| (start, std::cmp::Reverse(end)));
        let mut free = 0;
        found.retain(|&(start, end, _)| {
            let keep = start >= free;
            free = if keep { end } else { free };
            keep
        });
        found
    }
}

/// Lower case and plain quotes: ASCII at the speed of memory, the rest character by character.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let ascii = rest.bytes().position(|b| b >= 0x80).unwrap_or(rest.len());
        let start = out.len();
        out.push_str(&rest[..ascii]);
        out[start..].make_ascii_lowercase();
        rest = &rest[ascii..];
        let mut chars = rest.chars();
        match chars.next() {
            Some('\u{2018}' | '\u{2019}') => out.push('\''),
            Some('\u{201C}' | '\u{201D}') => out.push('"'),
            Some(c) => out.extend(c.to_lowercase()),
            None => {}
        }
        rest = chars.as_str();
    }
    out
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// News sentences in shuffled order, five to a paragraph, repeated in other orders until the size is reached.
fn news(folder: &Path, bytes: usize) -> String {
    let rows = lines(&folder.join("ner/voa_news.jsonl"));
    let sentences: Vec<String> = rows
        .iter()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok()?.get("text")?.as_str().map(str::to_owned))
        .collect();
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut text = String::with_capacity(bytes + 4096);
    let mut random = 1;
    while text.len() < bytes {
        shuffle(&mut order, &mut random);
        for (i, &sentence) in order.iter().enumerate() {
            text.push_str(&sentences[sentence]);
            text.push_str(if i % 5 == 4 { "\n" } else { " " });
        }
    }
    text.truncate(floor(&text, bytes));
    text
}

/// Every distinct name of the catalogs, in a shuffled order that is the same on every run.
fn all_names(folder: &Path) -> Vec<String> {
    let mut names = BTreeSet::new();
    for file in
        ["geonames_cities500.jsonl.gz", "sec_companies.jsonl", "territories.jsonl", "us_politicians.jsonl", "world_leaders.jsonl"]
    {
        for line in lines(&folder.join("catalogs").join(file)) {
            let Ok(row) = serde_json::from_str::<serde_json::Value>(&line) else { continue };
            names.extend(row["name"].as_str().map(str::to_owned));
            for key in ["aliases", "aliases_weak"] {
                names.extend(row[key].as_array().into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)));
            }
        }
    }
    let mut names: Vec<String> =
        names.into_iter().filter(|name| name.len() < 500 && name.chars().any(|c| c.is_alphabetic() && c < '\u{2000}')).collect();
    let mut random = 7;
    shuffle(&mut names, &mut random);
    names
}

fn shuffle<T>(items: &mut [T], random: &mut u64) {
    for i in (1..items.len()).rev() {
        *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(i, ((*random >> 33) % (i as u64 + 1)) as usize);
    }
}

fn lines(path: &Path) -> Vec<String> {
    let bytes = if path.extension().is_some_and(|end| end == "gz") {
        Command::new("gzip").arg("-dc").arg(path).output().expect("gzip runs").stdout
    } else {
        std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    String::from_utf8(bytes).expect("the data is UTF-8").lines().map(str::to_owned).collect()
}
