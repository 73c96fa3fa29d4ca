//! Entities from the formats of other tools.
//!
//! In: CSV or TSV with a header, patterns of spaCy's EntityRuler, entities of FollowTheMoney. Out: [`Entity`]s, or an
//! error that names the line and what is accepted.

use super::entity::{Entity, EntityKind};
use super::source::{at_line, entity_of, kind_named};
use crate::{Error, ErrorKind};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Tells how the source of a catalog is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
#[non_exhaustive]
pub enum CatalogFormat {
    /// One JSON object per line; see [`Catalog::from_jsonl_str`](super::Catalog::from_jsonl_str).
    Jsonl = 0,
    /// Comma-separated values with a header that names the columns as the JSONL form names its keys; several aliases
    /// in one cell are separated by `|`. Columns of other names become attributes.
    Csv = 1,
    /// The same, separated by tabs.
    Tsv = 2,
    /// Patterns of spaCy's EntityRuler, one JSON object per line with `label`, `pattern` and perhaps `id`. Patterns of
    /// one `id` are names of one entity. Token patterns are accepted when every token is given by `LOWER`, `TEXT` or
    /// `ORTH` alone.
    EntityRuler = 3,
    /// FollowTheMoney entities, one JSON object per line with `id`, `schema` and `properties`; `name` and `alias` are
    /// names, `weakAlias` weak names, further properties attributes. Entities without a name are skipped.
    FollowTheMoney = 4,
    /// A dictionary as flashtext takes it: a JSON object from each clean name to its aliases
    /// (`{"product management": ["PM", "product manager"]}`), or lines `alias=>clean name`. The clean name is a name as
    /// well, and the id.
    Dictionary = 5,
    /// A SKOS vocabulary in Turtle, N-Triples or JSON-LD, with the cargo feature `skos`. `prefLabel` in English, without
    /// a language, or else the first one is the name; the others, `altLabel` and `hiddenLabel` are aliases; the
    /// definition or scope note is the description; the type gives the kind where it is known; what else is said of a
    /// concept becomes attributes. Labels of SKOS-XL are not read.
    Skos = 6,
}

impl CatalogFormat {
    /// Lists every format in the order of their numbers.
    pub const ALL: [CatalogFormat; 7] = [
        CatalogFormat::Jsonl,
        CatalogFormat::Csv,
        CatalogFormat::Tsv,
        CatalogFormat::EntityRuler,
        CatalogFormat::FollowTheMoney,
        CatalogFormat::Dictionary,
        CatalogFormat::Skos,
    ];

    /// Returns the lower-case word that Python and the command line use.
    pub fn as_str(self) -> &'static str {
        match self {
            CatalogFormat::Jsonl => "jsonl",
            CatalogFormat::Csv => "csv",
            CatalogFormat::Tsv => "tsv",
            CatalogFormat::EntityRuler => "entity_ruler",
            CatalogFormat::FollowTheMoney => "follow_the_money",
            CatalogFormat::Dictionary => "dictionary",
            CatalogFormat::Skos => "skos",
        }
    }
}

impl CatalogFormat {
    /// Returns the format that the ending of a file's name stands for: `.jsonl`, `.ndjson`, `.csv`, `.tsv`, and `.ttl`,
    /// `.nt`, `.jsonld` for SKOS.
    pub fn of_file_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "jsonl" | "ndjson" => Some(CatalogFormat::Jsonl),
            "csv" => Some(CatalogFormat::Csv),
            "tsv" | "tab" => Some(CatalogFormat::Tsv),
            "ttl" | "nt" | "jsonld" => Some(CatalogFormat::Skos),
            _ => None,
        }
    }
}

impl std::str::FromStr for CatalogFormat {
    type Err = Error;

    /// Parses the word that Python and the command line use.
    fn from_str(word: &str) -> Result<Self, Error> {
        CatalogFormat::ALL.into_iter().find(|format| format.as_str() == word).ok_or_else(|| {
            let known: Vec<&str> = CatalogFormat::ALL.iter().map(|format| format.as_str()).collect();
            Error::new(
                ErrorKind::Option,
                format!("catalog format {word:?} is not known; accepted are {}", known.join(", ")),
            )
        })
    }
}

pub(crate) type Add<'a> = dyn FnMut(Entity) -> Result<(), Error> + 'a;

pub(crate) fn refuse(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Catalog, message)
}

/// Reads separated values with a header.
pub(crate) fn read_separated(text: &str, separator: u8, add: &mut Add<'_>) -> Result<(), Error> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(text.as_bytes());
    let refused = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line) as usize;
        at_line(line, &refuse(format!("{error}; accepted are rows with as many fields as the header")))
    };
    let header = reader.headers().map_err(refused)?.clone();
    for wanted in ["id", "name"] {
        if !header.iter().any(|column| column.trim() == wanted) {
            return Err(at_line(
                1,
                &refuse(format!(
                    "the header has no column {wanted:?}; accepted are headers with id and name"
                )),
            ));
        }
    }
    for record in reader.records() {
        let record = record.map_err(refused)?;
        let line = record.position().map_or(0, csv::Position::line) as usize;
        let mut row = Map::new();
        for (column, cell) in header.iter().zip(&record) {
            let (column, cell) = (column.trim(), cell.trim());
            if cell.is_empty() && column != "id" && column != "name" {
                continue;
            }
            let value = match column {
                "aliases" | "weak_aliases" => {
                    cell.split('|').map(str::trim).filter(|name| !name.is_empty()).map(Value::from).collect()
                }
                "weight" => cell.parse::<f64>().map_or_else(|_| Value::from(cell), Value::from),
                _ => Value::from(cell),
            };
            row.insert(column.to_owned(), value);
        }
        entity_of(row).and_then(&mut *add).map_err(|error| at_line(line, &error))?;
    }
    Ok(())
}

