//! Measures the cast on annotated stories, when they are at hand (`NUTGRAF_GOLD`, else `../shared/gold`).

use super::*;
use crate::Document;
use crate::catalog::Found;
use crate::span::ByteSpan;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

fn stories() -> Vec<(String, Value)> {
    let root = std::env::var_os("NUTGRAF_GOLD").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/gold")),
        PathBuf::from,
    );
    let mut paths = vec![root.join("seeds.json")];
    let mut more: Vec<PathBuf> =
        std::fs::read_dir(root.join("stories")).into_iter().flatten().flatten().map(|e| e.path()).collect();
    more.sort();
    paths.extend(more);
    paths
        .into_iter()
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .filter_map(|p| {
            Some((p.file_stem()?.to_string_lossy().into_owned(), std::fs::read_to_string(&p).ok()?))
        })
        .map(|(name, text)| (name, serde_json::from_str(&text).unwrap()))
        .collect()
}

fn byte(text: &str, chars: u64) -> usize {
    text.char_indices().nth(chars as usize).map_or(text.len(), |(at, _)| at)
}

fn kind(word: &str) -> EntityKind {
    match word {
        "person" => EntityKind::Person,
        "org" => EntityKind::Organization,
        "place" => EntityKind::Place,
        "norp" => EntityKind::Nationality,
        "event" => EntityKind::Event,
        "product" => EntityKind::Product,
        "work" => EntityKind::Work,
        _ => EntityKind::Other,
    }
}

/// The gold mentions of a story as raw mentions, with their gold entities.
fn read(story: &Value) -> (Vec<Analysis>, Vec<Vec<RawMention>>, Vec<Vec<String>>) {
    let (mut analyses, mut mentions, mut gold) = (Vec::new(), Vec::new(), Vec::new());
    for article in story["articles"].as_array().unwrap() {
        let text = article["text"].as_str().unwrap();
        let analysis = Analysis::new(&Document::new(text));
        let mut list: Vec<(RawMention, String)> = Vec::new();
        for m in article["mentions"].as_array().unwrap() {
            if m["region"] == "furniture" {
                continue;
            }
            let (start, end) =
                (byte(text, m["start"].as_u64().unwrap()), byte(text, m["end"].as_u64().unwrap()));
            let first = analysis.tokens.partition_point(|t| (t.span.end as usize) <= start);
            let last = analysis.tokens.partition_point(|t| (t.span.start as usize) < end);
            let raw = RawMention {
                span: ByteSpan::new(start, end),
                tokens: first as u32..last as u32,
                kind: kind(m["type"].as_str().unwrap()),
                found: Found::Discovered,
                owners: Vec::new(),
                edit: None,
                score: 1.0,
            };
            list.push((raw, m["entity"].as_str().unwrap().to_owned()));
        }
        list.sort_by_key(|(raw, _)| (raw.span.start, raw.span.end));
        list.dedup_by(|b, a| b.0.span.start < a.0.span.end);
        let (raws, entities) = list.into_iter().unzip();
        analyses.push(analysis);
        mentions.push(raws);
        gold.push(entities);
    }
    (analyses, mentions, gold)
}

#[test]
#[ignore = "needs the annotated stories; prints figures"]
fn persons_of_annotated_mentions() {
    let mut out = String::new();
    for (story, value) in stories() {
        let (analyses, mentions, gold) = read(&value);
        let cast = assemble_pinned(&analyses, mentions, &Catalog::empty(), &[]);
        let mut pairs: Vec<(String, String, String)> = Vec::new();
        for (d, linked) in cast.mentions.iter().enumerate() {
            for (i, m) in linked.iter().enumerate() {
                if m.raw.kind == EntityKind::Person {
                    let id =
                        m.member.map_or(format!("?{d}.{i}"), |n| cast.members[n as usize].entity.clone());
                    let surface = m.raw.span.slice(&analyses[d].text).to_owned();
                    pairs.push((gold[d][i].clone(), id, surface));
                }
            }
        }
        let (mut p, mut r) = (0.0, 0.0);
        let mut whole: BTreeMap<&str, BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
        let (mut true_pairs, mut system_pairs) = (0usize, 0usize);
        for (i, (g, s, surface)) in pairs.iter().enumerate() {
            let same = pairs.iter().filter(|x| x.0 == *g && x.1 == *s).count() as f64;
            p += same / pairs.iter().filter(|x| x.1 == *s).count() as f64;
            r += same / pairs.iter().filter(|x| x.0 == *g).count() as f64;
            whole.entry(g).or_default().entry(s).or_default().push(surface);
            for other in &pairs[..i] {
                if other.1 == *s {
                    system_pairs += 1;
                    true_pairs += usize::from(other.0 == *g);
                }
            }
        }
        let n = pairs.len() as f64;
        let (p, r) = (p / n, r / n);
        out += &format!(
            "{story:8} P {p:.3} R {r:.3} F1 {:.3}  merge precision {:.4}\n",
            2.0 * p * r / (p + r),
            true_pairs as f64 / system_pairs as f64
        );
        for (gold, systems) in whole {
            if systems.len() > 1 {
                out += &format!("    split {gold}: {systems:?}\n");
            }
        }
        let mut by_system: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
        for (g, s, _) in &pairs {
            *by_system.entry(s).or_default().entry(g).or_default() += 1;
        }
        for (system, golds) in by_system {
            if golds.len() > 1 {
                out += &format!("    joined {system}: {golds:?}\n");
            }
        }
    }
    show(&out);
}

