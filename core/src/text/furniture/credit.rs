//! The credit of a picture at the end of its caption.
//!
//! In: one line. Out: whether it ends as captions do, `(Photo by Jo Bloggs)`, `[Ann Other/Agency]`, `(AP Photo/Ann
//! Other)`, whatever its length. An agency alone in brackets is no credit: `(AP)` ends reports too.

use super::line::LineFacts;
use crate::text::{Analysis, Line, Shape, Token, TokenKind};

/// Credits are no longer than this, in tokens.
const REACH: usize = 24;
/// Lines of more words are paragraphs to which a caption was glued.
const LONG: u32 = 90;

pub(super) fn read(analysis: &Analysis, line: &Line, facts: &LineFacts) -> Option<&'static str> {
    let tokens = analysis.tokens_of(&line.tokens);
    // A full stop may stand behind the bracket.
    let end = tokens.len() - usize::from(tokens.last().is_some_and(|token| analysis.surface(token) == "."));
    let close = tokens.get(end.checked_sub(1)?)?;
    let open = match analysis.surface(close) {
        ")" => "(",
        "]" => "[",
        _ => return None,
    };
    if facts.words > LONG {
        return None;
    }
    let from = end.saturating_sub(REACH);
    let at = from + tokens[from..end].iter().rposition(|token| analysis.surface(token) == open)?;
    let inside = &tokens[at + 1..end - 1];
    is_credit(analysis, inside).then_some("ends in the credit of a picture")
}

fn is_credit(analysis: &Analysis, inside: &[Token]) -> bool {
    let mut words = inside.iter().filter(|token| token.kind == TokenKind::Word);
    let Some(first) = words.next() else { return false };
    let names = |token: &&Token| {
        matches!(analysis.folded(token), "photo" | "photos" | "photograph" | "image" | "images" | "picture")
    };
    let labelled = inside.iter().skip_while(|token| token.span != first.span).nth(1);
    let labelled = labelled.is_some_and(|token| matches!(analysis.surface(token), ":" | "/"));
    let second = words.next().map(|token| analysis.folded(token));
    let begins = match analysis.folded(first) {
        "representational" | "representative" | "file" | "stock" | "courtesy" => true,
        "submitted" | "provided" | "contributed" | "taken" => second == Some("by") || second == Some("photo"),
        "credit" | "supplied" | "pictured" | "source" | "handout" | "screenshot" => labelled,
        _ => false,
    };
    // `(Photo by Jo Bloggs)`, `(AP Photo/Jo Bloggs)`, `(Image: County Police)`.
    if begins && (labelled || inside.len() <= 8) {
        return true;
    }
    let early = inside.iter().take(3).any(|token| names(&token));
    let few = inside.iter().filter(|token| token.shape == Shape::Lower).count() <= 4;
    if early && few && (inside.len() >= 3 || names(&first)) {
        return true;
    }
    // `(Jo Bloggs/Agency)`: three words or more, all of them names, parted by a stroke.
    let mut parts = 0;
    let mut count = 0;
    for token in inside {
        match token.kind {
            TokenKind::Word if token.is_capitalised(analysis.surface(token)) => count += 1,
            TokenKind::Word | TokenKind::Number => return false,
            _ => parts += u32::from(analysis.surface(token) == "/"),
        }
    }
    parts >= 1 && (3..=12).contains(&count)
}
