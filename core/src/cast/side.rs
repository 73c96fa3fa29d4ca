//! A name made ready to be compared with another one.
//!
//! In: a name as written, in any script. Out: a [`Side`]: its words in Latin letters, folded, with what each of them is.

use super::name::{Part, PersonName};
use super::script::{self, Latin, Script};
use super::skeleton::sound;
use super::table;

/// The most words of a name that are compared.
const WORDS: usize = 12;

/// One of the two names, ready for comparison.
pub(super) struct Side {
    pub(super) name: PersonName,
    pub(super) script: Script,
    /// Words to align: particles and articles left out, hyphenated words in pieces.
    pub(super) words: Vec<Word>,
    /// Everything in one word.
    pub(super) joined: String,
}

pub(super) struct Word {
    pub(super) text: String,
    pub(super) sound: String,
    pub(super) initial: bool,
    /// Belongs to the family name.
    pub(super) family: bool,
    /// The first word of the name.
    pub(super) first: bool,
    /// Nicknames in quotes, which stand for the given name.
    pub(super) also: Vec<String>,
}

impl Word {
    fn new(text: &str, initial: bool, family: bool) -> Self {
        let text = plain_digits(text);
        Word { sound: sound(&text), text, initial, family, first: false, also: Vec::new() }
    }
}

/// Digits written for letters ("Ig0r") are read as letters.
fn plain_digits(text: &str) -> String {
    if !text.chars().any(|c| c.is_ascii_digit()) || !text.chars().any(char::is_alphabetic) {
        return text.to_owned();
    }
    let letter = |c| match c {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        _ => c,
    };
    text.chars().map(letter).collect()
}

impl Side {
    pub(super) fn read(surface: &str, to_latin: bool) -> Self {
        let latin = if to_latin {
            script::to_latin(surface)
        } else {
            Latin { text: surface.to_owned(), script: script::script(surface) }
        };
        let mut name = PersonName::parse(&latin.text);
        // A legal form is no part of a person's name, and a word said twice is said once.
        while name.parts.len() > 2 && name.parts.last().is_some_and(|p| table::legal_form(&p.text).is_some())
        {
            name.parts.pop();
            name.family = name.family.min(name.parts.len() - 1);
        }
        let mut words: Vec<Word> = Vec::new();
        for (i, part) in name.parts.iter().enumerate().take(WORDS) {
            if is_dropped(part, name.parts.len()) {
                continue;
            }
            let family = i >= name.family.min(name.parts.len() - 1);
            if part.pieces.len() > 1 {
                words.extend(part.pieces.iter().map(|piece| Word::new(piece, false, family)));
            } else {
                words.push(Word::new(&part.text, part.initial, family));
            }
        }
        if let Some(capitals) = capitals(&latin.text) {
            let found = words.iter().position(|w| w.text == capitals && !w.initial);
            if let Some(at) = found {
                let family = words[at].family;
                let count = capitals.chars().count();
                let letters = capitals.chars().enumerate();
                words.splice(
                    at..=at,
                    letters.map(|(i, c)| Word::new(&c.to_string(), true, family && i + 1 == count)),
                );
            }
        }
        if let Some(word) = words.first_mut() {
            word.first = true;
            word.also.clone_from(&name.nicknames);
        }
        let joined: String = name.parts.iter().map(|p| p.text.as_str()).collect();
        Side { name, script: latin.script, words, joined }
    }
}

/// A word of two to four capitals without a vowel, in a name that is not all capitals: initials without dots.
fn capitals(surface: &str) -> Option<String> {
    let word = surface.split_whitespace().find(|w| {
        (2..=4).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_uppercase() && !b"AEIOUY".contains(&b))
    })?;
    surface.chars().any(char::is_lowercase).then(|| word.to_ascii_lowercase())
}

/// Particles carry little: spelling and use vary.
fn is_dropped(part: &Part, count: usize) -> bool {
    part.particle && count > 1
}
