//! Trains the tagger: `train_tagger DATA LISTS OUT [--hold-out] [name=value ...]`.
#![allow(clippy::print_stdout)]

use nutgraf::train::{Plan, Scheme, Sources, train};
use std::path::Path;

const FULL: &[&str] = &["ner/voa_news.jsonl"];
const EMERGING: &[&str] = &["ner/wnut17.train.jsonl", "ner/wnut17.dev.jsonl", "ner/wnut17.test.jsonl"];
const THREE: &[&str] = &[
    "ner/btc.a.jsonl",
    "ner/btc.b.jsonl",
    "ner/btc.e.jsonl",
    "ner/btc.f.jsonl",
    "ner/btc.g.jsonl",
    "ner/btc.h.jsonl",
];
const RAW: &[&str] = &["ner/gmb_voa_notitle.jsonl.gz", "ner/wikigold.jsonl"];

const WORLD_PLACES: &str = include_str!("../src/catalog/world/places.jsonl");
const WORLD_ORGANIZATIONS: &str = include_str!("../src/catalog/world/organizations.jsonl");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [data, lists, out, options @ ..] = &arguments[..] else {
        return Err("usage: train_tagger DATA LISTS OUT [--hold-out] [name=value ...]".into());
    };
    let read = |name: &str| read(&Path::new(data).join(name)).map_err(|e| format!("{name}: {e}"));
    let list =
        |name: &str| std::fs::read_to_string(Path::new(lists).join(name)).map_err(|e| format!("{name}: {e}"));
    let mut plan = Plan {
        hold_out: false,
        epochs: 5,
        rate: 0.08,
        penalty: 2e-6,
        dropout: 0.2,
        least: 2,
        bytes: 1_500_000,
        seed: 0x5EED,
        models: 3,
        rename: 3,
    };
    let (mut misc, mut emerging, mut three) = (2.0f32, 0.4f32, 0.3f32);
    for option in options {
        match option.split_once('=') {
            None if option == "--hold-out" => plan.hold_out = true,
            Some(("epochs", v)) => plan.epochs = v.parse()?,
            Some(("rate", v)) => plan.rate = v.parse()?,
            Some(("penalty", v)) => plan.penalty = v.parse()?,
            Some(("dropout", v)) => plan.dropout = v.parse()?,
            Some(("least", v)) => plan.least = v.parse()?,
            Some(("seed", v)) => plan.seed = v.parse()?,
            Some(("rename", v)) => plan.rename = v.parse()?,
            Some(("models", v)) => plan.models = v.parse()?,
            Some(("bytes", v)) => plan.bytes = v.parse()?,
            Some(("misc", v)) => misc = v.parse()?,
            Some(("emerging", v)) => emerging = v.parse()?,
            Some(("three", v)) => three = v.parse()?,
            _ => return Err(format!("unknown option {option}").into()),
        }
    }
    let mut sources = Sources::default();
    for (names, scheme, weight) in [
        (FULL, Scheme::Full, 1.0),
        (&["ner/wikigold.jsonl"], Scheme::Misc, misc),
        (EMERGING, Scheme::Emerging, emerging),
        (THREE, Scheme::Three, three),
    ] {
        if weight > 0.0 {
            for name in names {
                sources.annotated.push((read(name)?, scheme, weight));
            }
        }
    }
    for name in RAW {
        sources.raw.push(read(name)?);
    }
    sources.lists = [list("given_names.txt")?, list("family_names.txt")?, places(&read)?, companies(&read)?];
    sources.classes = list("classes.txt")?;
    let bytes = train(&sources, &plan, &mut |line| println!("{line}"))?;
    std::fs::write(out, bytes)?;
    Ok(())
}

type Read<'a> = dyn Fn(&str) -> Result<String, String> + 'a;

fn read(path: &Path) -> Result<String, Box<dyn std::error::Error>> {
    if path.extension().is_some_and(|e| e == "gz") {
        let output = std::process::Command::new("gzip").arg("-dc").arg(path).output()?;
        return Ok(String::from_utf8(output.stdout)?);
    }
    Ok(std::fs::read_to_string(path)?)
}

/// The names of a catalog's rows, one a line, Latin letters only.
fn names(jsonl: &str, out: &mut String, keep: impl Fn(&serde_json::Value) -> bool, with_aliases: bool) {
    for row in jsonl.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok()) {
        let aliases = row["aliases"].as_array().into_iter().flatten().filter(|_| with_aliases);
        for name in [&row["name"]].into_iter().chain(aliases).filter_map(|v| v.as_str()) {
            if keep(&row) && name.len() > 2 && name.chars().all(|c| (c as u32) < 0x250) {
                out.push_str(name);
                out.push('\n');
            }
        }
    }
}

fn places(read: &Read) -> Result<String, String> {
    let mut out = String::new();
    names(
        &read("catalogs/geonames_cities15000.jsonl.gz")?,
        &mut out,
        |row| row["pop"].as_u64() >= Some(15_000),
        false,
    );
    names(&read("catalogs/territories.jsonl")?, &mut out, |_| true, true);
    names(WORLD_PLACES, &mut out, |_| true, true);
    Ok(out)
}

fn companies(read: &Read) -> Result<String, String> {
    let mut out = String::new();
    names(&read("catalogs/sec_companies.jsonl")?, &mut out, |_| true, true);
    names(WORLD_ORGANIZATIONS, &mut out, |_| true, true);
    Ok(out)
}
