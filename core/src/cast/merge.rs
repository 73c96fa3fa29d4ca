//! Joins full names of persons that stand for one human being, within and across documents.
//!
//! In: the forms. Out: joined clusters with evidence. Names meet only in blocks that share a consonant skeleton up
//! to one letter, and each is compared with a bounded number of others, so that cost is linear in the names.

use super::cluster::Clusters;
use super::form::{Form, Forms};
use super::relate::{Relation, joined, relate};
use super::skeleton::skeleton;
use crate::catalog::EntityKind;
use crate::text::word::hash_bytes;

/// How many neighbours in a block a name is compared with: blocks are sorted by spelling, so that the likeliest
/// partners are near.
const NEIGHBOURS: usize = 24;
/// How many members of two clusters are compared before they are joined.
const LINKS: usize = 8;

/// Two forms to be joined, best first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    /// Letters forgiven.
    cost: usize,
    a: u32,
    b: u32,
    reason: String,
}

/// Joins what the catalog says is one entity.
pub(crate) fn by_catalog(forms: &Forms, clusters: &mut Clusters) {
    let mut owned: Vec<(EntityKind, u32, u32)> = Vec::new();
    for (number, form) in forms.forms.iter().enumerate() {
        let full = form.kind != EntityKind::Person || form.name.is_full();
        if let (Some(owner), true) = (form.owner(), full) {
            owned.push((form.kind, owner, number as u32));
        }
    }
    owned.sort_unstable();
    for pair in owned.windows(2) {
        let ((kind, owner, a), (other_kind, other, b)) = (pair[0], pair[1]);
        if kind == other_kind && owner == other {
            let names = [forms.forms[a as usize].text.as_str(), forms.forms[b as usize].text.as_str()];
            clusters.join(a, b, names, "the catalog lists both as names of one entity".to_owned());
        }
    }
}

/// Joins full names of persons.
pub(crate) fn persons(forms: &Forms, clusters: &mut Clusters) {
    let mut pairs = Vec::new();
    for_neighbours(forms, |a, b| {
        let (x, y) = (&forms.forms[a as usize], &forms.forms[b as usize]);
        if let Relation::Same(reason, cost) = relate(&x.name, &y.name)
            && (cost == 0 || are_apart(x, y))
        {
            pairs.push(Pair { cost, a: a.min(b), b: a.max(b), reason });
        }
    });
    pairs.sort_unstable();
    pairs.dedup();
    for Pair { a, b, reason, .. } in pairs {
        if may_join(forms, clusters, a, b) {
            let names = [forms.forms[a as usize].text.as_str(), forms.forms[b as usize].text.as_str()];
            clusters.join(a, b, names, reason);
        }
    }
}

/// A misspelling does not stand beside the right spelling again and again: two names that one document uses several
/// times each are two names.
fn are_apart(a: &Form, b: &Form) -> bool {
    let together = a.documents.iter().any(|d| b.documents.binary_search(d).is_ok());
    !together || a.count.min(b.count) == 1
}

/// Whether every member of one cluster can be every member of the other.
fn may_join(forms: &Forms, clusters: &Clusters, a: u32, b: u32) -> bool {
    let (x, y) = (clusters.root(a), clusters.root(b));
    if x == y {
        return false;
    }
    let members = |root: u32| clusters.members(root).iter().take(LINKS).map(|&f| &forms.forms[f as usize]);
    members(x).all(|p| {
        members(y).all(|q| {
            let owners = match (p.owner(), q.owner()) {
                (Some(o), Some(r)) => o == r,
                _ => true,
            };
            let genders = p.gender.is_none() || q.gender.is_none() || p.gender == q.gender;
            owners && genders && matches!(relate(&p.name, &q.name), Relation::Same(..))
        })
    })
}

/// Calls back once for every two full names that share a block.
fn for_neighbours(forms: &Forms, mut meet: impl FnMut(u32, u32)) {
    let mut blocks: Vec<(u64, &str, u32)> = Vec::new();
    for (number, form) in forms.forms.iter().enumerate() {
        if form.kind != EntityKind::Person || !form.name.is_full() {
            continue;
        }
        let mut keys: Vec<u64> = Vec::new();
        variants(&skeleton(&form.name.family_key()), &mut keys);
        // "Cordova Carreno" meets "Cordova"; "Abe Shinzo" meets "Shinzo Abe".
        if let [middle] = form.name.middles()
            && !middle.initial
        {
            keys.push(hash_bytes(skeleton(&middle.text).as_bytes()));
        }
        let mut words: Vec<&str> = form.name.parts.iter().map(|part| part.text.as_str()).collect();
        words.sort_unstable();
        keys.push(hash_bytes(words.join(" ").as_bytes()));
        keys.push(hash_bytes(joined(&form.name).as_bytes()));
        keys.sort_unstable();
        keys.dedup();
        blocks.extend(keys.into_iter().map(|key| (key, form.folded.as_str(), number as u32)));
    }
    blocks.sort_unstable();
    // Names that are alike share most of their blocks.
    let mut met: Vec<(u32, u32)> = Vec::new();
    for (i, &(key, _, a)) in blocks.iter().enumerate() {
        let near = blocks[i + 1..].iter().take(NEIGHBOURS);
        met.extend(near.take_while(|other| other.0 == key).map(|other| (a, other.2)));
    }
    met.sort_unstable();
    met.dedup();
    met.into_iter().for_each(|(a, b)| meet(a, b));
}

/// The hashes of a skeleton and of all that is left when one letter goes: two skeletons within one edit share one.
pub(crate) fn variants(skeleton: &str, keys: &mut Vec<u64>) {
    keys.push(hash_bytes(skeleton.as_bytes()));
    let letters: Vec<char> = skeleton.chars().take(12).collect();
    if letters.len() < 3 {
        return;
    }
    let mut shorter = String::with_capacity(skeleton.len());
    for skip in 0..letters.len() {
        shorter.clear();
        shorter.extend(letters.iter().enumerate().filter(|(i, _)| *i != skip).map(|(_, c)| c));
        keys.push(hash_bytes(shorter.as_bytes()));
    }
}
