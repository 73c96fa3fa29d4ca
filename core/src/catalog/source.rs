//! Entities from JSON lines.
//!
//! In: lines of JSON objects with the keys `id`, `name`, `kind`, `aliases`, `weak_aliases`, `description`, `weight`;
//! further keys are kept as attributes. Out: [`Entity`]s, or an error that names line, field and what is accepted.

use super::entity::{Entity, EntityKind};
use crate::{Error, ErrorKind};
use serde_json::{Map, Value};

/// Calls `add` with the entity of every line that is not blank.
pub(crate) fn read_jsonl(text: &str, mut add: impl FnMut(Entity) -> Result<(), Error>) -> Result<(), Error> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        parse_row(line).and_then(&mut add).map_err(|error| at_line(index + 1, &error))?;
    }
    Ok(())
}

/// The error with its line put before it.
pub(crate) fn at_line(line: usize, error: &Error) -> Error {
    Error::new(error.kind(), format!("catalog line {line}: {error}"))
}

fn refuse(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Catalog, message)
}

fn parse_row(line: &str) -> Result<Entity, Error> {
    let value: Value = serde_json::from_str(line).map_err(|error| {
        refuse("is not JSON; accepted is one object per line, such as {\"id\":\"1\",\"name\":\"Acme\"}")
            .with_source(error)
    })?;
    match value {
        Value::Object(row) => entity_of(row),
        other => Err(refuse(format!("is {}; accepted is one object per line", kind_of(&other)))),
    }
}

/// Reads one row with the keys of the JSONL form.
pub(crate) fn entity_of(mut row: Map<String, Value>) -> Result<Entity, Error> {
    let id = match row.remove("id") {
        Some(Value::String(id)) => id,
        Some(Value::Number(id)) => id.to_string(),
        Some(other) => {
            return Err(refuse(format!("id is {}; accepted are text and numbers", kind_of(&other))));
        }
        None => return Err(refuse("has no id; accepted are text and numbers")),
    };
    let about = |field: &str, found: &Value, accepted: &str| {
        refuse(format!("entity {id:?}: {field} is {}; accepted is {accepted}", kind_of(found)))
    };
    let name = match row.remove("name") {
        Some(Value::String(name)) => name,
        Some(other) => return Err(about("name", &other, "text")),
        None => return Err(refuse(format!("entity {id:?} has no name; accepted is text"))),
    };
    let kind = match row.remove("kind") {
        None | Some(Value::Null) => EntityKind::Other,
        Some(Value::String(kind)) => {
            kind_named(&kind).map_err(|error| refuse(format!("entity {id:?}: {error}")))?
        }
        Some(other) => return Err(about("kind", &other, "the name of a kind")),
    };
    let mut names = |field: &str| -> Result<Vec<String>, Error> {
        match row.remove(field) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::Array(items)) => items
                .into_iter()
                .enumerate()
                .map(|(i, item)| match item {
                    Value::String(name) => Ok(name),
                    other => Err(about(&format!("{field}[{i}]"), &other, "text")),
                })
                .collect(),
            Some(other) => Err(about(field, &other, "a list of texts")),
        }
    };
    let aliases = names("aliases")?;
    let weak_aliases = names("weak_aliases")?;
    let description = match row.remove("description") {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(description)) => description,
        Some(other) => return Err(about("description", &other, "text")),
    };
    let weight = match row.remove("weight") {
        None | Some(Value::Null) => 1.0,
        Some(Value::Number(number)) => number.as_f64().unwrap_or(f64::NAN),
        Some(other) => return Err(about("weight", &other, "a number of 0 or more")),
    };
    let attributes = row.into_iter().map(|(key, value)| (key, value.to_string())).collect();
    Ok(Entity { id, name, kind, aliases, weak_aliases, description, weight, attributes })
}

impl Entity {
    /// Writes the entity as the line of JSON that [`Catalog::from_jsonl_str`](super::Catalog::from_jsonl_str) reads.
    ///
    /// # Examples
    /// ```
    /// use nutgraf::{Entity, EntityKind};
    /// let line = Entity::new("1", "Acme", EntityKind::Organization).with_alias("ACME Ltd").to_json();
    /// assert_eq!(line, r#"{"id":"1","name":"Acme","kind":"organization","aliases":["ACME Ltd"],"weight":1.0}"#);
    /// ```
    pub fn to_json(&self) -> String {
        let text = |text: &str| Value::from(text).to_string();
        let mut line =
            format!(r#"{{"id":{},"name":{},"kind":"{}""#, text(&self.id), text(&self.name), self.kind);
        for (key, names) in [("aliases", &self.aliases), ("weak_aliases", &self.weak_aliases)] {
            if !names.is_empty() {
                line += &format!(r#","{key}":{}"#, Value::from(names.as_slice()));
            }
        }
        if !self.description.is_empty() {
            line += &format!(r#","description":{}"#, text(&self.description));
        }
        line += &format!(r#","weight":{}"#, Value::from(self.weight));
        for (key, value) in &self.attributes {
            line += &format!(",{}:{value}", text(key));
        }
        line + "}"
    }

    /// Writes the attributes as one JSON object.
    pub fn attributes_to_json(&self) -> String {
        let pair = |(key, value): (&String, &String)| format!("{}:{value}", Value::from(key.as_str()));
        let pairs: Vec<String> = self.attributes.iter().map(pair).collect();
        format!("{{{}}}", pairs.join(","))
    }

    /// Reads an entity of a line of JSON, as [`Catalog::from_jsonl_str`](super::Catalog::from_jsonl_str) does.
    ///
    /// # Errors
    /// [`ErrorKind::Catalog`], naming the field and what is accepted.
    pub fn from_json(line: &str) -> Result<Self, Error> {
        parse_row(line)
    }
}

/// The kind that a word names: our own words in any case, and the labels of the common annotation schemes.
pub(crate) fn kind_named(word: &str) -> Result<EntityKind, Error> {
    let upper = word.to_ascii_uppercase();
    KIND_LABELS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .find(|(label, _)| *label == upper)
        .and_then(|(_, kind)| kind.parse().ok())
        .map_or_else(|| word.to_ascii_lowercase().parse(), Ok)
}

const KIND_LABELS: &str = include_str!("kind_labels.tsv");

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
