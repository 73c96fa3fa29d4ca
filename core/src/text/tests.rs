//! Properties of the text layer over a million generated strings of the characters that break other libraries.

use super::fold::{Folded, fold_into};
use super::*;
use crate::Document;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// Pieces whose neighbourhood matters; strings are random sequences of them.
const PIECES: &[&str] = &[
    "a",
    "B",
    "word",
    "Name",
    "ABC",
    "mcKay",
    "İ",
    "ı",
    "ß",
    "ẞ",
    "ﬁ",
    "Ǆ",
    "é",
    "e\u{301}",
    "\u{301}",
    "\u{327}\u{301}",
    "ñ",
    "Å",
    "Σ",
    "ς",
    "ø",
    "Łódź",
    "æ",
    "한국",
    "ᄒ\u{1161}\u{11AB}",
    "が",
    "か\u{3099}",
    "北京",
    "ｶﾞ",
    "Ｗ",
    "क\u{94D}ष",
    "שלום",
    "مرحبا",
    "\u{200F}",
    "\u{202E}",
    "\u{AD}",
    "\u{200B}",
    "\u{200D}",
    "\u{FEFF}",
    "👩\u{200D}👩\u{200D}👧",
    "🇺🇦",
    "🇺",
    "👍🏽",
    "❤\u{FE0F}",
    "1",
    "28",
    "3.5",
    "1,000",
    "½",
    "²",
    "٣",
    "10:30",
    "19th",
    "$",
    "€",
    "%",
    "-",
    "—",
    "–",
    "--",
    "'",
    "’",
    "‘",
    "\"",
    "“",
    "”",
    "«",
    "'s",
    "’s",
    "s'",
    ".",
    "...",
    "…",
    "?",
    "!",
    "。",
    ",",
    ":",
    ";",
    "(",
    ")",
    "[",
    "]",
    "U.S.",
    "Gov.",
    "J.",
    "a.m.",
    "Inc.",
    "www.x.org/a",
    "a@b.co",
    "@me",
    "#tag",
    "@",
    "#",
    "*",
    "**",
    "_",
    "|",
    ">",
    "/",
    "\\",
    "&",
    "\0",
    "\u{1}",
    "\u{7F}",
    "\u{85}",
    "\u{A0}",
    " ",
    "  ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\u{2028}",
    "\u{3000}",
    "𝄞",
    "𐐷",
    "\u{10FFFF}",
    "\u{E000}",
    "\u{FFFD}",
];

struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % bound
    }

    fn text(&mut self, pieces: usize) -> String {
        (0..self.below(pieces) + 1).map(|_| PIECES[self.below(PIECES.len())]).collect()
    }
}

fn fold(text: &str) -> String {
    let mut out = String::new();
    fold_into(text, &mut out);
    out
}

fn check_tokens(text: &str, analysis: &Analysis) {
    let mut covered = 0;
    for token in &analysis.tokens {
        let range = token.span.range();
        assert!(range.start >= covered && range.start < range.end, "tokens overlap or are empty in {text:?}");
        let gap = &text[covered..range.start];
        assert!(gap.chars().all(is_skipped), "{gap:?} is in no token of {text:?}");
        assert_eq!(analysis.folded(token), fold(&text[range.clone()]), "folded form in {text:?}");
        covered = range.end;
    }
    assert!(text[covered..].chars().all(is_skipped), "the end of {text:?} is in no token");
}

/// White space, controls, and marks or selectors that stand on nothing.
fn is_skipped(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || fold::is_accent(c)
        || fold::is_ignorable(c)
        || unicode_normalization::char::is_combining_mark(c)
        || matches!(c, '\u{1F3FB}'..='\u{1F3FF}' | '\u{FF9E}' | '\u{FF9F}')
}

fn check_structure(text: &str, analysis: &Analysis) {
    let mut next = 0;
    for line in &analysis.lines {
        assert_eq!(line.tokens.start, next, "lines leave out tokens of {text:?}");
        assert!(
            !line.span.slice(text).contains(['\n', '\r', '\u{2028}']),
            "a line holds a break in {text:?}"
        );
        next = line.tokens.end;
    }
    assert_eq!(next as usize, analysis.tokens.len());
    next = 0;
    for sentence in &analysis.sentences {
        assert_eq!(sentence.tokens.start, next, "sentences leave out tokens of {text:?}");
        let line = &analysis.lines[sentence.line as usize];
        assert!(line.span.contains(sentence.span), "a sentence leaves its line in {text:?}");
        next = sentence.tokens.end;
    }
    assert_eq!(next as usize, analysis.tokens.len());
}

fn check_units(text: &str, analysis: &Analysis) {
    let chars: Vec<char> = text.chars().collect();
    let utf16: Vec<u16> = text.encode_utf16().collect();
    for token in &analysis.tokens {
        let span = analysis.report(token.span);
        let surface = &text[span.byte_span()];
        assert_eq!(chars[span.char_span()].iter().collect::<String>(), surface, "code points in {text:?}");
        let units = span.utf16_span(text).unwrap();
        assert_eq!(String::from_utf16(&utf16[units]).unwrap(), surface, "UTF-16 in {text:?}");
    }
}

