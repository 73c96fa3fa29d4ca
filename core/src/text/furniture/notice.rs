//! Notices between the sentences of a line of running text.
//!
//! In: the sentences of a document. Out: those that are no part of the article though their line is: texts that lost their line
//! breaks hold links, requests and credits between their sentences. A sentence must say what it is at its beginning; only
//! behind the last paragraphs may it say so anywhere.

use super::line::LineFacts;
use super::phrase::{LineWords, TABLE};
use super::sign;
use super::{FurnitureKind, FurnitureMark};
use crate::text::{Analysis, Line, Region, Sentence, Shape, Token, TokenKind};

/// Sentences at the end of the running text that may say anywhere what they are.
const LAST: usize = 4;

/// Marks the notices among the sentences.
pub(crate) fn mark(analysis: &mut Analysis) {
    let mut marks = Vec::new();
    let mut words = LineWords::default();
    let body = |sentence: &Sentence| sentence.region == Region::Body;
    let Some(last) = analysis.sentences.iter().rposition(body) else { return };
    for number in 0..analysis.sentences.len() {
        let sentence = &analysis.sentences[number];
        let line = &analysis.lines[sentence.line as usize];
        if !body(sentence) || sentence.tokens == line.tokens {
            continue;
        }
        let anywhere = number + LAST > last;
        if !anywhere && !TABLE.opens(analysis, analysis.tokens_of(&sentence.tokens)) {
            continue;
        }
        if let Some((kind, reason)) = read(analysis, sentence, anywhere, &mut words) {
            marks.push((number, FurnitureMark { span: sentence.span, kind, reason }));
        }
    }
    if marks.is_empty() {
        return;
    }
    for (number, mark) in marks {
        analysis.sentences[number].region = Region::Furniture;
        analysis.furniture.push(mark);
    }
    analysis.furniture.sort_by_key(|mark| mark.span.start);
}

fn read(
    analysis: &Analysis,
    sentence: &Sentence,
    anywhere: bool,
    words: &mut LineWords,
) -> Option<(FurnitureKind, String)> {
    let (span, tokens) = (sentence.span, sentence.tokens.clone());
    let line = Line { span, tokens, region: Region::Body, after_blank: false };
    let facts = LineFacts::read(analysis, &line, words);
    if anywhere && signs_off(analysis, analysis.tokens_of(&line.tokens)) {
        return Some((FurnitureKind::Byline, "tells who reported from where".to_owned()));
    }
    sign::glued(&facts, words, anywhere).map(|sign| (sign.kind, sign.reason))
}

/// `Jo Bloggs reported from Harwick, and the Courier's Ann Other wrote this story from Tamsel.`: names, and no other words than
/// those of such credits.
pub(super) fn signs_off(analysis: &Analysis, tokens: &[Token]) -> bool {
    let mut words = tokens.iter().filter(|token| token.kind == TokenKind::Word && !token.is_clitic());
    if words.next().is_none_or(|first| !first.is_capitalised(analysis.surface(first))) {
        return false;
    }
    let (mut names, mut credits) = (1, 0);
    let mut verb = "";
    for token in words {
        let word = analysis.folded(token);
        if token.shape != Shape::Lower && token.is_capitalised(analysis.surface(token)) {
            names += 1;
            verb = "";
            continue;
        }
        credits += usize::from(match verb {
            "reported" => matches!(word, "from" | "and" | "this"),
            "wrote" => matches!(word, "from" | "in" | "this" | "the" | "and"),
            "contributed" => matches!(word, "from" | "in" | "to" | "reporting"),
            _ => false,
        });
        verb = match word {
            "reported" | "wrote" | "contributed" => word,
            "from" | "in" | "and" | "the" | "this" | "story" | "report" | "article" | "also" | "to"
            | "with" => "",
            "journalist" | "journalists" | "freelance" | "producer" | "correspondent" | "reporting" => "",
            _ => return false,
        };
    }
    names >= 3 && credits >= 1
}
