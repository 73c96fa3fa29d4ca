//! What stands between two words.
//!
//! In: the text between them. Out: a [`Gap`], one of a few classes. Nothing, white space with at most one line break
//! and hyphens are equal to each other; other punctuation is compared by its class.

use super::word::{CAPITAL, Word, is_apostrophe, is_extend};
use crate::text::fold::fold_into;

/// What stands between two words, one small number per class.
pub(crate) type Gap = u8;

/// Nothing.
pub(crate) const NONE: Gap = 0;
/// White space with at most one line break, a hyphen, an underscore, a middle dot.
pub(crate) const SPACE: Gap = 1;
/// A full stop, with or without white space after it.
pub(crate) const DOT: Gap = 2;
pub(crate) const COMMA: Gap = 3;
pub(crate) const SLASH: Gap = 4;
const EXCLAMATION: Gap = 5;
const COLON: Gap = 6;
const APOSTROPHE: Gap = 7;
const QUOTE: Gap = 8;
const BRACKET: Gap = 9;
/// Anything else within a paragraph; two such gaps are equal when their folded characters are.
pub(crate) const OTHER: Gap = 254;
/// A blank line, or too much punctuation to lie inside a name.
pub(crate) const BARRIER: Gap = 255;

/// Longest run of characters between two words of a name, in bytes.
pub(crate) const MAX_GAP: usize = 64;

/// Words that end in a dot and are no longer than this may be abbreviations inside a name (`St. Petersburg`).
const ABBREVIATION_BYTES: u32 = 4;

/// The class of what stands between two words.
pub(crate) fn gap_class(gap: &str) -> Gap {
    match gap.as_bytes() {
        [] => return NONE,
        [b' ' | b'-' | b'\n'] => return SPACE,
        [b',', b' '] => return COMMA,
        [b'.', b' '] => return DOT,
        _ => {}
    }
    if gap.len() > MAX_GAP {
        return BARRIER;
    }
    let (mut breaks, mut marks, mut leading, mut trailing) = (0, 0, false, false);
    let mut mark = ' ';
    let mut before = ' ';
    for c in gap.chars() {
        if is_break(c) {
            breaks += usize::from(!(c == '\n' && before == '\r'));
            trailing = true;
        } else if c.is_whitespace() || c.is_control() {
            trailing = true;
        } else if !is_extend(c) {
            leading |= trailing;
            trailing = false;
            mark = c;
            marks += 1;
        }
        before = c;
    }
    match (breaks, marks) {
        (2.., _) => BARRIER,
        (_, 0) => {
            if breaks == 0 && !trailing {
                NONE
            } else {
                SPACE
            }
        }
        (_, 1) => mark_class(mark, leading, trailing, breaks),
        _ => OTHER,
    }
}

fn mark_class(mark: char, leading: bool, trailing: bool, breaks: usize) -> Gap {
    match mark {
        '-' | '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' | '_' => {
            // A hyphen joins when it touches the word before it and the next word or the line's end.
            if leading || (trailing && breaks == 0) { OTHER } else { SPACE }
        }
        '·' | '・' | '\u{FF65}' | '‧' if !leading && !trailing => SPACE,
        '®' | '™' | '©' => SPACE,
        '.' if !leading => DOT,
        ',' | '，' | '、' if !leading => COMMA,
        '/' => SLASH,
        '!' if !leading => EXCLAMATION,
        ':' if !leading => COLON,
        '"' | '\u{201C}'..='\u{201F}' | '«' | '»' => QUOTE,
        '(' | ')' | '[' | ']' => BRACKET,
        _ if is_apostrophe(mark) => APOSTROPHE,
        _ => OTHER,
    }
}

pub(crate) fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether what stands between two words of a text may stand for what a name has there, after a word of the text.
pub(crate) fn gaps_agree(name: (Gap, &str), text: (Gap, &str), before: &Word) -> bool {
    let joins = |gap| matches!(gap, NONE | SPACE);
    match name.0 {
        NONE | SPACE => {
            joins(text.0)
                || (text.0 == DOT
                    && before.flags & CAPITAL != 0
                    && before.end - before.start <= ABBREVIATION_BYTES
                    && text.1.len() > 1)
        }
        OTHER => joins(text.0) || same_gap(name.1, text.1),
        class => joins(text.0) || text.0 == class,
    }
}

fn same_gap(a: &str, b: &str) -> bool {
    let fold = |gap: &str| {
        let mut out = String::new();
        fold_into(gap, &mut out);
        out.retain(|c| !c.is_whitespace());
        out
    };
    fold(a) == fold(b)
}
