//! Measures finding catalog names in news text, as ratios to the `aho-corasick` crate in one run.
//!
//! Usage: `matching [PART] DATA_FOLDER [MEGABYTES [NAMES,NAMES,...]]`, with the shared data folder (`ner/voa_news.jsonl`,
//! `catalogs/`). Without a part all run: `rows` (against the peer), `large` (what else is asked of the largest catalog),
//! `changes` (their cost) and `screen` (small catalogs).
//! The peer is the crate's contiguous NFA over folded names and folded text, overlapping search, matches that do not
//! begin and end at word boundaries dropped, longest first kept: the exact form of whole-word matching with it.
//! Both sides fold; both run on the same text with the same names, in the same pieces as documents come, taking short turns,
//! and the sums of all turns count. Building is measured by the wall clock: the first build of a process, whose memory is
//! all fresh, and the best of several.

#[path = "../names.rs"]
mod names;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use names::{all_names, busy, floor, news};
use nutgraf::{CaseMatching, Catalog, Entity, EntityKind, FindOptions};
use std::collections::BTreeSet;
use std::hint::black_box;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// Bytes that are read at each length of the texts.
const LEAST: usize = 10_000_000;

/// Turns in which both sides read: short ones, so that the speed of the machine changes for both alike. The peer is slow: it
/// gets a part of the text each turn, the index a quarter, and all that was read in all turns counts.
const TURNS: usize = 16;

/// Bytes of the pieces in which both sides read.
const PIECE: usize = 1_000_000;

const USAGE: &str = "usage: matching [rows|large|changes|screen] DATA_FOLDER [MEGABYTES [NAMES,NAMES,...]]";

fn main() {
    let mut args = std::env::args().skip(1).peekable();
    match args.peek().map(String::as_str) {
        Some("hold") => return hold(&args.nth(1).expect("a compiled catalog")),
        Some("build") => return first_build(&args.nth(1).expect("what to build")),
        _ => {}
    }
    let part = args.next_if(|first| matches!(first.as_str(), "rows" | "large" | "changes" | "screen"));
    let asked = |name: &str| part.as_ref().is_none_or(|part| part == name);
    let folder = args.next().expect(USAGE);
    let megabytes: usize = args.next().map_or(50, |size| size.parse().expect("a number of megabytes"));
    let sizes: Vec<usize> = args.next().map_or(vec![1_000, 10_000, 100_000, 1_000_000], |list| {
        list.split(',').map(|size| size.parse().expect("a number of names")).collect()
    });
    let folder = Path::new(&folder);
    let text = news(folder, megabytes << 20);
    let names: Vec<String> = all_names(folder).into_iter().map(|(name, _)| name).collect();
    println!("text: {} bytes; names at hand: {}", text.len(), names.len());
    if asked("rows") {
        println!(
            "both read pieces of 1 MB; builds by the wall clock, the first of a process and the best of several\n"
        );
        println!(
            "| names | index MB/s | smart case MB/s | automaton MB/s | ratio | smart ratio | matches | automaton's | build ms first / best | automaton build ms first / best | bytes a name |"
        );
        println!("|---|---|---|---|---|---|---|---|---|---|---|");
        for &size in &sizes {
            row(&names[..size.min(names.len())], &text);
        }
    }
    let most = sizes.iter().copied().max().unwrap_or(usize::MAX).min(names.len());
    if asked("large") {
        large(&names[..most], &text);
    }
    if asked("changes") {
        changes(&names[..most], &text);
    }
    if asked("screen") {
        screen(&names, &text);
    }
}