fn norm(text: &str) -> String {
    let text = text.to_lowercase().replace("’s", "").replace("'s", "");
    text.chars()
        .filter(|c| c.is_alphanumeric() || *c == ' ' || *c == '_')
        .collect::<String>()
        .trim()
        .to_owned()
}

#[test]
#[ignore = "needs the annotated stories; prints figures"]
fn roles_of_annotated_mentions() {
    let mut out = String::new();
    let (mut all, mut hit, mut system, mut right) = (0, 0, 0, 0);
    for (story, value) in stories() {
        let (analyses, mentions, gold) = read(&value);
        let mut roles: Vec<(usize, String, String, String)> = Vec::new();
        for (d, (analysis, mentions)) in analyses.iter().zip(&mentions).enumerate() {
            for (index, span) in role::roles(analysis, &mentions.iter().collect::<Vec<_>>()) {
                let around = &analysis.text[..mentions[index].span.end.max(span.end) as usize];
                let from = around.char_indices().rev().nth(110).map_or(0, |(at, _)| at);
                let text = span.slice(&analysis.text).to_owned();
                roles.push((d, gold[d][index].clone(), text, around[from..].replace('\n', " / ")));
            }
        }
        let mut wanted: Vec<(usize, String, String)> = Vec::new();
        for (d, article) in value["articles"].as_array().unwrap().iter().enumerate() {
            for role in article["roles"].as_array().into_iter().flatten() {
                let text = role["surface"].as_str().unwrap();
                wanted.push((d, role["person"].as_str().unwrap().to_owned(), text.to_owned()));
            }
        }
        let meets = |a: &str, b: &str| {
            let (a, b) = (norm(a), norm(b));
            !a.is_empty() && (a.contains(&b) || b.contains(&a))
        };
        let found =
            wanted.iter().filter(|w| roles.iter().any(|r| r.0 == w.0 && r.1 == w.1 && meets(&r.2, &w.2)));
        let good =
            roles.iter().filter(|r| wanted.iter().any(|w| r.0 == w.0 && r.1 == w.1 && meets(&r.2, &w.2)));
        let (found, good) = (found.count(), good.count());
        let (n, m) = (wanted.len() as f64, roles.len() as f64);
        let _ = writeln!(
            out,
            "{story:8} roles: recall {:.3} of {n}, precision {:.3} of {m}",
            found as f64 / n,
            good as f64 / m
        );
        for w in
            wanted.iter().filter(|w| !roles.iter().any(|r| r.0 == w.0 && r.1 == w.1 && meets(&r.2, &w.2)))
        {
            let _ = writeln!(out, "    missed {w:?}");
        }
        for r in
            roles.iter().filter(|r| !wanted.iter().any(|w| r.0 == w.0 && r.1 == w.1 && meets(&r.2, &w.2)))
        {
            let _ = writeln!(out, "    wrong {r:?}");
        }
        if story != "seeds" {
            (all, hit, system, right) = (all + wanted.len(), hit + found, system + roles.len(), right + good);
        }
    }
    let _ = writeln!(
        out,
        "stories: recall {:.3}, precision {:.3}",
        hit as f64 / all as f64,
        right as f64 / system as f64
    );
    show(&out);
}

/// Tests may print; the library may not.
#[allow(clippy::print_stdout)]
fn show(text: &str) {
    println!("{text}");
}
