//! Brings the kinds of one name into agreement over all documents.
//!
//! In: the mentions as found, document by document. Out: the same mentions, some with another kind, and without the
//! titles that were read as names. A name that was recognised by its form alone takes the kind that most of its
//! mentions have; a bare name that is the family name of a person of the documents is a person; a name that ends in
//! "Street" or stands after "in" is a place. Names that the catalog lists keep their kind.

use super::form::fold_key;
use super::name::PersonName;
use super::table;
use crate::catalog::EntityKind;
use crate::mention::RawMention;
use crate::text::Analysis;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// How much more a name counts that the catalog lists.
const LISTED: f64 = 2.0;
/// How much it counts for a place that "in" stands before the name.
const AFTER_IN: f64 = 0.7;

/// The folded names of the documents, each with the belief in each kind, summed over its mentions.
#[derive(Default)]
struct Names {
    index: BTreeMap<String, usize>,
    votes: Vec<[f64; EntityKind::ALL.len()]>,
}

impl Names {
    fn number(&mut self, folded: &str) -> usize {
        if let Some(&number) = self.index.get(folded) {
            return number;
        }
        self.votes.push([0.0; EntityKind::ALL.len()]);
        self.index.insert(folded.to_owned(), self.votes.len() - 1);
        self.votes.len() - 1
    }

    /// The kind that most belief is in, of equal ones the first.
    fn best(&self, number: usize) -> EntityKind {
        let votes = &self.votes[number];
        let most =
            |a: &EntityKind, b: &EntityKind| votes[*a as usize].total_cmp(&votes[*b as usize]).then(b.cmp(a));
        EntityKind::ALL.into_iter().max_by(most).unwrap_or(EntityKind::Other)
    }
}

/// Changes the kinds that disagree and leaves out bare titles. Returns the names that were taken apart for it, by their
/// surfaces.
pub(crate) fn kinds<'a>(
    analyses: &'a [Analysis],
    mentions: &mut [Vec<RawMention>],
) -> BTreeMap<&'a str, PersonName> {
    let mut names = Names::default();
    let mut families: BTreeSet<String> = BTreeSet::new();
    let mut parsed: BTreeMap<&str, PersonName> = BTreeMap::new();
    // The number of every mention's name.
    let mut numbers = Vec::new();
    let mut key = String::new();
    for (analysis, list) in analyses.iter().zip(&*mentions) {
        for mention in list {
            let surface = mention.span.slice(&analysis.text);
            fold_key(surface, &mut key);
            let number = names.number(&key);
            numbers.push(number);
            let votes = &mut names.votes[number];
            let listed = if mention.owners.is_empty() { 1.0 } else { LISTED };
            votes[mention.kind as usize] += mention.score.max(0.1) * listed;
            if mention.owners.is_empty() && follows_in(analysis, mention) {
                votes[EntityKind::Place as usize] += AFTER_IN;
            }
            if mention.kind == EntityKind::Person
                && key.contains(' ')
                && let Entry::Vacant(place) = parsed.entry(surface)
            {
                let name = place.insert(PersonName::parse(surface));
                let family = name.family_key();
                if name.is_full() && family.len() > 2 {
                    families.insert(family);
                }
            }
        }
    }
    let mut keys = vec![""; names.votes.len()];
    names.index.iter().for_each(|(key, &number)| keys[number] = key);
    let mut numbers = numbers.into_iter();
    for list in mentions {
        list.retain_mut(|mention| {
            let Some(number) = numbers.next() else { return true };
            if mention.kind == EntityKind::Nationality || !mention.owners.is_empty() {
                return true;
            }
            let key = keys[number];
            if mention.kind == EntityKind::Person && table::is_role(key) && !families.contains(key) {
                return false;
            }
            let family =
                families.contains(key) || key.strip_suffix('s').is_some_and(|k| families.contains(k));
            mention.kind = if family { EntityKind::Person } else { names.best(number) };
            let last = key.rsplit_once(' ').map_or("", |(_, last)| last);
            if mention.kind == EntityKind::Person && table::is_place_noun(last) {
                mention.kind = EntityKind::Place;
            }
            true
        });
    }
    parsed
}

/// Whether "in" stands before a name that owns nothing: "in Kherson", but not "in Putin's words".
fn follows_in(analysis: &Analysis, mention: &RawMention) -> bool {
    let before = mention.tokens.start.checked_sub(1);
    let owns = analysis.tokens.get(mention.tokens.end as usize).is_some_and(|t| t.is_clitic());
    before.is_some_and(|t| matches!(analysis.folded(&analysis.tokens[t as usize]), "in" | "near")) && !owns
}
