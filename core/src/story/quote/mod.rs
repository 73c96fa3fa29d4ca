//! Who said what.
//!
//! In: the body of one document and the cast. Out: the quoted pieces as direct speech with speaker and cue, or as
//! terms and titles between marks, and reported speech without marks. Speakers are found by a sieve, surest rule
//! first (the design of Lee et al., 2011, for coreference, and of Muzny et al., 2017, for quotations): a cue beside
//! the quotation, a cue before it in its sentence, the quotation it continues, what stands before its paragraph.
//! Besides, who is named for what sentences tell without marks, so that figures know who gives them.

mod cue;
mod indirect;
mod mark;
mod noun;
mod phrase;
mod source;
mod speaker;
#[cfg(test)]
mod tests;

use super::{Quote, QuoteKind};
use crate::cast::Cast;
use crate::span::ByteSpan;
use crate::text::lexicon::lexicon;
use crate::text::{Analysis, Shape, Token};
use cue::Cue;
use mark::Quoted;
use noun::Reader;
pub(crate) use source::{Source, at as source_at};
use speaker::{Said, Speaker};
use std::ops::Range;

lexicon!(scare_cues, "scare_cues.txt");

/// Quoted pieces of at most this many words without a cue are terms, not speech.
const TERM: usize = 4;
/// And those of at most this many, all with capitals, are titles unless a cue stands right beside them.
const TITLE: usize = 8;

/// Finds the quotations of one document, in text order, and who says them; and who is named for what else it tells.
pub(crate) fn read(analysis: &Analysis, document: usize, cast: &Cast) -> (Vec<Quote>, Vec<Source>) {
    let none = Vec::new();
    let mentions = cast.mentions.get(document).unwrap_or(&none);
    let pieces = mark::find(analysis);
    let mut sieve =
        Sieve { reader: Reader::new(analysis, mentions, cast, &pieces), pieces, said: Vec::new() };
    let mut quotes = Vec::with_capacity(sieve.pieces.len());
    let mut last: Option<Found> = None;
    for i in 0..sieve.pieces.len() {
        let found = sieve.judge(i, last.as_ref());
        if found.kind == QuoteKind::Direct {
            if found.speaker.text.is_some() {
                let token = found.cue.as_ref().map_or(sieve.pieces[i].open, |cue| cue.start);
                sieve.said.push(Said { token, speaker: found.speaker.clone() });
            }
            last = Some(found.clone());
        }
        quotes.push(sieve.report(sieve.pieces[i].span, &found));
    }
    indirect::add(&sieve, &mut quotes);
    quotes.sort_by_key(|quote| quote.span.byte_span().start);
    let sources = source::find(&sieve, &quotes);
    (quotes, sources)
}

/// What was found for one piece.
#[derive(Clone, Debug)]
struct Found {
    kind: QuoteKind,
    speaker: Speaker,
    cue: Option<Range<u32>>,
    /// The piece.
    piece: usize,
}

struct Sieve<'a> {
    reader: Reader<'a>,
    pieces: Vec<Quoted>,
    said: Vec<Said>,
}

