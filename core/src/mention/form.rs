//! How each token is written, seen in its sentence: the part of a word that its spelling alone does not tell.
//!
//! In: an [`Analysis`]. Out: [`Forms`], the class of every token, the distinct pairs of word and class, and what the
//! document itself says about each word (whether it also stands there in small letters, or capitalised where
//! nothing forces a capital).

use crate::text::{Analysis, Sentence, Shape, Token, TokenKind, WordId};

/// How a token is written, seen in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Class {
    Lower = 0,
    Capital = 1,
    Upper = 2,
    MixedCapital = 3,
    MixedLower = 4,
    Number = 5,
    Caseless = 6,
    Mark = 7,
    /// Capitalised where every word is: at the start of a sentence or quotation.
    Initial = 8,
    /// Capitalised in a line where most words are.
    Title = 9,
    /// Capitals only, in a line of capitals.
    Shout = 10,
}

/// The number of classes, rounded up to a power of two.
const CLASSES: usize = 16;

impl Class {
    /// Begins with a capital, for whatever reason.
    pub(crate) fn is_capital(self) -> bool {
        matches!(
            self,
            Class::Capital
                | Class::Upper
                | Class::MixedCapital
                | Class::Initial
                | Class::Title
                | Class::Shout
        )
    }
}

/// How a sentence is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Style {
    Running = 0,
    /// Most words capitalised.
    Title = 1,
    /// All words in capitals.
    Shout = 2,
}

/// One distinct pair of word and class.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    pub(crate) word: WordId,
    /// The number of the word in its section.
    local: u32,
    pub(crate) class: Class,
    pub(crate) kind: TokenKind,
    /// A token of this form ends in a dot of its own.
    pub(crate) dotted: bool,
}

/// What the document says about a word.
#[derive(Clone, Copy, Debug, Default)]
struct Sightings {
    small: u32,
    capital: u32,
}

/// Tokens that are read together: documents longer than this are read section by section, so that memory stays
/// bounded. Far longer than any article.
const SECTION: usize = 1 << 16;
/// Longer sentences are read piece by piece.
const LONGEST_SENTENCE: u32 = 1 << 9;

/// The forms of one section of a document; tokens are counted from the section's first one.
#[derive(Debug)]
pub(crate) struct Forms {
    /// The section's sentences; long ones in pieces.
    pub(crate) sentences: Vec<Sentence>,
    /// The number of the section's first token in the document.
    pub(crate) first: usize,
    /// The form of each token.
    pub(crate) of_token: Vec<u32>,
    /// The word of each token, numbered in the section.
    pub(crate) words: Vec<u32>,
    /// The distinct forms in order of first occurrence.
    pub(crate) forms: Vec<Form>,
    /// The style of each sentence.
    pub(crate) styles: Vec<Style>,
    sightings: Vec<Sightings>,
}

const FREE: u32 = u32::MAX;

/// Cuts a document into sections of whole sentences.
pub(crate) fn sections(analysis: &Analysis) -> Vec<Vec<Sentence>> {
    let mut sections = Vec::new();
    let (mut section, mut size) = (Vec::new(), 0);
    for sentence in &analysis.sentences {
        let mut start = sentence.tokens.start;
        while start < sentence.tokens.end {
            let end = sentence.tokens.end.min(start + LONGEST_SENTENCE);
            section.push(Sentence { tokens: start..end, ..sentence.clone() });
            size += (end - start) as usize;
            start = end;
            if size >= SECTION {
                sections.push(std::mem::take(&mut section));
                size = 0;
            }
        }
    }
    if !section.is_empty() {
        sections.push(section);
    }
    sections
}

impl Forms {
    /// Classifies every token of a section that is not empty, in one pass. `numbers` is a buffer kept between the
    /// sections of one document.
    pub(crate) fn new(analysis: &Analysis, sentences: Vec<Sentence>, numbers: &mut Vec<u32>) -> Self {
        numbers.resize(analysis.vocabulary.len(), FREE);
        let first = sentences[0].tokens.start as usize;
        let count = sentences[sentences.len() - 1].tokens.end as usize - first;
        let mut made = Forms {
            first,
            of_token: vec![0; count],
            words: vec![0; count],
            forms: Vec::with_capacity(analysis.vocabulary.len().min(count)),
            styles: Vec::with_capacity(sentences.len()),
            sightings: Vec::new(),
            sentences: Vec::new(),
        };
        let words = analysis.vocabulary.len().min(count);
        let mut slots: Vec<[u32; CLASSES]> = Vec::with_capacity(words);
        for sentence in &sentences {
            let tokens = analysis.tokens_of(&sentence.tokens);
            let style = style_of(analysis, tokens);
            made.styles.push(style);
            let mut forced = true;
            for (i, token) in tokens.iter().enumerate() {
                let class = classify(analysis, token, style, forced);
                forced = forces_capital(analysis, sentence, i, forced);
                let number = &mut numbers[token.word as usize];
                if *number == FREE {
                    *number = slots.len() as u32;
                    slots.push([FREE; CLASSES]);
                    made.sightings.push(Sightings::default());
                }
                let local = *number;
                let slot = &mut slots[local as usize][class as usize];
                if *slot == FREE {
                    *slot = made.forms.len() as u32;
                    made.forms.push(Form {
                        word: token.word,
                        local,
                        class,
                        kind: token.kind,
                        dotted: token.is_dotted(),
                    });
                }
                let at = sentence.tokens.start as usize + i - first;
                made.of_token[at] = *slot;
                made.words[at] = local;
                let seen = &mut made.sightings[local as usize];
                match class {
                    Class::Lower => seen.small += 1,
                    Class::Capital | Class::Upper | Class::MixedCapital => seen.capital += 1,
                    _ => {}
                }
            }
        }
        for form in &made.forms {
            numbers[form.word as usize] = FREE;
        }
        made.sentences = sentences;
        made
    }

