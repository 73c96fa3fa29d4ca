//! Where quotation marks open and close.
//!
//! In: the body lines of one document. Out: the spans between the marks, outermost only, in text order. Straight,
//! curly and angle marks, single marks that are no apostrophes, and question marks that stand for lost marks.
//! A quotation that runs over paragraphs opens each of them again; a mark that nothing closes ends its quotation
//! with the sentence or the line. Works line by line, each token once.

use crate::span::ByteSpan;
use crate::text::{Analysis, Line, Region, Token};

/// One quoted piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quoted {
    /// The words between the marks, without outer white space.
    pub(super) span: ByteSpan,
    /// The tokens of the opening mark and of the end: the closing mark, or the first token after the words.
    pub(super) open: u32,
    pub(super) close: u32,
    /// The line it stands on.
    pub(super) line: u32,
    /// Continues a quotation that the paragraph before left open.
    pub(super) continues: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Family {
    Double,
    Single,
    Lost,
}

/// Finds the quoted pieces of the body.
pub(super) fn find(analysis: &Analysis) -> Vec<Quoted> {
    let lost = uses_lost_marks(analysis);
    let mut found = Vec::new();
    let mut left_open = false;
    for (number, line) in analysis.lines.iter().enumerate() {
        if line.region != Region::Body {
            continue;
        }
        let next = analysis.lines.get(number + 1).filter(|next| next.region == Region::Body);
        let reopens = next.is_some_and(|next| opens(analysis, next, next.tokens.start, lost).is_some());
        let first = found.len();
        left_open = line_quotes(analysis, number as u32, line, lost, (left_open, reopens), &mut found);
        debug_assert!(first <= found.len());
    }
    found
}

fn line_quotes(
    analysis: &Analysis,
    number: u32,
    line: &Line,
    lost: bool,
    (left_open, reopens): (bool, bool),
    found: &mut Vec<Quoted>,
) -> bool {
    let mut open: Option<(u32, Family)> = None;
    let mut again = None;
    let mut at = line.tokens.start;
    let first = found.len();
    while at < line.tokens.end {
        match open {
            None => {
                if let Some(family) = opens(analysis, line, at, lost) {
                    open = Some((at, family));
                }
            }
            Some((mark, family)) => {
                if at > mark + 1 && closes(analysis, line, at, family) {
                    push(analysis, number, mark, at, found);
                    open = None;
                    if let Some(next) = again.take().and_then(|next: usize| found.get_mut(next)) {
                        next.continues = true;
                    }
                } else if family == Family::Double && at > mark + 1 && opens_surely(analysis, line, at) {
                    if begins_sentence(analysis, line, mark) && begins_sentence(analysis, line, at) {
                        // The quotation opens its next paragraph, whose line break was lost.
                        push(analysis, number, mark, at, found);
                        again = Some(found.len());
                    }
                    // Else what stood open was never closed: a stray mark.
                    open = Some((at, Family::Double));
                } else if family == Family::Single
                    && opens(analysis, line, at, lost) == Some(Family::Double)
                    && !closes_later(analysis, line, at + 1)
                {
                    open = Some((at, Family::Double));
                }
            }
        }
        at += 1;
    }
    let continued = left_open && found.get(first).is_some_and(|quoted| quoted.open == line.tokens.start);
    if continued {
        found[first].continues = true;
    }
    let Some((mark, family)) = open else { return false };
    if family == Family::Single {
        return false;
    }
    let Some(word) = analysis.tokens_of(&(mark + 1..line.tokens.end)).first() else { return false };
    let speaks = analysis.surface(word).starts_with(|c: char| c.is_uppercase() || c == '[');
    let stays_open = reopens && family == Family::Double && speaks;
    let end = if speaks {
        line.tokens.end
    } else {
        let sentence = analysis.sentence_at(word.span.start).map(|i| analysis.sentences[i].tokens.end);
        sentence.unwrap_or(line.tokens.end).min(line.tokens.end)
    };
    push(analysis, number, mark, end, found);
    if left_open
        && mark == line.tokens.start
        && let Some(last) = found.last_mut()
    {
        last.continues = true;
    }
    stays_open
}

/// Whether a mark stands between two sentences, or begins the line, and a capital follows.
fn begins_sentence(analysis: &Analysis, line: &Line, at: u32) -> bool {
    let ends = |token: &Token| {
        token.is_dotted() || matches!(analysis.surface(token), "." | "!" | "?" | "…" | "\"" | "”")
    };
    let after = at + 1 < line.tokens.end
        && analysis.surface(&analysis.tokens[at as usize + 1]).starts_with(char::is_uppercase);
    after && (at == line.tokens.start || ends(&analysis.tokens[at as usize - 1]))
}

fn push(analysis: &Analysis, line: u32, open: u32, close: u32, found: &mut Vec<Quoted>) {
    if open + 1 < close {
        let span = analysis.span_of(&(open + 1..close));
        found.push(Quoted { span, open, close, line, continues: false });
    }
}