/// Documents of 3 kB against small catalogs: built, so that an automaton screens the texts, and read, so that none does.
fn screen(names: &[String], text: &str) {
    let documents: Vec<&str> =
        (0..text.len() / 3000).map(|i| &text[floor(text, i * 3000)..floor(text, i * 3000 + 3000)]).collect();
    let bytes = documents.iter().map(|document| document.len()).sum();
    for size in [1, 2, 4, 8, 16, 32, 64, 128] {
        let built = build(&names[..size]);
        let read = Catalog::from_bytes(built.to_bytes().expect("it is whole")).expect("it is whole");
        let options = FindOptions::new();
        let (mut best, mut best_read) = (0f64, 0f64);
        let run = |catalog: &Catalog, found: &mut usize| {
            rate(bytes, || {
                *found = documents
                    .iter()
                    .map(|document| black_box(catalog.find_with(document, &options)).len())
                    .sum();
            })
        };
        let (mut found, mut found_read) = (0, 0);
        for _ in 0..5 {
            best = best.max(run(&built, &mut found));
            best_read = best_read.max(run(&read, &mut found_read));
        }
        assert_eq!(found, found_read, "both find the same");
        println!("{size} names, documents of 3 kB: built {best:.0} MB/s, read {best_read:.0} MB/s");
    }
}

/// What changes to a tenth of a catalog cost against the same catalog built anew.
fn changes(names: &[String], text: &str) {
    let tenth = names.len() / 10;
    let (old, new) = names.split_at(names.len() - tenth);
    let base = build(old);
    let removed: Vec<String> = (0..tenth).map(|number| number.to_string()).collect();
    let added = || {
        let mut builder = Catalog::builder();
        for (i, name) in new.iter().enumerate() {
            let id = format!("new{i}");
            builder.add(Entity::new(id, name.as_str(), EntityKind::Other)).expect("names were filtered");
        }
        builder
    };
    let started = busy();
    let changed = base.with_changes(added(), &removed).expect("the ids are there");
    let change_ms = (busy() - started) * 1e3;
    let rebuilt =
        Catalog::from_bytes(changed.to_bytes().expect("it can be put together")).expect("it is whole");
    let (mut best, mut best_rebuilt) = (0f64, 0f64);
    let (mut matches, mut rebuilt_matches) = (0, 0);
    for _ in 0..5 {
        let options = FindOptions::new();
        let run = |catalog: &Catalog, matches: &mut usize| {
            rate(text.len(), || *matches = black_box(catalog.find_with(text, &options)).len())
        };
        best = best.max(run(&changed, &mut matches));
        best_rebuilt = best_rebuilt.max(run(&rebuilt, &mut rebuilt_matches));
    }
    assert_eq!(matches, rebuilt_matches, "changes find what the rebuilt catalog finds");
    println!(
        "changes to {tenth} of {} names (as many removed as added), made in {change_ms:.0} ms: {best:.0} MB/s, rebuilt {best_rebuilt:.0} MB/s ({:.2} of it)",
        old.len(),
        best / best_rebuilt
    );
}

/// What else is asked of the largest catalog.
fn large(names: &[String], text: &str) {
    let catalog = build(names);
    let path = std::env::temp_dir().join(format!("nutgraf-matching-{}.catalog", std::process::id()));
    catalog.save(&path).expect("the catalog can be saved");
    let mut open = f64::MAX;
    for _ in 0..20 {
        let started = Instant::now();
        let opened = Catalog::open(&path).expect("the catalog opens");
        black_box(opened.find("The mayor of Paris met the press."));
        open = open.min(started.elapsed().as_secs_f64() * 1e3);
    }
    println!("open {} names and answer the first match: {open:.3} ms", names.len());
    let options = FindOptions::new();
    let pieces: Vec<&str> = text
        .split_inclusive('\n')
        .collect::<Vec<_>>()
        .chunks(200)
        .map(|lines| {
            let start = lines[0].as_ptr() as usize - text.as_ptr() as usize;
            let end = start + lines.iter().map(|line| line.len()).sum::<usize>();
            &text[start..end]
        })
        .collect();
    let (mut one, mut two) = (f64::MAX, f64::MAX);
    for _ in 0..3 {
        let started = Instant::now();
        black_box(catalog.find_batch(&pieces, &options, 1));
        one = one.min(started.elapsed().as_secs_f64());
        let started = Instant::now();
        black_box(catalog.find_batch(&pieces, &options, 2));
        two = two.min(started.elapsed().as_secs_f64());
    }
    println!("two threads: {:.2}x one", one / two);
    println!("\n| length of the texts in bytes | MB/s |\n|---|---|");
    for size in [1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000] {
        let size = size.min(text.len());
        let texts: Vec<&str> = (0..(LEAST / size).clamp(1, text.len() / size))
            .map(|i| &text[floor(text, i * size)..floor(text, (i + 1) * size)])
            .collect();
        let bytes = texts.iter().map(|text| text.len()).sum();
        let find = || texts.iter().for_each(|text| drop(black_box(catalog.find_with(text, &options))));
        println!("| {size} | {:.0} |", (0..3).map(|_| rate(bytes, find)).fold(0.0, f64::max));
        if size == text.len() {
            break;
        }
    }
    println!();
    processes(&path);
    std::fs::remove_file(&path).expect("the file was written above");
}

