//! The walks to a phrase: back from a verb to its subject, forward from a verb to who follows it, and over a stretch to
//! the first that can be its subject.
//!
//! In: tokens and mentions. Out: [`Who`]. No parser: prepositions and appositions are passed as far as their words allow.

use super::noun::{DETERMINERS, PREPOSITIONS, REACH, Reader, SKIPPED, STOPS, Who, is_pronoun};
use crate::catalog::EntityKind;
use crate::text::Shape;
use std::ops::Range;

impl Reader<'_> {
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

    /// The subject of a verb of saying without marks: a name, a pronoun or a noun that speaks; not who is told something
    /// ("the jury were told that").
    pub(super) fn teller(&self, verb: u32, floor: u32) -> Option<Who> {
        let mut before = (floor..verb).rev().take_while(|&i| self.is_skipped(i));
        if before.any(|i| matches!(self.folded(i), "was" | "were" | "is" | "are" | "be" | "been" | "being")) {
            return None;
        }
        self.subject_before(verb, floor).filter(|who| match who {
            Who::Mention(_) => true,
            Who::Pronoun(at) => matches!(self.folded(*at), "he" | "she" | "they"),
            Who::Nouns(range) => range.clone().any(|i| self.speaker_noun(i).is_some()),
        })
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
            // "an analyst for the agency in the capital": the place of a body.
            let body = || self.mention(before - 2).is_some_and(|m| self.kind(m) == EntityKind::Organization);
            if linked
                && !self.is_skipped(before - 2)
                && (self.head_of(before - 2) || (placed && (self.noun_like(before - 2) || body())))
            {
                end = before - 2;
                inner = Some(who);
                continue;
            }
            // A bare role beside a name: "Margaret Beckett, the U.K.'s Foreign Secretary said".
            if matches!(who, Who::Nouns(_))
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

    /// A name, a pronoun or adjectives and nouns, ending at `at`; with its first token.
    fn simple_phrase(&self, at: u32, floor: u32) -> Option<(Who, u32)> {
        if let Some(mention) = self.mention(at) {
            let tokens = self.tokens(mention);
            if self.speaks(mention) {
                return Some((Who::Mention(mention), tokens.start));
            }
            // "the Iranian Consul": a name of people that ends in who speaks for them.
            return self.speaker_noun(at).map(|_| {
                let article = tokens.start > floor && DETERMINERS.contains(&self.folded(tokens.start - 1));
                let start = tokens.start - u32::from(article);
                (Who::Nouns(start..at + 1), start)
            });
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
            let inside = token.is_clitic() || word == "-" || matches!(word, "&" | "’" | "'");
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
            let inside = token.is_clitic() || matches!(word, "-" | "&" | "’" | "'" | ".");
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
        let mut end = i;
        while end < ceiling
            && !matches!(
                self.folded(end),
                "," | "." | "\"" | ";" | ":" | "“" | "who" | "which" | "that" | "according" | "?" | "!"
            )
        {
            end += 1;
        }
        // Friends and sources of a person are not that person.
        let unnamed = end > i && noun.is_some_and(|noun| matches!(self.folded(noun), "source" | "friend"));
        if let Some(mention) = self.apposed(end, ceiling).filter(|_| !unnamed) {
            return Some(Who::Mention(mention));
        }
        (end > first).then_some(Who::Nouns(first..end))
    }

    /// "the minister, Jane Doe,", "the mayor of Hill, Jane Doe, who": the person named right after the comma at `at`.
    fn apposed(&self, at: u32, ceiling: u32) -> Option<usize> {
        if at + 1 >= ceiling || self.folded(at) != "," {
            return None;
        }
        let mut name =
            (at + 1..ceiling.min(at + 5)).take_while(|&i| self.is_capital(i)).filter_map(|i| self.mention(i));
        let mention = name.find(|&mention| self.kind(mention) == EntityKind::Person)?;
        let end = self.tokens(mention).end;
        let closes = end as usize >= self.analysis.tokens.len()
            || matches!(self.folded(end), "," | "." | ")" | "who" | "said" | "on" | "in");
        closes.then_some(mention)
    }

    /// The first name or pronoun of a stretch that can be its subject: names in front of others, owners left out.
    pub(super) fn first_subject(&self, range: Range<u32>, persons_only: bool) -> Option<Who> {
        let mut other = None;
        // A person inside a clause that opens the sentence, until one is met with whom the main clause begins.
        let mut inside = None;
        for at in range.start..range.end.min(range.start + 2 * REACH) {
            if self.is_quoted(at) {
                continue;
            }
            if let Some(mention) = self.mention(at) {
                if self.tokens(mention).start != at || !self.speaks(mention) {
                    continue;
                }
                if self.kind(mention) == EntityKind::Person {
                    if self.is_owner(mention) {
                        continue;
                    }
                    let begins = at > range.start && self.folded(at - 1) == ",";
                    if inside.is_some() && !begins {
                        continue;
                    }
                    if inside.is_none() && self.is_subordinate(at, range.start) {
                        inside = Some(Who::Mention(mention));
                        continue;
                    }
                    return Some(Who::Mention(mention));
                } else if other.is_none() && !persons_only && !self.is_owner(mention) {
                    let after = at > range.start && PREPOSITIONS.contains(&self.folded(at - 1));
                    if !after {
                        other = Some(Who::Mention(mention));
                    }
                }
            } else if inside.is_none() && matches!(self.folded(at), "he" | "she" | "they") {
                return Some(other.filter(|_| !persons_only).unwrap_or(Who::Pronoun(at)));
            } else if other.is_none() && !persons_only && self.speaker_noun(at).is_some() {
                other = self.simple_phrase(at, range.start).map(|(who, _)| who);
            }
        }
        inside.or(other)
    }

    /// "Told that Doe would sign, ..": a preposition or a conjunction leads to the name that begins at a token.
    fn is_subordinate(&self, at: u32, floor: u32) -> bool {
        self.is_led(at, floor)
            || at > floor + 1
                && matches!(
                    self.folded(at - 1),
                    "that" | "when" | "while" | "if" | "because" | "after" | "before" | "whether"
                )
    }
}
