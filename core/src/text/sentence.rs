//! Sentences, never across lines.
//!
//! In: lines and tokens. Out: trimmed sentence spans with their region. Breaks at line ends first, then at `.`, `!`,
//! `?` and `…` with the closing quotes and brackets after them, unless an abbreviation, an initial, a list number or
//! the word that follows says that the sentence goes on. What knows English (abbreviations, sentence starters,
//! reporting verbs) is in data files.

use super::furniture::stamp;
use super::lexicon::lexicon;
use super::token::abbreviations;
use super::{Analysis, Line, Region, Sentence, Token, TokenKind};

lexicon!(starters, "sentence_starters.txt");
lexicon!(reporting_verbs, "reporting_verbs.txt");
lexicon!(calendar_words, "calendar_words.txt", tagged);

/// Whether a word is a verb that reports what someone says.
pub(crate) fn is_reporting_verb(word: &str) -> bool {
    reporting_verbs().contains(word)
}

/// Splits every line into sentences.
pub(crate) fn split(analysis: &mut Analysis) {
    let mut sentences = Vec::with_capacity(analysis.tokens.len() / 20 + analysis.lines.len());
    for (number, line) in analysis.lines.iter().enumerate() {
        let mut first = line.tokens.start;
        let mut emit_as = |first: u32, end: u32, region: Region| {
            let tokens = first..end;
            let span = analysis.span_of(&tokens);
            sentences.push(Sentence { span, tokens, line: number as u32, region });
        };
        if let Some(end) = stamp::end(analysis, line).filter(|_| line.region == Region::Body) {
            emit_as(first, end, Region::Furniture);
            first = end;
        }
        let mut emit = |first: u32, end: u32| emit_as(first, end, line.region);
        if let Some(end) = dateline_end(analysis, line) {
            emit(first, end);
            first = end;
        }
        let mut at = first;
        while at < line.tokens.end {
            match break_after(analysis, line, at) {
                Some(end) if end < line.tokens.end => {
                    emit(first, end);
                    (first, at) = (end, end);
                }
                Some(end) => at = end,
                None => at += 1,
            }
        }
        if first < line.tokens.end {
            emit(first, line.tokens.end);
        }
    }
    analysis.sentences = sentences;
}

/// The end of a full date (`Saturday, March 26, 2005`) that opens a line and that nothing joins to what follows.
fn dateline_end(analysis: &Analysis, line: &Line) -> Option<u32> {
    const LENGTH: usize = 6;
    let tokens = analysis.tokens_of(&line.tokens);
    let [weekday, comma, month, day, second_comma, year] = tokens.get(..LENGTH)? else { return None };
    let next = tokens.get(LENGTH)?;
    let is_comma = |token: &Token| analysis.surface(token) == ",";
    let is_number = |token: &Token, lengths: [usize; 2]| {
        token.kind == TokenKind::Number
            && lengths.contains(&analysis.surface(token).bytes().take_while(u8::is_ascii_digit).count())
    };
    let joined = is_number(year, [4, 4]) && year.span.len() > 4;
    let date = calendar_words().tag(analysis.folded(weekday)) == Some("weekday")
        && is_comma(comma)
        && calendar_words().tag(analysis.folded(month)) == Some("month")
        && is_number(day, [1, 2])
        && is_comma(second_comma)
        && is_number(year, [4, 4]);
    let ends = date && !joined && next.is_word() && next.is_capitalised(analysis.surface(next));
    ends.then_some(line.tokens.start + LENGTH as u32)
}

/// What a token that may end a sentence is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// `.` and its East Asian forms, which need nothing after them.
    Ideographic,
    Full,
    /// `!`, `?`
    Loud,
    /// `...`, `…`
    Ellipsis,
    /// A dotted abbreviation or initial.
    Dotted,
}