    /// The number of distinct words.
    pub(crate) fn word_count(&self) -> usize {
        self.sightings.len()
    }

    /// The form of a token.
    pub(crate) fn form(&self, token: usize) -> &Form {
        &self.forms[self.of_token[token] as usize]
    }

    /// The tokens of a sentence, counted from the section's first one.
    pub(crate) fn range(&self, sentence: usize) -> std::ops::Range<usize> {
        let tokens = &self.sentences[sentence].tokens;
        tokens.start as usize - self.first..tokens.end as usize - self.first
    }

    /// What the document says about a capitalised word elsewhere: 1 seen small, 2 seen capitalised without need.
    pub(crate) fn elsewhere(&self, form: &Form) -> u8 {
        if !form.class.is_capital() {
            return 0;
        }
        let seen = self.sightings[form.local as usize];
        let own = u32::from(matches!(form.class, Class::Capital | Class::Upper | Class::MixedCapital));
        u8::from(seen.small > 0) | u8::from(seen.capital > own) << 1
    }
}

/// Lines are judged by their words of three letters and more; shorter ones are small in titles too.
pub(crate) fn style_of(analysis: &Analysis, tokens: &[Token]) -> Style {
    // A short sentence full of names ends like a sentence; titles do not.
    let stopped = tokens.last().is_some_and(|last| analysis.surface(last) == ".");
    let (mut long, mut capital, mut upper, mut lower) = (0, 0, 0, 0);
    for token in tokens.iter().filter(|t| t.is_word() && !t.is_clitic()) {
        lower += usize::from(token.shape == Shape::Lower);
        if token.span.len() > 3 {
            long += 1;
            upper += usize::from(token.shape == Shape::Upper && !token.is_dotted());
            capital += usize::from(matches!(token.shape, Shape::Capital | Shape::Upper | Shape::Mixed));
        }
    }
    if long >= 2 && upper == long && lower == 0 {
        Style::Shout
    } else if !stopped && long >= 3 && capital * 10 >= long * 8 {
        Style::Title
    } else {
        Style::Running
    }
}

fn classify(analysis: &Analysis, token: &Token, style: Style, forced: bool) -> Class {
    match token.kind {
        TokenKind::Number => return Class::Number,
        TokenKind::Word => {}
        _ => return Class::Mark,
    }
    match (token.shape, style) {
        (Shape::Lower, _) => Class::Lower,
        (Shape::Capital, Style::Title) => Class::Title,
        (Shape::Upper, Style::Shout) => Class::Shout,
        (Shape::Capital, _) if forced => Class::Initial,
        (Shape::Capital, _) => Class::Capital,
        (Shape::Upper, _) => Class::Upper,
        (Shape::Mixed, _) if token.is_capitalised(analysis.surface(token)) => Class::MixedCapital,
        (Shape::Mixed, _) => Class::MixedLower,
        (Shape::Caseless, _) => Class::Caseless,
        _ => Class::Mark,
    }
}

/// Whether the token after this one is capitalised merely by its position.
fn forces_capital(analysis: &Analysis, sentence: &Sentence, at: usize, forced: bool) -> bool {
    let tokens = analysis.tokens_of(&sentence.tokens);
    let token = &tokens[at];
    match token.kind {
        TokenKind::Word => false,
        TokenKind::Number | TokenKind::Symbol | TokenKind::Link | TokenKind::Tag => forced,
        TokenKind::Punctuation => match analysis.surface(token) {
            "\"" | "“" | "«" | "„" | "”" => {
                // An opening mark: white space or nothing before it, a word directly after it.
                !(token.is_glued() && at > 0) && tokens.get(at + 1).is_some_and(|next| next.is_glued())
            }
            ":" | "•" | "*" | "...." | "..." | "…" | "|" => true,
            "." | "!" | "?" => true,
            _ => forced,
        },
    }
}
