//! Finds the person that a short name stands for: first among the full names of the same document, then among those
//! of the other documents.
//!
//! In: forms, clusters of full names. Out: for every mention the form or cluster it stands for, or its candidates.
//! A short name that fits several persons is decided by what the document says before it, or stays undecided.

use super::cluster::Clusters;
use super::form::Forms;
use super::merge::variants;
use super::relate::can_be_spellings;
use super::skeleton::{skeleton, sound};
use super::table::{self, Gender};
use crate::catalog::EntityKind;
use std::collections::BTreeMap;

/// What a mention stands for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Target {
    /// A form; its cluster is the entity.
    Form(u32),
    /// Several roots with shares that sum to 1, best first.
    Undecided(Vec<(u32, f64)>),
}

/// Which part of a full name a short one equals, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Family,
    Given,
    Other,
}

/// The short names under which full names can be meant.
#[derive(Debug, Default)]
struct Shorts {
    exact: BTreeMap<String, Vec<(Part, u32)>>,
    /// Family names by skeleton and its shortenings, for misspellings.
    near: BTreeMap<u64, Vec<(String, u32)>>,
}

/// How many misspelt family names one short name is compared with.
const NEAR: usize = 16;

impl Shorts {
    fn of(forms: &Forms, clusters: &Clusters, full: impl Iterator<Item = u32>) -> Self {
        let mut shorts = Shorts::default();
        for number in full {
            let (name, root) = (&forms.forms[number as usize].name, clusters.root(number));
            let family = name.family_key();
            let written: String = name.family_parts().iter().map(|p| p.text.as_str()).collect();
            shorts.add(&family, Part::Family, root);
            shorts.add(&written, Part::Family, root);
            for piece in name.family_parts().iter().flat_map(|p| &p.pieces).filter(|p| p.len() > 2) {
                shorts.add(piece, Part::Family, root);
            }
            for nickname in &name.nicknames {
                shorts.add(nickname, Part::Given, root);
            }
            for (i, part) in name.parts[..name.family].iter().enumerate() {
                if !part.initial && part.text.len() > 1 {
                    shorts.add(&part.text, if i == 0 { Part::Given } else { Part::Other }, root);
                }
            }
            let mut keys = Vec::new();
            variants(&skeleton(&family), &mut keys);
            for key in keys {
                let near = shorts.near.entry(key).or_default();
                if near.len() < NEAR && !near.iter().any(|(f, r)| *f == family && *r == root) {
                    near.push((family.clone(), root));
                }
            }
        }
        shorts
    }

    fn add(&mut self, key: &str, part: Part, root: u32) {
        if key.is_empty() {
            return;
        }
        match self.exact.get_mut(key) {
            Some(list) => {
                if !list.contains(&(part, root)) {
                    list.push((part, root));
                }
            }
            None => {
                self.exact.insert(key.to_owned(), vec![(part, root)]);
            }
        }
    }

    /// The persons that a short name can mean, with the reason; all of the best level.
    fn find(&self, short: &str) -> (Vec<u32>, &'static str) {
        if let Some(list) = self.exact.get(short) {
            let best = list.iter().map(|(part, _)| *part).min().unwrap_or(Part::Other);
            let mut roots: Vec<u32> =
                list.iter().filter(|(part, _)| *part == best).map(|(_, root)| *root).collect();
            roots.sort_unstable();
            roots.dedup();
            let reason = match best {
                Part::Family => "the family name of a full name",
                Part::Given => "the given name of a full name",
                Part::Other => "a part of a full name",
            };
            return (roots, reason);
        }
        if let Some(stem) = short.strip_suffix('s')
            && stem.len() >= 3
            && self.exact.get(stem).is_some_and(|list| list.iter().any(|(part, _)| *part == Part::Family))
        {
            return (self.find(stem).0, "a family name with a possessive that lost its apostrophe");
        }
        let mut keys = Vec::new();
        variants(&skeleton(short), &mut keys);
        let mut roots: Vec<u32> = Vec::new();
        for (family, root) in keys.iter().filter_map(|key| self.near.get(key)).flatten() {
            if can_be_spellings(short, family) && !roots.contains(root) {
                roots.push(*root);
            }
        }
        roots.sort_unstable();
        (roots, "a family name in another spelling")
    }

