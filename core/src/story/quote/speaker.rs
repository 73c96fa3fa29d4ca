//! Whom pronouns and role nouns mean, and who speaks.
//!
//! In: a [`Who`] at a place. Out: the member of the cast, if one is meant, and the words that name the speaker.
//! Unsure stays unresolved: a group, an unnamed official and a pronoun without a candidate have no member.

use super::noun::{PREPOSITIONS, Reader, Who};
use crate::catalog::EntityKind;
use crate::span::ByteSpan;
use crate::text::lexicon::lexicon;

lexicon!(given_names, "given_names.txt", tagged);
lexicon!(titles, "../../cast/titles.txt", tagged);

/// Nouns that mean a body named before: "the company".
const BODIES: [&str; 20] = [
    "company",
    "firm",
    "group",
    "agency",
    "organisation",
    "organization",
    "charity",
    "union",
    "club",
    "airline",
    "bank",
    "newspaper",
    "institute",
    "foundation",
    "network",
    "broadcaster",
    "retailer",
    "manufacturer",
    "party",
    "association",
];
/// Sentences walked back for what a pronoun means.
const BACK: usize = 6;

/// Who says a quotation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Speaker {
    pub(super) member: Option<u32>,
    /// The words that name the speaker.
    pub(super) text: Option<ByteSpan>,
    /// The name itself, where the words are a name.
    pub(super) mention: Option<usize>,
}

/// A place where someone was found to speak.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) token: u32,
    pub(super) speaker: Speaker,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gender {
    Male,
    Female,
}

fn gender_of(tag: &str) -> Option<Gender> {
    match tag {
        "m" => Some(Gender::Male),
        "f" => Some(Gender::Female),
        _ => None,
    }
}

