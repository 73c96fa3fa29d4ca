//! The structure of a person's name as written.
//!
//! In: the surface of a mention. Out: a [`PersonName`]: given and middle names, initials, the family name with its
//! particles, suffix or numeral, nicknames in quotes, the titles that were dropped. Does not compare names.

use super::table;
use crate::text::fold::fold_into;

/// One word of a name, folded, without marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) text: String,
    pub(crate) initial: bool,
    pub(crate) particle: bool,
    /// A hyphen ties it to the next word.
    pub(crate) glued: bool,
    /// The pieces between hyphens when there are several.
    pub(crate) pieces: Vec<String>,
}

/// A person's name, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PersonName {
    /// Given and middle names, then the family name: always in this order, whatever the written order.
    pub(crate) parts: Vec<Part>,
    /// Where the family name begins in `parts`.
    pub(crate) family: usize,
    pub(crate) suffix: Option<&'static str>,
    pub(crate) nicknames: Vec<String>,
    pub(crate) titles: Vec<String>,
    /// The family name was written first, by comma or by custom.
    pub(crate) family_first: bool,
}

impl PersonName {
    /// Takes a surface apart; an empty or unnamed surface gives a name without parts.
    pub(crate) fn parse(surface: &str) -> Self {
        let mut name = PersonName::default();
        let plain = name.take_nicknames(surface);
        let (ordered, comma) = reorder_comma(&plain);
        for word in ordered.split(|c: char| c.is_whitespace() || c == '_' || c == '/') {
            push_word(word, &mut name.parts);
        }
        name.drop_titles();
        name.take_suffix();
        name.order(comma);
        name
    }

    /// Takes out what stands in quotes or brackets.
    fn take_nicknames(&mut self, surface: &str) -> String {
        let mut plain = String::with_capacity(surface.len());
        let mut inside: Option<(char, String)> = None;
        for (at, c) in surface.char_indices() {
            match &mut inside {
                Some((close, text)) if c == *close => {
                    let mut folded = String::new();
                    fold_into(text, &mut folded);
                    let folded: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
                    if !folded.is_empty() {
                        self.nicknames.push(folded);
                    }
                    inside = None;
                    plain.push(' ');
                }
                Some((_, text)) => text.push(c),
                None => {
                    let start = surface[..at].chars().next_back().is_none_or(char::is_whitespace);
                    let close = match c {
                        '“' | '"' => Some(if c == '"' { '"' } else { '”' }),
                        '(' => Some(')'),
                        '‘' | '\'' if start && surface[at + c.len_utf8()..].contains(['’', '\'']) => {
                            Some(if c == '\'' { '\'' } else { '’' })
                        }
                        _ => None,
                    };
                    match close {
                        Some(close) if surface[at + c.len_utf8()..].contains(close) && start => {
                            inside = Some((close, String::new()));
                        }
                        _ => plain.push(c),
                    }
                }
            }
        }
        plain
    }

    fn drop_titles(&mut self) {
        while self.parts.len() > 1 && !self.parts[0].initial && table::is_title(&self.parts[0].text) {
            self.titles.push(self.parts.remove(0).text);
        }
    }

    fn take_suffix(&mut self) {
        while self.parts.len() > 1 {
            let last = &self.parts[self.parts.len() - 1];
            let Some(suffix) = table::suffix(&last.text) else { break };
            // A single capital letter is a numeral only after a single name ("Elizabeth I"), else an initial.
            if last.text.len() == 1 && self.parts.len() > 2 {
                break;
            }
            self.suffix = Some(suffix);
            self.parts.pop();
        }
    }

    /// Finds the family name and puts it last.
    fn order(&mut self, comma: bool) {
        let n = self.parts.len();
        self.family_first = comma;
        if n == 0 {
            return;
        }
        // "Al Gore" and "Ben Affleck" begin with a given name; "De Boer" begins with a particle.
        if n > 1 && self.parts[0].particle && !self.parts[0].glued && table::is_given(&self.parts[0].text) {
            self.parts[0].particle = false;
        }
        let caseless = self.parts.iter().all(|p| p.text.chars().all(is_east_script));
        let east = !comma
            && n >= 2
            && (caseless
                || (n <= 3
                    && table::is_east_family(&self.parts[0].text)
                    && self.parts[1..].iter().all(is_east_given)
                    && (!table::is_east_family(&self.parts[n - 1].text)
                        || n == 3
                        || self.parts[n - 1].pieces.len() > 1
                        || self.parts[0].pieces.len() < 2)));
        if east {
            self.parts.rotate_left(1);
            self.family_first = true;
            // "Jong Un" is one given name, written "Jong-un" elsewhere.
            if self.parts.len() == 3 && self.parts[..2].iter().all(|p| !p.initial && p.pieces.is_empty()) {
                let second = self.parts.remove(1);
                let first = &mut self.parts[0];
                first.pieces = vec![first.text.clone(), second.text.clone()];
                first.text.push_str(&second.text);
            }
        }
        let mut family = self.parts.len() - 1;
        if !self.family_first {
            while family > 0 && self.parts[family - 1].particle && (family > 1 || n == 2) {
                family -= 1;
            }
        }
        self.family = family;
    }

    /// Whether there is a given name or initial besides the family name.
    pub(crate) fn is_full(&self) -> bool {
        self.family > 0
    }

    /// The words of the family name.
    pub(crate) fn family_parts(&self) -> &[Part] {
        &self.parts[self.family.min(self.parts.len())..]
    }

