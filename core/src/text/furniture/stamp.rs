//! A page's stamp that is glued to the first sentence of a line.
//!
//! In: one line. Out: where `By Jo Bloggs PUBLISHED: 07:12 EST, 3 July 2013 | UPDATED: 08:11 EST, 4 July 2013` ends when
//! the article goes on behind it; nothing for any other line. Lines that are a stamp and no more are left to `sign`.

use crate::text::{Analysis, Known, Line, Shape, Token, TokenKind};

/// Author and label stand within so many tokens.
const REACH: usize = 16;

/// The first token behind the stamp.
pub(crate) fn end(analysis: &Analysis, line: &Line) -> Option<u32> {
    let tokens = analysis.tokens_of(&line.tokens);
    let by_author = tokens.first().is_some_and(|token| analysis.folded(token) == "by");
    let reach = if by_author { REACH } else { 1 };
    let mut at = (0..tokens.len().min(reach)).find(|&at| is_label(analysis, &tokens[at..]))?;
    let mut numbers = 0;
    while at < tokens.len() {
        if is_label(analysis, &tokens[at..]) {
            at += 2;
            continue;
        }
        let surface = analysis.surface(&tokens[at]);
        match tokens[at].kind {
            TokenKind::Number => numbers += 1,
            TokenKind::Word if analysis.known(&tokens[at]).has(Known::TIME) => {}
            TokenKind::Punctuation | TokenKind::Symbol
                if matches!(surface, "," | ":" | "|" | "/" | "-" | "\u{2013}") => {}
            _ => break,
        }
        at += 1;
        // Behind the year the date is whole: a mark and another time or label follow, or the article.
        let is_year = tokens[at - 1].kind == TokenKind::Number && surface.len() == 4;
        let goes_on = tokens.get(at).is_some_and(|next| {
            matches!(analysis.surface(next), "," | "|" | "/") || is_label(analysis, &tokens[at..])
        });
        if is_year && !goes_on {
            break;
        }
    }
    at += usize::from(tokens.get(at).is_some_and(|token| analysis.surface(token) == "."));
    let next = tokens.get(at)?;
    let starts = !(next.is_word() && next.shape == Shape::Lower);
    (numbers >= 2 && starts).then_some(line.tokens.start + at as u32)
}

/// `PUBLISHED:`
fn is_label(analysis: &Analysis, tokens: &[Token]) -> bool {
    let [label, mark, ..] = tokens else { return false };
    matches!(analysis.folded(label), "published" | "updated" | "posted" | "created" | "modified")
        && analysis.surface(mark) == ":"
}
