//! Results as pages for people: plain text for a terminal, HTML for a notebook.
//!
//! In: results, and for highlighting the document they were made of. Out: text without control characters, or one
//! HTML element, escaped, without script or outside resource, readable on light and dark grounds. Decides nothing:
//! every line stands in the result.

mod answer;
mod html;
mod markdown;
mod text;
mod whole;

use crate::cast::CastMember;
use crate::story::Claim;
use std::collections::BTreeSet;

/// The other spellings of a member of the cast, most frequent first, without possessives that lost their apostrophe.
fn spellings(member: &CastMember) -> impl Iterator<Item = &str> {
    let texts = member.variants.iter().map(|variant| variant.text.as_str());
    let known: BTreeSet<&str> = texts.clone().chain([member.name.as_str()]).collect();
    let owns = move |text: &str| text.strip_suffix('s').is_some_and(|base| known.contains(base));
    texts.filter(move |text| *text != member.name && !owns(text))
}

/// The descriptors of a member of the cast, each once, in document order.
fn roles(member: &CastMember) -> impl Iterator<Item = &str> {
    let mut seen = BTreeSet::new();
    member.roles.iter().map(|role| role.text.as_str()).filter(move |text| seen.insert(*text))
}

/// The values of a claim, each once, with the documents that give it.
fn values(claim: &Claim) -> Vec<(&str, Vec<usize>)> {
    let mut values: Vec<(&str, Vec<usize>)> = Vec::new();
    for (value, span) in claim.values.iter().zip(&claim.spans) {
        match values.iter_mut().find(|(known, _)| known == value) {
            Some((_, documents)) => documents.push(span.document),
            None => values.push((value, vec![span.document])),
        }
    }
    values
}
