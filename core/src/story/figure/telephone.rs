//! Numbers that are dialled and count nothing: `0800 789321`, `+44 20 7946 0018`, `(212) 555-0187`, `555-0134`.
//!
//! In: the tokens of a sentence. Out: where such a number ends. A group of digits says by itself little; told are two
//! groups and more that begin as telephone numbers do.

use crate::text::{Analysis, TokenKind};

/// The digits of a telephone number (ITU-T E.164), local ones included.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// The first token after the telephone number that begins at `at`.
pub(super) fn end_of(analysis: &Analysis, at: u32, (start, end): (u32, u32)) -> Option<u32> {
    let word =
        |i: u32| if (start..end).contains(&i) { analysis.surface(&analysis.tokens[i as usize]) } else { "" };
    let is_group = |i: u32| {
        i < end
            && analysis.tokens[i as usize].kind == TokenKind::Number
            && word(i).bytes().all(|b| b.is_ascii_digit())
    };
    if !is_group(at) {
        return None;
    }
    let before = at.checked_sub(1).map_or("", word);
    let led =
        before == "+" || before == "(" && word(at + 1) == ")" || word(at).starts_with('0') || word(at) == "1";
    if !led && word(at).len() != 3 {
        return None;
    }
    let (mut groups, mut hyphens, mut next) = (vec![word(at).len()], 0, at + 1);
    loop {
        // Marks between two groups: `) `, `-`, `.`; and nothing but one blank.
        let mut group = next;
        while matches!(word(group), "-" | "." | "(" | ")" | "\u{2010}" | "\u{2011}" | "/") && group < next + 2
        {
            hyphens += u32::from(word(group) != "(" && word(group) != ")");
            group += 1;
        }
        let near = |i: u32| {
            let (a, b) = (&analysis.tokens[i as usize - 1], &analysis.tokens[i as usize]);
            b.span.start - a.span.end <= 1
        };
        if !is_group(group) || !(next..=group).all(near) || groups.len() == DIGITS.end().div_ceil(2) {
            break;
        }
        groups.push(word(group).len());
        next = group + 1;
    }
    let digits: usize = groups.iter().sum();
    let local = groups == [3, 4] && hyphens == 1;
    let whole = groups.len() > 1 && groups[1..].iter().all(|digits| *digits > 1);
    (whole && DIGITS.contains(&digits) && (local || led)).then_some(next)
}
