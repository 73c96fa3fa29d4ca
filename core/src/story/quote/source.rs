//! Who says what a sentence tells: "according to the USGS", "officials said", and the words inside quotations.
//!
//! In: the sieve of one document and its quotations. Out: [`Source`]s, stretches of text with who is named for them, the
//! narrower before the wider. Used to say who gives a figure; a figure outside them is the article's own.

use super::Sieve;
use super::cue::verb;
use super::noun::Who;
use crate::span::ByteSpan;
use crate::story::{Quote, QuoteKind};
use crate::text::Region;

/// A stretch of text and who is named for it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Source {
    pub(crate) span: ByteSpan,
    pub(crate) speaker: Option<String>,
    pub(crate) text: String,
}

/// The stretches of a document for which somebody is named.
pub(super) fn find(sieve: &Sieve, quotes: &[Quote]) -> Vec<Source> {
    let (reader, analysis) = (&sieve.reader, sieve.reader.analysis);
    let spoken = quotes.iter().filter(|q| q.kind != QuoteKind::Scare);
    let mut sources: Vec<Source> = spoken
        .filter_map(|quote| {
            let bytes = quote.span.byte_span();
            let span = ByteSpan { start: bytes.start as u32, end: bytes.end as u32 };
            let text = quote.speaker_text.clone()?;
            Some(Source { span, speaker: quote.speaker.clone(), text })
        })
        .collect();
    for sentence in analysis.sentences.iter().filter(|s| s.region == Region::Body) {
        let (start, end) = (sentence.tokens.start, sentence.tokens.end);
        let mut push = |span: ByteSpan, who: &Who| {
            let found = sieve.resolve(who);
            let member = found.member.map(|m| reader.cast.members[m as usize].entity.clone());
            if let Some(words) = found.text {
                sources.push(Source { span, speaker: member, text: words.slice(&analysis.text).to_string() });
            }
        };
        let says = (start + 1..end).find_map(|at| {
            let is_cue = verb(reader, at) == Some("say") && !reader.is_quoted(at);
            is_cue.then(|| reader.teller(at, start)).flatten().map(|who| (at, who))
        });
        if let Some((at, who)) = says {
            // "..., officials said." closes what it reports; "officials said ..." opens it.
            let closes = (at + 1..end).all(|i| !reader.is_word(i));
            let range = if closes { start..at } else { at + 1..end };
            push(analysis.span_of(&range), &who);
        }
        let according = (start..end.saturating_sub(2))
            .filter(|&at| reader.folded(at) == "according" && reader.folded(at + 1) == "to")
            .find(|&at| !reader.is_quoted(at));
        if let Some(who) = according.and_then(|at| reader.phrase_starting(at + 2, end)) {
            push(sentence.span, &who);
        }
    }
    sources.sort_by_key(|s| (s.span.start, s.span.end));
    sources
}

/// How many stretches that begin before a place are looked at for it.
const BACK: usize = 8;

/// Who is named for the text at a byte: the narrowest stretch that holds it. The list is sorted by where they begin.
pub(crate) fn at(sources: &[Source], byte: u32) -> Option<&Source> {
    let before = sources.partition_point(|s| s.span.start <= byte);
    sources[before.saturating_sub(BACK)..before]
        .iter()
        .filter(|s| byte < s.span.end)
        .min_by_key(|s| (s.span.end - s.span.start, s.span.start))
}