/// Nothing but white space or the edge of the line before a token.
fn is_free_before(analysis: &Analysis, line: &Line, at: u32) -> bool {
    let token = &analysis.tokens[at as usize];
    if at == line.tokens.start || !token.is_glued() {
        return true;
    }
    let before = analysis.surface(&analysis.tokens[at as usize - 1]);
    before.starts_with(['(', '[', '—', '–', '-', '/', ':', '“', '"', '‘', '\'', '…', '*', '_'])
}

fn is_free_after(analysis: &Analysis, line: &Line, at: u32) -> bool {
    at + 1 >= line.tokens.end || !analysis.tokens[at as usize + 1].is_glued()
}

fn opens(analysis: &Analysis, line: &Line, at: u32, lost: bool) -> Option<Family> {
    let token: &Token = &analysis.tokens[at as usize];
    let before = || is_free_before(analysis, line, at);
    match analysis.surface(token) {
        "“" | "„" | "«" | "‟" | "＂" => Some(Family::Double),
        // A closing mark in opening place is a common slip.
        "\"" | "”" | "''" | "``" if before() => Some(Family::Double),
        "\"" if at + 1 < line.tokens.end
            && analysis.tokens[at as usize + 1].is_word()
            && !is_free_after(analysis, line, at) =>
        {
            Some(Family::Double)
        }
        "'" | "‘" | "’" | "‚" | "‹" if before() && !is_free_after(analysis, line, at) => {
            let next = &analysis.tokens[at as usize + 1];
            let word = analysis.folded(next);
            let elided = matches!(
                word,
                "em" | "til" | "till" | "cause" | "n" | "tis" | "twas" | "bout" | "s" | "round"
            );
            let spoken = next.is_word() || analysis.surface(next).starts_with(['[', '.', '…']);
            (spoken && !elided && closes_single_later(analysis, line, at + 1)).then_some(Family::Single)
        }
        "?" if lost && before() && !is_free_after(analysis, line, at) => Some(Family::Lost),
        _ => None,
    }
}

/// An opening mark that cannot close: curly and followed by a word, or straight with a space before and none after.
fn opens_surely(analysis: &Analysis, line: &Line, at: u32) -> bool {
    match analysis.surface(&analysis.tokens[at as usize]) {
        "“" | "„" => true,
        "\"" => {
            at > line.tokens.start
                && !analysis.tokens[at as usize].is_glued()
                && !is_free_after(analysis, line, at)
        }
        _ => false,
    }
}

fn closes(analysis: &Analysis, line: &Line, at: u32, family: Family) -> bool {
    let token = &analysis.tokens[at as usize];
    let surface = analysis.surface(token);
    match family {
        Family::Double => match surface {
            "”" | "»" | "''" => true,
            "\"" | "＂" => token.is_glued() || is_free_after(analysis, line, at),
            // "„word“" closes with the mark that opens elsewhere.
            "“" => token.is_glued() && is_free_after(analysis, line, at),
            _ => false,
        },
        Family::Single => {
            matches!(surface, "'" | "’" | "›" | "‘") && token.is_glued() && ends_word(analysis, line, at)
        }
        Family::Lost => surface == "?" && token.is_glued() && is_free_after(analysis, line, at),
    }
}

/// A single mark after a word closes unless it is the apostrophe of a plural whose noun follows.
fn ends_word(analysis: &Analysis, line: &Line, at: u32) -> bool {
    let before = &analysis.tokens[at as usize - 1];
    if !before.is_word() {
        return true;
    }
    let free = is_free_after(analysis, line, at);
    if !free {
        return !analysis.tokens[at as usize + 1].is_word();
    }
    let plural = analysis.folded(before).ends_with('s');
    !(plural
        && at + 1 < line.tokens.end
        && analysis.tokens[at as usize + 1].is_word()
        && closes_single_later(analysis, line, at + 1))
}

/// Whether a single mark that can close stands within reach: 400 tokens of the line.
fn closes_single_later(analysis: &Analysis, line: &Line, from: u32) -> bool {
    (from + 1..line.tokens.end.min(from + 400)).any(|at| {
        let token = &analysis.tokens[at as usize];
        matches!(analysis.surface(token), "'" | "’" | "›")
            && token.is_glued()
            && (is_free_after(analysis, line, at) || !analysis.tokens[at as usize + 1].is_word())
    })
}

fn closes_later(analysis: &Analysis, line: &Line, from: u32) -> bool {
    (from..line.tokens.end.min(from + 400)).any(|at| closes(analysis, line, at, Family::Single))
}

/// Question marks stand for marks when they open words and the document has no others.
fn uses_lost_marks(analysis: &Analysis) -> bool {
    let mut opening = 0;
    for line in &analysis.lines {
        for at in line.tokens.clone() {
            match analysis.surface(&analysis.tokens[at as usize]) {
                "\"" | "“" | "”" => return false,
                "?" if is_free_before(analysis, line, at) && !is_free_after(analysis, line, at) => {
                    opening += u32::from(analysis.tokens[at as usize + 1].is_word());
                }
                _ => {}
            }
        }
    }
    opening > 0
}
