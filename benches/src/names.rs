//! The names and the news text that the programs about catalogs share.

use nutgraf::EntityKind;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// Seconds that this thread has run, so that other work on the machine counts less; the wall clock where unknown.
pub(crate) fn busy() -> f64 {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|line| line.split(' ').next()?.parse::<f64>().ok())
        .map_or_else(
            || START.get_or_init(Instant::now).elapsed().as_secs_f64(),
            |nanoseconds| nanoseconds / 1e9,
        )
}

pub(crate) fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// News sentences in shuffled order, five to a paragraph, repeated in other orders until the size is reached.
pub(crate) fn news(folder: &Path, bytes: usize) -> String {
    let rows = lines(&folder.join("ner/voa_news.jsonl"));
    let sentences: Vec<String> = rows
        .iter()
        .filter_map(|line| {
            serde_json::from_str::<serde_json::Value>(line).ok()?.get("text")?.as_str().map(str::to_owned)
        })
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

/// Every distinct name of the catalogs with its kind, in a shuffled order that is the same on every run.
#[allow(dead_code)]
pub(crate) fn all_names(folder: &Path) -> Vec<(String, EntityKind)> {
    all_names_but(folder, |_| false)
}

/// The same without the entities whose names are to be left out.
pub(crate) fn all_names_but(
    folder: &Path,
    mut left_out: impl FnMut(&[&str]) -> bool,
) -> Vec<(String, EntityKind)> {
    let mut names: BTreeMap<String, EntityKind> = BTreeMap::new();
    for (file, kind) in [
        ("geonames_cities500.jsonl.gz", EntityKind::Place),
        ("sec_companies.jsonl", EntityKind::Organization),
        ("territories.jsonl", EntityKind::Place),
        ("us_politicians.jsonl", EntityKind::Person),
        ("world_leaders.jsonl", EntityKind::Person),
    ] {
        for line in lines(&folder.join("catalogs").join(file)) {
            let Ok(row) = serde_json::from_str::<serde_json::Value>(&line) else { continue };
            let aliases =
                ["aliases", "aliases_weak"].into_iter().filter_map(|key| row[key].as_array()).flatten();
            let own: Vec<&str> =
                [&row["name"]].into_iter().chain(aliases).filter_map(|name| name.as_str()).collect();
            if !left_out(&own) {
                for name in own {
                    names.entry(name.to_owned()).or_insert(kind);
                }
            }
        }
    }
    let usable = |name: &str| name.len() < 500 && name.chars().any(|c| c.is_alphabetic() && c < '\u{2000}');
    let mut names: Vec<(String, EntityKind)> = names.into_iter().filter(|(name, _)| usable(name)).collect();
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

pub(crate) fn lines(path: &Path) -> Vec<String> {
    let bytes = if path.extension().is_some_and(|end| end == "gz") {
        Command::new("gzip").arg("-dc").arg(path).output().expect("gzip runs").stdout
    } else {
        std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    String::from_utf8(bytes).expect("the data is UTF-8").lines().map(str::to_owned).collect()
}