impl Reader<'_> {
    /// Whom a phrase means; `said` lists who spoke so far.
    pub(super) fn resolve(&self, who: &Who, said: &[Said]) -> Speaker {
        match who {
            Who::Mention(mention) => self.named(*mention),
            Who::Pronoun(at) => self.pronoun(*at, said),
            Who::Nouns(range) => self.nouns(range.clone(), said),
        }
    }

    pub(super) fn named(&self, mention: usize) -> Speaker {
        let linked = &self.mentions[mention];
        Speaker { member: linked.member, text: Some(linked.raw.span), mention: Some(mention) }
    }

    fn pronoun(&self, at: u32, said: &[Said]) -> Speaker {
        let token = &self.analysis.tokens[at as usize];
        let unresolved = Speaker { member: None, text: Some(token.span), mention: None };
        let (gender, persons) = match self.folded(at) {
            "he" | "his" => (Some(Gender::Male), true),
            "she" | "her" => (Some(Gender::Female), true),
            "it" | "they" => (None, false),
            _ => return unresolved,
        };
        let fits = |mention: usize| {
            let person = self.kind(mention) == EntityKind::Person;
            if !persons {
                return self.kind(mention) == EntityKind::Organization
                    || (self.kind(mention) == EntityKind::Place && self.folded(at) == "it");
            }
            person && self.gender(mention).is_none_or(|g| Some(g) == gender)
        };
        let Some(sentence) = self.analysis.sentence_at(token.span.start) else { return unresolved };
        // "Doe, she said, was": what is told comes first, and is not who tells it.
        let apart = at > 0 && self.folded(at - 1) == "," && {
            let next = (at + 1..self.analysis.sentences[sentence].tokens.end).find(|&i| !self.is_word(i));
            next.is_some_and(|next| next <= at + 3 && self.folded(next) == "," && !self.is_quoted(next))
        };
        let mut aside_here = None;
        for step in usize::from(apart && !self.is_quoted(at - 1))..=BACK.min(sentence) {
            let tokens = self.analysis.sentences[sentence - step].tokens.clone();
            let end = if step == 0 { at } else { tokens.end };
            // Who spoke there comes before who is named there.
            let spoke = said.iter().rev().take_while(|s| s.token >= tokens.start).find(|s| s.token < end);
            if let Some(spoke) = spoke {
                let fit = spoke.speaker.mention.map_or(!persons || self.may_be_one(&spoke.speaker), &fits);
                if fit && (spoke.speaker.mention.is_some() || self.folded(at) != "it") {
                    return spoke.speaker.clone();
                }
            }
            // "The likeness to Ann is striking, she added.": who spoke right before comes before who is named aside.
            if let Some(mention) = aside_here {
                return self.named(mention);
            }
            // A subject rather than an owner or what a preposition leads to.
            let aside = |mention: usize| {
                self.is_owner(mention) || self.is_led(self.mentions[mention].raw.tokens.start, tokens.start)
            };
            let mut first: Option<usize> = None;
            for i in tokens.start..end {
                let Some(mention) = self.mention(i) else { continue };
                if self.mentions[mention].raw.tokens.start != i || self.is_quoted(i) || !fits(mention) {
                    continue;
                }
                let better = first.is_none_or(|held| aside(held) && !aside(mention));
                if better {
                    first = Some(mention);
                }
            }
            let Some(mention) = first else { continue };
            if !aside(mention) {
                return self.named(mention);
            }
            if step == 0 {
                aside_here = first;
                continue;
            }
            // "He said in a letter to John Doe": the same pronoun means the same person, who is named further back.
            let again = (tokens.start..self.tokens(mention).start).any(|i| self.folded(i) == self.folded(at));
            if !again {
                return self.named(mention);
            }
        }
        aside_here.map_or(unresolved, |mention| self.named(mention))
    }

    /// Whether a speaker without a name may be one person.
    fn may_be_one(&self, speaker: &Speaker) -> bool {
        let words = speaker.text.map_or("", |span| span.slice(&self.analysis.text));
        let many = ["they", "we", "i", "you", "it", "who", "those", "these", "some", "others", "many"];
        speaker.member.is_none() && !many.iter().any(|word| words.eq_ignore_ascii_case(word))
    }

    /// Whether a preposition leads to the name that begins at a token, its titles passed: "with Mayor Jane Doe".
    pub(super) fn is_led(&self, start: u32, floor: u32) -> bool {
        let mut at = start;
        let leads = |at: u32| PREPOSITIONS.contains(&self.folded(at));
        while at > floor && !leads(at - 1) && (self.is_capital(at - 1) || self.speaker_noun(at - 1).is_some())
        {
            at -= 1;
        }
        at > floor && leads(at - 1)
    }

    /// A phrase without a name: a role that a person bears, a paper that someone issued, else a group or unnamed.
    fn nouns(&self, range: std::ops::Range<u32>, said: &[Said]) -> Speaker {
        let text = Some(self.analysis.span_of(&range));
        let group = Speaker { member: None, text, mention: None };
        let head = range
            .clone()
            .take_while(|&i| i == range.start || !PREPOSITIONS.contains(&self.folded(i)))
            .filter(|&i| self.speaker_noun(i).is_some())
            .last();
        let Some(head) = head else {
            // A surname that was not recognised where it stands, of a person named before.
            let last = self.folded(range.end - 1);
            let before = self.mentions.partition_point(|m| m.raw.tokens.start < range.start);
            let bearer = (before.saturating_sub(500)..before).rev().find(|&m| {
                let raw = &self.mentions[m].raw;
                raw.kind == EntityKind::Person && self.folded(raw.tokens.end - 1) == last
            });
            return match bearer {
                Some(mention) if self.is_capital(range.end - 1) => Speaker { text, ..self.named(mention) },
                _ => group,
            };
        };
        let noun = self.folded(head);
        let issued = matches!(
            noun,
            "statement"
                | "report"
                | "study"
                | "letter"
                | "release"
                | "communique"
                | "website"
                | "article"
                | "document"
                | "notice"
                | "complaint"
                | "lawsuit"
                | "indictment"
        );
        if issued {
            let issuer = range.clone().filter_map(|i| self.mention(i)).find(|&m| self.speaks(m));
            if let Some(mention) = issuer {
                return self.named(mention);
            }
            // "The statement added": of the body that spoke or was named last.
            let spoke = said.iter().rev().take(3).find_map(|s| s.speaker.mention);
            let bodies = |m: &usize| self.kind(*m) == EntityKind::Organization;
            let before = self.mentions.partition_point(|m| m.raw.tokens.start < range.start);
            let issuer =
                spoke.filter(bodies).or_else(|| (before.saturating_sub(8)..before).rev().find(bodies));
            let definite = matches!(self.folded(range.start), "the" | "its" | "their");
            return issuer.filter(|_| definite).map_or(group, |mention| self.named(mention));
        }
        let definite = matches!(self.folded(range.start), "the" | "his" | "her" | "their");
        if !definite || noun.ends_with('s') && self.speaker_noun(head) != Some("") && !noun.ends_with("ss") {
            return group;
        }
        // A role someone was given before, nearest first: "Mayor Gavin Newsom", "Ban, the secretary-general".
        let before = self.mentions.partition_point(|m| m.raw.tokens.start < range.start);
        for (i, mention) in self.mentions[..before].iter().enumerate().rev().take(200) {
            match mention.raw.kind {
                EntityKind::Person if self.bears(i, noun) => return self.named(i),
                EntityKind::Organization if self.org_noun(i, noun) => return self.named(i),
                _ => {}
            }
        }
        if BODIES.contains(&noun)
            && range.len() == 2
            && let Some(body) = self.only_body(range.start)
        {
            return self.named(body);
        }
        let spoke = said.iter().rev().take(20).find(|s| {
            s.speaker.member.is_none()
                && s.speaker.text.is_some_and(|t| t.slice(&self.analysis.text).to_lowercase().contains(noun))
        });
        spoke.map_or(group, |s| s.speaker.clone())
    }

    /// The one body that the sentences right before a token name, and the one before them at most.
    fn only_body(&self, at: u32) -> Option<usize> {
        let here = self.analysis.sentence_at(self.analysis.tokens[at as usize].span.start)?;
        let from = self.analysis.sentences[here.saturating_sub(2)].tokens.start;
        let before = self.mentions.partition_point(|m| m.raw.tokens.start < at);
        let near = self.mentions[..before].iter().enumerate().rev();
        let near = near.take_while(|(_, m)| m.raw.tokens.start >= from);
        let mut bodies = near.filter(|(_, m)| m.raw.kind == EntityKind::Organization);
        let (last, first) = bodies.next()?;
        bodies.all(|(_, m)| m.member.is_some() && m.member == first.member).then_some(last)
    }

    /// Whether a role noun stands beside a name: up to four tokens before it, or in an apposition after it.
    fn bears(&self, mention: usize, noun: &str) -> bool {
        let tokens = &self.mentions[mention].raw.tokens;
        let sentence = self.analysis.sentence_at(self.mentions[mention].raw.span.start);
        let Some(bounds) = sentence.map(|s| self.analysis.sentences[s].tokens.clone()) else { return false };
        let before = tokens.start.saturating_sub(4).max(bounds.start)..tokens.start;
        // "The mayor, Jane Doe,": the name is the apposition.
        let apposed = tokens.start >= bounds.start + 2
            && self.folded(tokens.start - 1) == ","
            && tokens.end < bounds.end
            && matches!(self.folded(tokens.end), "," | ".");
        if apposed && self.folded(tokens.start - 2) == noun {
            return true;
        }
        let ahead = before.rev().take_while(|&i| self.is_word(i) || self.folded(i) == "-");
        if ahead.into_iter().any(|i| self.folded(i) == noun) {
            return true;
        }
        let mut after = tokens.end..bounds.end.min(tokens.end + 12);
        let beside = after.next().is_some_and(|i| matches!(self.folded(i), "," | "is" | "was" | "("));
        beside
            && after
                .take_while(|&i| !matches!(self.folded(i), "," | "\"" | ";"))
                .any(|i| self.folded(i) == noun)
    }

    fn org_noun(&self, mention: usize, noun: &str) -> bool {
        self.mentions[mention].raw.tokens.clone().any(|i| self.folded(i) == noun)
    }

    /// The gender that titles, given names and role nouns tell.
    fn gender(&self, mention: usize) -> Option<Gender> {
        let linked = &self.mentions[mention];
        let first = linked.raw.tokens.start;
        if first > 0 {
            let before = self.folded(first - 1).trim_end_matches('.');
            let tag = titles().tag(before).or_else(|| self.speaker_noun(first - 1));
            if let Some(gender) = tag.and_then(gender_of) {
                return Some(gender);
            }
        }
        let by_name = |name: &str| {
            let given = name.split_whitespace().next().filter(|_| name.contains(' '))?;
            given_names().tag(&given.to_lowercase()).and_then(gender_of)
        };
        let member = linked.member.map(|m| &self.cast.members[m as usize]);
        member
            .and_then(|m| by_name(&m.name).or_else(|| m.variants.iter().find_map(|v| by_name(&v.text))))
            .or_else(|| by_name(linked.raw.span.slice(&self.analysis.text)))
    }
}
