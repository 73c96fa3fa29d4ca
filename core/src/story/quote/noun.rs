//! Noun phrases beside a verb, and whom they mean.
//!
//! In: tokens and mentions. Out: [`Who`]: a mention, a pronoun or a run of nouns. No parser: phrases are walked from
//! the verb outward, over prepositions and appositions, as far as their words allow.

use crate::cast::{Cast, LinkedMention};
use crate::catalog::EntityKind;
use crate::text::lexicon::{Lexicon, lexicon};
use crate::text::{Analysis, Shape, TokenKind};
use std::ops::Range;

lexicon!(speaker_nouns, "speakers.txt", tagged);

/// Tokens walked outward at most; longer phrases are given up.
pub(super) const REACH: u32 = 40;

/// What stands in subject place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// The index of a mention of the document.
    Mention(usize),
    /// The token of a pronoun.
    Pronoun(u32),
    /// The tokens of a phrase without a name as its head.
    Nouns(Range<u32>),
}

/// One document as the sieve reads it.
pub(super) struct Reader<'a> {
    pub(super) analysis: &'a Analysis,
    pub(super) mentions: &'a [LinkedMention],
    pub(super) cast: &'a Cast,
    /// The number of the mention of a token plus one; zero outside names.
    mention_of: Vec<u32>,
}

pub(super) const PREPOSITIONS: [&str; 24] = [
    "of", "for", "in", "from", "at", "with", "by", "to", "near", "on", "against", "about", "during", "after",
    "before", "under", "inside", "outside", "across", "between", "among", "behind", "within", "through",
];
const SKIPPED: [&str; 44] = [
    "has",
    "have",
    "had",
    "was",
    "were",
    "is",
    "are",
    "be",
    "been",
    "being",
    "will",
    "would",
    "can",
    "could",
    "may",
    "might",
    "must",
    "should",
    "did",
    "does",
    "do",
    "also",
    "later",
    "then",
    "now",
    "again",
    "already",
    "once",
    "not",
    "never",
    "only",
    "just",
    "first",
    "even",
    "still",
    "further",
    "went",
    "to",
    "himself",
    "herself",
    "itself",
    "themselves",
    "however",
    "too",
];
const DETERMINERS: [&str; 22] = [
    "the", "a", "an", "one", "another", "some", "many", "several", "two", "three", "his", "her", "their",
    "its", "our", "my", "this", "that", "these", "those", "both", "other",
];
const STOPS: [&str; 30] = [
    "and", "or", "but", "while", "when", "as", "if", "because", "since", "although", "though", "that", "who",
    "which", "whom", "whose", "where", "than", "so", "what", "whether", "he", "she", "they", "it", "we", "i",
    "you", "not", "there",
];

pub(super) fn is_pronoun(word: &str) -> bool {
    matches!(word, "he" | "she" | "they" | "it" | "i" | "we" | "you")
}

impl<'a> Reader<'a> {
    pub(super) fn new(analysis: &'a Analysis, mentions: &'a [LinkedMention], cast: &'a Cast) -> Self {
        let mut mention_of = vec![0; analysis.tokens.len()];
        for (i, mention) in mentions.iter().enumerate() {
            mention_of[mention.raw.tokens.start as usize..mention.raw.tokens.end as usize].fill(i as u32 + 1);
        }
        Reader { analysis, mentions, cast, mention_of }
    }