    /// The first given name.
    pub(crate) fn given(&self) -> Option<&Part> {
        (self.family > 0).then(|| &self.parts[0])
    }

    /// The names between the first given name and the family name.
    pub(crate) fn middles(&self) -> &[Part] {
        if self.family > 1 { &self.parts[1..self.family] } else { &[] }
    }

    /// The family name without particles, as one word.
    pub(crate) fn family_key(&self) -> String {
        self.family_parts().iter().filter(|p| !p.particle).map(|p| p.text.as_str()).collect()
    }
}

/// `Family, Given` becomes `Given Family`; a suffix after the comma stays where it is.
fn reorder_comma(surface: &str) -> (String, bool) {
    if let Some((left, right)) = surface.split_once(',') {
        let mut folded = String::new();
        fold_into(right.trim().trim_end_matches('.'), &mut folded);
        if table::suffix(&folded).is_none() && !left.trim().is_empty() && !right.trim().is_empty() {
            return (format!("{} {}", right.trim(), left.trim()), true);
        }
    }
    (surface.replace(',', " "), false)
}

fn is_east_script(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}')
}

/// Whether a word can be one or several syllables of Chinese or Korean in Latin letters, or is a Japanese given name
/// by its even run of open syllables.
fn is_east_given(part: &Part) -> bool {
    if part.initial || part.particle || table::is_given(&part.text) && !table::is_east_family(&part.text) {
        return false;
    }
    let pieces: Vec<&str> = if part.pieces.is_empty() {
        vec![part.text.as_str()]
    } else {
        part.pieces.iter().map(String::as_str).collect()
    };
    pieces.iter().all(|piece| syllables(piece).is_some_and(|n| n <= 4))
}

/// Counts syllables of the form consonant, vowels, nasal.
fn syllables(word: &str) -> Option<usize> {
    let bytes = word.as_bytes();
    let vowel = |b: u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let (mut at, mut count) = (0, 0);
    while at < bytes.len() {
        let start = at;
        for group in ["ch", "sh", "zh", "ts", "hs", "ky", "ry", "gw", "kw", "hw", "kh", "ng", "th", "ph"] {
            if word.get(at..).is_some_and(|rest| rest.starts_with(group)) {
                at += group.len();
                break;
            }
        }
        if at == start && !vowel(bytes[at]) {
            at += 1;
        }
        let vowels = at;
        while at < bytes.len() && vowel(bytes[at]) {
            at += 1;
        }
        if at == vowels || at - vowels > 3 {
            return None;
        }
        let coda = |b: Option<&u8>| b.is_none_or(|&b| !vowel(b));
        if bytes.get(at) == Some(&b'n') && bytes.get(at + 1) == Some(&b'g') && coda(bytes.get(at + 2)) {
            at += 2;
        } else if matches!(bytes.get(at), Some(b'n' | b'k' | b'l' | b'm' | b'p' | b't' | b'r' | b'h'))
            && coda(bytes.get(at + 1))
        {
            at += 1;
        }
        count += 1;
    }
    (count > 0).then_some(count)
}

/// Folds one written word and appends its parts.
fn push_word(word: &str, parts: &mut Vec<Part>) {
    let word = word.trim_end_matches(['.', ';', ':', '!', '?']).trim_end_matches(['\'', '’']);
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    let folded = folded.strip_suffix("'s").unwrap_or(&folded).to_owned();
    let letters = |s: &str| -> String { s.chars().filter(|c| c.is_alphanumeric()).collect() };
    // H.W. and J.-C. are initials each; "JC" cannot be told from a short name.
    if folded.contains('.') || word.chars().filter(|c| c.is_alphanumeric()).count() == 1 {
        let pieces: Vec<String> = folded.split(['.', '-']).map(letters).filter(|p| !p.is_empty()).collect();
        if pieces.iter().all(|p| p.chars().count() == 1) && !pieces.is_empty() {
            parts.extend(pieces.into_iter().map(|text| Part {
                text,
                initial: true,
                particle: false,
                glued: false,
                pieces: Vec::new(),
            }));
            return;
        }
    }
    let pieces: Vec<String> =
        folded.split(['-', '·', '・', '‐']).map(letters).filter(|p| !p.is_empty()).collect();
    let Some(first) = pieces.first() else { return };
    // Arabic articles and the like are glued with hyphens: "al-Assad", "bin-Laden".
    let mut from = 0;
    let mut head = first;
    while from + 1 < pieces.len() && (table::is_particle(head) || is_article(head)) {
        parts.push(Part {
            text: head.clone(),
            initial: false,
            particle: true,
            glued: true,
            pieces: Vec::new(),
        });
        from += 1;
        head = &pieces[from];
    }
    let rest = &pieces[from..];
    let text: String = rest.concat();
    let particle = rest.len() == 1 && table::is_particle(&text);
    let pieces = if rest.len() > 1 { rest.to_vec() } else { Vec::new() };
    parts.push(Part { text, initial: false, particle, glued: false, pieces });
}

/// The assimilated forms of the Arabic article.
fn is_article(word: &str) -> bool {
    matches!(
        word,
        "al" | "el"
            | "az"
            | "as"
            | "ar"
            | "at"
            | "an"
            | "ad"
            | "ash"
            | "es"
            | "er"
            | "ul"
            | "ed"
            | "ez"
            | "ol"
    )
}
