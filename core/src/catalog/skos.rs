//! Entities from SKOS vocabularies.
//!
//! In: Turtle (N-Triples is a part of it) or JSON-LD. Out: one [`Entity`] for each concept that has a name, in the order
//! in which the source first speaks of them. Nothing is fetched: a JSON-LD context that lies elsewhere is an error.
//! Concepts without an address of their own are passed over, and so are schemes and collections.

use super::entity::{Entity, EntityKind};
use super::format::{Add, refuse};
use super::source::{at_line, kind_named};
use crate::Error;
use oxjsonld::JsonLdParser;
use oxrdf::{NamedNode, NamedOrBlankNode, Term};
use oxttl::TurtleParser;
use serde_json::Value;
use std::collections::BTreeMap;

const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/// A label or note with its language, empty when none is given.
struct Label {
    text: String,
    language: String,
}

/// What the source says of one address.
#[derive(Default)]
struct Concept {
    preferred: Vec<Label>,
    other: Vec<String>,
    notes: Vec<Label>,
    types: Vec<String>,
    attributes: BTreeMap<String, Vec<Value>>,
}

#[derive(Default)]
struct Concepts {
    order: Vec<(String, Concept)>,
    by_id: BTreeMap<String, usize>,
}

/// Reads either form.
pub(crate) fn read(text: &str, add: &mut Add<'_>) -> Result<(), Error> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut concepts = Concepts::default();
    if text.trim_start().starts_with('{') {
        for quad in JsonLdParser::new().for_slice(text) {
            let quad = quad.map_err(|error| {
                let line = error.location().map_or(1, |place| place.start.line + 1);
                let accepted = "accepted is JSON-LD with its context inside";
                at_line(line as usize, &refuse(format!("{error}; {accepted}"))).with_source(error)
            })?;
            concepts.add(quad.subject, &quad.predicate, quad.object);
        }
    } else {
        for triple in TurtleParser::new().for_slice(text) {
            let triple = triple.map_err(|error| {
                let line = error.location().start.line as usize + 1;
                let message = format!("{}; accepted is Turtle or N-Triples", error.message());
                at_line(line, &refuse(message)).with_source(error)
            })?;
            concepts.add(triple.subject, &triple.predicate, triple.object);
        }
    }
    let mut entities = concepts.order.into_iter().filter_map(|(id, concept)| concept.into_entity(id));
    // The parser does not tell where a statement stood; the entity is named by its address.
    entities.try_for_each(|entity| {
        add(entity).map_err(|error| Error::new(error.kind(), format!("catalog: {error}")))
    })
}

impl Concepts {
    fn add(&mut self, subject: NamedOrBlankNode, predicate: &NamedNode, object: Term) {
        let NamedOrBlankNode::NamedNode(subject) = subject else { return };
        let row = *self.by_id.entry(subject.as_str().to_owned()).or_insert_with(|| {
            self.order.push((subject.as_str().to_owned(), Concept::default()));
            self.order.len() - 1
        });
        self.order[row].1.add(predicate.as_str(), object);
    }
}

impl Concept {
    fn add(&mut self, predicate: &str, object: Term) {
        let label = |object: &Term| match object {
            Term::Literal(literal) => Some(Label {
                text: literal.value().to_owned(),
                language: literal.language().unwrap_or_default().to_ascii_lowercase(),
            }),
            _ => None,
        };
        match (predicate.strip_prefix(SKOS), label(&object)) {
            (Some("prefLabel"), Some(label)) => self.preferred.push(label),
            (Some("altLabel" | "hiddenLabel"), Some(label)) => self.other.push(label.text),
            (Some("definition"), Some(label)) => self.notes.push(label),
            (Some("scopeNote"), Some(label)) => self.notes.push(label),
            _ => {
                let value = match object {
                    Term::NamedNode(node) => node.into_string(),
                    Term::Literal(literal) => literal.value().to_owned(),
                    // A node without an address says nothing outside of its source.
                    Term::BlankNode(_) => return,
                };
                if predicate == TYPE {
                    self.types.push(value.clone());
                }
                self.attributes.entry(last_part(predicate).to_owned()).or_default().push(value.into());
            }
        }
    }

    fn into_entity(mut self, id: String) -> Option<Entity> {
        let group = ["ConceptScheme", "Collection", "OrderedCollection"];
        if self.types.iter().any(|word| word.strip_prefix(SKOS).is_some_and(|word| group.contains(&word))) {
            return None;
        }
        let name = self.preferred.remove(chosen(&self.preferred)?).text;
        let kind = self.types.iter().find_map(|word| kind_named(last_part(word)).ok());
        let mut entity = Entity::new(id, name, kind.unwrap_or(EntityKind::Other));
        entity.aliases = self.preferred.into_iter().map(|label| label.text).chain(self.other).collect();
        let mut seen = std::collections::BTreeSet::from([entity.name.clone()]);
        entity.aliases.retain(|alias| seen.insert(alias.clone()));
        if let Some(note) = chosen(&self.notes) {
            entity.description = self.notes.swap_remove(note).text;
        }
        entity.attributes =
            self.attributes.into_iter().map(|(key, values)| (key, Value::from(values).to_string())).collect();
        Some(entity)
    }
}

/// The label in English, else the one without a language, else the first.
fn chosen(labels: &[Label]) -> Option<usize> {
    let english = |label: &Label| label.language == "en" || label.language.starts_with("en-");
    let found = labels.iter().position(english);
    let found = found.or_else(|| labels.iter().position(|label| label.language.is_empty()));
    found.or((!labels.is_empty()).then_some(0))
}

/// What stands behind the last `#` or `/` of an address.
fn last_part(address: &str) -> &str {
    let part = address.rsplit(['#', '/']).next().unwrap_or_default();
    if part.is_empty() { address } else { part }
}
