//! The shadow copy in which names are compared: one case, no accents, plain quotes and dashes, one width.
//!
//! In: text. Out: its folded form, and the way back from every folded byte to the source. Folding works cluster by
//! cluster (a character with the marks that follow it), so that a folded span always maps to whole characters.
//! Compatibility decomposition is Unicode's NFKD; case folding is full (ß becomes ss); letters that Unicode does
//! not decompose (ø, ł, đ, æ) fold to their customary ASCII spelling. White space is kept as it is.

use crate::span::ByteSpan;
use unicode_normalization::char::{compose, decompose_compatible, is_combining_mark};

/// Appends the folded form of `text` to `out`.
pub(crate) fn fold_into(text: &str, out: &mut String) {
    let mut rest = text;
    loop {
        let ascii = ascii_prefix(rest);
        let start = out.len();
        out.push_str(&rest[..ascii]);
        out[start..].make_ascii_lowercase();
        rest = &rest[ascii..];
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { return };
        fold_char(c, start.max(out.len()), out);
        rest = chars.as_str();
    }
}

/// A folded text with its way back.
#[derive(Clone, Debug, Default)]
pub(crate) struct Folded {
    pub(crate) text: String,
    /// Where the offset between folded and source text changes: (folded byte, source byte), both ascending.
    /// Between two entries the texts run in step.
    steps: Vec<(u32, u32)>,
}

impl Folded {
    pub(crate) fn new(source: &str) -> Self {
        let mut folded = Folded { text: String::with_capacity(source.len()), steps: vec![(0, 0)] };
        let mut at = 0;
        while at < source.len() {
            let rest = &source[at..];
            let ascii = ascii_prefix(rest);
            let start = folded.text.len();
            folded.text.push_str(&rest[..ascii]);
            folded.text[start..].make_ascii_lowercase();
            at += ascii;
            let Some(c) = source[at..].chars().next() else { break };
            let before = folded.text.len();
            fold_char(c, before, &mut folded.text);
            at += c.len_utf8();
            if folded.text.len() - before != c.len_utf8() {
                folded.steps.push((before as u32, (at - c.len_utf8()) as u32));
                folded.steps.push((folded.text.len() as u32, at as u32));
            }
        }
        folded
    }

    /// The source span of a folded span: whole characters, marks and ignorable characters inside it included.
    pub(crate) fn source_span(&self, folded: ByteSpan, source: &str) -> ByteSpan {
        let start = self.source_byte(folded.start, source, false);
        let end = self.source_byte(folded.end, source, true);
        ByteSpan { start, end: end.max(start) }
    }

    fn source_byte(&self, at: u32, source: &str, up: bool) -> u32 {
        // Several steps may share one folded byte (dropped characters): a start takes the last, an end the first.
        let step = if up {
            self.steps.partition_point(|s| s.0 < at)
        } else {
            self.steps.partition_point(|s| s.0 <= at)
        };
        let (folded, origin) = if up && self.steps.get(step).is_some_and(|s| s.0 == at) {
            self.steps[step]
        } else {
            self.steps[step.saturating_sub(1)]
        };
        let next = self.steps.get(step).map_or(source.len() as u32, |s| s.1);
        let mut byte = (origin + (at - folded)).min(next) as usize;
        while !source.is_char_boundary(byte) {
            byte = if up { byte + 1 } else { byte - 1 };
        }
        byte as u32
    }
}

fn ascii_prefix(text: &str) -> usize {
    text.as_bytes().iter().position(|b| !b.is_ascii()).unwrap_or(text.len())
}

/// Folds one character to the end of `out`; may join with what stands before it, but not before `floor`'s cluster.
fn fold_char(c: char, floor: usize, out: &mut String) {
    // The marks that typographers set most, before any table is asked.
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' | '\u{2032}' | '\u{02BC}' | '\u{02B9}'
        | '\u{00B4}' | '\u{FF07}' => return out.push('\''),
        '\u{201C}'..='\u{201F}' | '\u{2033}' | '\u{00AB}' | '\u{00BB}' | '\u{FF02}' => return out.push('"'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => return out.push('-'),
        _ if is_ignorable(c) || is_accent(c) => return,
        _ => {}
    }
    let _ = floor;
    decompose_compatible(c, |part| {
        if !is_accent(part) && !is_ignorable(part) {
            fold_part(part, out);
        }
    });
}

fn fold_part(c: char, out: &mut String) {
    let plain = match c {
        'ß' | 'ẞ' => "ss",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ħ' | 'Ħ' => "h",
        'ı' => "i",
        'ŧ' | 'Ŧ' => "t",
        'ŋ' | 'Ŋ' => "n",
        'ə' | 'Ə' => "e",
        'ς' => "σ",
        _ => "",
    };
    if !plain.is_empty() {
        return out.push_str(plain);
    }
    // Full case folding: through upper case, so that letters with several lower forms meet.
    if c.is_ascii() {
        return out.push(c.to_ascii_lowercase());
    }
    for upper in c.to_uppercase() {
        for lower in upper.to_lowercase() {
            if is_accent(lower) {
                continue;
            }
            match out.chars().next_back().and_then(|last| compose(last, lower)) {
                Some(joined) if is_joining(lower) => {
                    out.pop();
                    out.push(joined);
                }
                _ => out.push(lower),
            }
        }
    }
}

/// Parts that decomposition split off and that belong to the letter itself: Hangul vowels and finals, kana voicing.
fn is_joining(c: char) -> bool {
    matches!(c, '\u{1161}'..='\u{1175}' | '\u{11A8}'..='\u{11C2}' | '\u{3099}' | '\u{309A}')
        || is_combining_mark(c)
}

/// Marks that careful writers set and careless ones leave out: Latin, Greek and Cyrillic accents, Hebrew points,
/// Arabic vowel signs. Marks that are letters of their script (Devanagari vowels) stay.
pub(crate) fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0487}' | '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}'
        | '\u{05C2}' | '\u{05C4}' | '\u{05C5}' | '\u{05C7}' | '\u{064B}'..='\u{065F}' | '\u{0670}'
        | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// Characters without a glyph or meaning of their own: soft hyphen, zero-width and direction marks, selectors.
pub(crate) fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}
