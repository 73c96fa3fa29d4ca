//! The distinct ways of writing that the mentions use.
//!
//! In: the mentions of all documents. Out: one [`Form`] for each kind and folded spelling, and for every mention the
//! number of its form. Joins nothing.

use super::name::PersonName;
use super::table::Gender;
use crate::catalog::EntityKind;
use crate::mention::RawMention;
use crate::text::Analysis;
use crate::text::fold::fold_into;
use std::collections::BTreeMap;

/// One way of writing one kind of thing.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub(crate) kind: EntityKind,
    /// The surface at first sight.
    pub(crate) text: String,
    /// The folded surface, without leading article, white space made one blank.
    pub(crate) folded: String,
    /// The structure, for persons.
    pub(crate) name: PersonName,
    pub(crate) count: u32,
    /// Documents that use it, ascending.
    pub(crate) documents: Vec<u32>,
    /// Catalog entities that own the name.
    pub(crate) owners: Vec<u32>,
    /// The gender that titles before the name tell, when they agree.
    pub(crate) gender: Option<Gender>,
}

impl Form {
    /// The one catalog entity that owns the name.
    pub(crate) fn owner(&self) -> Option<u32> {
        if let [owner] = self.owners[..] { Some(owner) } else { None }
    }
}

/// The forms of a collection.
#[derive(Debug, Default)]
pub(crate) struct Forms {
    pub(crate) forms: Vec<Form>,
    /// For every document and mention the number of its form.
    pub(crate) of: Vec<Vec<u32>>,
    index: BTreeMap<EntityKind, BTreeMap<String, u32>>,
}

impl Forms {
    /// Some names of persons come taken apart, by their surfaces.
    pub(crate) fn gather(
        analyses: &[Analysis],
        mentions: &[Vec<RawMention>],
        mut parsed: BTreeMap<&str, PersonName>,
    ) -> Self {
        let mut forms = Forms::default();
        let mut key = String::new();
        for (document, (analysis, mentions)) in analyses.iter().zip(mentions).enumerate() {
            let mut numbers = Vec::with_capacity(mentions.len());
            for mention in mentions {
                let surface = mention.span.slice(&analysis.text);
                fold_key(surface, &mut key);
                numbers.push(forms.intern(mention, (surface, &key), document as u32, &mut parsed));
            }
            forms.of.push(numbers);
        }
        forms
    }

    fn intern(
        &mut self,
        mention: &RawMention,
        (surface, key): (&str, &str),
        document: u32,
        parsed: &mut BTreeMap<&str, PersonName>,
    ) -> u32 {
        let index = self.index.entry(mention.kind).or_default();
        let number = match index.get(key) {
            Some(&number) => number,
            None => {
                let number = self.forms.len() as u32;
                index.insert(key.to_owned(), number);
                let name = match mention.kind {
                    EntityKind::Person => {
                        parsed.remove(surface).unwrap_or_else(|| PersonName::parse(surface))
                    }
                    _ => PersonName::default(),
                };
                self.forms.push(Form {
                    kind: mention.kind,
                    text: surface.to_owned(),
                    folded: key.to_owned(),
                    name,
                    count: 0,
                    documents: Vec::new(),
                    owners: mention.owners.clone(),
                    gender: None,
                });
                number
            }
        };
        let form = &mut self.forms[number as usize];
        form.count += 1;
        if form.documents.last() != Some(&document) {
            form.documents.push(document);
        }
        if form.owners.is_empty() && !mention.owners.is_empty() {
            form.owners.clone_from(&mention.owners);
        }
        number
    }

    /// Gives one mention a form of its own, a copy of the one it shares; returns its number.
    pub(crate) fn own(&mut self, document: usize, position: usize) -> Option<u32> {
        let number = *self.of.get(document)?.get(position)?;
        let shared = &mut self.forms[number as usize];
        if shared.count == 1 {
            return Some(number);
        }
        shared.count -= 1;
        let mut copy = shared.clone();
        copy.count = 1;
        copy.documents = vec![document as u32];
        let own = self.forms.len() as u32;
        self.forms.push(copy);
        self.of[document][position] = own;
        Some(own)
    }

    /// The form of a kind with a folded spelling.
    pub(crate) fn find(&self, kind: EntityKind, folded: &str) -> Option<u32> {
        self.index.get(&kind)?.get(folded).copied()
    }
}

/// Folds a surface to the key under which it is looked up.
pub(crate) fn fold_key(surface: &str, key: &mut String) {
    key.clear();
    fold_into(surface, key);
    let plain = key.strip_suffix("'s").unwrap_or(key).trim_end_matches('\'').len();
    key.truncate(plain);
    // Hardly a name has more to be changed.
    let mut before = ' ';
    let single = key.chars().all(|c| {
        let fits = !c.is_whitespace() || c == ' ' && before != ' ';
        before = c;
        fits
    });
    if single && before != ' ' && !key.starts_with("the ") {
        return;
    }
    let plain = std::mem::take(key);
    for (i, word) in plain.split_whitespace().enumerate() {
        if i == 0 && word == "the" && plain.len() > 4 {
            continue;
        }
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
}
