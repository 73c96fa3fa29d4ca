//! Words, numbers, marks: the smallest pieces that later stages see.
//!
//! In: text. Out: tokens in text order, the vocabulary of their folded forms, and the lines. Rules:
//! a word keeps inner apostrophes (`O'Brien`, `don't`) but a possessive `'s` is a token of its own (clitic);
//! hyphens are tokens of their own, glued to both sides; dots belong to initials and abbreviations (`U.S.`, `Gov.`,
//! `J.`) and stand inside names like `Amazon.com`; numbers keep inner `,` `.` `:` between digits and letters that
//! follow directly (`1,000`, `3.5`, `10:30`, `19th`, `1990s`); Han, Hiragana and Katakana are one token per character;
//! a link, an e-mail address, a `@handle` and a `#tag` are one token.

use super::class::{ASCII, AsciiRun, Class, class, ends_word};
use super::fold::is_accent;
use super::lexicon::lexicon;
use super::shape::Shape;
use super::word::{Vocabulary, WordId};
use super::{Line, Region};
use crate::span::ByteSpan;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum TokenKind {
    /// Begins with a letter.
    Word,
    /// Begins with a digit.
    Number,
    /// A mark of punctuation, or a run of dots or dashes.
    Punctuation,
    /// Currency, percent, mathematical signs, emoji.
    Symbol,
    /// A web address or an e-mail address.
    Link,
    /// A `@handle` or `#tag`.
    Tag,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) span: ByteSpan,
    pub(crate) word: WordId,
    pub(crate) kind: TokenKind,
    pub(crate) shape: Shape,
    flags: u8,
}

const GLUED: u8 = 1;
const CLITIC: u8 = 2;
const DOTTED: u8 = 4;
const LINE_START: u8 = 8;

impl Token {
    /// No white space stands between this token and the one before it.
    pub(crate) fn is_glued(self) -> bool {
        self.flags & GLUED != 0
    }

    /// A possessive ending: `'s`.
    pub(crate) fn is_clitic(self) -> bool {
        self.flags & CLITIC != 0
    }

    /// Ends in a dot that belongs to it: an abbreviation or an initial.
    pub(crate) fn is_dotted(self) -> bool {
        self.flags & DOTTED != 0
    }

    /// The first token of its line.
    pub(crate) fn is_line_start(self) -> bool {
        self.flags & LINE_START != 0
    }

    pub(crate) fn is_word(self) -> bool {
        self.kind == TokenKind::Word
    }

    /// Begins with a capital letter (`Capital`, `Upper`, or `Mixed` that begins so).
    pub(crate) fn is_capitalised(self, surface: &str) -> bool {
        match self.shape {
            Shape::Capital | Shape::Upper => true,
            Shape::Mixed => surface.chars().next().is_some_and(char::is_uppercase),
            _ => false,
        }
    }
}

/// What [`tokenize`] returns.
pub(crate) struct Tokens {
    pub(crate) tokens: Vec<Token>,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) lines: Vec<Line>,
}

fn is_regional(c: char) -> bool {
    ('\u{1F1E6}'..='\u{1F1FF}').contains(&c)
}

/// Room is made for so many distinct words at most before any are met; long texts have few words a byte.
const WORDS: usize = 1 << 12;

/// Splits a text into tokens and lines in one pass.
pub(crate) fn tokenize(text: &str) -> Tokens {
    let mut scan = Scanner {
        text,
        at: 0,
        out: Tokens {
            tokens: Vec::with_capacity(text.len() / 5 + 8),
            vocabulary: Vocabulary::with_room((text.len() / 16 + 8).min(WORDS)),
            lines: Vec::new(),
        },
        glued: false,
        line_first: 0,
        blank_before: true,
        breaks: 0,
    };
    scan.run();
    scan.out
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    out: Tokens,
    /// Whether the next token is glued to the one before.
    glued: bool,
    /// The first token of the current line.
    line_first: u32,
    blank_before: bool,
    breaks: u32,
}

