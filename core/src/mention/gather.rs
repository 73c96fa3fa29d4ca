//! Brings together what the catalog lists and what the tagger discovers.
//!
//! In: catalog hits and tagged names of one document. Out: [`RawMention`]s in text order without overlaps. A strong
//! catalog name is never displaced by a discovered one that merely overlaps it; it is part of a discovered name that
//! strictly contains it (`Paris Hilton`, `Bank of England`), because the longest name is meant. A weak catalog name
//! (a bare surname, a common word) counts where the tagger sees a name too, or the document names its owner in full.

use super::tagger::Tagged;
use super::{Found, RawMention};
use crate::catalog::{Catalog, EntityKind, FindOptions, Hit, Owner, WeakNames};
use crate::text::Analysis;
use std::ops::Range;

/// A catalog hit on token boundaries.
struct Listed {
    hit: Hit,
    tokens: Range<u32>,
    owners: Vec<Owner>,
    /// Counts by itself.
    strong: bool,
}

/// The mentions of a document from its catalog hits and tagged names.
pub(crate) fn gather(analysis: &Analysis, catalog: &Catalog, tagged: Vec<Tagged>) -> Vec<RawMention> {
    let listed = listed(analysis, catalog);
    let tagged = split_runs(&listed, tagged);
    let mut mentions = Vec::with_capacity(listed.len() + tagged.len());
    let mut names = tagged.into_iter().peekable();
    let mut free = 0;
    for item in &listed {
        // Names that end before the hit stand by themselves.
        while let Some(name) = names.next_if(|name| name.tokens.end <= item.tokens.start) {
            push_discovered(analysis, name, &mut free, &mut mentions);
        }
        let Some(name) = names.peek().filter(|name| name.tokens.start < item.tokens.end) else {
            if item.strong && item.tokens.start >= free {
                mentions.push(listed_mention(analysis, catalog, item, None));
                free = item.tokens.end;
            }
            continue;
        };
        let inside = name.tokens.start <= item.tokens.start && item.tokens.end <= name.tokens.end;
        if name.tokens == item.tokens {
            let name = names.next();
            if item.tokens.start >= free {
                mentions.push(listed_mention(analysis, catalog, item, name.as_ref()));
                free = item.tokens.end;
            }
        } else if !inside && item.strong && item.tokens.start >= free {
            // The hit is longer, or the two overlap in part: the catalog's name stays whole.
            while names.next_if(|name| name.tokens.start < item.tokens.end).is_some() {}
            mentions.push(listed_mention(analysis, catalog, item, None));
            free = item.tokens.end;
        }
    }
    for name in names {
        push_discovered(analysis, name, &mut free, &mut mentions);
    }
    mentions
}

fn push_discovered(analysis: &Analysis, name: Tagged, free: &mut u32, mentions: &mut Vec<RawMention>) {
    if name.tokens.start >= *free {
        *free = name.tokens.end;
        mentions.push(discovered(analysis, name));
    }
}

/// A discovered name as a mention.
pub(crate) fn discovered(analysis: &Analysis, name: Tagged) -> RawMention {
    RawMention {
        span: analysis.span_of(&name.tokens),
        tokens: name.tokens,
        kind: name.kind,
        found: Found::Discovered,
        owners: Vec::new(),
        edit: None,
        score: name.score,
    }
}

