//! The words that make quoted words speech: verbs of saying, "according to", a colon, "X's mention of".
//!
//! In: a quoted piece with the words of its sentence before and after it. Out: the cue and the phrase that speaks.

use super::noun::{REACH, Reader, Who, is_pronoun};
use crate::catalog::EntityKind;
use crate::text::lexicon::lexicon;
use std::ops::Range;

lexicon!(cue_verbs, "cue_verbs.txt", tagged);
lexicon!(speech_nouns, "speech_nouns.txt");

/// A cue with who speaks.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    /// The tokens of the cue's words.
    pub(super) words: Range<u32>,
    pub(super) who: Option<Who>,
}

/// The class of the verb at a token: `say`, `call`, `think`, or with `-ing` a participle.
pub(super) fn verb(reader: &Reader, at: u32) -> Option<&'static str> {
    let class = cue_verbs().tag_hashed(reader.hash(at), reader.folded(at))?;
    reader.mention(at).is_none().then_some(class)
}

fn is_finite(class: &str) -> bool {
    !class.ends_with("-ing")
}

/// The cue in the words after a quotation, up to the end of its sentence or the next quotation.
pub(super) fn after(reader: &Reader, window: Range<u32>, ended: bool) -> Option<Cue> {
    let ceiling = window.end.min(window.start + REACH);
    let mut at = window.start;
    while at < ceiling && matches!(reader.folded(at), "," | "-" | "--" | "—" | "–" | ")" | "*" | "**") {
        at += 1;
    }
    let comma = at > window.start;
    if let Some(who) = signature(reader, &window, at) {
        return Some(Cue { words: window.start..at, who: Some(who) });
    }
    if at + 1 >= ceiling {
        return None;
    }
    if reader.folded(at) == "according" && reader.folded(at + 1) == "to" {
        return Some(Cue { words: at..at + 2, who: reader.phrase_starting(at + 2, window.end) });
    }
    // "so" and "as" in front: "as the minister put it", "so said the minister".
    if matches!(reader.folded(at), "as" | "so") {
        at += 1;
    }
    if let Some(class) = verb(reader, at) {
        if is_finite(class) && (ended || comma || class == "say") {
            // "said X"; a verb with its object instead ("announced that", "said the plan would") has no speaker after.
            let next = reader.folded(at + 1);
            if next == "that" || (class != "say" && !ended) {
                return None;
            }
            return Some(Cue { words: at..at + 1, who: reader.phrase_starting(at + 1, window.end) });
        }
        return None;
    }
    // "".." is how Doe described it".
    let how = matches!(reader.folded(at), "is" | "was") && reader.folded(at + 1) == "how";
    if !ended && !comma && !how {
        return None;
    }
    let opens = matches!(
        reader.folded(at),
        "and"
            | "but"
            | "while"
            | "whilst"
            | "whereas"
            | "although"
            | "though"
            | "which"
            | "because"
            | "when"
            | "that"
            | "with"
            | "for"
            | "in"
            | "of"
            | "to"
    );
    if opens {
        return None;
    }
    let at = if how { at + 2 } else { at };
    let object = |i: u32| i < ceiling && matches!(reader.folded(i), "it" | "him" | "her" | "them" | "this");
    let found = (at..ceiling).find(|&i| {
        puts_it(reader, i)
            || verb(reader, i).is_some_and(|class| match class {
                "say" => true,
                "think" => ended,
                "call" => how || (ended && object(i + 1)),
                _ => false,
            })
    });
    let verb = found?;
    // "Jane Doe, a teacher at the school in town, said": the name that the words begin with.
    let named = reader.mention(at).filter(|&m| {
        let end = reader.mentions[m].raw.tokens.end;
        matches!(reader.kind(m), EntityKind::Person | EntityKind::Organization)
            && end < verb
            && reader.folded(end) == ","
    });
    let who = named.map(Who::Mention).or_else(|| subject_of(reader, verb, at));
    // "a source close to the agency, who also said": the phrase that the words begin with, not a name inside it.
    let inside = matches!(&who, Some(Who::Mention(mention)) if reader.kind(*mention) != EntityKind::Person
        && reader.is_led(reader.tokens(*mention).start, at));
    let whole = inside.then(|| reader.phrase_starting(at, verb)).flatten();
    Some(Cue { words: verb..verb + 1, who: whole.or(who) })
}

/// A name after a dash, alone or with what its bearer is: the signature of a pull quote.
fn signature(reader: &Reader, window: &Range<u32>, at: u32) -> Option<Who> {
    let dash = at > window.start && matches!(reader.folded(at - 1), "-" | "--" | "—" | "–");
    let mention = (dash && at < window.end).then(|| reader.mention(at)).flatten()?;
    let end = reader.tokens(mention).end;
    let alone = end + 1 >= window.end
        || reader.folded(end) == "," && (end..window.end).all(|i| verb(reader, i).is_none());
    (alone && reader.speaks(mention)).then_some(Who::Mention(mention))
}

