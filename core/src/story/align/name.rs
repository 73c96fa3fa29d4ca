//! Differences in how the documents name and describe the members of the cast.
//!
//! Roles: one document says "former" where another does not. Spellings: one person's name is written in several ways
//! that no short form, accent or case explains.

use super::statement::SharedTerms;
use super::{Finding, Side, Sources};
use crate::cast::{CastMember, LinkedMention, Role};
use crate::catalog::EntityKind;
use crate::story::Relation;
use crate::text::fold::fold_into;
use std::collections::btree_map::{BTreeMap, Entry};

const FORMER: [&str; 5] = ["former", "ex", "then", "late", "acting"];

pub(super) fn findings(sources: &Sources<'_>) -> Vec<Finding> {
    let mut places: Vec<Vec<(usize, &LinkedMention)>> = vec![Vec::new(); sources.cast.members.len()];
    for (document, mentions) in sources.cast.mentions.iter().enumerate() {
        for linked in mentions {
            if let Some(member) = linked.member {
                places[member as usize].push((document, linked));
            }
        }
    }
    let mut out = Vec::new();
    for (member, places) in sources.cast.members.iter().zip(&places) {
        out.extend(role(sources, member));
        if member.kind == EntityKind::Person {
            out.extend(spelling(sources, member, places));
        }
    }
    out
}

fn words(text: &str) -> Vec<String> {
    let mut folded = String::new();
    fold_into(text, &mut folded);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_string).collect()
}

fn last_word(text: &str) -> Option<String> {
    let mut folded = String::new();
    fold_into(text, &mut folded);
    folded.rsplit(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty()).map(str::to_string)
}

/// The same office, held in one document and left in another.
fn role(sources: &Sources<'_>, member: &CastMember) -> Option<Finding> {
    if member.roles.len() < 2 {
        return None;
    }
    let read = |role: &Role| {
        let words = words(&role.text);
        let former = words.iter().find(|w| FORMER.contains(&w.as_str())).cloned();
        (former, words)
    };
    let roles: Vec<(&Role, Option<String>, Vec<String>)> = member
        .roles
        .iter()
        .take(50)
        .map(|role| {
            let (former, words) = read(role);
            (role, former, words)
        })
        .collect();
    for (i, (role, former, words)) in roles.iter().enumerate() {
        for (other, other_former, other_words) in &roles[i + 1..] {
            let office = |w: &&String| !FORMER.contains(&w.as_str());
            let head: Vec<&String> = words.iter().filter(office).collect();
            let same = head.iter().rev().take(2).all(|w| other_words.contains(w)) && !head.is_empty();
            if role.document == other.document || former == other_former || !same {
                continue;
            }
            let side = |role: &Role| {
                let analysis = &sources.analyses[role.document];
                let sentence = analysis.sentence_at(role.span.byte_span().start as u32)?;
                let span = analysis.sentences[sentence].span;
                Some(Side { document: role.document, span, value: role.text.clone() })
            };
            return Some(Finding {
                relation: Relation::Differ,
                score: 0.6,
                topic: format!("role of {}", member.name),
                reason: format!("\"{}\" in one document, \"{}\" in another", role.text, other.text),
                shared: SharedTerms::default(),
                key: format!("role {}", member.entity),
                sides: [side(role)?, side(other)?],
                more: Vec::new(),
            });
        }
    }
    None
}

/// One name in several spellings: the last words differ by a letter or two and neither is a misreading of case.
fn spelling(
    sources: &Sources<'_>,
    member: &CastMember,
    places: &[(usize, &LinkedMention)],
) -> Option<Finding> {
    // Hardly a name has two last words.
    if member.variants.len() < 2 {
        return None;
    }
    let mut lasts: Vec<String> = member.variants.iter().filter_map(|v| last_word(&v.text)).collect();
    lasts.sort_unstable();
    lasts.dedup();
    if lasts.len() < 2 {
        return None;
    }
    // Per spelling of the last name and document: the first sentence with the fullest form of it.
    let mut by_form: BTreeMap<String, BTreeMap<usize, (usize, Side)>> = BTreeMap::new();
    for &(document, linked) in places {
        let analysis = &sources.analyses[document];
        let surface = linked.raw.span.slice(&analysis.text);
        let words = words(surface);
        let Some(last) = words.last().filter(|w| w.chars().count() > 3) else { continue };
        let Some(sentence) = analysis.sentence_at(linked.raw.span.start) else { continue };
        let sentence = &analysis.sentences[sentence];
        if sentence.region != crate::text::Region::Body {
            continue;
        }
        let side = || Side { document, span: sentence.span, value: surface.to_string() };
        let fullness = words.len().min(2);
        match by_form.entry(last.clone()).or_default().entry(document) {
            Entry::Vacant(place) => {
                place.insert((fullness, side()));
            }
            Entry::Occupied(mut place) if fullness > place.get().0 => {
                place.insert((fullness, side()));
            }
            Entry::Occupied(_) => {}
        }
    }
    let forms: Vec<&String> = by_form.keys().take(8).collect();
    // Spellings of the form that stands in most documents; the first in the alphabet when several do.
    let main = forms.iter().rev().max_by_key(|f| by_form[**f].len())?;
    let spellings: Vec<&&String> = forms.iter().filter(|f| *f == main || is_spelling(main, f)).collect();
    let mut sides: Vec<Side> =
        spellings.iter().flat_map(|f| by_form[**f].values().take(2).map(|(_, side)| side.clone())).collect();
    sides.sort_by_key(|s| (s.document, s.span));
    if spellings.len() < 2 || sides.len() < 2 {
        return None;
    }
    let written: Vec<String> = spellings.iter().map(|f| format!("\"{f}\"")).collect();
    let more = sides.split_off(2);
    let [first, second] = <[Side; 2]>::try_from(sides).ok()?;
    Some(Finding {
        relation: Relation::Differ,
        score: 0.55,
        topic: format!("spelling of {}", member.name),
        reason: format!("written {}", written.join(", ")),
        shared: SharedTerms::default(),
        key: format!("spelling {}", member.entity),
        sides: [first, second],
        more,
    })
}

/// Whether two forms are spellings of one name; a possessive that lost its apostrophe is none.
fn is_spelling(a: &str, b: &str) -> bool {
    let possessive = a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a);
    !possessive && is_near(a, b)
}

/// Whether two words are spellings of one name: same first letter, and few letters inserted, lost or changed.
fn is_near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(32).collect(), b.chars().take(32).collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = (corner + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            corner = row[j + 1];
            row[j + 1] = cost;
        }
    }
    a.first() == b.first() && row[b.len()] * 2 < a.len().max(b.len()).min(9)
}
