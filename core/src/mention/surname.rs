//! Family names that are names of places or companies too.
//!
//! In: the mentions of one document. Out: the same; a bare name with which a person's full name ends earlier in the document is
//! that person, `Jane Boston .. Boston said`, unless it stands as places do. News names persons in full once and by
//! their family names from then on, so that a document's own full name is better evidence than any list.

use super::{Found, RawMention, trim};
use crate::catalog::EntityKind;
use crate::text::sentence::is_reporting_verb;
use crate::text::{Analysis, Shape, Token, WordId};
use std::collections::BTreeMap;

/// What the words beside its bare places say of a family name.
#[derive(Default)]
struct Evidence {
    person: u32,
    place: u32,
}

/// Confidence in a person so found.
const SCORE: f64 = 0.8;

/// Makes persons of bare names that are family names in this document.
pub(crate) fn settle(analysis: &Analysis, mentions: &mut [RawMention]) {
    // The token at which each family name was first told with a given name.
    let mut families: BTreeMap<WordId, u32> = BTreeMap::new();
    for mention in mentions.iter().filter(|m| m.kind == EntityKind::Person && m.tokens.len() > 1) {
        let word = analysis.tokens[mention.tokens.end as usize - 1].word;
        families.entry(word).or_insert(mention.tokens.end);
    }
    let family = |mention: &RawMention| {
        let token = &analysis.tokens[mention.tokens.start as usize];
        let word = token.word;
        let bare = mention.tokens.len() == 1
            && mention.kind != EntityKind::Person
            && token.shape != Shape::Upper
            && !(mention.kind != EntityKind::Place && is_group(analysis, token));
        families.get(&word).filter(|&&named| bare && mention.tokens.start >= named).map(|_| word)
    };
    let mut found: BTreeMap<WordId, Evidence> = BTreeMap::new();
    for (number, mention) in mentions.iter().enumerate() {
        if let Some(word) = family(mention) {
            let evidence = found.entry(word).or_default();
            evidence.person += u32::from(stands_as_person(analysis, mention));
            evidence.place += u32::from(stands_as_place(analysis, mention, mentions.get(number + 1)));
        }
    }
    if found.is_empty() {
        return;
    }
    for number in 0..mentions.len() {
        let mention = &mentions[number];
        let Some(evidence) = family(mention).and_then(|word| found.get(&word)) else { continue };
        let thing = matches!(
            mention.kind,
            EntityKind::Place | EntityKind::Organization | EntityKind::Product | EntityKind::Other
        );
        let person = evidence.person >= evidence.place && (thing || evidence.person > 0);
        if person && !stands_as_place(analysis, mention, mentions.get(number + 1)) {
            let mention = &mut mentions[number];
            mention.kind = EntityKind::Person;
            mention.found = Found::Discovered;
            mention.owners.clear();
            mention.score = SCORE;
        }
    }
}

/// Whether the document speaks of several of them: `Houthis`.
fn is_group(analysis: &Analysis, token: &Token) -> bool {
    analysis.vocabulary.find(&format!("{}s", analysis.folded(token))).is_some()
}

/// `Boston said`, `said Boston`, `Mr Boston`, `Boston, who`.
fn stands_as_person(analysis: &Analysis, mention: &RawMention) -> bool {
    let (start, end) = (mention.tokens.start as usize, mention.tokens.end as usize);
    let word = |at: usize| analysis.tokens.get(at).map_or("", |token| analysis.folded(token));
    let before = if start > 0 { word(start - 1) } else { "" };
    is_reporting_verb(word(end))
        || matches!(word(end), "testified" | "recalled" | "recalls" | "remembers" | "explained" | "explains")
        || before != "called" && is_reporting_verb(before)
        || trim::is_title(before)
        || word(end) == "," && word(end + 1) == "who"
}

/// `in Boston`, `the Boston`, `Boston, Lincolnshire`.
fn stands_as_place(analysis: &Analysis, mention: &RawMention, next: Option<&RawMention>) -> bool {
    let (start, end) = (mention.tokens.start as usize, mention.tokens.end as usize);
    let before = start.checked_sub(1).map_or("", |at| analysis.folded(&analysis.tokens[at]));
    let led = matches!(
        before,
        "in" | "at" | "near" | "from" | "outside" | "inside" | "across" | "around" | "throughout" | "the"
    );
    let region = next.is_some_and(|next| {
        next.kind == EntityKind::Place
            && next.tokens.start as usize == end + 1
            && analysis.surface(&analysis.tokens[end]) == ","
    });
    led || region
}
