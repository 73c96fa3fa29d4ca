//! Whether words of a text misspell a name.
//!
//! In: the words, and a name that the index gives for them. Out: how far they are from it, if they may misspell it.

use super::super::entity::EntityKind;
use super::super::name::Flags;
use super::super::sound::{Nearness, Spoken, nearness};
use super::super::view::View;
use super::super::word::{Word, Words};
use super::chain::Chains;
use super::index::{Coded, Known, Near};

/// Letters that the other words of a name have that is no person's, unless the misspelt word has that many.
const MIN_AGREED: usize = 3;
const AGREED_ALONE: usize = 9;
/// Names that have a word from which it is common.
const COMMON: usize = 16;
/// Letters that another first sound counts for.
const BEGINNING: usize = 2;

/// Compares words of one text with names.
pub(super) struct Judge<'t> {
    reader: Words<'t>,
    /// The words of the name that is compared, and the one that is.
    name: Vec<Word>,
    name_word: Spoken,
    text_word: Spoken,
    /// Where the word begins that `text_word` is.
    spoken_at: u32,
}

/// Words of a chain, one of which may be misspelt.
pub(super) struct Suspects<'s, 't> {
    pub(super) chains: &'s Chains<'t>,
    pub(super) first: usize,
    pub(super) words: &'s [Coded],
    pub(super) doubtful: usize,
}

/// Whether so many names that differ in this word alone leave it likely that the nearest one is meant, and not a name
/// that the catalog lacks (`Lianghe Xiang`): the longer the word and the nearer the spelling, the more there may be.
pub(super) fn stands_out(near: Nearness, letters: usize, names: usize) -> bool {
    let bits = letters * 3 / 2
        + match near {
            Nearness::Sound => 4,
            Nearness::Vowels => 2,
            Nearness::Edit => 0,
        };
    names <= 1 << bits.saturating_sub(1).min(30)
}

impl<'t> Judge<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Judge {
            reader: Words::new(text),
            name: Vec::new(),
            name_word: Spoken::default(),
            text_word: Spoken::default(),
            spoken_at: u32::MAX,
        }
    }

    /// What the index needs to know of a word of the text.
    pub(super) fn coded(&mut self, chains: &Chains<'t>, at: usize) -> Coded {
        self.spoken_at = u32::MAX;
        let piece = &chains.words[at];
        Coded::new(&mut self.text_word, piece.folded(&mut self.reader), piece.hash)
    }

    /// How far words of the text are from a name that they may misspell; `None` when they do not.
    pub(super) fn cost(
        &mut self,
        view: View<'_>,
        known: &Known,
        near: &Near,
        suspects: &Suspects<'_, 't>,
    ) -> Option<usize> {
        let (name, (_, flags)) = (view.name(near.row)?, view.row(near.row)?);
        let place = (suspects.first, suspects.words.len());
        if suspects.chains.surface(place) == name || !suspects.chains.gaps_agree(place, flags) {
            return None;
        }
        let mut reader = Words::new(name);
        self.name.clear();
        reader.fill(&mut self.name, usize::MAX);
        let doubtful = self.name.get(suspects.doubtful)?;
        if self.name.len() != suspects.words.len() || doubtful.hash == suspects.words[suspects.doubtful].hash
        {
            return None;
        }
        // Most names fail at the word in doubt.
        self.nearness(&mut reader, suspects, suspects.doubtful, false)?;
        self.cost_of(&mut reader, known, (near.names, flags), suspects)
    }

    /// How near a word of the text is to the one of the name; `known` when other names have it.
    fn nearness(
        &mut self,
        name: &mut Words<'_>,
        suspects: &Suspects<'_, 't>,
        at: usize,
        known: bool,
    ) -> Option<Nearness> {
        if !self.name_word.read(name.folded(&self.name[at])) {
            return None;
        }
        let piece = &suspects.chains.words[suspects.first + at];
        if self.spoken_at != piece.start {
            self.spoken_at = piece.start;
            self.text_word.read(piece.folded(&mut self.reader));
        }
        let words = suspects.words.len();
        nearness(&self.name_word, &self.text_word, (at + 1 == words, words), known)
    }

    fn cost_of(
        &mut self,
        reader: &mut Words<'_>,
        known: &Known,
        (mut names, flags): (usize, Flags),
        suspects: &Suspects<'_, 't>,
    ) -> Option<usize> {
        let person = flags.kinds() & EntityKind::Person.bit() != 0;
        let (mut other, mut edits, mut cost, mut agreed) = (0, 0, 0, 0);
        let mut farthest = (Nearness::Sound, usize::MAX);
        for (at, coded) in suspects.words.iter().enumerate() {
            let word = self.name[at];
            if word.hash == coded.hash {
                agreed += (word.end - word.start) as usize;
                names = names.min(known.names(word.hash));
                continue;
            }
            other += 1;
            if other > 2 || !coded.doubtful {
                return None;
            }
            let belongs = known.kinds(coded.hash) & flags.kinds() != 0;
            let near = self.nearness(reader, suspects, at, belongs)?;
            // Given names are spelt in many ways; a word that many names of places or companies have is meant.
            if !person && near != Nearness::Sound && known.names(coded.hash) >= COMMON {
                return None;
            }
            let letters = self.name_word.len().min(self.text_word.len());
            // Who misspells a name mostly begins it well.
            let begun = self.name_word.begins_like(&self.text_word);
            let letters = if begun { letters } else { letters.saturating_sub(BEGINNING) };
            if near >= farthest.0 {
                farthest = (near, letters);
            }
            edits += usize::from(near == Nearness::Edit);
            cost += near as usize + 1;
        }
        // An article or particle alone is no rest that agrees (Al Qatif, Al-Latif), unless it is a person's name (Xi).
        let enough = agreed >= MIN_AGREED || farthest.1 >= AGREED_ALONE || person;
        (edits <= 1 && enough && stands_out(farthest.0, farthest.1, names)).then_some(cost)
    }
}
