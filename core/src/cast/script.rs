//! Writes names of other scripts in Latin letters, roughly.
//!
//! In: a name in any script. Out: its customary Latin spelling where the script is alphabetic (Cyrillic, Greek,
//! Armenian, Georgian, Hebrew, Arabic, katakana by table, hangul by its jamo); other characters stay. Scripts that
//! do not write vowels are told, since only consonants can be compared then.

use crate::text::fold::fold_into;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static LETTERS: LazyLock<BTreeMap<char, &'static str>> = LazyLock::new(|| {
    include_str!("translit.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (letter, latin) = line.split_once('\t').unwrap_or((line, ""));
            Some((letter.chars().next()?, latin))
        })
        .collect()
});

/// A name in Latin letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Latin {
    pub(crate) text: String,
    /// The script it came from, if not Latin.
    pub(crate) script: Script,
}

/// Which script a name is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    Latin,
    /// An alphabet with vowels: `Cyrillic`, `Greek` and the like, told apart by the block of the first letter.
    Alphabet(u32),
    /// Arabic or Hebrew: most vowels are not written.
    Consonants(u32),
    /// A script that is not transcribed.
    Other,
}

/// The script of the first letter that is not ASCII.
pub(crate) fn script(name: &str) -> Script {
    let Some(c) = name
        .chars()
        .find(|c| c.is_alphabetic() && *c as u32 > 0x24F && !matches!(*c, '\u{1E00}'..='\u{1EFF}'))
    else {
        return Script::Latin;
    };
    match c as u32 {
        0x370..=0x3FF | 0x1F00..=0x1FFF => Script::Alphabet(1),
        0x400..=0x52F => Script::Alphabet(2),
        0x530..=0x58F => Script::Alphabet(3),
        0x10A0..=0x10FF => Script::Alphabet(4),
        0x30A0..=0x30FF => Script::Alphabet(5),
        0x1100..=0x11FF | 0xAC00..=0xD7AF => Script::Alphabet(6),
        0x590..=0x5FF => Script::Consonants(1),
        0x600..=0x6FF => Script::Consonants(2),
        _ => Script::Other,
    }
}

/// Folds a name and writes it in Latin letters.
pub(crate) fn to_latin(name: &str) -> Latin {
    let script = script(name);
    if script == Script::Latin || script == Script::Other {
        return Latin { text: name.to_owned(), script };
    }
    let mut folded = String::with_capacity(name.len());
    fold_into(name, &mut folded);
    let mut text = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            '\u{AC00}'..='\u{D7A3}' => hangul(c, &mut text),
            '・' | '·' | '=' => text.push(' '),
            _ => match LETTERS.get(&c) {
                Some(latin) => text.push_str(latin),
                None => text.push(c),
            },
        }
    }
    Latin { text, script }
}

/// Revised Romanization of one syllable, without sound changes between syllables.
fn hangul(c: char, out: &mut String) {
    const FIRST: [&str; 19] =
        ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
    const VOWEL: [&str; 21] = [
        "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi",
        "yu", "eu", "ui", "i",
    ];
    const LAST: [&str; 28] = [
        "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t",
        "t", "ng", "t", "t", "k", "t", "p", "t",
    ];
    let index = c as usize - 0xAC00;
    out.push_str(FIRST[index / 588]);
    out.push_str(VOWEL[index % 588 / 28]);
    out.push_str(LAST[index % 28]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alphabets_are_written_in_latin_letters() {
        assert_eq!(to_latin("Сергей Лавров").text, "sergei lavrov");
        assert_eq!(to_latin("Κυριάκος").text, "kyriakos");
        assert_eq!(to_latin("バラク・オバマ").text, "baraku obama");
        assert_eq!(to_latin("김정은").text, "gimjeongeun");
        assert_eq!(to_latin("Müller").text, "Müller");
        assert_eq!(to_latin("习近平").script, Script::Other);
    }
}