fn stop(analysis: &Analysis, token: Token) -> Option<Stop> {
    if token.is_dotted() {
        return Some(Stop::Dotted);
    }
    // The stops of ASCII, and the rest of Unicode: most marks are neither.
    let first = analysis.text.as_bytes()[token.span.start as usize];
    if token.kind != TokenKind::Punctuation || !matches!(first, b'.' | b'!' | b'?' | 0x80..) {
        return None;
    }
    match analysis.surface(&token) {
        "." => Some(Stop::Full),
        "!" | "?" | "\u{203D}" | "\u{2047}" | "\u{2048}" | "\u{2049}" => Some(Stop::Loud),
        "\u{2026}" => Some(Stop::Ellipsis),
        "\u{3002}" | "\u{FF01}" | "\u{FF1F}" | "\u{FF61}" | "\u{0964}" | "\u{061F}" | "\u{06D4}" => {
            Some(Stop::Ideographic)
        }
        dots if dots.starts_with("..") => Some(Stop::Ellipsis),
        _ => None,
    }
}

/// The first token of the next sentence when the token at `at` ends one, else `None`.
fn break_after(analysis: &Analysis, line: &Line, at: u32) -> Option<u32> {
    let token = analysis.tokens[at as usize];
    let mut kind = stop(analysis, token)?;
    // `?We know,? he said`: a question mark right behind a comma was a quotation mark once.
    let behind_comma = at > line.tokens.start && analysis.surface(&analysis.tokens[at as usize - 1]) == ",";
    if behind_comma && token.is_glued() && analysis.surface(&token) == "?" {
        return None;
    }
    let mut end = at + 1;
    let mut closed_quote = false;
    // Further stops, closing quotes and brackets belong to the sentence that ends.
    while end < line.tokens.end {
        let next = analysis.tokens[end as usize];
        if !next.is_glued() {
            break;
        }
        let further = stop(analysis, next).filter(|_| !next.is_dotted());
        match analysis.surface(&next) {
            "\"" | "'" | "\u{2019}" | "\u{201D}" | "\u{00BB}" | "\u{203A}" if closes(analysis, line, end) => {
                closed_quote = true;
            }
            ")" | "]" | "}" | "*" | "**" | "\u{300D}" | "\u{300F}" | "\u{FF09}" => {}
            _ if further.is_some() => {
                if further == Some(Stop::Loud) {
                    kind = Stop::Loud;
                }
            }
            _ => break,
        }
        end += 1;
    }
    let rest = &analysis.tokens[end as usize..line.tokens.end as usize];
    // A closing mark behind a stray space stays with its sentence.
    if rest.len() <= 2 && rest.iter().all(|token| token.kind == TokenKind::Punctuation) {
        return Some(line.tokens.end);
    }
    let ends = match kind {
        Stop::Ideographic => true,
        // `[...]` and `(...)` stand for left-out words and open what follows.
        Stop::Ellipsis if at > line.tokens.start && is_left_out(analysis, line, at) => false,
        _ if is_list_number(analysis, line, at) => false,
        Stop::Dotted => dotted_ends(analysis, at, end),
        _ => plain_ends(analysis, line, at, end, kind, closed_quote),
    };
    ends.then_some(end)
}

/// A quotation mark glued to what stands before it closes when nothing, white space or punctuation follows.
fn closes(analysis: &Analysis, line: &Line, at: u32) -> bool {
    if at + 1 >= line.tokens.end {
        return true;
    }
    let mark = analysis.surface(&analysis.tokens[at as usize]);
    let next = analysis.tokens[at as usize + 1];
    matches!(mark, "\u{201D}" | "\u{00BB}" | "\u{203A}")
        || !next.is_glued()
        || matches!(next.kind, TokenKind::Punctuation)
        // A space lost after the closing mark: `done."The`
        || (next.is_word() && next.is_capitalised(analysis.surface(&next)) && mark != "'")
}

