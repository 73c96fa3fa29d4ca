//! Finding the catalog's names in text: the bare matcher.
//!
//! In: a text. Out: [`CatalogMatch`]es with spans, in text order, and nothing else: no discovery, no resolution.

use super::found::{Candidate, CatalogMatch, Hit, Names, Owner};
use super::hit::RawHit;
use super::options::{FindOptions, Overlap};
use super::search;
use super::{Catalog, overlap};
use crate::parallel;
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
    /// Takes time linear in the text. Reads the first 4 GiB of it.
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
        if self.fuzzy.is_some() {
            let hits = self.hits_with(text, options);
            let positions = if hits.is_empty() { Positions::default() } else { Positions::new(text) };
            return hits.into_iter().map(|hit| place(text, &positions, hit)).collect();
        }
        // Made in the memory of the hits.
        let raw = self.settled_hits(text, options);
        let positions = if raw.is_empty() { Positions::default() } else { Positions::new(text) };
        raw.into_iter().filter(RawHit::is_kept).map(|raw| place(text, &positions, raw.hit())).collect()
    }

    pub(crate) fn hits_with(&self, text: &str, options: &FindOptions) -> Vec<Hit> {
        let Some(fuzzy) = &self.fuzzy else {
            let raw = self.settled_hits(text, options);
            return raw.into_iter().filter(RawHit::is_kept).map(|raw| raw.hit()).collect();
        };
        let layers = self.layers();
        let mut seeker = fuzzy.seeker(layers.base, text);
        let raw = seeker.run(&mut search::Search::new(layers, text, options), options);
        let hits = overlap::settle(layers, raw, options).into_iter().map(|raw| raw.hit()).collect();
        seeker.add_to(layers.base, text, hits)
    }

    /// The names of the catalog without misspelt ones; those without words are not reported.
    fn settled_hits(&self, text: &str, options: &FindOptions) -> Vec<RawHit> {
        if let Some(screen) = &self.inner.screen
            && self.overlay.is_none()
            && self.fuzzy.is_none()
            && !screen.may_hold(text)
        {
            return Vec::new();
        }
        let layers = self.layers();
        if options.overlap != Overlap::Longest {
            return overlap::settle(layers, search::search(layers, text, options), options);
        }
        let (mut raw, contested) = search::search_longest(layers, text, options);
        contested.settle(layers, &mut raw, options);
        raw
    }

    /// The entities that may be meant by a hit, strong ones before weak ones, heavier ones first.
    pub(crate) fn owners(&self, hit: &Hit) -> Vec<Owner> {
        let layers = self.layers();
        let mut owners = Catalog::ranked(layers.owners(&hit.names));
        owners.iter_mut().for_each(|owner| owner.entity = layers.outside(owner.entity));
        owners
    }

    fn owners_of(&self, names: &Names) -> Vec<Owner> {
        Catalog::ranked(self.layers().owners(names))
    }

    /// Each owner once, strong ones before weak ones, heavier ones first.
    fn ranked(mut owners: Vec<Owner>) -> Vec<Owner> {
        if owners.len() < 2 {
            return owners;
        }
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
        let layers = self.layers();
        let owners = self.owners_of(&found.names);
        let total: f64 = owners.iter().map(|owner| f64::from(owner.weight)).sum();
        let share = |weight: f32| {
            if total > 0.0 { f64::from(weight) / total } else { 1.0 / owners.len() as f64 }
        };
        owners
            .iter()
            .filter_map(|owner| {
                let (id, name) = layers.id_and_name(owner.entity)?;
                Some(Candidate {
                    catalog_id: id.to_owned(),
                    name: name.to_owned(),
                    kind: layers.kind(owner.entity)?,
                    weight: share(owner.weight),
                })
            })
            .collect()
    }

    /// Returns the catalog's spelling that the match agrees with; for [`Found::Fuzzy`](crate::Found::Fuzzy) the name
    /// that the surface misspells.
    pub fn matched_name(&self, found: &CatalogMatch) -> Option<String> {
        self.layers().spelling(&found.names).map(str::to_owned)
    }

    /// The catalog's spelling that a hit agrees with.
    pub(crate) fn spelling(&self, hit: &Hit) -> Option<&str> {
        self.layers().spelling(&hit.names)
    }

    /// Finds the names of several texts, on so many threads; the order of the results is that of the texts.
    ///
    /// # Examples
    /// ```
    /// use nutgraf::{Catalog, FindOptions};
    /// let catalog = Catalog::world();
    /// let found = catalog.find_batch(&["Paris is calm.", "So is it here."], &FindOptions::new(), 2);
    /// assert_eq!((found[0].len(), found[1].len()), (1, 0));
    /// ```
    pub fn find_batch<T: AsRef<str> + Sync>(
        &self,
        texts: &[T],
        options: &FindOptions,
        threads: usize,
    ) -> Vec<Vec<CatalogMatch>> {
        parallel::map(texts, threads, |text| self.find_with(text.as_ref(), options))
    }

    /// Returns the indices of the entities that own the matched name, in the order of
    /// [`candidates`](Catalog::candidates).
    pub fn entity_indices(&self, found: &CatalogMatch) -> Vec<usize> {
        let layers = self.layers();
        self.owners_of(&found.names).iter().map(|owner| layers.outside(owner.entity) as usize).collect()
    }
}

#[inline]
fn place(text: &str, positions: &Positions, hit: Hit) -> CatalogMatch {
    CatalogMatch { span: positions.span(text, hit.span), found: hit.found, weak: hit.weak, names: hit.names }
}
