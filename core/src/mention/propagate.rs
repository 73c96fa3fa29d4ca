//! Carries what one place of a document tells about a name to its other places.
//!
//! In: the mentions of one document. Out: the same, with kinds made one per surface, later bare parts of full names,
//! missed repetitions, lost apostrophes (`Trumps`) and acronyms introduced in brackets added, and without names that
//! only a line in title case suggests. Catalog mentions are never changed, but for family names (`surname`).

use super::extend::take_heads;
use super::form::{Style, style_of};
use super::gather::discovered;
use super::tagger::Tagged;
use super::{Found, RawMention, acronym, surname, witness};
use crate::catalog::EntityKind;
use crate::text::{Analysis, Shape, TokenKind, WordId};
use std::collections::BTreeMap;

/// The longest name that is looked for again, in tokens.
const LONGEST: usize = 8;

/// Completes the mentions of a document.
pub(crate) fn propagate(analysis: &Analysis, mut mentions: Vec<RawMention>) -> Vec<RawMention> {
    let styles: Vec<Style> =
        analysis.sentences.iter().map(|s| style_of(analysis, analysis.tokens_of(&s.tokens))).collect();
    let running = |mention: &RawMention| {
        analysis.sentence_at(mention.span.start).is_none_or(|sentence| styles[sentence] == Style::Running)
    };
    acronym::correct(analysis, &mut mentions);
    let words: Vec<WordId> = analysis.tokens.iter().map(|token| token.word).collect();
    agree(analysis, &words, &mut mentions);
    surname::settle(analysis, &mut mentions);
    let known = Known::new(&words, mentions.iter().filter(|mention| running(mention)));
    mentions
        .retain(|mention| mention.found != Found::Discovered || running(mention) || known.supports(mention));
    known.adopt(analysis, &mut mentions);
    let added = known.missed(analysis, &mentions, &styles);
    mentions.extend(added);
    mentions.sort_by_key(|mention| mention.tokens.start);
    take_heads(analysis, &mut mentions);
    mentions
}

/// The words of a mention among those of the document.
fn own<'w>(words: &'w [WordId], mention: &RawMention) -> &'w [WordId] {
    &words[mention.tokens.start as usize..mention.tokens.end as usize]
}

/// What a place counts where the words beside a name tell its kind.
const WITNESS: f64 = 20.0;

/// Gives every discovered surface the kind that most of its places have; a catalog's strong name counts double, and words
/// beside it that tell its kind more than a few places without.
fn agree(analysis: &Analysis, words: &[WordId], mentions: &mut [RawMention]) {
    let mut votes: BTreeMap<&[WordId], [f64; EntityKind::ALL.len()]> = BTreeMap::new();
    for (number, mention) in mentions.iter().enumerate() {
        let weight = if mention.found == Found::Discovered { mention.score } else { 2.0 };
        let counts = votes.entry(own(words, mention)).or_default();
        counts[mention.kind as usize] += weight;
        if mention.kind != EntityKind::Nationality
            && let Some(kind) = witness::kind(analysis, mention, mentions.get(number + 1))
        {
            counts[kind as usize] += WITNESS;
        }
    }
    for mention in mentions.iter_mut().filter(|mention| mention.found == Found::Discovered) {
        let Some(counts) = votes.get(own(words, mention)) else { continue };
        let own = counts[mention.kind as usize];
        let best = EntityKind::ALL.into_iter().max_by(|a, b| {
            counts[*a as usize].total_cmp(&counts[*b as usize]).then((*b as usize).cmp(&(*a as usize)))
        });
        if let Some(best) = best.filter(|best| counts[*best as usize] > own) {
            mention.kind = best;
        }
    }
}

/// What the running text of a document establishes.
struct Known<'w> {
    /// The words of all tokens.
    words: &'w [WordId],
    /// Names by their words: kind and how often.
    names: BTreeMap<&'w [WordId], (EntityKind, u32)>,
    /// Words that end or begin a person's full name.
    parts: BTreeMap<WordId, EntityKind>,
}