/// Dots in brackets that stand at the start of a line or behind the end of a sentence.
fn is_left_out(analysis: &Analysis, line: &Line, at: u32) -> bool {
    let token = |at: u32| analysis.tokens[at as usize];
    let bracket = token(at - 1);
    let behind_stop =
        at < line.tokens.start + 2 || stop(analysis, token(at - 2)).is_some() || !token(at - 2).is_word();
    token(at).is_glued() && matches!(analysis.surface(&bracket), "[" | "(") && behind_stop
}

/// `1.` or `a.` at the start of a line.
fn is_list_number(analysis: &Analysis, line: &Line, at: u32) -> bool {
    let first = analysis.tokens[line.tokens.start as usize];
    match at - line.tokens.start {
        0 => {
            first.is_dotted()
                && first.span.len() == 2
                && analysis.surface(&first).starts_with(char::is_lowercase)
        }
        1 => {
            first.kind == TokenKind::Number
                && first.span.len() <= 3
                && analysis.tokens[at as usize].is_glued()
        }
        _ => false,
    }
}

/// Whether a sentence may begin with this token: capital, digit, opening mark, symbol.
fn may_begin(analysis: &Analysis, at: u32) -> bool {
    let token = analysis.tokens[at as usize];
    let surface = analysis.surface(&token);
    match token.kind {
        TokenKind::Word => {
            !surface.starts_with(|c: char| c.is_lowercase()) || surface.contains(char::is_uppercase)
        }
        // A quotation mark that was lost: `?We know,? he said`.
        TokenKind::Punctuation if surface == "?" && !token.is_glued() => {
            let next = analysis.tokens.get(at as usize + 1);
            next.is_some_and(|next| next.is_glued() && next.is_capitalised(analysis.surface(next)))
        }
        TokenKind::Punctuation => !matches!(surface, "," | ";" | ":" | "." | "!" | "?" | ")" | "]" | "-"),
        _ => true,
    }
}

/// Whether the token opens a quotation or a bracket.
fn opens(analysis: &Analysis, at: u32) -> bool {
    let token = analysis.tokens[at as usize];
    let glued_next = analysis.tokens.get(at as usize + 1).is_some_and(|next| next.is_glued());
    match analysis.surface(&token) {
        "\u{201C}" | "\u{2018}" | "\u{00AB}" | "(" | "[" => true,
        "\"" | "'" => glued_next && !token.is_glued(),
        _ => false,
    }
}

/// Skips opening marks and asterisks to the word that a sentence at `at` would begin with.
fn first_word(analysis: &Analysis, mut at: u32) -> Option<Token> {
    for _ in 0..3 {
        let token = *analysis.tokens.get(at as usize)?;
        if token.kind != TokenKind::Punctuation {
            return Some(token);
        }
        at += 1;
    }
    None
}

fn dotted_ends(analysis: &Analysis, at: u32, next: u32) -> bool {
    let token = analysis.tokens[at as usize];
    let after = analysis.tokens[next as usize];
    if after.is_glued() && next == at + 1 {
        return false;
    }
    let surface = analysis.surface(&token);
    let class = abbreviations().tag(surface.trim_end_matches('.'));
    let begins_with_starter =
        first_word(analysis, next).is_some_and(|word| starters().contains(analysis.surface(&word)));
    match class {
        Some("title") => false,
        Some("number") if after.kind == TokenKind::Number => false,
        Some("month") if after.kind == TokenKind::Number => false,
        _ if !may_begin(analysis, next) => false,
        // A mark behind an initial opens a nickname: Ann B. “Bee” Lee.
        _ if token.span.len() <= 2 => begins_with_starter && after.is_word(),
        _ => {
            begins_with_starter
                || (opens(analysis, next) && !analysis.surface(&after).starts_with(['(', '[']))
        }
    }
}