impl Scanner<'_> {
    fn peek(&self, at: usize) -> Option<char> {
        let byte = *self.text.as_bytes().get(at)?;
        if byte.is_ascii() { Some(byte as char) } else { self.text[at..].chars().next() }
    }

    fn class_at(&self, at: usize) -> Option<(Class, usize)> {
        let byte = *self.text.as_bytes().get(at)?;
        if byte.is_ascii() {
            return Some((ASCII[byte as usize], 1));
        }
        let c = self.text[at..].chars().next()?;
        Some((class(c), c.len_utf8()))
    }

    fn run(&mut self) {
        while let Some((class, width)) = self.class_at(self.at) {
            match class {
                Class::Space => {
                    self.at += width;
                    self.glued = false;
                }
                Class::Break => {
                    let crlf = self.text[self.at..].starts_with("\r\n");
                    self.end_line();
                    self.at += if crlf { 2 } else { width };
                    self.breaks += 1;
                }
                Class::Letter => self.word(),
                Class::Digit => self.number(),
                Class::Ideograph => self.single(width, TokenKind::Word, Shape::Caseless),
                Class::Extend => {
                    // A mark without a base: it joins the token before it when glued, else it is skipped.
                    let start = self.at;
                    self.at += width;
                    if self.glued
                        && let Some(last) = self.out.tokens.last_mut()
                        && last.span.end as usize == start
                    {
                        last.span.end = self.at as u32;
                    }
                }
                Class::Symbol => self.single(width, TokenKind::Symbol, Shape::Other),
                Class::Punctuation => self.punctuation(width),
            }
        }
        self.end_line();
    }

    fn end_line(&mut self) {
        let (first, end) = (self.line_first, self.out.tokens.len() as u32);
        if first < end {
            let span = self.out.tokens[first as usize].span.join(self.out.tokens[end as usize - 1].span);
            let after_blank = self.blank_before || self.breaks > 1;
            self.out.lines.push(Line { span, tokens: first..end, region: Region::Body, after_blank });
            self.line_first = end;
            self.blank_before = false;
            self.breaks = 0;
        }
        self.glued = false;
    }

    fn push(&mut self, start: usize, end: usize, kind: TokenKind, shape: Shape, flags: u8) {
        let word = self.out.vocabulary.intern(self.text, start..end);
        self.push_word(start, end, word, (kind, shape, flags));
    }

    fn push_word(
        &mut self,
        start: usize,
        end: usize,
        word: WordId,
        (kind, shape, flags): (TokenKind, Shape, u8),
    ) {
        let mut flags = flags | if self.glued { GLUED } else { 0 };
        if self.out.tokens.len() as u32 == self.line_first {
            flags |= LINE_START;
        }
        self.out.tokens.push(Token { span: ByteSpan::new(start, end), word, kind, shape, flags });
        self.at = end;
        self.glued = true;
    }

    fn single(&mut self, width: usize, kind: TokenKind, shape: Shape) {
        let start = self.at;
        let mut end = start + width;
        // Two regional indicators are one flag.
        if self.peek(start).is_some_and(is_regional) && self.peek(end).is_some_and(is_regional) {
            end += 4;
        }
        let end = self.extend(end);
        self.push(start, end, kind, shape, 0);
    }

    /// Past the marks and joiners that continue what ends at `at`; a joiner takes the next symbol along.
    fn extend(&self, mut at: usize) -> usize {
        while let Some((Class::Extend, width)) = self.class_at(at) {
            let joiner = self.text[at..].starts_with('\u{200D}');
            at += width;
            if joiner
                && !self.peek(at).is_some_and(is_regional)
                && let Some((Class::Symbol, width)) = self.class_at(at)
            {
                at += width;
            }
        }
        at
    }

    /// Past letters, digits and marks.
    fn run_of_letters(&self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = AsciiRun::at(bytes, at).end;
        if bytes.get(at).is_none_or(u8::is_ascii) {
            return at;
        }
        while let Some((Class::Letter | Class::Digit | Class::Extend, width)) = self.class_at(at) {
            at += width;
        }
        at
    }

    fn word(&mut self) {
        let (start, bytes) = (self.at, self.text.as_bytes());
        let run = AsciiRun::at(bytes, start);
        // Most words: letters with nothing behind them that could belong to them.
        if run.end > start && bytes.get(run.end).is_none_or(|&next| ends_word(next)) {
            let first_upper = bytes[start].is_ascii_uppercase();
            let shape = Shape::of_counts(run.capitals, usize::from(run.has_small), 0, first_upper);
            let word = self.out.vocabulary.intern_headed(self.text, start..run.end, run.head);
            return self.push_word(start, run.end, word, (TokenKind::Word, shape, 0));
        }
        let mut end = self.run_of_letters(start);
        let next = self.text.as_bytes().get(end).copied().unwrap_or(b' ');
        if matches!(next, b'@' | b'.' | b':' | b'-' | b'_' | b'+')
            && let Some(end) = self.link_end(start)
        {
            return self.push(start, end, TokenKind::Link, Shape::Other, 0);
        }
        let mut flags = 0;
        let single_letters = next == b'.' && is_single_letter(&self.text[start..end]);
        while let Some(c) = self.peek(end) {
            let after = end + c.len_utf8();
            let next_letter = matches!(self.class_at(after), Some((Class::Letter, _)));
            match c {
                '\'' | '\u{2019}' | '\u{2BC}' | '\u{FF07}' if next_letter => {
                    let tail = self.run_of_letters(after);
                    if is_possessive(&self.text[after..tail]) && !self.continues(tail) {
                        break;
                    }
                    end = tail;
                }
                // U.S., a.m., J.K.: single letters with dots between, the last dot included.
                '.' if single_letters => {
                    flags |= DOTTED;
                    end = after;
                    if !next_letter {
                        break;
                    }
                    let tail = self.run_of_letters(after);
                    if !is_single_letter(&self.text[after..tail]) {
                        break;
                    }
                    end = tail;
                    flags &= !DOTTED;
                }
                '.' if next_letter && self.peek(after).is_some_and(char::is_lowercase) => {
                    end = self.run_of_letters(after);
                }
                '.' if !next_letter
                    && end - start <= 6
                    && abbreviations().contains(&self.text[start..end]) =>
                {
                    end = after;
                    flags |= DOTTED;
                    break;
                }
                _ => break,
            }
        }
        let shape = Shape::of(&self.text[start..end]);
        self.push(start, end, TokenKind::Word, shape, flags);
        self.clitic();
    }

    /// Whether a word goes on at `at` after an apostrophe and letters.
    fn continues(&self, at: usize) -> bool {
        matches!(self.peek(at), Some('\'' | '\u{2019}'))
            && matches!(self.class_at(at + self.peek(at).map_or(1, char::len_utf8)), Some((Class::Letter, _)))
    }

    fn clitic(&mut self) {
        let start = self.at;
        let Some(c @ ('\'' | '\u{2019}' | '\u{2BC}' | '\u{FF07}')) = self.peek(start) else { return };
        let tail = self.run_of_letters(start + c.len_utf8());
        if is_possessive(&self.text[start + c.len_utf8()..tail]) {
            self.push(start, tail, TokenKind::Word, Shape::Lower, CLITIC);
        }
    }

    fn number(&mut self) {
        let start = self.at;
        let mut end = start;
        loop {
            while let Some((Class::Digit | Class::Extend, width)) = self.class_at(end) {
                end += width;
            }
            let inner = matches!(self.text.as_bytes().get(end), Some(b'.' | b',' | b':'));
            if inner && matches!(self.class_at(end + 1), Some((Class::Digit, _))) {
                end += 1;
            } else {
                break;
            }
        }
        let digits = end;
        end = self.run_of_letters(end);
        // A lost space behind a year: `2005Through`.
        if digits - start == 4 && Shape::of(&self.text[digits..end]) == Shape::Capital {
            end = digits;
        }
        let shape = if digits == end { Shape::Digits } else { Shape::Other };
        self.push(start, end, TokenKind::Number, shape, 0);
        self.clitic();
    }

    fn punctuation(&mut self, width: usize) {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let first = bytes[start];
        let mut end = start + width;
        match first {
            b'.' | b'-' | b'*' | b'_' => {
                while bytes.get(end) == Some(&first) {
                    end += 1;
                }
            }
            b'@' | b'#' => {
                let tail = self.handle_end(end);
                if tail > end && !self.glued {
                    return self.push(start, tail, TokenKind::Tag, Shape::Other, 0);
                }
            }
            _ => {}
        }
        self.push(start, end, TokenKind::Punctuation, Shape::Other, 0);
    }

    fn handle_end(&self, mut at: usize) -> usize {
        loop {
            let tail = self.run_of_letters(at);
            if self.text.as_bytes().get(tail) == Some(&b'_') {
                at = tail + 1;
            } else {
                return tail;
            }
        }
    }

    /// The end of a web or e-mail address that begins at `start`.
    fn link_end(&self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let head = &bytes[start..bytes.len().min(start + 8)];
        let starts =
            |prefix: &[u8]| head.len() >= prefix.len() && head[..prefix.len()].eq_ignore_ascii_case(prefix);
        let web = starts(b"http://") || starts(b"https://") || starts(b"www.");
        let mut end = start;
        let mut at_sign = None;
        if web {
            while bytes
                .get(end)
                .is_some_and(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'"' | b'|'))
            {
                end += 1;
            }
        } else {
            // An address is short; a longer run of letters is no address.
            while end - start < 128
                && bytes.get(end).is_some_and(|b| {
                    b.is_ascii_alphanumeric()
                        || matches!(b, b'.' | b'-' | b'_' | b'+')
                        || (*b == b'@' && at_sign.is_none())
                })
            {
                if bytes[end] == b'@' {
                    at_sign = Some(end);
                }
                end += 1;
            }
            let domain = &self.text[at_sign? + 1..end];
            if !domain.trim_end_matches(['.', '-']).contains('.') {
                return None;
            }
        }
        while end > start
            && matches!(bytes[end - 1], b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b'\'' | b']')
        {
            end -= 1;
        }
        Some(end)
    }
}

/// `U` but not `US`.
fn is_single_letter(part: &str) -> bool {
    let mut chars = part.chars().filter(|&c| !is_accent(c));
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

fn is_possessive(tail: &str) -> bool {
    matches!(tail, "s" | "S")
}

/// Abbreviations that keep their dot, with their class.
pub(crate) fn abbreviations() -> &'static super::lexicon::Lexicon {
    lexicon!(@ "abbreviations.txt", true)
}