/// Compares the memory of eight processes that share the file with one: proportional set sizes.
fn processes(path: &Path) {
    let program = std::env::current_exe().expect("the program has a path");
    let memory = |count: usize| -> f64 {
        let mut children: Vec<_> = (0..count)
            .map(|_| {
                let mut command = Command::new(&program);
                command.arg("hold").arg(path).stdin(Stdio::piped()).stdout(Stdio::piped());
                command.spawn().expect("the program runs")
            })
            .collect();
        for child in &mut children {
            let mut ready = [0; 1];
            child.stdout.as_mut().expect("piped").read_exact(&mut ready).expect("the child is ready");
        }
        let kilobytes = children
            .iter()
            .map(|child| {
                let rollup =
                    std::fs::read_to_string(format!("/proc/{}/smaps_rollup", child.id())).unwrap_or_default();
                let line =
                    rollup.lines().find(|line| line.starts_with("Pss:")).unwrap_or_default().to_owned();
                line.split_whitespace()
                    .nth(1)
                    .and_then(|number| number.parse::<f64>().ok())
                    .unwrap_or(f64::NAN)
            })
            .sum::<f64>();
        for child in &mut children {
            drop(child.stdin.take());
            child.wait().expect("the child ends");
        }
        kilobytes / 1024.0
    };
    let (one, eight) = (memory(1), memory(8));
    println!("memory: one process {one:.1} MB, eight {eight:.1} MB together ({:.2}x)", eight / one);
}

/// A process that has used the whole catalog, until its input ends.
fn hold(path: &str) {
    let catalog = Catalog::open(path).expect("the catalog opens");
    catalog.verify().expect("the catalog is whole");
    black_box(catalog.find("The mayor of Paris met the press."));
    std::io::stdout().write_all(b"r").expect("the parent listens");
    std::io::stdout().flush().expect("the parent listens");
    let mut rest = Vec::new();
    std::io::stdin().read_to_end(&mut rest).expect("the input ends");
}