    pub(super) fn folded(&self, at: u32) -> &'a str {
        self.analysis.folded(&self.analysis.tokens[at as usize])
    }

    pub(super) fn hash(&self, at: u32) -> u64 {
        self.analysis.vocabulary.hash(self.analysis.tokens[at as usize].word)
    }

    pub(super) fn surface(&self, at: u32) -> &'a str {
        self.analysis.surface(&self.analysis.tokens[at as usize])
    }

    pub(super) fn is_word(&self, at: u32) -> bool {
        self.analysis.tokens[at as usize].kind == TokenKind::Word
    }

    /// The mention that holds a token.
    pub(super) fn mention(&self, at: u32) -> Option<usize> {
        (self.mention_of[at as usize] as usize).checked_sub(1)
    }

    pub(super) fn kind(&self, mention: usize) -> EntityKind {
        self.mentions[mention].raw.kind
    }

    fn tokens(&self, mention: usize) -> Range<u32> {
        self.mentions[mention].raw.tokens.clone()
    }

    /// A name that can speak.
    pub(super) fn speaks(&self, mention: usize) -> bool {
        matches!(self.kind(mention), EntityKind::Person | EntityKind::Organization | EntityKind::Place)
    }

    /// A word with a capital.
    pub(super) fn is_capital(&self, at: u32) -> bool {
        let token = &self.analysis.tokens[at as usize];
        token.is_word() && token.is_capitalised(self.surface(at))
    }

    /// The name is possessive: it modifies what follows.
    fn is_owner(&self, mention: usize) -> bool {
        let end = self.tokens(mention).end as usize;
        self.analysis.tokens.get(end).is_some_and(|token| {
            token.is_clitic() || (token.is_glued() && self.analysis.surface(token) == "’")
        })
    }

    /// Whether a word can be passed on the way from a verb back to its subject.
    fn is_skipped(&self, at: u32) -> bool {
        let word = self.folded(at);
        self.is_word(at)
            && self.mention(at).is_none()
            && (SKIPPED.contains(&word)
                || (word.len() > 4
                    && word.ends_with("ly")
                    && self.analysis.tokens[at as usize].shape == Shape::Lower))
    }

    /// The subject of a verb in the tokens from `floor`: the phrase before it, appositions aside.
    pub(super) fn subject_before(&self, verb: u32, floor: u32) -> Option<Who> {
        let floor = floor.max(verb.saturating_sub(REACH));
        let mut at = verb;
        while at > floor && self.is_skipped(at - 1) {
            at -= 1;
        }
        if at == floor {
            return None;
        }
        at -= 1;
        match self.folded(at) {
            "," | ")" | "—" | "–" => {
                // Back over the apposition to the phrase it stands beside.
                let open = (floor..at).rev().find(|&i| matches!(self.folded(i), "," | "(" | "—" | "–"));
                let open = open.filter(|&open| open > floor);
                let outer = open.and_then(|open| self.phrase_ending(open - 1, floor));
                let inner = (at > floor).then(|| self.phrase_ending(at - 1, floor)).flatten();
                // "its head, Jane Doe, says": the person is the whole apposition to the nouns.
                let whole = |who: &Who| {
                    matches!(who, Who::Mention(m) if self.kind(*m) == EntityKind::Person
                        && open.is_some_and(|open| self.tokens(*m).start == open + 1))
                };
                if matches!(outer, Some(Who::Nouns(_))) && inner.as_ref().is_some_and(whole) {
                    return inner;
                }
                outer.or(inner)
            }
            "who" | "which" => {
                let mut before = at;
                while before > floor && matches!(self.folded(before - 1), "," | "of" | "all") {
                    before -= 1;
                }
                (before > floor).then(|| self.antecedent(before - 1, floor)).flatten()
            }
            "and" if at > floor => {
                self.phrase_ending(at - 1, floor).filter(|who| matches!(who, Who::Mention(_)))
            }
            _ => self.phrase_ending(at, floor),
        }
    }

    /// What a relative pronoun after the token `at` means: the phrase, or the name it stands beside.
    fn antecedent(&self, at: u32, floor: u32) -> Option<Who> {
        let near = self.phrase_ending(at, floor);
        if matches!(near, Some(Who::Nouns(_))) {
            let comma = (floor..at).rev().find(|&i| self.folded(i) == ",");
            if let Some(comma) = comma.filter(|&comma| comma > floor)
                && let Some(mention) = self.mention(comma - 1).filter(|&m| self.kind(m) == EntityKind::Person)
            {
                return Some(Who::Mention(mention));
            }
        }
        near
    }

    /// The phrase whose last token is `at`, prepositional parts at its end included.
    pub(super) fn phrase_ending(&self, at: u32, floor: u32) -> Option<Who> {
        let mut end = at;
        // Each turn passes one "in Tehran" or "of the agency" leftward; the phrase grows, the steps are bounded.
        let mut inner: Option<Who> = None;
        for _ in 0..4 {
            let (who, start) = self.simple_phrase(end, floor)?;
            let mut before = start;
            while before > floor
                && matches!(
                    self.folded(before - 1),
                    "the" | "both" | "a" | "an" | "its" | "his" | "her" | "their"
                )
            {
                before -= 1;
            }
            let link = if before > floor { self.folded(before - 1) } else { "" };
            let named = matches!(&who, Who::Mention(m) if self.kind(*m) == EntityKind::Person);
            if matches!(link, "and" | "or" | "&")
                && before - 1 > floor
                && inner.is_none()
                && self.mention(before - 2).is_some()
            {
                end = before - 2;
                inner = Some(who);
                continue;
            }
            let linked = PREPOSITIONS.contains(&link) && before - 1 > floor && self.is_word(before - 2);
            let placed = matches!(&who, Who::Mention(m) if self.kind(*m) == EntityKind::Place);
            if linked
                && !self.is_skipped(before - 2)
                && (self.head_of(before - 2) || (placed && self.noun_like(before - 2)))
            {
                end = before - 2;
                inner = Some(who);
                continue;
            }
            // A bare role beside a name: "Margaret Beckett, the U.K.'s Foreign Secretary said".
            if !named
                && link == ","
                && before - 1 > floor
                && let Some(mention) =
                    self.mention(before - 2).filter(|&m| self.kind(m) == EntityKind::Person)
                && !self.is_owner(mention)
            {
                return Some(Who::Mention(mention));
            }
            return Some(match who {
                Who::Nouns(range) => Who::Nouns(range.start..at + 1),
                who => who,
            });
        }
        inner
    }

    /// A word in small letters that is no function word.
    fn noun_like(&self, at: u32) -> bool {
        let word = self.folded(at);
        self.analysis.tokens[at as usize].shape == Shape::Lower
            && !STOPS.contains(&word)
            && !PREPOSITIONS.contains(&word)
            && !DETERMINERS.contains(&word)
            && !word.ends_with("ed")
    }

    /// Whether the token can be the head that a prepositional phrase belongs to: a name or a noun that speaks.
    fn head_of(&self, at: u32) -> bool {
        self.mention(at).is_some_and(|m| self.kind(m) == EntityKind::Person)
            || self.speaker_noun(at).is_some()
    }

    /// The gender tag of a noun that names a speaker, in singular or plural.
    pub(super) fn speaker_noun(&self, at: u32) -> Option<&'static str> {
        noun_tag(speaker_nouns(), self.folded(at))
    }

    /// A name, a pronoun or adjectives and nouns, ending at `at`; with its first token.
    fn simple_phrase(&self, at: u32, floor: u32) -> Option<(Who, u32)> {
        if let Some(mention) = self.mention(at) {
            let start = self.tokens(mention).start;
            return self.speaks(mention).then_some((Who::Mention(mention), start));
        }
        let word = self.folded(at);
        if is_pronoun(word) {
            return Some((Who::Pronoun(at), at));
        }
        if !self.is_word(at) || STOPS.contains(&word) || PREPOSITIONS.contains(&word) {
            return None;
        }
        let mut start = at;
        while start > floor {
            let before = start - 1;
            let word = self.folded(before);
            if let Some(mention) = self.mention(before) {
                start = self.tokens(mention).start.max(floor);
                continue;
            }
            let token = &self.analysis.tokens[before as usize];
            let inside = token.is_clitic() || word == "-" || word == "&" || word == "’";
            if DETERMINERS.contains(&word) {
                start = before;
                break;
            }
            let joins = matches!(word, "and") && before > floor && self.mention(before - 1).is_some();
            let ends = STOPS.contains(&word)
                || PREPOSITIONS.contains(&word)
                || !self.is_word(before)
                || SKIPPED.contains(&word);
            if ends && !inside && !joins {
                break;
            }
            start = before;
        }
        Some((Who::Nouns(start..at + 1), start))
    }

    /// The phrase that begins at `at`: "said a spokesman for ..", "said Ali Larijani".
    pub(super) fn phrase_starting(&self, at: u32, ceiling: u32) -> Option<Who> {
        let ceiling = ceiling.min(at + REACH);
        let mut i = at;
        while i < ceiling && (self.is_skipped(i) || matches!(self.folded(i), "," | "by")) {
            i += 1;
        }
        if i >= ceiling {
            return None;
        }
        let first = i;
        if is_pronoun(self.folded(i)) {
            return Some(Who::Pronoun(i));
        }
        let (mut name, mut noun): (Option<usize>, Option<u32>) = (None, None);
        while i < ceiling {
            let word = self.folded(i);
            if let Some(mention) = self.mention(i) {
                let end = self.tokens(mention).end.max(i + 1);
                if self.kind(mention) == EntityKind::Person && !self.is_owner(mention) {
                    return Some(Who::Mention(mention));
                }
                name = Some(mention);
                if noun.is_some_and(|noun| noun + 1 < i) {
                    break;
                }
                i = end;
                continue;
            }
            let token = &self.analysis.tokens[i as usize];
            let inside = token.is_clitic() || matches!(word, "-" | "&" | "’" | ".");
            if !inside && (!self.is_word(i) || STOPS.contains(&word) || PREPOSITIONS.contains(&word)) {
                break;
            }
            if self.speaker_noun(i).is_some() {
                (noun, name) = (Some(i), None);
            } else if noun.is_some() && token.shape == Shape::Lower && !inside {
                break;
            }
            i += 1;
        }
        if let Some(mention) = name.filter(|&m| self.speaks(m) && !self.is_owner(m)) {
            return Some(Who::Mention(mention));
        }
        if noun.is_none() {
            // A name that was not recognised: capitals right after the verb.
            let end = (first..ceiling).find(|&i| !self.is_capital(i)).unwrap_or(ceiling);
            return (first < end && self.mention(first).is_none()).then_some(Who::Nouns(first..end));
        }
        // "the minister, Jane Doe,": the name is the apposition.
        if i + 1 < ceiling
            && self.folded(i) == ","
            && let Some(mention) =
                (i + 1..ceiling.min(i + 5)).take_while(|&k| self.is_capital(k)).find_map(|k| self.mention(k))
            && self.kind(mention) == EntityKind::Person
            && self
                .analysis
                .tokens
                .get(self.tokens(mention).end as usize)
                .is_some_and(|t| matches!(self.analysis.surface(t), "," | "." | ")"))
        {
            return Some(Who::Mention(mention));
        }
        let mut end = i;
        while end < ceiling
            && !matches!(self.folded(end), "," | "." | "\"" | ";" | ":" | "“" | "who" | "that" | "?" | "!")
        {
            end += 1;
        }
        (end > first).then_some(Who::Nouns(first..end))
    }

    /// The first name or pronoun of a stretch that can be its subject: names in front of others, owners left out.
    pub(super) fn first_subject(&self, range: Range<u32>, persons_only: bool) -> Option<Who> {
        let mut other = None;
        for at in range.start..range.end.min(range.start + 2 * REACH) {
            if let Some(mention) = self.mention(at) {
                if self.tokens(mention).start != at || !self.speaks(mention) {
                    continue;
                }
                if self.kind(mention) == EntityKind::Person {
                    if !self.is_owner(mention) {
                        return Some(Who::Mention(mention));
                    }
                } else if other.is_none() && !persons_only && !self.is_owner(mention) {
                    let after = at > range.start && PREPOSITIONS.contains(&self.folded(at - 1));
                    if !after {
                        other = Some(Who::Mention(mention));
                    }
                }
            } else if matches!(self.folded(at), "he" | "she" | "they") {
                return Some(other.filter(|_| !persons_only).unwrap_or(Who::Pronoun(at)));
            } else if other.is_none() && !persons_only && self.speaker_noun(at).is_some() {
                other = self.simple_phrase(at, range.start).map(|(who, _)| who);
            }
        }
        other
    }
}

/// The tag of a noun in the list, plural endings taken off.
pub(super) fn noun_tag(list: &'static Lexicon, word: &str) -> Option<&'static str> {
    list.tag(word)
        .or_else(|| list.tag(word.strip_suffix('s')?))
        .or_else(|| list.tag(&format!("{}y", word.strip_suffix("ies")?)))
        .or_else(|| list.tag(&format!("{}man", word.strip_suffix("men")?)))
        .or_else(|| list.tag(word.strip_suffix("es")?))
}