    /// The persons whose long family name a short name begins ("Vino" for "Vinokourov").
    fn find_clipped(&self, short: &str) -> Vec<u32> {
        if !(4..=6).contains(&short.len()) || table::is_given(short) {
            return Vec::new();
        }
        let longer =
            self.exact.range(short.to_owned()..).take_while(|(key, _)| key.starts_with(short)).take(4);
        let mut roots: Vec<u32> = longer
            .filter(|(key, _)| key.len() >= short.len() + 4)
            .flat_map(|(_, list)| {
                list.iter().filter(|(part, _)| *part == Part::Family).map(|(_, root)| *root)
            })
            .collect();
        roots.sort_unstable();
        roots.dedup();
        roots
    }
}

/// Resolves every mention of every document.
pub(crate) fn persons(
    forms: &Forms,
    clusters: &mut Clusters,
    genders: &[Vec<Option<Gender>>],
) -> Vec<Vec<Target>> {
    let is_full = |form: &u32| {
        let form = &forms.forms[*form as usize];
        form.kind == EntityKind::Person && form.name.is_full()
    };
    let all = Shorts::of(forms, clusters, (0..forms.forms.len() as u32).filter(is_full));
    let mut targets = Vec::with_capacity(forms.of.len());
    for (numbers, genders) in forms.of.iter().zip(genders) {
        let mut distinct: Vec<u32> = numbers.iter().copied().filter(is_full).collect();
        distinct.sort_unstable();
        distinct.dedup();
        let here = Shorts::of(forms, clusters, distinct.into_iter());
        let mut document =
            Document { forms, clusters, here, all: &all, seen: BTreeMap::new(), known: BTreeMap::new() };
        let mut out = Vec::with_capacity(numbers.len());
        for (position, &number) in numbers.iter().enumerate() {
            out.push(document.resolve(number, position, genders[position]));
        }
        targets.push(out);
    }
    targets
}

/// What one document has said so far.
struct Document<'a> {
    forms: &'a Forms,
    clusters: &'a mut Clusters,
    here: Shorts,
    all: &'a Shorts,
    /// For each person so far: how often named in full, and where named last.
    seen: BTreeMap<u32, (u32, usize)>,
    /// Short forms whose answer does not depend on the place.
    known: BTreeMap<u32, Target>,
}

/// The share of belief from which one candidate is taken.
const DECIDED: f64 = 0.65;

