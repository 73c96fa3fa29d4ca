//! The shadow copy in which names are compared: one case, no accents, plain quotes and dashes, one width.
//!
//! In: text. Out: its folded form, and the way back from every folded byte to the source. Folding works cluster by
//! cluster (a character with the marks that follow it), so that a folded span always maps to whole characters.
//! Compatibility decomposition is Unicode's NFKD; case folding is full (ß becomes ss); letters that Unicode does
//! not decompose (ø, ł, đ, æ) fold to their customary ASCII spelling. White space is kept as it is.

#[cfg(test)]
use crate::span::ByteSpan;
use std::sync::OnceLock;
use unicode_normalization::char::{
    canonical_combining_class, compose, decompose_compatible, is_combining_mark,
};

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
        fold_char(c, out);
        rest = chars.as_str();
    }
}

/// A folded text with its way back.
#[cfg(test)]
#[derive(Clone, Debug, Default)]
pub(crate) struct Folded {
    pub(crate) text: String,
    /// Where runs of equal length and clusters of other length begin: (folded byte, source byte), both ascending.
    steps: Vec<(u32, u32)>,
}

#[cfg(test)]
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
            // What may join the character when folded maps back together with it.
            let (before, cluster) = (folded.text.len(), at);
            fold_char(c, &mut folded.text);
            at += c.len_utf8();
            while let Some(mark) = source[at..].chars().next().filter(|&c| is_extending(c)) {
                fold_char(mark, &mut folded.text);
                at += mark.len_utf8();
            }
            if folded.text.len() - before != at - cluster || at - cluster > c.len_utf8() {
                folded.steps.push((before as u32, cluster as u32));
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

    /// The source offset of a folded offset. Steps alternate: a run of equal lengths begins at every even one, a
    /// cluster of other length at every odd one; a place inside a cluster maps to its start, or end when `up`.
    fn source_byte(&self, at: u32, source: &str, up: bool) -> u32 {
        let step = self.steps.partition_point(|s| if up { s.0 < at } else { s.0 <= at }).saturating_sub(1);
        let (folded, origin) = self.steps[step];
        let mut byte = match step % 2 {
            0 => origin + (at - folded),
            _ if up => self.steps[step + 1].1,
            _ => origin,
        } as usize;
        while !source.is_char_boundary(byte) {
            byte = if up { byte + 1 } else { byte - 1 };
        }
        byte as u32
    }
}

fn ascii_prefix(text: &str) -> usize {
    text.as_bytes().iter().position(|b| !b.is_ascii()).unwrap_or(text.len())
}

/// Folds one character to the end of `out`; a mark may join the letter before it.
pub(crate) fn fold_char(c: char, out: &mut String) {
    match common_letter(c) {
        Some(folded) => out.push_str(folded),
        None => fold_any(c, out),
    }
}

/// The folded form of a Latin or Cyrillic letter, which does not depend on what stands before it: folded once and kept.
fn common_letter(c: char) -> Option<&'static str> {
    const FIRST: u32 = 0xC0;
    const END: u32 = 0x530;
    static FOLDED: OnceLock<Vec<Option<String>>> = OnceLock::new();
    let at = u32::from(c).wrapping_sub(FIRST);
    if at >= END - FIRST {
        return None;
    }
    let folded = FOLDED.get_or_init(|| {
        let fold = |c: char| {
            let mut out = String::new();
            fold_any(c, &mut out);
            let alone = c.is_alphabetic() && !out.chars().any(is_joining);
            alone.then_some(out)
        };
        (FIRST..END).map(|number| char::from_u32(number).and_then(fold)).collect()
    });
    folded[at as usize].as_deref()
}

/// The folded form of a character where that does not depend on what stands before it and is up to three characters of
/// the first plane, none of them white space; zeros behind it.
pub(crate) fn fold_alone(c: char) -> Option<[u16; 3]> {
    let mut out = String::new();
    fold_any(c, &mut out);
    let mut folded = [0; 3];
    for (number, c) in out.chars().enumerate() {
        let moves = is_joining(c) || canonical_combining_class(c) != 0;
        if moves || c.is_whitespace() || c == '\0' {
            return None;
        }
        *folded.get_mut(number)? = u16::try_from(u32::from(c)).ok()?;
    }
    Some(folded)
}

