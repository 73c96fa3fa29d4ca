//! Joins names of organisations, places and other things that stand for one entity.
//!
//! In: the forms. Out: joined clusters with evidence: legal forms dropped ("Inc."), acronyms introduced in brackets
//! or formed by initials, possessives that lost their apostrophe.

use super::cluster::Clusters;
use super::form::Forms;
use super::table;
use crate::catalog::EntityKind;
use std::collections::BTreeMap;

/// Words that acronyms leave out.
const SKIPPED: [&str; 8] = ["of", "the", "and", "for", "in", "on", "de", "to"];

/// Joins forms of the kinds that are not persons.
pub(crate) fn others(forms: &Forms, clusters: &mut Clusters) {
    let mut stems: BTreeMap<(EntityKind, String), u32> = BTreeMap::new();
    let mut initials: BTreeMap<(EntityKind, String), Vec<u32>> = BTreeMap::new();
    let mut named: BTreeMap<&str, u32> = BTreeMap::new();
    for (number, form) in forms.forms.iter().enumerate() {
        if form.kind == EntityKind::Person {
            continue;
        }
        let number = number as u32;
        // The tagger reads one name as two kinds: an office and its building, a team and its town.
        if form.kind != EntityKind::Nationality {
            let first = *named.entry(form.folded.as_str()).or_insert(number);
            let other = &forms.forms[first as usize];
            if first != number && form.owner() == other.owner() {
                let names = [form.text.as_str(), other.text.as_str()];
                clusters.join(number, first, names, "the same name, read as two kinds".to_owned());
            }
        }
        if form.kind == EntityKind::Organization {
            let stem = organization_stem(&form.folded);
            if let Some(&other) = stems.get(&(form.kind, stem.clone())) {
                if fits(forms, clusters, number, other) {
                    let names = [form.text.as_str(), forms.forms[other as usize].text.as_str()];
                    clusters.join(number, other, names, "the same name but for its legal form".to_owned());
                }
            } else {
                stems.insert((form.kind, stem), number);
            }
        }
        for acronym in acronyms(&form.folded) {
            let list = initials.entry((form.kind, acronym)).or_default();
            if list.len() < 4 {
                list.push(number);
            }
        }
    }
    for (number, form) in forms.forms.iter().enumerate() {
        if form.kind == EntityKind::Person {
            continue;
        }
        let number = number as u32;
        let plain: String = form.folded.chars().filter(|c| *c != '.').collect();
        if is_acronym(&form.text)
            && let Some([whole]) = initials.get(&(form.kind, plain)).map(Vec::as_slice)
            && forms.forms[*whole as usize].documents.iter().any(|d| form.documents.binary_search(d).is_ok())
            && fits(forms, clusters, number, *whole)
        {
            let names = [form.text.as_str(), forms.forms[*whole as usize].text.as_str()];
            clusters.join(number, *whole, names, "the initials of a name in the same document".to_owned());
        }
        if let Some(stem) = form.folded.strip_suffix('s')
            && stem.len() >= 4
            && let Some(base) = forms.find(form.kind, stem)
            && forms.forms[base as usize].count >= form.count
            && fits(forms, clusters, number, base)
        {
            let names = [form.text.as_str(), forms.forms[base as usize].text.as_str()];
            clusters.join(number, base, names, "a possessive that lost its apostrophe".to_owned());
        }
    }
}

/// Whether the catalog does not say that the two are different.
fn fits(forms: &Forms, clusters: &Clusters, a: u32, b: u32) -> bool {
    let owner = |form: u32| {
        clusters.members(clusters.root(form)).iter().take(8).find_map(|&m| forms.forms[m as usize].owner())
    };
    match (owner(a), owner(b)) {
        (Some(x), Some(y)) => x == y,
        _ => true,
    }
}

/// An organisation's name without its legal form and marks.
pub(crate) fn organization_stem(folded: &str) -> String {
    let plain = |w: &str| -> String { w.chars().filter(|c| c.is_alphanumeric() || *c == '&').collect() };
    let mut words: Vec<String> = folded.split([' ', '-', '/']).map(plain).filter(|w| !w.is_empty()).collect();
    while words.len() > 1 && table::legal_form(&words[words.len() - 1]).is_some() {
        words.pop();
    }
    words.join(" ")
}

fn is_acronym(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (2..=8).contains(&letters) && text.chars().all(|c| c.is_uppercase() || c == '.' || c.is_ascii_digit())
}

/// The acronyms that a name of several words can have: with and without small words.
fn acronyms(folded: &str) -> Vec<String> {
    let words: Vec<&str> =
        folded.split([' ', '-']).filter(|w| w.chars().all(char::is_alphanumeric)).collect();
    if !(2..=9).contains(&words.len()) {
        return Vec::new();
    }
    let first = |w: &&str| w.chars().next();
    let short: String = words.iter().filter(|w| !SKIPPED.contains(w)).filter_map(first).collect();
    let long: String = words.iter().filter_map(first).collect();
    if short == long { vec![long] } else { vec![short, long] }
}