/// The subject of a finite verb: beside it, or the first name of its clause.
fn subject_of(reader: &Reader, verb: u32, floor: u32) -> Option<Who> {
    match reader.subject_before(verb, floor) {
        Some(Who::Nouns(range)) if !(range.clone()).any(|i| reader.speaker_noun(i).is_some()) => {
            let named = reader.first_subject(floor..verb, false);
            Some(named.unwrap_or(Who::Nouns(range)))
        }
        Some(who) => Some(who),
        None => reader.first_subject(floor..verb, false),
    }
}

/// The cue in the words of the sentence before a quotation; `sentence` is where the sentence begins.
pub(super) fn before(reader: &Reader, window: Range<u32>, sentence: u32, after: Range<u32>) -> Option<Cue> {
    let floor = window.start.max(window.end.saturating_sub(2 * REACH));
    if window.is_empty() {
        return None;
    }
    if let Some(cue) = listed(reader, window.clone(), sentence) {
        return Some(cue);
    }
    for at in (floor..window.end).rev() {
        let word = reader.folded(at);
        if word == "to" && at > floor && reader.folded(at - 1) == "according" {
            return Some(Cue { words: at - 1..at + 1, who: reader.phrase_starting(at + 1, window.end) });
        }
        if puts_it(reader, at) {
            let who = subject_of(reader, at, floor.max(sentence));
            return Some(Cue { words: at..at + 2, who });
        }
        if let Some(cue) = owned(reader, at, window.end) {
            return Some(cue);
        }
        let Some(class) = verb(reader, at) else { continue };
        if !is_finite(class) {
            return Some(Cue { words: at..at + 1, who: participle(reader, at, sentence) });
        }
        if is_attribute(reader, at, floor) {
            continue;
        }
        // "described by Doe as", "was told by Doe that".
        let aside = at > floor && reader.folded(at - 1) == "as";
        let by = at + 2 < window.end && reader.folded(at + 1) == "by" && !aside;
        if by && !matches!(reader.folded(at), "quoted" | "cited" | "reported") {
            let who = reader.phrase_starting(at + 2, window.end);
            return Some(Cue { words: at..at + 1, who });
        }
        let passive = at > floor
            && matches!(reader.folded(at - 1), "was" | "were" | "been" | "being" | "is" | "are" | "be");
        if passive && (class != "say" || reader.folded(at) == "quoted") {
            if class == "call" {
                let by = (after.start..after.end.min(after.start + 12)).find(|&i| reader.folded(i) == "by");
                let by = by.or_else(|| (at..window.end).find(|&i| reader.folded(i) == "by"));
                let who = by.and_then(|by| reader.phrase_starting(by + 1, after.end.max(window.end)));
                return Some(Cue { words: at - 1..at + 1, who });
            }
            if reader.folded(at) != "quoted" {
                continue;
            }
        }
        let who = subject_of(reader, at, floor.max(sentence));
        if who.is_none() && class != "say" {
            continue;
        }
        return Some(Cue { words: at..at + 1, who });
    }
    // "The statement, issued by ..:" and "Blair:": a colon right before the mark.
    if reader.folded(window.end - 1) == ":" {
        let who = reader.first_subject(sentence.max(floor)..window.end - 1, false);
        return who.map(|who| Cue { words: window.end - 1..window.end, who: Some(who) });
    }
    None
}

/// "as the minister put it"
fn puts_it(reader: &Reader, at: u32) -> bool {
    matches!(reader.folded(at), "put" | "puts")
        && reader
            .analysis
            .tokens
            .get(at as usize + 1)
            .is_some_and(|next| reader.analysis.folded(next) == "it")
}

/// A clause of its own behind a quotation and the words that go on with it: ".. during their careers, the statement said.".
pub(super) fn inserted(reader: &Reader, window: Range<u32>) -> Option<Cue> {
    const SUBJECT: u32 = 8;
    let ceiling = window.end.min(window.start + 2 * REACH);
    let closes = |i: u32| i >= window.end || matches!(reader.folded(i), "," | ".");
    for comma in (window.start..ceiling).filter(|&i| reader.folded(i) == ",") {
        let reach = ceiling.min(comma + 2 + SUBJECT);
        let said = (comma + 2..reach).find(|&i| verb(reader, i) == Some("say") && closes(i + 1));
        let who = said.and_then(|said| Some((said, reader.phrase_ending(said - 1, comma + 1)?)));
        let begins = |who: &Who| match who {
            Who::Mention(mention) => reader.tokens(*mention).start <= comma + 3,
            Who::Pronoun(at) => *at == comma + 1,
            Who::Nouns(range) => range.start <= comma + 3,
        };
        if let Some((said, who)) = who.filter(|(_, who)| begins(who)) {
            return Some(Cue { words: said..said + 1, who: Some(who) });
        }
    }
    None
}

