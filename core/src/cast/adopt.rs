//! Brings the kinds of one name into agreement over all documents.
//!
//! In: the mentions as found, document by document. Out: the same mentions, some with another kind: a name that was
//! recognised by its form alone takes the kind that most of its mentions have, and a bare name that is the family
//! name of a person of the documents is a person. Names that the catalog lists keep their kind.

use super::form::fold_key;
use super::name::PersonName;
use crate::catalog::EntityKind;
use crate::mention::{Found, RawMention};
use crate::text::Analysis;
use std::collections::{BTreeMap, BTreeSet};

/// What the documents say about one folded name.
#[derive(Default)]
struct Votes {
    /// Belief in each kind, summed over the mentions.
    kinds: BTreeMap<EntityKind, f64>,
    listed: bool,
}

/// Changes the kinds that disagree.
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
            *votes.kinds.entry(mention.kind).or_default() += mention.score.max(0.1);
            votes.listed |= !mention.owners.is_empty();
            if mention.kind == EntityKind::Person && key.contains(' ') {
                let name = PersonName::parse(surface);
                if name.is_full() && name.family_key().len() > 2 {
                    families.insert(name.family_key());
                }
            }
        }
    }
    for (analysis, list) in analyses.iter().zip(mentions) {
        for mention in list {
            if mention.kind == EntityKind::Nationality
                || !mention.owners.is_empty()
                || mention.found == Found::Exact
            {
                continue;
            }
            fold_key(mention.span.slice(&analysis.text), &mut key);
            let Some(votes) = votes.get(&key).filter(|votes| !votes.listed) else { continue };
            let person =
                families.contains(&key) || key.strip_suffix('s').is_some_and(|stem| families.contains(stem));
            let best = votes.kinds.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)));
            if let Some((&kind, _)) = best {
                mention.kind = if person { EntityKind::Person } else { kind };
            }
        }
    }
}