fn fold_any(c: char, out: &mut String) {
    // The marks that typographers set most, before any table is asked.
    if let Some(plain) = plain_mark(c) {
        return out.push(plain);
    }
    if is_accent(c) || is_ignorable(c) {
        return;
    }
    decompose_compatible(c, |part| {
        if !is_accent(part) && !is_ignorable(part) {
            fold_part(part, out);
        }
    });
}

/// Quotation marks and dashes in their ASCII form.
fn plain_mark(c: char) -> Option<char> {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' | '\u{2032}' | '\u{02BC}' | '\u{02B9}'
        | '\u{00B4}' | '\u{0384}' | '\u{1FFD}' | '\u{0374}' | '\u{FF07}' => Some('\''),
        '\u{201C}'..='\u{201F}' | '\u{2033}' | '\u{00AB}' | '\u{00BB}' | '\u{FF02}' => Some('"'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => Some('-'),
        _ => None,
    }
}

fn fold_part(c: char, out: &mut String) {
    if c.is_ascii() {
        return out.push(c.to_ascii_lowercase());
    }
    // Full case folding: through upper case, so that letters with several lower forms meet.
    for upper in c.to_uppercase() {
        for lower in upper.to_lowercase() {
            fold_letter(lower, out);
        }
    }
}

fn fold_letter(c: char, out: &mut String) {
    if is_accent(c) {
        return;
    }
    if let Some(spelling) = spelling(c) {
        return out.push_str(spelling);
    }
    let c = plain_mark(c).unwrap_or(c);
    match out.chars().next_back().filter(|_| is_joining(c)).and_then(|last| compose(last, c)) {
        Some(joined) => {
            out.pop();
            out.push(joined);
        }
        None => push_in_order(c, out),
    }
}

/// Marks that Unicode orders among each other are few; what stands farther back is left where it is.
const ORDERED_MARKS: usize = 16;

/// Appends a letter, or a mark in canonical order among the marks before it.
fn push_in_order(c: char, out: &mut String) {
    let class = canonical_combining_class(c);
    let mut later = ['\0'; ORDERED_MARKS];
    let mut count = 0;
    while class != 0 && count < ORDERED_MARKS {
        match out.chars().next_back().filter(|&last| canonical_combining_class(last) > class) {
            Some(last) => later[count] = last,
            None => break,
        }
        out.pop();
        count += 1;
    }
    out.push(c);
    out.extend(later[..count].iter().rev());
}

/// The customary spelling of lower-case letters that Unicode does not decompose.
fn spelling(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'æ' => "ae",
        'œ' => "oe",
        'ħ' => "h",
        'ı' => "i",
        'ŧ' => "t",
        'ŋ' => "n",
        'ə' => "e",
        'ς' => "σ",
        '\u{345}' => "ι",
        _ => return None,
    })
}

/// Parts that decomposition split off and that belong to the letter itself: Hangul vowels and finals, kana voicing.
fn is_joining(c: char) -> bool {
    matches!(c, '\u{1161}'..='\u{1175}' | '\u{11A8}'..='\u{11C2}') || is_combining_mark(c)
}

/// Characters that may join what stands before them or that fold to nothing.
#[cfg(test)]
fn is_extending(c: char) -> bool {
    is_joining(c) || is_accent(c) || is_ignorable(c) || matches!(c, '\u{FF9E}' | '\u{FF9F}')
}

/// Marks that careful writers set and careless ones leave out: Latin, Greek and Cyrillic accents, Hebrew points,
/// Arabic vowel signs. Marks that are letters of their script (Devanagari vowels) stay.
pub(crate) fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{0344}' | '\u{0346}'..='\u{036F}' | '\u{0483}'..='\u{0487}' | '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}'
        | '\u{05C2}' | '\u{05C4}' | '\u{05C5}' | '\u{05C7}' | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}'
        | '\u{06DF}'..='\u{06E4}' | '\u{06E7}' | '\u{06E8}' | '\u{06EA}'..='\u{06ED}'
        | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// Characters without a glyph or meaning of their own: soft hyphen, zero-width and direction marks, selectors.
pub(crate) fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}