fn plain_ends(analysis: &Analysis, line: &Line, at: u32, next: u32, kind: Stop, closed_quote: bool) -> bool {
    let after = analysis.tokens[next as usize];
    let surface = analysis.surface(&after);
    if after.is_glued() && next == at + 1 {
        // A lost space: only a capitalised word of two letters or more after a small-letter word tells.
        let before = analysis.tokens[at as usize].is_glued() && at > line.tokens.start;
        return before
            && kind != Stop::Ellipsis
            && after.is_word()
            && after.is_capitalised(surface)
            && analysis.surface(&after).chars().count() > 1
            && analysis
                .surface(&analysis.tokens[at as usize - 1])
                .ends_with(|c: char| c.is_lowercase() || c.is_numeric());
    }
    if !may_begin(analysis, next) {
        return false;
    }
    if kind == Stop::Loud && closed_quote && is_reporting_clause(analysis, line, next) {
        return false;
    }
    kind != Stop::Ellipsis
        || match first_word(analysis, next) {
            Some(word) if matches!(surface, "(" | "[") => {
                !analysis.surface(&word).starts_with(char::is_lowercase)
            }
            _ => after.kind != TokenKind::Number,
        }
}

/// `X asked`, `Mr. X, the mayor, said`: within the next words a reporting verb follows a capitalised name or `he`.
fn is_reporting_clause(analysis: &Analysis, line: &Line, from: u32) -> bool {
    let end = line.tokens.end.min(from + 6);
    for at in from..end {
        let token = analysis.tokens[at as usize];
        let surface = analysis.surface(&token);
        if at > from && is_reporting_verb(analysis.folded(&token)) {
            return true;
        }
        let name = token.is_word() && (token.is_capitalised(surface) || token.is_dotted());
        let pronoun = at == from && matches!(analysis.folded(&token), "he" | "she" | "they" | "i" | "we");
        if !name && !pronoun {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    fn sentences(text: &str) -> Vec<String> {
        let analysis = Analysis::new(&Document::new(text));
        analysis.sentences.iter().map(|s| s.span.slice(text).to_string()).collect()
    }

    fn assert_split(expected: &[&str]) {
        assert_eq!(sentences(&expected.join(" ")), expected);
    }

    #[test]
    fn abbreviations_and_initials_do_not_end_a_sentence() {
        assert_split(&["Gov. Ann B. Lee met Lt. Col. Roe in St. Paul, Minn. on Feb. 3.", "They spoke."]);
        assert_split(&["The U.S. Army left at 3 p.m. Tuesday.", "No. 5 of Acme Inc. stayed."]);
        assert_split(&["It came from the U.S.", "The rest did not."]);
        assert_split(&["He lives in the U.S.", "\"I like it,\" he said."]);
    }

    #[test]
    fn closing_marks_stay_with_their_sentence() {
        assert_split(&["“We won.”", "“We lost,” she said.", "(Nobody knew.)"]);
        assert_split(&["?We came for answers,? Mayor Roe said.", "?Why now?"]);
        assert_split(&["\"Why now?\" Mr. Roe asked.", "\"Stop!\" he cried.", "\"Who?\"", "The crowd left."]);
    }

    #[test]
    fn line_breaks_always_end_a_sentence_and_list_numbers_never_do() {
        assert_eq!(
            sentences("A heading\r\n1. First thing\n2. Second thing"),
            ["A heading", "1. First thing", "2. Second thing"]
        );
    }

    #[test]
    fn lost_spaces_and_ellipses_are_read_with_care() {
        assert_eq!(sentences("It was over.The crowd left."), ["It was over.", "The crowd left."]);
        assert_split(&["Well... maybe not.", "Wait...", "No."]);
        assert_split(&["See example.com for 3.5 million reasons.", "Yahoo! is one."]);
    }

    #[test]
    fn scripts_without_spaces_split_at_their_own_stops() {
        assert_eq!(sentences("今日は。元気です！はい。"), ["今日は。", "元気です！", "はい。"]);
    }
}
