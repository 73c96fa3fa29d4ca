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
use std::collections::{BTreeMap, BTreeSet};

/// How much more a name counts that the catalog lists.
const LISTED: f64 = 2.0;
/// How much it counts for a place that "in" stands before the name.
const AFTER_IN: f64 = 0.7;

/// Belief in each kind of a folded name, summed over its mentions.
type Votes = BTreeMap<EntityKind, f64>;

/// Changes the kinds that disagree and leaves out bare titles.
pub(crate) fn kinds(analyses: &[Analysis], mentions: &mut [Vec<RawMention>]) {
    let mut votes: BTreeMap<String, Votes> = BTreeMap::new();
    let mut families: BTreeSet<String> = BTreeSet::new();
    let mut key = String::new();
    for (analysis, list) in analyses.iter().zip(&*mentions) {
        for mention in list {
            let surface = mention.span.slice(&analysis.text);
            fold_key(surface, &mut key);
            let votes = match votes.get_mut(&key) {
                Some(votes) => votes,
                None => votes.entry(key.clone()).or_default(),
            };
            let listed = if mention.owners.is_empty() { 1.0 } else { LISTED };
            *votes.entry(mention.kind).or_default() += mention.score.max(0.1) * listed;
            if mention.owners.is_empty() && follows_in(analysis, mention) {
                *votes.entry(EntityKind::Place).or_default() += AFTER_IN;
            }
            if mention.kind == EntityKind::Person && key.contains(' ') {
                let name = PersonName::parse(surface);
                if name.is_full() && name.family_key().len() > 2 {
                    families.insert(name.family_key());
                }
            }
        }
    }
    for (analysis, list) in analyses.iter().zip(mentions) {
        list.retain_mut(|mention| {
            if mention.kind == EntityKind::Nationality || !mention.owners.is_empty() {
                return true;
            }
            fold_key(mention.span.slice(&analysis.text), &mut key);
            if mention.kind == EntityKind::Person && table::is_role(&key) && !families.contains(&key) {
                return false;
            }
            let Some(votes) = votes.get(&key) else { return true };
            let family =
                families.contains(&key) || key.strip_suffix('s').is_some_and(|k| families.contains(k));
            let best = votes.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)));
            if family {
                mention.kind = EntityKind::Person;
            } else if let Some((&kind, _)) = best {
                mention.kind = kind;
            }
            let last = key.rsplit_once(' ').map_or("", |(_, last)| last);
            if mention.kind == EntityKind::Person && table::is_place_noun(last) {
                mention.kind = EntityKind::Place;
            }
            true
        });
    }
}

/// Whether "in" stands before a name that owns nothing: "in Kherson", but not "in Putin's words".
fn follows_in(analysis: &Analysis, mention: &RawMention) -> bool {
    let before = mention.tokens.start.checked_sub(1);
    let owns = analysis.tokens.get(mention.tokens.end as usize).is_some_and(|t| t.is_clitic());
    before.is_some_and(|t| matches!(analysis.folded(&analysis.tokens[t as usize]), "in" | "near")) && !owns
}
