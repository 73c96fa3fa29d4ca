//! Copies pages under other names, so that the tagger learns from what stands around a name and how it is built.
//!
//! In: an annotated page and lists of names. Out: the page with some of its persons and places called otherwise, the
//! same ones wherever they return. The other names are listed ones, or such as no list holds: the head of one with the
//! tail of another. (Replacing mentions: Dai and Adel 2020.)

use super::crf::Random;
use super::data::{Gold, Page, Scheme};
use std::collections::BTreeMap;

/// Numbers of the kinds in the labels.
const PERSON: usize = 0;
const PLACE: usize = 2;

/// What names are made from: single words, and places of several.
struct Names {
    given: Vec<String>,
    family: Vec<String>,
    place: Vec<String>,
    long_place: Vec<String>,
}

impl Names {
    /// Takes the lists in the order given names, family names, places; the rest of them is not read.
    fn new(lists: &[String]) -> Names {
        let single = |list: &String| -> Vec<String> {
            let of_letters =
                |l: &&str| (4..12).contains(&l.len()) && l.bytes().all(|b| b.is_ascii_alphabetic());
            list.lines().filter(of_letters).filter(|l| is_title(l)).map(str::to_owned).collect()
        };
        let long = |l: &&str| {
            (2..=4).contains(&l.split(' ').count())
                && l.chars().all(|c| c.is_alphabetic() || " -'".contains(c))
        };
        let long_place = lists[2]
            .lines()
            .filter(long)
            .filter(|l| l.starts_with(char::is_uppercase))
            .map(str::to_owned)
            .collect();
        Names { given: single(&lists[0]), family: single(&lists[1]), place: single(&lists[2]), long_place }
    }

    /// Another place: one in five has several words.
    fn place(&self, random: &mut Random) -> Option<String> {
        if random.fraction() < 0.2 {
            return self.long_place.get(random.below(self.long_place.len())).cloned();
        }
        Names::draw(&self.place, random)
    }

    /// Another family name: one in ten has a particle or is double.
    fn family(&self, random: &mut Random) -> Option<String> {
        let name = Names::draw(&self.family, random)?;
        if random.fraction() < 0.9 {
            return Some(name);
        }
        let particle = PARTICLES.get(random.below(PARTICLES.len() + 1));
        Some(match particle {
            Some(particle) => format!("{particle}{name}"),
            None => format!("{name}-{}", Names::draw(&self.family, random)?),
        })
    }

    /// Another name: listed, or crossed from two listed ones.
    fn draw(pool: &[String], random: &mut Random) -> Option<String> {
        let one = pool.get(random.below(pool.len()))?;
        if random.fraction() < 0.5 {
            return Some(one.clone());
        }
        let other = pool.get(random.below(pool.len()))?;
        Some(format!("{}{}", &one[..one.len().div_ceil(2)], &other[other.len() / 2..]))
    }
}

/// What stands before family names.
const PARTICLES: &[&str] =
    &["al-", "Al-", "el-", "de ", "de la ", "van ", "von ", "bin ", "di ", "ben ", "O'", "Mc"];

/// A capital and small letters.
fn is_title(word: &str) -> bool {
    word.len() > 3
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word[1..].bytes().all(|b| b.is_ascii_lowercase())
}

/// The share of the names of a page that get others.
const RENAMED: f32 = 0.7;

/// Copies of every so many pages (0: none) under other names; only of those on which every name is annotated.
pub(crate) fn pages(pages: &[Page], every: usize, lists: &[String], seed: u64) -> Vec<Page> {
    let names = Names::new(lists);
    let mut random = Random(seed);
    let chosen = pages.iter().enumerate().filter(|(n, page)| {
        every > 0 && n % every == 1 % every && matches!(page.scheme, Scheme::Full | Scheme::Misc)
    });
    chosen.filter_map(|(_, page)| renamed(page, &names, &mut random)).collect()
}

/// A copy of the page under other names; `None` when nothing changes.
fn renamed(page: &Page, names: &Names, random: &mut Random) -> Option<Page> {
    let mut called: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut text = String::with_capacity(page.text.len());
    let mut gold: Vec<Gold> = page.gold.clone();
    let mut order: Vec<usize> = (0..gold.len()).collect();
    order.sort_by_key(|&n| page.gold[n].start);
    let mut done = 0;
    for n in order {
        let old = &page.gold[n];
        if old.start < done {
            return None;
        }
        text.push_str(&page.text[done..old.start]);
        let start = text.len();
        let whole = &page.text[old.start..old.end];
        let words = whole.split(' ').count();
        for (w, word) in whole.split(' ').enumerate() {
            if w > 0 {
                text.push(' ');
            }
            let kind = match old.kinds[..] {
                [PERSON] => Some(PERSON),
                [PLACE] if words == 1 => Some(PLACE),
                _ => None,
            };
            let other = kind.filter(|_| is_title(word)).and_then(|kind| {
                let mut other = || match kind {
                    _ if random.fraction() >= RENAMED => None,
                    PERSON if w + 1 < words => Names::draw(&names.given, random),
                    PERSON => names.family(random),
                    _ => names.place(random),
                };
                called.entry(word.to_owned()).or_insert_with(&mut other).clone()
            });
            text.push_str(other.as_deref().unwrap_or(word));
        }
        gold[n].start = start;
        gold[n].end = text.len();
        done = old.end;
    }
    text.push_str(&page.text[done..]);
    (text != page.text).then(|| Page {
        text,
        gold,
        weight: page.weight * super::data::DISGUISED_WEIGHT,
        disguised: true,
        ..page.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::super::data;
    use super::*;

    #[test]
    fn other_names_stand_where_the_names_stood() {
        let row = r#"{"text": "Anna Kowalska left Warsaw. Kowalska likes Warsaw.", "spans": [{"start": 0, "end": 13, "type": "PER"}, {"start": 19, "end": 25, "type": "LOC"}, {"start": 27, "end": 35, "type": "PER"}, {"start": 42, "end": 48, "type": "LOC"}]}"#;
        let page = data::pages(row, Scheme::Full, 1.0).unwrap();
        let lists =
            ["Maria\nPetra".to_string(), "Lindqvist\nMoreau".into(), "Ankara\nLisbon\nSan Marino".into()];
        let mut changed = 0;
        for seed in 0..20 {
            for copy in pages(&page, 1, &lists, seed) {
                let names: Vec<&str> = copy.gold.iter().map(|g| &copy.text[g.start..g.end]).collect();
                let [full, first_place, family, second_place] = names[..] else { panic!("four names") };
                assert!(full.ends_with(family) && first_place == second_place, "{names:?}");
                assert_eq!(copy.text, format!("{full} left {first_place}. {family} likes {second_place}.\n"));
                assert!(copy.disguised && copy.weight == 0.5);
                changed += 1;
            }
        }
        assert!(changed > 10);
        assert!(pages(&page, 0, &lists, 1).is_empty());
    }
}
