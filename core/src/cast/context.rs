//! Decides among the catalog entities that share a name, by what else the document speaks of.
//!
//! In: forms with several owners. Out: for each document a form with one owner where context decides, with the
//! reason; a document that does not decide follows the others when these mean one entity. An entity is supported by its
//! weight, by agreement in kind, and by capitalised words of its description that the document uses elsewhere (the
//! overlap of Lesk 1986).

use super::Evidence;
use super::form::Forms;
use crate::catalog::{Catalog, Entity, EntityKind};
use crate::text::Analysis;
use crate::text::fold::fold_into;
use std::collections::BTreeMap;

/// The share of support from which one entity is taken.
const DECIDED: f64 = 0.65;
/// How much one word of the description in the document multiplies the support, and how often at most.
const SUPPORT: f64 = 4.0;
const SUPPORTS: usize = 2;
/// How many owners are weighed.
const OWNERS: usize = 16;

/// What is known of an entity that shares its name.
struct Owner {
    name: String,
    kind: EntityKind,
    weight: f64,
    words: Vec<String>,
}

/// Replaces shared forms by forms with one owner, document by document; returns the reasons.
pub(crate) fn choose(analyses: &[Analysis], catalog: &Catalog, forms: &mut Forms) -> Vec<(u32, Evidence)> {
    let mut known: BTreeMap<u32, Option<Owner>> = BTreeMap::new();
    let mut split: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    let mut evidence = Vec::new();
    for (document, analysis) in analyses.iter().enumerate() {
        let mut here: BTreeMap<u32, Option<u32>> = BTreeMap::new();
        for position in 0..forms.of[document].len() {
            let number = forms.of[document][position];
            let form = &forms.forms[number as usize];
            if form.owners.len() < 2 || form.kind == EntityKind::Person && !form.name.is_full() {
                continue;
            }
            let choice = match here.get(&number) {
                Some(choice) => *choice,
                None => {
                    let owners: Vec<u32> = form.owners.iter().copied().take(OWNERS).collect();
                    for &owner in &owners {
                        known.entry(owner).or_insert_with(|| catalog.entity(owner as usize).map(Owner::new));
                    }
                    let chosen = decide(analysis, form.kind, &form.folded, &owners, &known);
                    let target = chosen.map(|(owner, reason)| {
                        let target = *split.entry((number, owner)).or_insert_with(|| {
                            let mut own = forms.forms[number as usize].clone();
                            own.owners = vec![owner];
                            own.count = 0;
                            own.documents = Vec::new();
                            forms.forms.push(own);
                            forms.forms.len() as u32 - 1
                        });
                        let name = known.get(&owner).and_then(Option::as_ref).map_or("", |o| o.name.as_str());
                        let names = [forms.forms[number as usize].text.clone(), name.to_owned()];
                        evidence.push((target, Evidence { names, reason }));
                        target
                    });
                    here.insert(number, target);
                    target
                }
            };
            if let Some(target) = choice {
                give(forms, document, position, target);
            }
        }
    }
    evidence.extend(follow(forms, &split));
    evidence
}

/// Gives one mention another form.
fn give(forms: &mut Forms, document: usize, position: usize, target: u32) {
    forms.of[document][position] = target;
    let own = &mut forms.forms[target as usize];
    own.count += 1;
    if let Err(place) = own.documents.binary_search(&(document as u32)) {
        own.documents.insert(place, document as u32);
    }
}

/// Lets documents that do not decide mean what all others mean that do.
fn follow(forms: &mut Forms, split: &BTreeMap<(u32, u32), u32>) -> Vec<(u32, Evidence)> {
    let mut meant: BTreeMap<u32, Option<u32>> = BTreeMap::new();
    for (&(number, _), &target) in split {
        meant.entry(number).and_modify(|one| *one = None).or_insert(Some(target));
    }
    let mut evidence: BTreeMap<u32, Evidence> = BTreeMap::new();
    for document in 0..forms.of.len() {
        for position in 0..forms.of[document].len() {
            let Some(&Some(target)) = meant.get(&forms.of[document][position]) else { continue };
            give(forms, document, position, target);
            evidence.entry(target).or_insert_with(|| {
                let text = &forms.forms[target as usize].text;
                let reason = "the other documents mean this entity by the name".to_owned();
                Evidence { names: [text.clone(), text.clone()], reason }
            });
        }
    }
    evidence.into_iter().collect()
}

impl Owner {
    fn new(entity: Entity) -> Self {
        let mut words: Vec<String> = Vec::new();
        let values = entity.attributes.values().map(String::as_str);
        for text in std::iter::once(entity.description.as_str()).chain(values).take(8) {
            for word in text.split(|c: char| !c.is_alphanumeric()).take(40) {
                if word.len() >= 4 && word.chars().next().is_some_and(char::is_uppercase) {
                    let mut folded = String::new();
                    fold_into(word, &mut folded);
                    if !words.contains(&folded) {
                        words.push(folded);
                    }
                }
            }
        }
        Owner { name: entity.name, kind: entity.kind, weight: entity.weight.max(1e-9), words }
    }
}

/// The owner that the document supports, with the reason.
fn decide(
    analysis: &Analysis,
    kind: EntityKind,
    name: &str,
    owners: &[u32],
    known: &BTreeMap<u32, Option<Owner>>,
) -> Option<(u32, String)> {
    let mut shares: Vec<(u32, f64, Vec<&str>)> = Vec::new();
    for &number in owners {
        let Some(owner) = known.get(&number).and_then(Option::as_ref) else { continue };
        let told = |word: &&String| !name.contains(word.as_str()) && analysis.vocabulary.find(word).is_some();
        let support: Vec<&str> = owner.words.iter().filter(told).map(String::as_str).take(SUPPORTS).collect();
        let mut share = owner.weight * if owner.kind == kind { 2.0 } else { 1.0 };
        for _ in &support {
            share *= SUPPORT;
        }
        shares.push((number, share, support));
    }
    let sum: f64 = shares.iter().map(|(_, share, _)| share).sum();
    shares.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let (number, share, support) = shares.into_iter().next()?;
    if share / sum < DECIDED {
        return None;
    }
    let reason = match support[..] {
        [] => "the likeliest of the catalog entities of this name".to_owned(),
        _ => format!("the document also speaks of {}", support.join(", ")),
    };
    Some((number, reason))
}