impl<'w> Known<'w> {
    fn new<'m>(words: &'w [WordId], mentions: impl Iterator<Item = &'m RawMention>) -> Self {
        let mut known = Known { words, names: BTreeMap::new(), parts: BTreeMap::new() };
        for mention in mentions {
            let key = own(words, mention);
            if mention.kind == EntityKind::Person && key.len() > 1 {
                for word in [key[key.len() - 1], key[0]] {
                    known.parts.entry(word).or_insert(EntityKind::Person);
                }
            }
            if key.len() <= LONGEST {
                known.names.entry(key).or_insert((mention.kind, 0)).1 += 1;
            }
        }
        known
    }

    /// Whether a name in a heading is known from the text, whole or as part of a person's name.
    fn supports(&self, mention: &RawMention) -> bool {
        let key = own(self.words, mention);
        self.names.contains_key(key)
            || (key.len() == 1 && self.parts.contains_key(&key[0]))
            || (mention.score >= HEADING_SCORE && mention.kind == EntityKind::Person && key.len() > 1)
    }

    /// Gives names with a lost apostrophe the kind of the name without the `s`.
    fn adopt(&self, analysis: &Analysis, mentions: &mut [RawMention]) {
        for mention in mentions.iter_mut().filter(|mention| mention.found == Found::Discovered) {
            if let [token] = analysis.tokens_of(&mention.tokens) {
                let known = self.parts.contains_key(&token.word);
                if let Some(stem) = self.lost_apostrophe(analysis, token.word).filter(|_| !known) {
                    mention.kind = stem;
                }
            } else if let [token, next, ..] = analysis.tokens_of(&mention.tokens)
                && next.shape == Shape::Lower
                && let Some(stem) = self.lost_apostrophe(analysis, token.word)
            {
                // `Trumps team`: the owner, and what is owned.
                mention.kind = stem;
                mention.tokens.end = mention.tokens.start + 1;
                mention.span = token.span;
            }
        }
    }

    /// The kind of the name that a word is with an `s` after it, if it is no name itself.
    fn lost_apostrophe(&self, analysis: &Analysis, word: WordId) -> Option<EntityKind> {
        let stem = analysis.vocabulary.folded(word).strip_suffix('s').filter(|stem| stem.len() > 3)?;
        let stem = analysis.vocabulary.find(stem)?;
        if let Some(kind) = self.parts.get(&stem) {
            return Some(*kind);
        }
        let (kind, _) = self.names.get(&[stem][..])?;
        matches!(kind, EntityKind::Person | EntityKind::Place | EntityKind::Organization).then_some(*kind)
    }

    /// Places of known names that are not mentions yet.
    fn missed(&self, analysis: &Analysis, mentions: &[RawMention], styles: &[Style]) -> Vec<RawMention> {
        let mut taken = vec![false; analysis.tokens.len()];
        for mention in mentions {
            taken[mention.tokens.start as usize..mention.tokens.end as usize].fill(true);
        }
        // Names by their first word, longest first.
        let mut starts: BTreeMap<WordId, Vec<(&[WordId], EntityKind)>> = BTreeMap::new();
        for (key, (kind, _)) in self.names.iter().filter(|(key, _)| key.len() > 1) {
            starts.entry(key[0]).or_default().push((*key, *kind));
        }
        for names in starts.values_mut() {
            names.sort_by_key(|(key, _)| std::cmp::Reverse(key.len()));
            names.truncate(MOST_PER_WORD);
        }
        let mut added = Vec::new();
        for (sentence, style) in analysis.sentences.iter().zip(styles) {
            let (first, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
            let mut at = first;
            while at < end {
                let found = if taken[at] {
                    None
                } else {
                    self.name_at(analysis, &starts, &taken, (first, at, end), *style)
                };
                let Some((length, kind)) = found else {
                    at += 1;
                    continue;
                };
                added.push(discovered(
                    analysis,
                    Tagged { tokens: at as u32..(at + length) as u32, kind, score: REPEATED_SCORE },
                ));
                at += length;
            }
        }
        added
    }

    fn name_at(
        &self,
        analysis: &Analysis,
        starts: &BTreeMap<WordId, Vec<(&[WordId], EntityKind)>>,
        taken: &[bool],
        (first, at, end): (usize, usize, usize),
        style: Style,
    ) -> Option<(usize, EntityKind)> {
        let token = &analysis.tokens[at];
        if token.kind != TokenKind::Word || !token.is_capitalised(analysis.surface(token)) {
            return None;
        }
        for (key, kind) in starts.get(&token.word).into_iter().flatten() {
            let fits = at + key.len() <= end
                && self.words[at..at + key.len()] == **key
                && !taken[at..at + key.len()].contains(&true);
            if fits {
                return Some((key.len(), *kind));
            }
        }
        let kind = match self.parts.get(&token.word) {
            Some(kind) => Some(*kind),
            None => self.names.get(&[token.word][..]).filter(|(_, count)| *count > 1).map(|(kind, _)| *kind),
        }
        .or_else(|| self.lost_apostrophe(analysis, token.word))?;
        // A part stands bare: no capitalised neighbour makes it another name.
        let capital = |i: usize| {
            let token = &analysis.tokens[i];
            token.is_word() && token.is_capitalised(analysis.surface(token)) && !taken[i]
        };
        let crowded =
            style == Style::Running && ((at > first && capital(at - 1)) || (at + 1 < end && capital(at + 1)));
        (!crowded && token.span.len() > 2).then_some((1, kind))
    }
}

/// Names with one first word that are looked for again; keeps the search linear in any text.
const MOST_PER_WORD: usize = 64;
/// The score of names that are added because they stand elsewhere in the document.
const REPEATED_SCORE: f64 = 0.6;
/// A person's full name in a heading counts from this score on.
const HEADING_SCORE: f64 = 0.75;