fn row(names: &[String], text: &str) {
    let first = ["index", "automaton"].map(|what| first_build_elsewhere(what, names));
    let (catalog, build_ms) = best_build(3, || build(names));
    let (peer, peer_build_ms) = best_build(2, || Peer::new(names));
    let ignore = FindOptions::new().case(CaseMatching::Ignore);
    let smart = FindOptions::new();
    let pieces = pieces(text);
    let quarters: Vec<&[&str]> = pieces.chunks(pieces.len().div_ceil(4).max(1)).collect();
    let (mut index, mut index_smart, mut automaton) = (Pace::default(), Pace::default(), Pace::default());
    let mut matches = vec![0; quarters.len()];
    let mut peer_matches = 0;
    let parts: Vec<&[&str]> = pieces.chunks(pieces.len().div_ceil(TURNS).max(1)).collect();
    // Both sides once before the first turn that counts.
    for (turn, part) in parts.iter().take(1).chain(&parts).enumerate() {
        let quarter = turn.saturating_sub(1) % quarters.len();
        let pieces = quarters[quarter];
        matches[quarter] = index.read(pieces, |piece| black_box(catalog.find_with(piece, &ignore)).len());
        index_smart.read(pieces, |piece| black_box(catalog.find_with(piece, &smart)).len());
        let count = automaton.read(part, |piece| black_box(peer.find(piece)).len());
        if turn == 0 {
            (index, index_smart, automaton) = Default::default();
        } else {
            peer_matches += count;
        }
    }
    let matches: usize = matches.iter().sum();
    let (rate, rate_smart, rate_peer) = (index.rate(), index_smart.rate(), automaton.rate());
    println!(
        "| {} | {rate:.0} | {rate_smart:.0} | {rate_peer:.1} | {:.1} | {:.1} | {matches} | {peer_matches} | {:.0} / {build_ms:.0} | {:.0} / {peer_build_ms:.0} | {:.1} |",
        names.len(),
        rate / rate_peer,
        rate_smart / rate_peer,
        first[0],
        first[1],
        catalog.info().index_bytes as f64 / names.len() as f64,
    );
}

/// What one side has read, and in how long.
#[derive(Default)]
struct Pace {
    bytes: usize,
    seconds: f64,
}

impl Pace {
    /// Reads pieces and returns what was found in them.
    fn read(&mut self, pieces: &[&str], find: impl Fn(&str) -> usize) -> usize {
        let started = busy();
        let count = pieces.iter().map(|piece| find(piece)).sum();
        self.seconds += busy() - started;
        self.bytes += pieces.iter().map(|piece| piece.len()).sum::<usize>();
        count
    }

    /// Megabytes a second.
    fn rate(&self) -> f64 {
        self.bytes as f64 / 1e6 / self.seconds
    }
}

/// The text in pieces that end with a line where one ends in them.
fn pieces(mut text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    while !text.is_empty() {
        let most = &text[..floor(text, PIECE)];
        let last = most.len() == text.len();
        let end = most.rfind('\n').filter(|_| !last).map_or(most.len(), |at| at + 1);
        let (piece, rest) = text.split_at(end);
        pieces.push(piece);
        text = rest;
    }
    pieces
}

/// What was built last, and the milliseconds of the quickest build.
fn best_build<T>(rounds: usize, mut build: impl FnMut() -> T) -> (T, f64) {
    let mut timed = || {
        let started = Instant::now();
        (build(), started.elapsed().as_secs_f64() * 1e3)
    };
    let (mut built, mut best) = timed();
    for _ in 1..rounds {
        drop(built);
        let ms;
        (built, ms) = timed();
        best = best.min(ms);
    }
    (built, best)
}

/// The milliseconds of a build in a process that has built nothing before.
fn first_build_elsewhere(what: &str, names: &[String]) -> f64 {
    let program = std::env::current_exe().expect("the program has a path");
    let mut child = Command::new(program)
        .args(["build", what])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut stdin = child.stdin.take().expect("piped");
    stdin.write_all(names.join("\0").as_bytes()).expect("the child reads");
    drop(stdin);
    let told = child.wait_with_output().expect("the child ends").stdout;
    String::from_utf8_lossy(&told).trim().parse().expect("the child tells milliseconds")
}

/// Builds once from the names that are read, and tells how long it took.
fn first_build(what: &str) {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input).expect("names that are UTF-8");
    let names: Vec<String> = input.split('\0').map(str::to_owned).collect();
    let ms = match what {
        "index" => best_build(1, || build(&names)).1,
        _ => best_build(1, || Peer::new(&names)).1,
    };
    println!("{ms}");
}

fn rate(bytes: usize, work: impl FnOnce()) -> f64 {
    let started = busy();
    work();
    bytes as f64 / 1e6 / (busy() - started)
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
            .filter(|m| (m.start() == 0 || !word(bytes.get(m.start() - 1))) && !word(bytes.get(m.end())))
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