/// The objects of JSON lines with their line numbers.
fn objects(text: &str) -> impl Iterator<Item = Result<(usize, Map<String, Value>), Error>> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(|(index, line)| {
        let parsed = serde_json::from_str(line).map_err(|error| {
            at_line(index + 1, &refuse("is not a JSON object; accepted is one per line")).with_source(error)
        });
        parsed.map(|row| (index + 1, row))
    })
}

/// Reads EntityRuler patterns.
pub(crate) fn read_entity_ruler(text: &str, add: &mut Add<'_>) -> Result<(), Error> {
    // Each with the line that named it first.
    let mut entities: Vec<(usize, Entity)> = Vec::new();
    let mut by_id: BTreeMap<String, usize> = BTreeMap::new();
    for item in objects(text) {
        let (line, row) = item?;
        let (name, label) = pattern_name(&row)
            .and_then(|name| match row.get("label").and_then(Value::as_str) {
                Some(label) => Ok((name, label)),
                None => Err(refuse("has no label; accepted is text such as \"ORG\"")),
            })
            .map_err(|error| at_line(line, &error))?;
        // A label that is no kind of ours is kept; it is the caller's own scheme.
        let kind = kind_named(label).unwrap_or(EntityKind::Other);
        let id =
            row.get("id").and_then(Value::as_str).map_or_else(|| format!("{label}:{name}"), str::to_owned);
        if let Some(&known) = by_id.get(&id) {
            entities[known].1.aliases.push(name);
        } else {
            by_id.insert(id.clone(), entities.len());
            let mut entity = Entity::new(id, name, kind);
            entity.attributes.insert("label".to_owned(), Value::from(label).to_string());
            entities.push((line, entity));
        }
    }
    entities.into_iter().try_for_each(|(line, entity)| add(entity).map_err(|error| at_line(line, &error)))
}

fn pattern_name(row: &Map<String, Value>) -> Result<String, Error> {
    match row.get("pattern") {
        Some(Value::String(name)) => Ok(name.clone()),
        Some(Value::Array(tokens)) => {
            let words: Option<Vec<&str>> = tokens.iter().map(token_word).collect();
            words.map(|words| words.join(" ")).ok_or_else(|| {
                refuse("has a token pattern that is no name; accepted are tokens given by LOWER, TEXT or ORTH alone")
            })
        }
        _ => Err(refuse("has no pattern; accepted is text or a list of tokens")),
    }
}

fn token_word(token: &Value) -> Option<&str> {
    let token = token.as_object()?;
    let (key, word) = token.iter().next()?;
    (token.len() == 1 && matches!(key.as_str(), "LOWER" | "TEXT" | "ORTH" | "lower" | "text" | "orth"))
        .then(|| word.as_str())
        .flatten()
}

/// Reads FollowTheMoney entities.
pub(crate) fn read_follow_the_money(text: &str, add: &mut Add<'_>) -> Result<(), Error> {
    for item in objects(text) {
        let (line, mut row) = item?;
        let place = |error: &Error| at_line(line, error);
        let id = row.get("id").and_then(Value::as_str).map(str::to_owned);
        let id = id.ok_or_else(|| place(&refuse("has no id; accepted is text")))?;
        let Some(Value::Object(mut properties)) = row.remove("properties") else {
            return Err(place(&refuse(format!("entity {id:?} has no properties; accepted is an object"))));
        };
        let schema = row.get("schema").and_then(Value::as_str).unwrap_or_default();
        let mut texts = |key: &str| -> Vec<String> {
            let values = properties.remove(key);
            let list = values.as_ref().and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let mut names = texts("name");
        let caption = row.get("caption").and_then(Value::as_str).map(str::to_owned);
        names.extend(texts("alias"));
        let weak_aliases = texts("weakAlias");
        let description = texts("summary").into_iter().next().unwrap_or_default();
        let Some(name) = names.first().cloned() else { continue };
        let mut entity = Entity::new(id, name, kind_named(schema).unwrap_or(EntityKind::Other));
        entity.aliases = names.split_off(1);
        entity.weak_aliases = weak_aliases;
        entity.description = description;
        entity.attributes = properties.into_iter().map(|(key, value)| (key, value.to_string())).collect();
        entity.attributes.insert("schema".to_owned(), Value::from(schema).to_string());
        if let Some(caption) = caption {
            entity.attributes.insert("caption".to_owned(), Value::from(caption).to_string());
        }
        add(entity).map_err(|error| place(&error))?;
    }
    Ok(())
}