impl Sieve<'_> {
    fn judge(&self, i: usize, last: Option<&Found>) -> Found {
        let piece = &self.pieces[i];
        let (before, after, sentence) = self.windows(i);
        let ended = self.ends_clause(piece);
        let words = self.words(piece);
        if self.is_name(piece, words) {
            return Found { kind: QuoteKind::Scare, speaker: Speaker::default(), cue: None, piece: i };
        }
        let tail = cue::after(&self.reader, after.clone(), ended).filter(|cue| cue.who.is_some());
        let head = || cue::before(&self.reader, before.clone(), sentence, after.clone());
        let own = tail.as_ref().is_some_and(|cue| !ended && self.has_words_of_its_own(i, cue, &after));
        let cue = if own { head().filter(|cue| cue.who.is_some()).or(tail) } else { tail.or_else(head) };
        let cue = match cue {
            Some(Cue { who: Some(_), .. }) => cue,
            _ => cue::inserted(&self.reader, after.clone()).or(cue),
        };
        // "performed "Ode to the Sea" in the hall": a verb away from the marks says something else.
        let beside = |cue: &Cue| {
            let before = cue.words.end <= piece.open && piece.open - cue.words.end <= 1;
            before && self.reader.is_word(cue.words.start)
                || cue.words.start > piece.close && cue.words.start - piece.close <= 2
        };
        let title = words <= TITLE && !ended && self.is_title(piece);
        if let Some(Cue { words, who }) = cue.filter(|cue| !title || beside(cue)) {
            // "..," said X, "..": a cue between two pieces whose speaker stands with the first.
            let goes_on = || self.continues(i, last, before, sentence).map(|found| found.speaker);
            let speaker = who.map_or_else(|| goes_on().unwrap_or_default(), |who| self.resolve(&who));
            return Found { kind: QuoteKind::Direct, speaker, cue: Some(words), piece: i };
        }
        let spoken = || self.continues(i, last, before, sentence).or_else(|| self.closes(i, &after));
        if let Some(found) = if title { None } else { spoken() } {
            return found;
        }
        let spoken = words > TERM && !self.is_title(piece);
        let kind = if spoken { QuoteKind::Direct } else { QuoteKind::Scare };
        let speaker = if spoken && self.is_whole(piece, sentence) {
            self.by_context(piece, last)
        } else {
            Speaker::default()
        };
        Found { kind, speaker, cue: None, piece: i }
    }

    fn resolve(&self, who: &noun::Who) -> Speaker {
        self.reader.resolve(who, &self.said)
    }

    /// The words of the sentence before and after a piece, other pieces left out, and where the sentence begins.
    fn windows(&self, i: usize) -> (Range<u32>, Range<u32>, u32) {
        let (piece, analysis) = (&self.pieces[i], self.reader.analysis);
        let tokens = &analysis.tokens;
        let start = analysis.sentence_at(tokens[piece.open as usize].span.start);
        let mut sentence = start.map_or(piece.open, |s| analysis.sentences[s].tokens.start);
        // A piece of several sentences before it in one sentence with it: begin after that piece.
        if i > 0 && self.pieces[i - 1].open < sentence && self.pieces[i - 1].close > sentence {
            sentence = self.pieces[i - 1].close + 1;
        }
        let floor = if i > 0 { self.pieces[i - 1].close + 1 } else { 0 };
        let before = sentence.max(floor).min(piece.open)..piece.open;
        let closing = tokens.get(piece.close as usize);
        let line_end = analysis.lines[piece.line as usize].tokens.end;
        let end = closing.and_then(|token| analysis.sentence_at(token.span.start));
        let end = end.map_or(piece.close, |s| analysis.sentences[s].tokens.end).min(line_end);
        // A signature that stands as a sentence of its own.
        let signed = piece.close + 1 == end
            && end < line_end
            && matches!(self.reader.folded(end), "-" | "--" | "—" | "–");
        let end = if signed { line_end } else { end };
        let ceiling = self.pieces.get(i + 1).map_or(u32::MAX, |next| next.open);
        let first = (piece.close + 1).min(end);
        (before, first..end.min(ceiling).max(first), sentence)
    }

    /// The words end as a clause that a cue may follow: a comma, `?`, `!` or a dash inside the marks, or outside.
    fn ends_clause(&self, piece: &Quoted) -> bool {
        let reader = &self.reader;
        matches!(reader.folded(piece.close - 1), "," | "?" | "!" | "—" | "–" | "-" | "--" | "..." | "…")
    }

    fn words(&self, piece: &Quoted) -> usize {
        (piece.open + 1..piece.close).filter(|&i| self.reader.is_word(i)).count()
    }

    /// Called a name or a title by the word before it.
    fn is_name(&self, piece: &Quoted, words: usize) -> bool {
        let reader = &self.reader;
        let line = &reader.analysis.lines[piece.line as usize];
        if piece.open < line.tokens.start + 2 || words > 8 {
            return false;
        }
        let before = reader.folded(piece.open - 1);
        let two = format!("{}-{before}", reader.folded(piece.open - 2));
        if scare_cues().contains(before) || matches!(two.as_str(), "known-as" | "so-called" | "nicknamed-the")
        {
            return true;
        }
        let hyphened = before == "called"
            && piece.open >= line.tokens.start + 3
            && matches!(reader.folded(piece.open - 2), "-" | "so");
        // "instruments called "Fou"": a participle after its noun, with no one who calls.
        let bare = before == "called"
            && words <= TERM
            && reader.mention(piece.open - 2).is_none()
            && !noun::is_pronoun(reader.folded(piece.open - 2))
            && reader.speaker_noun(piece.open - 2).is_none();
        hyphened || bare
    }

    /// Every longer word begins with a capital, the first and the last one too.
    fn is_title(&self, piece: &Quoted) -> bool {
        let reader = &self.reader;
        let tokens = (piece.open + 1..piece.close).map(|i| &reader.analysis.tokens[i as usize]);
        let mut words = tokens.filter(|token| token.is_word());
        let small = |token: &Token| token.shape == Shape::Lower;
        let ends = words.clone().next().zip(words.clone().last());
        ends.is_some_and(|(first, last)| first.span != last.span && !small(first) && !small(last))
            && words.all(|token| !small(token) || token.span.len() <= 3)
    }

    /// Nothing of the sentence stands outside the marks.
    fn is_whole(&self, piece: &Quoted, sentence: u32) -> bool {
        let reader = &self.reader;
        (sentence..piece.open).all(|i| !reader.is_word(i))
    }

    /// The same speaker goes on: beside the last quotation in its sentence, or right after its sentence.
    fn continues(&self, i: usize, last: Option<&Found>, before: Range<u32>, sentence: u32) -> Option<Found> {
        let piece = &self.pieces[i];
        let last = last?;
        let previous = &self.pieces[last.piece];
        let spoke = last.speaker.text.is_some();
        let same_line = previous.line == piece.line;
        let goes_on = piece.continues && last.piece + 1 == i;
        // "... a "bloodbath" and a "proxy war"".
        let beside = same_line && spoke && previous.close >= sentence && previous.open < piece.open;
        let next =
            same_line && spoke && self.is_whole(piece, sentence) && self.next_sentence(previous, sentence);
        let short = before.len() <= 40;
        ((goes_on && spoke) || (beside && short) || next).then(|| Found {
            kind: QuoteKind::Direct,
            speaker: last.speaker.clone(),
            cue: last.cue.clone().filter(|_| beside),
            piece: i,
        })
    }

    /// "called it "safe", Doe said that ..": the verb after the piece leads to other words.
    fn has_words_of_its_own(&self, i: usize, cue: &Cue, after: &Range<u32>) -> bool {
        let next = cue.words.end;
        if next >= after.end {
            return self.pieces.get(i + 1).is_some_and(|piece| piece.open == next);
        }
        matches!(self.reader.folded(next), "that" | ":") || noun::is_pronoun(self.reader.folded(next))
    }

    /// ""It may end" if we are met with "threats," added Doe.": the cue after the next piece of its sentence.
    fn closes(&self, i: usize, after: &Range<u32>) -> Option<Found> {
        let next = self.pieces.get(i + 1)?;
        let plain = next.open == after.end && after.clone().all(|at| self.reader.folded(at) != ",");
        if !plain || self.words(&self.pieces[i]) <= TERM {
            return None;
        }
        let cue = cue::after(&self.reader, self.windows(i + 1).1, self.ends_clause(next))?;
        let speaker = self.resolve(cue.who.as_ref()?);
        Some(Found { kind: QuoteKind::Direct, speaker, cue: Some(cue.words), piece: i })
    }

    /// Whether at most one sentence end lies between a piece and a later sentence.
    fn next_sentence(&self, previous: &Quoted, sentence: u32) -> bool {
        let analysis = self.reader.analysis;
        let at =
            |token: u32| analysis.tokens.get(token as usize).and_then(|t| analysis.sentence_at(t.span.start));
        match (at(previous.close.min(sentence)), at(sentence)) {
            (Some(a), Some(b)) => b <= a + 1,
            _ => false,
        }
    }

    /// A quotation without a cue of its own: the subject of the sentence that leads to it, or the last speaker.
    fn by_context(&self, piece: &Quoted, last: Option<&Found>) -> Speaker {
        let analysis = self.reader.analysis;
        let Some(here) = analysis.sentence_at(analysis.tokens[piece.open as usize].span.start) else {
            return Speaker::default();
        };
        if let Some(last) = last {
            let previous = &self.pieces[last.piece];
            let adjacent = previous.line + 1 == piece.line
                && piece.open == analysis.lines[piece.line as usize].tokens.start
                && previous.close + 2 >= analysis.lines[previous.line as usize].tokens.end;
            if adjacent && last.speaker.text.is_some() {
                return last.speaker.clone();
            }
        }
        let Some(before) = here.checked_sub(1) else { return Speaker::default() };
        let sentence = &analysis.sentences[before];
        let leads = sentence.line == piece.line || self.reader.folded(sentence.tokens.end - 1) == ":";
        let near = sentence.line + 1 >= piece.line;
        let persons_only = !leads;
        let subject = self.reader.first_subject(sentence.tokens.clone(), persons_only).filter(|_| near);
        subject.map_or_else(Speaker::default, |who| self.resolve(&who))
    }

    fn report(&self, span: ByteSpan, found: &Found) -> Quote {
        let analysis = self.reader.analysis;
        let text = |span: ByteSpan| span.slice(&analysis.text).to_owned();
        let member = found.speaker.member.map(|m| self.reader.cast.members[m as usize].entity.clone());
        Quote {
            span: analysis.report(span),
            text: text(span),
            kind: found.kind,
            speaker: member,
            speaker_text: found.speaker.text.map(text),
            cue: found.cue.clone().map(|words| text(analysis.span_of(&words))),
        }
    }
}
