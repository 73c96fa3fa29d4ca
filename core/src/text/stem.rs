//! Stems of English words, so that "talks", "talked" and "talking" count as one.
//!
//! In: a folded word. Out: its stem by Porter's rules (M. F. Porter, "An algorithm for suffix stripping", 1980).
//! Words with other than a-z and words of up to three letters are their own stems.

/// The longest word that is stemmed; longer ones are names of chemicals and noise.
const LONGEST: usize = 32;

/// A word being stemmed, in place and without allocation.
#[derive(Default)]
pub(crate) struct Stemmer {
    bytes: [u8; LONGEST],
    len: usize,
}

/// What stands before a suffix must have at least so many vowel-consonant turns for the rule to apply.
type Rule = (&'static str, &'static str);

const STEP2: [Rule; 20] = [
    ("ational", "ate"),
    ("tional", "tion"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("abli", "able"),
    ("alli", "al"),
    ("entli", "ent"),
    ("eli", "e"),
    ("ousli", "ous"),
    ("ization", "ize"),
    ("ation", "ate"),
    ("ator", "ate"),
    ("alism", "al"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("biliti", "ble"),
];
const STEP3: [Rule; 7] = [
    ("icate", "ic"),
    ("ative", ""),
    ("alize", "al"),
    ("iciti", "ic"),
    ("ical", "ic"),
    ("ful", ""),
    ("ness", ""),
];
const STEP4: [&str; 18] = [
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize",
    "al", "er", "ic", "ou",
];

impl Stemmer {
    /// The stem of a folded word.
    pub(crate) fn stem<'a>(&'a mut self, folded: &'a str) -> &'a [u8] {
        let bytes = folded.as_bytes();
        if bytes.len() < 4 || bytes.len() > LONGEST || !bytes.iter().all(u8::is_ascii_lowercase) {
            return bytes;
        }
        self.bytes[..bytes.len()].copy_from_slice(bytes);
        self.len = bytes.len();
        self.plural();
        self.past();
        if self.ends("y") && self.has_vowel(self.len - 1) {
            self.bytes[self.len - 1] = b'i';
        }
        self.derive();
        &self.bytes[..self.len]
    }

    fn consonant(&self, i: usize) -> bool {
        match self.bytes[i] {
            b'a' | b'e' | b'i' | b'o' | b'u' => false,
            b'y' => i == 0 || !self.consonant(i - 1),
            _ => true,
        }
    }

    fn has_vowel(&self, len: usize) -> bool {
        (0..len).any(|i| !self.consonant(i))
    }

    /// The number of vowel-consonant turns in the first `len` letters.
    fn measure(&self, len: usize) -> usize {
        let (mut turns, mut after_vowel) = (0, false);
        for i in 0..len {
            // `y` is a consonant at the start and after a vowel.
            let consonant = match self.bytes[i] {
                b'a' | b'e' | b'i' | b'o' | b'u' => false,
                b'y' => i == 0 || after_vowel,
                _ => true,
            };
            turns += usize::from(consonant && after_vowel);
            after_vowel = !consonant;
        }
        turns
    }

    fn ends(&self, suffix: &str) -> bool {
        self.len > suffix.len() && self.bytes[..self.len].ends_with(suffix.as_bytes())
    }

    fn double(&self) -> bool {
        self.len >= 2 && self.bytes[self.len - 1] == self.bytes[self.len - 2] && self.consonant(self.len - 1)
    }

    /// Consonant, vowel, consonant other than w, x, y at the end of the first `len` letters.
    fn short(&self, len: usize) -> bool {
        len >= 3
            && self.consonant(len - 3)
            && !self.consonant(len - 2)
            && self.consonant(len - 1)
            && !matches!(self.bytes[len - 1], b'w' | b'x' | b'y')
    }

    fn replace(&mut self, suffix: usize, by: &str) {
        let stem = self.len - suffix;
        self.bytes[stem..stem + by.len()].copy_from_slice(by.as_bytes());
        self.len = stem + by.len();
    }

    fn plural(&mut self) {
        if self.bytes[self.len - 1] != b's' {
            return;
        }
        if self.ends("sses") || self.ends("ies") {
            self.len -= 2;
        } else if !self.ends("ss") {
            self.len -= 1;
        }
    }

    fn past(&mut self) {
        if self.ends("eed") {
            if self.measure(self.len - 3) > 0 {
                self.len -= 1;
            }
            return;
        }
        if self.ends("ed") && self.has_vowel(self.len - 2) {
            self.len -= 2;
        } else if self.ends("ing") && self.has_vowel(self.len - 3) {
            self.len -= 3;
        } else {
            return;
        }
        if self.ends("at") || self.ends("bl") || self.ends("iz") {
            self.bytes[self.len] = b'e';
            self.len += 1;
        } else if self.double() && !matches!(self.bytes[self.len - 1], b'l' | b's' | b'z') {
            self.len -= 1;
        } else if self.measure(self.len) == 1 && self.short(self.len) {
            self.bytes[self.len] = b'e';
            self.len += 1;
        }
    }

    fn derive(&mut self) {
        for rules in [&STEP2[..], &STEP3[..]] {
            if let Some((suffix, by)) = rules.iter().find(|rule| self.ends(rule.0))
                && self.measure(self.len - suffix.len()) > 0
            {
                self.replace(suffix.len(), by);
            }
        }
        if self.ends("ion")
            && self.measure(self.len - 3) > 1
            && matches!(self.bytes[self.len - 4], b's' | b't')
        {
            self.len -= 3;
        } else if let Some(suffix) = STEP4.iter().find(|suffix| self.ends(suffix))
            && self.measure(self.len - suffix.len()) > 1
        {
            self.len -= suffix.len();
        }
        if self.ends("e") {
            let turns = self.measure(self.len - 1);
            if turns > 1 || (turns == 1 && !self.short(self.len - 1)) {
                self.len -= 1;
            }
        }
        if self.len > 1 && self.bytes[self.len - 1] == b'l' && self.double() && self.measure(self.len) > 1 {
            self.len -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stem(word: &str) -> String {
        String::from_utf8(Stemmer::default().stem(word).to_vec()).unwrap()
    }

    #[test]
    fn stems_are_those_of_the_paper() {
        let pairs = [
            ("caresses", "caress"),
            ("ponies", "poni"),
            ("cats", "cat"),
            ("agreed", "agre"),
            ("plastered", "plaster"),
            ("motoring", "motor"),
            ("conflated", "conflat"),
            ("hopping", "hop"),
            ("falling", "fall"),
            ("filing", "file"),
            ("happy", "happi"),
            ("relational", "relat"),
            ("conditional", "condit"),
            ("triplicate", "triplic"),
            ("hopefulness", "hope"),
            ("adjustment", "adjust"),
            ("adoption", "adopt"),
            ("probate", "probat"),
            ("controlling", "control"),
            ("sky", "sky"),
            ("naïve", "naïve"),
        ];
        for (word, expected) in pairs {
            assert_eq!(stem(word), expected, "{word}");
        }
    }

    proptest! {
        #[test]
        fn any_word_has_a_stem_no_longer_than_itself_plus_one(word in "[a-z]{0,40}") {
            let stem = stem(&word);
            prop_assert!(stem.len() <= word.len() && stem.is_empty() == word.is_empty());
        }
    }
}