/// "AP - ", "BBC: " at the start of the line or list item.
fn listed(reader: &Reader, window: Range<u32>, sentence: u32) -> Option<Cue> {
    let last = window.end - 1;
    if !matches!(reader.folded(last), "-" | "–" | "—" | ":" | "--") || last == 0 {
        return None;
    }
    let mut first = sentence;
    while first < last && !reader.is_word(first) {
        first += 1;
    }
    let Some(mention) = reader.mention(last - 1) else {
        let label = first < last
            && last - first <= 6
            && (first..last).all(|i| !reader.is_word(i) || reader.is_capital(i));
        let words = last..window.end;
        return label.then_some(Cue { words, who: Some(Who::Nouns(first..last)) });
    };
    let tokens = reader.mentions[mention].raw.tokens.clone();
    let alone = tokens.start <= first && reader.speaks(mention);
    alone.then_some(Cue { words: last..window.end, who: Some(Who::Mention(mention)) })
}

/// "Doe's mention of", "in his words": a name or a pronoun that owns a noun of speech.
fn owned(reader: &Reader, at: u32, end: u32) -> Option<Cue> {
    if at < 2 || reader.mention(at).is_some() || !speech_nouns().contains(reader.folded(at)) {
        return None;
    }
    if matches!(reader.folded(at - 1), "his" | "her") {
        return (end - at <= 3).then_some(Cue { words: at..at + 1, who: Some(Who::Pronoun(at - 1)) });
    }
    let clitic = reader.analysis.tokens[at as usize - 1].is_clitic() || reader.folded(at - 1).ends_with("'s");
    let mention = reader.mention(at - 2).filter(|&m| clitic && reader.speaks(m))?;
    (end - at <= 6).then_some(Cue { words: at..at + 1, who: Some(Who::Mention(mention)) })
}

/// A past participle that stands as an attribute: "a so-called", "the reported", "a statement released".
fn is_attribute(reader: &Reader, at: u32, floor: u32) -> bool {
    if at == floor {
        return false;
    }
    let before = reader.folded(at - 1);
    matches!(
        before,
        "the" | "a" | "an" | "so" | "of" | "-" | "its" | "their" | "his" | "her" | "this" | "that's" | "'s"
    ) && !is_pronoun(before)
}

/// The subject of a participle: the phrase right before it, else the subject of its sentence.
fn participle(reader: &Reader, at: u32, sentence: u32) -> Option<Who> {
    let mut before = at;
    while before > sentence
        && matches!(
            reader.folded(before - 1),
            "also" | "then" | "not" | "before" | "after" | "while" | "by" | "and"
        )
    {
        before -= 1;
    }
    let beside = before > sentence && before == at && reader.is_word(before - 1);
    if beside && let Some(who) = reader.phrase_ending(before - 1, sentence) {
        let speaks = match &who {
            Who::Nouns(range) => {
                range.clone().any(|i| reader.speaker_noun(i).is_some())
                    && with_before(reader, range.start, sentence)
            }
            Who::Mention(mention) => {
                with_before(reader, reader.mentions[*mention].raw.tokens.start, sentence)
            }
            Who::Pronoun(_) => true,
        };
        if speaks {
            return Some(who);
        }
    }
    if before > sentence && reader.folded(before - 1) == "as" {
        return quoted_as(reader, before - 1, sentence);
    }
    // The finite verb of speech before it has the same subject.
    let floor = sentence.max(at.saturating_sub(2 * REACH));
    let main = (floor..before)
        .rev()
        .find(|&i| verb(reader, i).is_some_and(is_finite) && !is_attribute(reader, i, floor));
    let named = main.and_then(|main| reader.subject_before(main, floor));
    named.or_else(|| reader.first_subject(sentence..at, false))
}

/// "Reuters quoted Doe as saying", "Doe was quoted by Reuters as saying": who is quoted.
fn quoted_as(reader: &Reader, at: u32, sentence: u32) -> Option<Who> {
    let floor = sentence.max(at.saturating_sub(REACH));
    let verb = (floor..at).rev().find(|&i| matches!(reader.folded(i), "quoted" | "cited" | "reported"));
    let verb = verb.filter(|&verb| verb > floor)?;
    let passive = matches!(reader.folded(verb - 1), "was" | "were" | "is" | "are" | "been" | "being");
    let object = || reader.phrase_starting(verb + 1, at);
    if passive { reader.subject_before(verb, floor) } else { object() }
}

/// "with representatives describing": the phrase is the participle's own subject, not an object before it.
fn with_before(reader: &Reader, start: u32, sentence: u32) -> bool {
    let mut at = start;
    while at > sentence && (matches!(reader.folded(at - 1), "the" | "a" | "an") || reader.is_capital(at - 1))
    {
        at -= 1;
    }
    at == sentence || matches!(reader.folded(at - 1), "with" | "," | "and" | "despite" | "to")
}
