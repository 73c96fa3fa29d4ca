//! Finding the catalog's names in text: the bare matcher.
//!
//! In: a text. Out: [`CatalogMatch`]es with spans, in text order, and nothing else: no discovery, no resolution.

use super::found::{Candidate, CatalogMatch, Hit, Owner};
use super::options::FindOptions;
use super::search::{self, RawHit};
use super::{Catalog, overlap};
use crate::span::Positions;

impl Catalog {
    /// Finds the catalog's names in a text: whole words, longest first, in text order.
    ///
    /// A surface agrees with a name when their folded words do (case, accents, width, quotes) and what stands between
    /// the words may stand there: white space with at most one line break, and hyphens, are equal; punctuation of the
    /// name may be missing in the text. A possessive ending is not part of the span. See [`FindOptions::case`] for
    /// capital letters and [`FindOptions::weak`] for weak names. A name shared by several entities is one match with
    /// several [`candidates`](Catalog::candidates).
    ///
    /// Takes time linear in the text. Reads the first 4 GiB of it; longer texts are for
    /// [`find_in_reader`](Catalog::find_in_reader).
    ///
    /// # Examples
    /// ```
    /// use nutgraf::Catalog;
    /// let catalog = Catalog::from_jsonl_str(
    ///     r#"{"id":"Q30","name":"United States","kind":"place","aliases":["US","U.S."]}"#,
    /// )?;
    /// let text = "He told us that the US and the united states are one.";
    /// let found: Vec<&str> = catalog.find(text).iter().map(|m| &text[m.span.byte_span()]).collect();
    /// assert_eq!(found, ["US"]);
    /// # Ok::<(), nutgraf::Error>(())
    /// ```
    pub fn find(&self, text: &str) -> Vec<CatalogMatch> {
        self.find_with(text, &FindOptions::new())
    }

    /// Finds the catalog's names in a text by the caller's choice of overlaps, case, kinds and weak names.
    pub fn find_with(&self, text: &str, options: &FindOptions) -> Vec<CatalogMatch> {
        let hits = self.hits_with(text, options);
        let positions = if hits.is_empty() { Positions::default() } else { Positions::new(text) };
        hits.into_iter()
            .map(|hit| CatalogMatch {
                span: positions.span(text, hit.span),
                found: hit.found,
                weak: hit.weak,
                name: hit.name,
                spellings: hit.spellings,
            })
            .collect()
    }

    /// The names in a text as the stages read them: longest, non-overlapping, text order.
    pub(crate) fn hits(&self, text: &str) -> Vec<Hit> {
        self.hits_with(text, &FindOptions::new())
    }

    pub(crate) fn hits_with(&self, text: &str, options: &FindOptions) -> Vec<Hit> {
        let view = self.view();
        let mut raw: Vec<RawHit> = Vec::new();
        search::search(view, text, (options.case, options.kinds), &mut |hit| raw.push(hit));
        overlap::settle(view, raw, options)
    }

    /// The entities that may be meant by a hit, strong ones before weak ones, heavier ones first.
    pub(crate) fn owners(&self, hit: &Hit) -> Vec<Owner> {
        self.owners_of(hit.name, hit.spellings)
    }

    fn owners_of(&self, name: u32, spellings: u32) -> Vec<Owner> {
        let view = self.view();
        let mut owners: Vec<Owner> = (0..32)
            .filter(|spelling| spellings >> spelling & 1 != 0)
            .flat_map(|spelling| view.owners(name.saturating_add(spelling)))
            .collect();
        owners.sort_by_key(|owner| (owner.entity, owner.weak));
        owners.dedup_by_key(|owner| owner.entity);
        owners.sort_by(|a, b| {
            a.weak.cmp(&b.weak).then(b.weight.total_cmp(&a.weight)).then(a.entity.cmp(&b.entity))
        });
        owners
    }

    /// Returns every entity that owns the matched name, strong owners before weak ones, heavier ones first.
    ///
    /// The weights are the entities' weights as shares of 1; equal shares when all are zero.
    pub fn candidates(&self, found: &CatalogMatch) -> Vec<Candidate> {
        let view = self.view();
        let owners = self.owners_of(found.name, found.spellings);
        let total: f64 = owners.iter().map(|owner| f64::from(owner.weight)).sum();
        let share = |weight: f32| {
            if total > 0.0 { f64::from(weight) / total } else { 1.0 / owners.len() as f64 }
        };
        owners
            .iter()
            .filter_map(|owner| {
                let (id, name) = view.id_and_name(owner.entity)?;
                Some(Candidate {
                    catalog_id: id.to_owned(),
                    name: name.to_owned(),
                    kind: view.kind(owner.entity)?,
                    weight: share(owner.weight),
                })
            })
            .collect()
    }

    /// Returns the indices of the entities that own the matched name, in the order of
    /// [`candidates`](Catalog::candidates).
    pub fn entity_indices(&self, found: &CatalogMatch) -> Vec<usize> {
        self.owners_of(found.name, found.spellings).iter().map(|owner| owner.entity as usize).collect()
    }
}