fn check_fold(text: &str) {
    let folded = Folded::new(text);
    assert_eq!(folded.text, fold(text), "the two ways to fold differ on {text:?}");
    assert_eq!(fold(&folded.text), folded.text, "folding twice differs on {text:?}");
    let mut last = 0;
    for (at, c) in folded.text.char_indices() {
        let source = folded.source_span(ByteSpan::new(at, at + c.len_utf8()), text);
        let surface = source.slice(text);
        assert!(source.start >= last, "the way back runs backwards in {text:?}");
        assert!(fold(surface).contains(c), "{c:?} maps back to {surface:?} in {text:?}");
        last = source.start;
    }
    let whole = folded.source_span(ByteSpan::new(0, folded.text.len()), text);
    assert_eq!(fold(whole.slice(text)), folded.text, "the whole maps back wrongly in {text:?}");
}

#[test]
fn a_million_strings_are_read_without_loss() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for round in 0..1_000_000 {
        let text = random.text(12);
        let analysis = Analysis::new(&Document::new(text.as_str()));
        check_tokens(&text, &analysis);
        check_structure(&text, &analysis);
        check_fold(&text);
        if round % 4 == 0 {
            check_units(&text, &analysis);
        }
    }
}

#[test]
fn tokens_never_cut_a_grapheme_cluster() {
    let mut random = Random(42);
    for _ in 0..100_000 {
        let text = random.text(10);
        let analysis = Analysis::new(&Document::new(text.as_str()));
        for (at, cluster) in text.grapheme_indices(true) {
            let inside = |byte: u32| at < byte as usize && (byte as usize) < at + cluster.len();
            let cut = analysis.tokens.iter().find(|token| inside(token.span.start) || inside(token.span.end));
            assert!(cut.is_none(), "a token ends inside {cluster:?} of {text:?}");
        }
    }
}

#[test]
fn composed_and_decomposed_text_fold_alike() {
    let mut random = Random(7);
    for _ in 0..100_000 {
        let text = random.text(12);
        let (composed, decomposed) = (text.nfc().collect::<String>(), text.nfd().collect::<String>());
        assert_eq!(fold(&composed), fold(&decomposed), "{text:?}");
    }
}

#[test]
fn every_character_folds_like_its_other_cases() {
    for c in (0..=0x10FFFF).filter_map(char::from_u32) {
        let folded = fold(&c.to_string());
        let (upper, lower): (String, String) = (c.to_uppercase().collect(), c.to_lowercase().collect());
        assert_eq!(fold(&upper), folded, "{c:?} and its upper case");
        assert_eq!(fold(&lower), folded, "{c:?} and its lower case");
        assert_eq!(fold(&folded), folded, "{c:?} folded twice");
    }
}

/// CaseFolding.txt of the Unicode character database, as Debian's `unicode-data` installs it.
#[test]
#[ignore = "needs the package unicode-data; `make test` installs it and runs this"]
fn full_case_folding_agrees_with_the_unicode_character_database() {
    let data = std::fs::read_to_string("/usr/share/unicode/CaseFolding.txt").unwrap();
    let mut checked = 0;
    for line in data.lines().filter(|line| !line.starts_with('#') && line.contains(';')) {
        let fields: Vec<&str> = line.split(';').map(str::trim).collect();
        if !matches!(fields[1], "C" | "F") {
            continue;
        }
        let chars = |field: &str| -> String {
            field
                .split(' ')
                .map(|hex| char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap())
                .collect()
        };
        assert_eq!(fold(&chars(fields[0])), fold(&chars(fields[2])), "{line}");
        checked += 1;
    }
    assert!(checked > 1_500, "only {checked} rows");
}

/// NormalizationTest.txt: the five columns are spellings of one text, which must fold alike.
#[test]
#[ignore = "needs the package unicode-data; `make test` installs it and runs this"]
fn canonically_equal_text_folds_alike_in_the_normalization_test() {
    let packed = "/usr/share/unicode/NormalizationTest.txt.bz2";
    let unpacked = std::process::Command::new("bzcat").arg(packed).output().unwrap();
    let data = String::from_utf8(unpacked.stdout).unwrap();
    let mut checked = 0;
    for line in data.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_hexdigit())) {
        let column = |n: usize| -> String {
            let hex = line.split(';').nth(n).unwrap();
            hex.split(' ').map(|h| char::from_u32(u32::from_str_radix(h, 16).unwrap()).unwrap()).collect()
        };
        let source = fold(&column(0));
        assert_eq!(fold(&column(1)), source, "NFC of {line}");
        assert_eq!(fold(&column(2)), source, "NFD of {line}");
        checked += 1;
    }
    assert!(checked > 10_000, "only {checked} rows");
}
