//! Which phrases and which entities a text turns on.
//!
//! In: analyses, and the cast when there is one. Out: phrases with score and places, entities with salience and
//! places. A phrase is a run of up to four words with matter; it is worth its occurrences that belong to no longer
//! frequent phrase (in the manner of C-value; Frantzi et al. 2000), more when it is long, early, and used by several
//! documents.

use super::field::Field;
use crate::EntityKind;
use crate::cast::Cast;
use crate::span::{ByteSpan, Span};
use crate::text::number::Numbers;
use crate::text::word::hash_bytes;
use crate::text::{Analysis, Shape, Token};
use serde::{Deserialize, Serialize};

/// Reports what one or several documents turn on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct KeyTopics {
    /// The phrases, most important first.
    pub phrases: Vec<KeyPhrase>,
    /// The entities, most salient first.
    pub entities: Vec<KeyEntity>,
}

/// Reports one key phrase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct KeyPhrase {
    /// The phrase as it is first written.
    pub text: String,
    /// How much the documents turn on it; 1 for the first.
    pub score: f64,
    /// Where it stands, in document and text order.
    pub places: Vec<KeyPlace>,
}

/// Reports one key entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct KeyEntity {
    /// The identifier that the cast gives it.
    pub entity: String,
    /// Its fullest name.
    pub name: String,
    /// What sort of thing it is.
    pub kind: EntityKind,
    /// The share of the story's attention, 0 to 1.
    pub score: f64,
    /// Where it is named, in document and text order.
    pub places: Vec<KeyPlace>,
}

/// Reports one place of a phrase or an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct KeyPlace {
    /// The index of the document.
    pub document: usize,
    /// Where it stands in that document.
    #[serde(flatten)]
    pub span: Span,
}

/// The longest phrase, in words.
const LONGEST: usize = 4;
/// What one occurrence of a phrase of one to four words is worth.
const WORTH: [f64; LONGEST] = [0.6, 1.6, 2.0, 2.2];

struct Phrase {
    length: usize,
    count: u32,
    /// Occurrences inside longer phrases that stand twice or more.
    inside: u32,
    documents: u32,
    last_document: u32,
    position: u32,
    capital: bool,
    places: Vec<(u32, ByteSpan)>,
}

/// Finds at most `count` phrases and `count` entities.
pub(crate) fn key_topics(analyses: &[Analysis], cast: Option<&Cast>, count: usize) -> KeyTopics {
    KeyTopics {
        phrases: phrases(analyses, count),
        entities: cast.map_or_else(Vec::new, |cast| entities(analyses, cast, count)),
    }
}

fn entities(analyses: &[Analysis], cast: &Cast, count: usize) -> Vec<KeyEntity> {
    let kept = cast.members.len().min(count);
    let mut places = vec![Vec::new(); kept];
    for (document, mentions) in cast.mentions.iter().enumerate() {
        for mention in mentions {
            if let Some(own) = mention.member.and_then(|member| places.get_mut(member as usize)) {
                own.push(KeyPlace { document, span: analyses[document].report(mention.raw.span) });
            }
        }
    }
    let entity = |(member, places): (&crate::CastMember, Vec<KeyPlace>)| KeyEntity {
        entity: member.entity.clone(),
        name: member.name.clone(),
        kind: member.kind,
        score: member.salience,
        places,
    };
    cast.members.iter().zip(places).map(entity).collect()
}

fn phrases(analyses: &[Analysis], count: usize) -> Vec<KeyPhrase> {
    let field = Field::new(analyses);
    let mut numbers = Numbers::default();
    let mut phrases: Vec<Phrase> = Vec::new();
    // Every run twice: all phrases are counted before those inside longer ones are taken off.
    for counting in [true, false] {
        for candidate in &field.candidates {
            let analysis = &field.analyses[candidate.document as usize];
            let sentence = &analysis.sentences[candidate.sentence as usize];
            for run in runs(&field, analysis, analysis.tokens_of(&sentence.tokens)) {
                for length in (1..=LONGEST.min(run.len())).rev() {
                    for window in run.windows(length) {
                        if counting {
                            let number = numbers.number(hash(window)) as usize;
                            if number == phrases.len() {
                                phrases.push(Phrase {
                                    length,
                                    count: 0,
                                    inside: 0,
                                    documents: 0,
                                    last_document: u32::MAX,
                                    position: candidate.position,
                                    capital: false,
                                    places: Vec::new(),
                                });
                            }
                            phrases[number].meet(candidate.document, window);
                        } else if length > 1
                            && numbers.find(hash(window)).is_some_and(|n| phrases[n as usize].count > 1)
                        {
                            // Only the two phrases one word shorter: they pass it on to theirs.
                            for part in [&window[1..], &window[..length - 1]] {
                                if let Some(part) = numbers.find(hash(part)) {
                                    phrases[part as usize].inside += 1;
                                }
                            }
                        }
                    }
                }
            }
        }
    }
    let mut ranked: Vec<(f64, usize)> = phrases
        .iter()
        .enumerate()
        .map(|(number, phrase)| (phrase.score(), number))
        .filter(|&(score, _)| score > 0.0)
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked.truncate(count);
    let most = ranked.first().map_or(1.0, |first| first.0);
    let report = |(score, number): (f64, usize)| {
        let place = |&(document, span): &(u32, ByteSpan)| KeyPlace {
            document: document as usize,
            span: analyses[document as usize].report(span),
        };
        let (document, first) = phrases[number].places[0];
        KeyPhrase {
            text: first.slice(&analyses[document as usize].text).to_owned(),
            score: score / most,
            places: phrases[number].places.iter().map(place).collect(),
        }
    };
    ranked.into_iter().map(report).collect()
}

impl Phrase {
    fn meet(&mut self, document: u32, window: &[(Token, u32)]) {
        self.count += 1;
        if self.last_document != document {
            self.last_document = document;
            self.documents += 1;
        }
        let capital = |shape| matches!(shape, Shape::Capital | Shape::Upper | Shape::Mixed | Shape::Caseless);
        self.capital |= window.iter().all(|(token, _)| capital(token.shape));
        self.places.push((document, window[0].0.span.join(window[window.len() - 1].0.span)));
    }

    fn score(&self) -> f64 {
        let own = self.count.saturating_sub(self.inside);
        // A word that is no name must stand three times, a phrase twice.
        let least = if self.capital {
            1
        } else if self.length == 1 {
            3
        } else {
            2
        };
        if own < least {
            return 0.0;
        }
        let early = 1.0 + 1.0 / (1.0 + f64::from(self.position));
        WORTH[self.length - 1] * f64::from(own + self.documents - 1) * early
    }
}

/// Runs of neighbouring words with matter, each with its term; a mark or a function word ends a run.
fn runs(field: &Field, analysis: &Analysis, tokens: &[Token]) -> Vec<Vec<(Token, u32)>> {
    let mut runs = vec![Vec::new()];
    for token in tokens {
        let run = runs.last_mut().expect("the list is never empty");
        match field.number_of(analysis, token) {
            Some(term) if token.is_word() => run.push((*token, term)),
            // The hyphen inside a compound joins.
            _ if token.is_glued() && analysis.surface(token) == "-" => {}
            _ if run.is_empty() => {}
            _ => runs.push(Vec::new()),
        }
    }
    runs
}

fn hash(window: &[(Token, u32)]) -> u64 {
    let mut bytes = [0; 4 * LONGEST];
    for (place, (_, term)) in bytes.chunks_exact_mut(4).zip(window) {
        place.copy_from_slice(&term.to_le_bytes());
    }
    hash_bytes(&bytes[..4 * window.len()])
}