/// The catalog's hits that fall on tokens.
fn listed(analysis: &Analysis, catalog: &Catalog) -> Vec<Listed> {
    if catalog.is_empty() {
        return Vec::new();
    }
    let hits = apart(catalog.hits_with(&analysis.text, &FindOptions::new().weak(WeakNames::All)));
    let owned: Vec<Vec<Owner>> = hits.iter().map(|hit| catalog.owners(hit)).collect();
    // Entities that the document names by a strong name support their weak ones.
    let strong_hits = hits.iter().zip(&owned).filter(|(hit, _)| !hit.weak);
    let mut named: Vec<u32> =
        strong_hits.flat_map(|(_, owners)| owners.iter().filter(|o| !o.weak).map(|o| o.entity)).collect();
    named.sort_unstable();
    named.dedup();
    let mut listed = Vec::new();
    for (mut hit, owners) in hits.into_iter().zip(owned) {
        let first = analysis.tokens.partition_point(|t| t.span.end <= hit.span.start) as u32;
        let mut end = analysis.tokens.partition_point(|t| t.span.start < hit.span.end) as u32;
        // `Guard's` is the possessive of `Guard` before it is a careless `Guards`; `Lloyd's` is a name as it stands.
        let closing = analysis.tokens[..end as usize].last().filter(|last| last.is_clitic());
        if let Some(closing) = closing
            && first + 1 < end
            && hit.found != Found::Exact
        {
            hit.span.end = closing.span.start;
            end -= 1;
        }
        if first < end {
            let strong = !hit.weak || owners.iter().any(|owner| named.binary_search(&owner.entity).is_ok());
            listed.push(Listed { hit, tokens: first..end, owners, strong });
        }
    }
    listed
}

/// Drops the misspelt names inside which an exact one stands: mentions of the catalog do not overlap.
fn apart(mut hits: Vec<Hit>) -> Vec<Hit> {
    let exact: Vec<(u32, u32)> = hits
        .iter()
        .filter(|hit| hit.found != Found::Fuzzy)
        .map(|hit| (hit.span.start, hit.span.end))
        .collect();
    hits.retain(|hit| {
        let next = exact.partition_point(|&(_, end)| end <= hit.span.start);
        hit.found != Found::Fuzzy || exact.get(next).is_none_or(|&(start, _)| start >= hit.span.end)
    });
    hits
}

/// A catalog name as a mention; the tagger's kind chooses among owners of several kinds.
fn listed_mention(
    analysis: &Analysis,
    catalog: &Catalog,
    item: &Listed,
    name: Option<&Tagged>,
) -> RawMention {
    let mut kinds = item.owners.iter().filter_map(|owner| owner.kind);
    let first = kinds.clone().next().unwrap_or(EntityKind::Other);
    let seen = name.map(|name| name.kind);
    let agreed = seen.filter(|seen| kinds.any(|kind| kind == *seen));
    // A weak name that the tagger reads as another kind is another thing of the same name.
    let foreign = !item.strong && agreed.is_none() && seen.is_some();
    let kind = agreed.or(seen.filter(|_| foreign)).unwrap_or(first);
    let owners: Vec<u32> =
        if foreign { Vec::new() } else { item.owners.iter().map(|owner| owner.entity).collect() };
    RawMention {
        span: if foreign { analysis.span_of(&item.tokens) } else { item.hit.span },
        tokens: item.tokens.clone(),
        kind,
        found: if foreign { Found::Discovered } else { item.hit.found },
        owners,
        edit: (item.hit.found == Found::Fuzzy)
            .then(|| catalog.spelling(&item.hit))
            .flatten()
            .map(str::to_owned),
        score: if item.strong { 1.0 } else { name.map_or(0.5, |name| name.score) },
    }
}

/// Takes apart tagged names that are nothing but several strong catalog names side by side.
fn split_runs(listed: &[Listed], tagged: Vec<Tagged>) -> Vec<Tagged> {
    let mut out = Vec::with_capacity(tagged.len());
    for name in tagged {
        let from = listed.partition_point(|item| item.tokens.start < name.tokens.start);
        let inside = listed[from..].iter().take_while(|item| item.tokens.end <= name.tokens.end);
        let (mut at, mut count) = (name.tokens.start, 0);
        for item in inside {
            if item.strong && item.tokens.start == at {
                at = item.tokens.end;
                count += 1;
            }
        }
        if count < 2 || at != name.tokens.end {
            out.push(name);
        }
    }
    out
}