impl Document<'_> {
    fn resolve(&mut self, number: u32, position: usize, gender: Option<Gender>) -> Target {
        let form = &self.forms.forms[number as usize];
        if form.kind != EntityKind::Person || form.name.parts.is_empty() {
            return Target::Form(number);
        }
        if form.name.is_full() {
            let root = self.clusters.root(number);
            let entry = self.seen.entry(root).or_default();
            *entry = (entry.0 + 1, position);
            return Target::Form(number);
        }
        if gender.is_none()
            && let Some(target) = self.known.get(&number)
        {
            let target = target.clone();
            self.see(&target, position);
            return target;
        }
        let short = form.name.family_key();
        let (mut roots, mut reason) = self.here.find(&short);
        self.fit(number, gender, &mut roots);
        let mut place = "in the same document";
        if roots.is_empty() {
            (roots, reason) = self.all.find(&short);
            self.fit(number, gender, &mut roots);
            place = "in another document";
        }
        if roots.is_empty() {
            roots = self.here.find_clipped(&short);
            self.fit(number, gender, &mut roots);
            (reason, place) = ("the beginning of a family name", "in the same document");
        }
        let target = match roots[..] {
            [] => Target::Form(number),
            [root] => {
                let names = [form.text.as_str(), self.forms.forms[root as usize].text.as_str()];
                self.clusters.note(root, names, format!("{reason} {place}"));
                Target::Form(root)
            }
            _ => {
                let target = self.choose(number, &roots, position);
                self.see(&target, position);
                return target;
            }
        };
        if gender.is_none() {
            self.known.insert(number, target.clone());
        }
        self.see(&target, position);
        target
    }

    /// Remembers where a person was named last.
    fn see(&mut self, target: &Target, position: usize) {
        if let Target::Form(form) = target {
            let root = self.clusters.root(*form);
            if let Some(entry) = self.seen.get_mut(&root) {
                entry.1 = position;
            }
        }
    }

    /// Leaves out persons whom the caller, a title, a suffix or the catalog excludes.
    fn fit(&self, number: u32, gender: Option<Gender>, roots: &mut Vec<u32>) {
        let form = &self.forms.forms[number as usize];
        roots.retain(|&root| self.clusters.allows(number, root));
        if gender.is_some() {
            let told = |root: u32| {
                self.clusters.members(root).iter().find_map(|&m| self.forms.forms[m as usize].gender)
            };
            roots.retain(|&root| told(root).is_none_or(|other| Some(other) == gender));
            if roots.iter().any(|&root| told(root) == gender) {
                roots.retain(|&root| told(root) == gender);
            }
        }
        if form.name.suffix.is_some() {
            roots.retain(|&root| {
                self.clusters
                    .members(root)
                    .iter()
                    .any(|&m| self.forms.forms[m as usize].name.suffix == form.name.suffix)
            });
        }
        if roots.len() > 1
            && let Some(owner) = form.owner()
        {
            let owned = |root: &u32| {
                self.clusters
                    .members(*root)
                    .iter()
                    .any(|&m| self.forms.forms[m as usize].owner() == Some(owner))
            };
            if roots.iter().any(owned) {
                roots.retain(owned);
            }
        }
    }

    /// Weighs several persons: those named in this document by how often and how lately, others by how often the
    /// other documents name them.
    fn choose(&mut self, number: u32, roots: &[u32], position: usize) -> Target {
        let here = roots.iter().any(|root| self.seen.contains_key(root));
        let mut shares: Vec<(u32, f64)> = roots
            .iter()
            .map(|&root| {
                let share = match self.seen.get(&root) {
                    Some(&(count, last)) => {
                        0.1 + f64::from(count.min(8)) * 0.25 + 2.0 * 8.0 / (8.0 + (position - last) as f64)
                    }
                    None if here => 0.1,
                    None => {
                        let members = self.clusters.members(root).iter();
                        members.map(|&m| f64::from(self.forms.forms[m as usize].count)).sum()
                    }
                };
                (root, share)
            })
            .collect();
        let sum: f64 = shares.iter().map(|(_, share)| share).sum();
        for (_, share) in &mut shares {
            *share /= sum;
        }
        shares.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let (root, share) = shares[0];
        if share < DECIDED {
            return Target::Undecided(shares);
        }
        let names =
            [self.forms.forms[number as usize].text.as_str(), self.forms.forms[root as usize].text.as_str()];
        let reason =
            if here { "named most lately and often before it" } else { "named most often elsewhere" };
        self.clusters.note(root, names, format!("of {} persons of this name the one {reason}", shares.len()));
        Target::Form(root)
    }
}

/// Joins the short names that found no full name: by the catalog, and by their sound.
pub(crate) fn leftovers(forms: &Forms, clusters: &mut Clusters, targets: &[Vec<Target>]) {
    let mut single: Vec<u32> = Vec::new();
    for (numbers, targets) in forms.of.iter().zip(targets) {
        for (&number, target) in numbers.iter().zip(targets) {
            let form = &forms.forms[number as usize];
            if form.kind == EntityKind::Person && !form.name.is_full() && *target == Target::Form(number) {
                single.push(number);
            }
        }
    }
    single.sort_unstable();
    single.dedup();
    let mut owned: BTreeMap<u32, u32> = BTreeMap::new();
    for (number, form) in forms.forms.iter().enumerate() {
        if form.kind == EntityKind::Person
            && form.name.is_full()
            && let Some(owner) = form.owner()
        {
            owned.entry(owner).or_insert(number as u32);
        }
    }
    let mut heard: BTreeMap<(String, Option<&str>), u32> = BTreeMap::new();
    for number in single {
        let form = &forms.forms[number as usize];
        if let Some(owner) = form.owner() {
            let first = *owned.entry(owner).or_insert(number);
            let names = [form.text.as_str(), forms.forms[first as usize].text.as_str()];
            clusters.join(number, first, names, "the catalog lists both as names of one entity".to_owned());
        }
        let key = form.name.family_key();
        if key.chars().count() < 5 {
            continue;
        }
        let first = *heard.entry((sound(&key), form.name.suffix)).or_insert(number);
        let other = &forms.forms[first as usize];
        if first != number
            && (form.owner().is_none() || other.owner().is_none() || form.owner() == other.owner())
        {
            let names = [form.text.as_str(), other.text.as_str()];
            clusters.join(number, first, names, "one family name in two spellings".to_owned());
        }
    }
}
