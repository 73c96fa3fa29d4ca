//! The three jobs and their batch forms: wiring only.
//!
//! In: documents and options. Out: results. Holds no logic on text; every decision is a stage's.

use crate::cast::{self, Cast, CastMember, LinkedMention};
use crate::catalog::Catalog;
use crate::mention::{self, Memory, Mention, RawMention, Tagger};
use crate::parallel;
use crate::story::{self, Digest, DigestDocument, DigestOptions, Stories};
use crate::summary::{self, Explanation, HeadlineCheck, KeyTopics, Summary, SummaryOptions};
use crate::text::furniture::mark_repeated;
use crate::text::{self, Analysis, Furniture, Region};
use crate::{Document, Error, ErrorKind};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, PoisonError, RwLock};

/// Holds a catalog and settings, and does the three jobs; shareable between threads, cheap to clone. Nothing of it
/// changes but the catalog, and that only by [`Engine::swap_catalog`].
#[derive(Clone, Debug)]
pub struct Engine {
    settings: Arc<Settings>,
    /// Locked only for as long as it takes to copy or replace the handle.
    catalog: Arc<RwLock<Catalog>>,
}

#[derive(Clone, Debug)]
struct Settings {
    tagger: Option<Tagger>,
    max_document_bytes: usize,
}

/// The largest document accepted unless told otherwise: 256 MiB.
const MAX_DOCUMENT_BYTES: usize = 256 << 20;
/// Offsets inside the crate are 32 bits wide.
const ADDRESSABLE_BYTES: usize = u32::MAX as usize;

/// Reports who is named in one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Matches {
    /// Every mention in text order.
    pub mentions: Vec<Mention>,
    /// The entities that the mentions stand for, most salient first.
    pub cast: Vec<CastMember>,
}

/// Makes an [`Engine`] of settings that differ from the defaults.
#[derive(Clone, Debug)]
pub struct EngineBuilder {
    settings: Settings,
    catalog: Catalog,
}

impl EngineBuilder {
    /// Sets the largest document accepted, in bytes; 256 MiB unless set, 4 GiB at most.
    #[must_use]
    pub fn max_document_bytes(mut self, bytes: usize) -> Self {
        self.settings.max_document_bytes = bytes.min(ADDRESSABLE_BYTES);
        self
    }

    /// Discovers names that the catalog does not list by the weights of a tagger; the built-in one unless set.
    #[must_use]
    pub fn tagger(mut self, tagger: Tagger) -> Self {
        self.settings.tagger = Some(tagger);
        self
    }

    /// Leaves discovery out: only the catalog's names, and shorter forms of them, are found.
    #[must_use]
    pub fn without_discovery(mut self) -> Self {
        self.settings.tagger = None;
        self
    }

    /// Returns the engine.
    pub fn build(self) -> Engine {
        Engine { settings: Arc::new(self.settings), catalog: Arc::new(RwLock::new(self.catalog)) }
    }
}

impl Default for Engine {
    fn default() -> Self {
        Engine::new()
    }
}

impl Engine {
    /// Creates an engine on the built-in world catalog with default settings.
    ///
    /// # Examples
    /// ```
    /// use nutgraf::{Document, Engine};
    /// let matches = Engine::new().match_entities(&Document::new("The Kremlin answered Paris."))?;
    /// assert_eq!(matches.mentions[1].text, "Paris");
    /// # Ok::<(), nutgraf::Error>(())
    /// ```
    pub fn new() -> Self {
        Engine::with_catalog(Catalog::world())
    }

    /// Creates an engine on a catalog with default settings.
    pub fn with_catalog(catalog: Catalog) -> Self {
        Engine::builder(catalog).build()
    }

    /// Starts an engine on a catalog whose settings can be changed before it is built.
    pub fn builder(catalog: Catalog) -> EngineBuilder {
        let tagger = Some(Tagger::built_in());
        EngineBuilder { settings: Settings { tagger, max_document_bytes: MAX_DOCUMENT_BYTES }, catalog }
    }

    /// Returns the catalog that the next call will use.
    pub fn catalog(&self) -> Catalog {
        self.catalog.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Replaces the catalog, of this engine and its clones, and returns the one it had; other threads may go on calling.
    ///
    /// Every call, a batch as well, works with the catalog that stood when it began: the old one or the other, never
    /// both. Waits for no running call.
    ///
    /// # Examples
    /// ```
    /// use nutgraf::{Catalog, Document, Engine};
    /// let engine = Engine::with_catalog(Catalog::empty());
    /// let old = engine.swap_catalog(Catalog::world());
    /// assert!(old.is_empty());
    /// assert_eq!(engine.match_entities(&Document::new("Paris is calm."))?.mentions.len(), 1);
    /// # Ok::<(), nutgraf::Error>(())
    /// ```
    pub fn swap_catalog(&self, catalog: Catalog) -> Catalog {
        std::mem::replace(&mut *self.catalog.write().unwrap_or_else(PoisonError::into_inner), catalog)
    }

    /// The same engine, deaf to later swaps: what a call that does several jobs works with.
    fn fixed(&self) -> Engine {
        Engine { settings: Arc::clone(&self.settings), catalog: Arc::new(RwLock::new(self.catalog())) }
    }

    /// Finds who and what is named in one document.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`] when the document is larger than the engine accepts.
    pub fn match_entities(&self, document: &Document) -> Result<Matches, Error> {
        let analyses = self.analyse(std::slice::from_ref(document), 1)?;
        let cast = self.cast(&analyses);
        let mentions = cast.mentions.into_iter().zip(&analyses);
        let mentions =
            mentions.flat_map(|(linked, analysis)| reported(linked, &cast.members, analysis)).collect();
        Ok(Matches { mentions, cast: cast.members })
    }

    /// Chooses the sentences of one document that say most, within a budget.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`] when the document is larger than the engine accepts; [`ErrorKind::Option`] when an
    /// option has a value that is not accepted.
    pub fn summarize(&self, document: &Document, options: &SummaryOptions) -> Result<Summary, Error> {
        self.summarize_story(std::slice::from_ref(document), options)
    }

    /// Chooses the sentences of several documents on one story that together say most, within a budget.
    ///
    /// # Errors
    /// As [`Engine::summarize`].
    pub fn summarize_story(
        &self,
        documents: &[Document],
        options: &SummaryOptions,
    ) -> Result<Summary, Error> {
        let analyses = self.analyse(documents, 1)?;
        let cast = options.names_matter().then(|| self.cast(&analyses));
        summary::summarize(&analyses, cast.as_ref(), options)
    }

    /// Explains why a sentence is or is not part of the summary that [`Engine::summarize_story`] makes of the same
    /// documents and options: the parts of its score and the factor that decided.
    ///
    /// `sentence` counts all sentences of the document, headings and noise included, from 0.
    ///
    /// # Errors
    /// As [`Engine::summarize`]; [`ErrorKind::Span`] when there is no such document or sentence.
    pub fn explain(
        &self,
        documents: &[Document],
        options: &SummaryOptions,
        document: usize,
        sentence: usize,
    ) -> Result<Explanation, Error> {
        let analyses = self.analyse(documents, 1)?;
        let cast = options.names_matter().then(|| self.cast(&analyses));
        summary::explain(&analyses, cast.as_ref(), options, (document, sentence))
    }

    /// Finds at most `count` key phrases and `count` key entities of one or several documents on one story.
    ///
    /// # Errors
    /// As [`Engine::summarize`].
    pub fn key_topics(&self, documents: &[Document], count: usize) -> Result<KeyTopics, Error> {
        let analyses = self.analyse(documents, 1)?;
        Ok(summary::key_topics(&analyses, Some(&self.cast(&analyses)), count))
    }

    /// Finds the sentences of the documents that support a headline, and its words that none of them holds.
    ///
    /// # Errors
    /// As [`Engine::summarize`].
    pub fn check_headline(&self, documents: &[Document], headline: &str) -> Result<HeadlineCheck, Error> {
        Ok(summary::check_headline(&self.analyse(documents, 1)?, headline))
    }

    /// Reads several articles on one story: who is in it, what it says, who said what, when, and where they differ.
    ///
    /// # Errors
    /// As [`Engine::summarize`].
    pub fn digest(&self, documents: &[Document], options: &DigestOptions) -> Result<Digest, Error> {
        let threads = options.threads;
        let analyses = self.analyse(documents, threads)?;
        // One catalog for the whole call.
        let catalog = self.catalog();
        let mentions = self.mentions(&analyses, &catalog, threads);
        let when_and_how_much = || {
            let dates = story::time::dates(&analyses, documents);
            let measured: Vec<_> =
                analyses.iter().zip(&dates).map(|(a, d)| story::figure::measure(a, d)).collect();
            (dates, measured, text::copy::origins(&analyses))
        };
        let who = || cast::assemble(&analyses, mentions, &catalog, &options.pins);
        let ((dates, measured, copies), cast) = parallel::both(threads, when_and_how_much, who);
        let in_short = || {
            let timeline = story::timeline::timeline(&analyses, &cast, &dates);
            let origins = copies.clone();
            let summary = summary::summarize_originals(&analyses, origins, Some(&cast), &options.summary);
            (timeline, summary)
        };
        let side_by_side = || {
            let read = |(number, analysis)| story::quote::read(analysis, number, &cast);
            let (quotes, said): (Vec<_>, Vec<_>) = analyses.iter().enumerate().map(read).unzip();
            let sources = story::align::Sources {
                analyses: &analyses,
                documents,
                copies: &copies,
                cast: &cast,
                dates: &dates,
                figures: &measured,
                quotes: &quotes,
                catalog: &catalog,
            };
            let (claims, events) = story::align::read(&sources);
            (quotes, said, claims, events)
        };
        let ((timeline, summary), (quotes, said, claims, events)) =
            parallel::both(threads, in_short, side_by_side);
        let summary = summary?;
        let (mut dates, mut quotes) = (dates.into_iter(), quotes.into_iter());
        let articles = documents.iter().zip(&analyses).zip(cast.mentions).enumerate();
        let articles = articles.map(|(number, ((document, analysis), linked))| DigestDocument {
            mentions: reported(linked, &cast.members, analysis).collect(),
            dates: dates.next().unwrap_or_default(),
            figures: story::figure::report(&measured[number], &said[number]),
            quotes: quotes.next().unwrap_or_default(),
            ..article(document, analysis)
        });
        let documents = articles.collect();
        Ok(Digest { documents, summary, cast: cast.members, timeline, events, claims, ..Digest::default() })
    }

    /// Sorts a heap of articles into stories: every document stands in exactly one group, groups in order of their
    /// first document; copies of one text are named inside their group.
    ///
    /// Costs time in proportion to the heap; documents without words stand alone.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`] when a document is larger than the engine accepts.
    pub fn group_stories(&self, documents: &[Document]) -> Result<Stories, Error> {
        Ok(Stories { groups: story::group::group(&self.analyse(documents, 1)?) })
    }

    /// Does [`Engine::match_entities`] for many documents on up to `threads` threads; results keep the order.
    ///
    /// # Errors
    /// The error of the first document that has one.
    pub fn match_entities_batch(
        &self,
        documents: &[Document],
        threads: usize,
    ) -> Result<Vec<Matches>, Error> {
        let engine = self.fixed();
        parallel::map(documents, threads, |document| engine.match_entities(document)).into_iter().collect()
    }

    /// Does [`Engine::summarize`] for many documents on up to `threads` threads; results keep the order.
    ///
    /// # Errors
    /// The error of the first document that has one.
    pub fn summarize_batch(
        &self,
        documents: &[Document],
        options: &SummaryOptions,
        threads: usize,
    ) -> Result<Vec<Summary>, Error> {
        let engine = self.fixed();
        parallel::map(documents, threads, |document| engine.summarize(document, options))
            .into_iter()
            .collect()
    }

    /// Does [`Engine::digest`] for many stories on up to `threads` threads; results keep the order.
    ///
    /// # Errors
    /// The error of the first story that has one.
    pub fn digest_batch(
        &self,
        stories: &[Vec<Document>],
        options: &DigestOptions,
        threads: usize,
    ) -> Result<Vec<Digest>, Error> {
        let engine = self.fixed();
        parallel::map(stories, threads, |story| engine.digest(story, options)).into_iter().collect()
    }

    fn cast(&self, analyses: &[Analysis]) -> Cast {
        let catalog = self.catalog();
        cast::assemble(analyses, self.mentions(analyses, &catalog, 1), &catalog, &[])
    }

    /// What is named in each document.
    fn mentions(&self, analyses: &[Analysis], catalog: &Catalog, threads: usize) -> Vec<Vec<RawMention>> {
        let tagger = self.settings.tagger.as_ref();
        let recall = || tagger.map(Tagger::recall).unwrap_or_default();
        let find =
            |memory: &mut Memory, analysis: &Analysis| mention::find(analysis, catalog, tagger, memory);
        let keep = |memory| {
            if let Some(tagger) = tagger {
                tagger.keep(memory);
            }
        };
        parallel::map_with(analyses, threads, recall, find, keep)
    }

    fn analyse(&self, documents: &[Document], threads: usize) -> Result<Vec<Analysis>, Error> {
        let limit = self.settings.max_document_bytes;
        if let Some((number, document)) = documents.iter().enumerate().find(|(_, d)| d.text().len() > limit) {
            let (id, bytes) = (document.id(), document.text().len());
            let message = format!(
                "document {number} (id {id:?}) has {bytes} bytes; at most {limit} are accepted (max_document_bytes)"
            );
            return Err(Error::new(ErrorKind::Limit, message));
        }
        let mut analyses = parallel::map(documents, threads, Analysis::new);
        mark_repeated(&mut analyses, documents);
        Ok(analyses)
    }
}

/// The mentions of one document as callers see them.
fn reported(
    mentions: Vec<LinkedMention>,
    members: &[CastMember],
    analysis: &Analysis,
) -> impl Iterator<Item = Mention> {
    mentions.into_iter().map(|linked| Mention {
        span: analysis.report(linked.raw.span),
        text: linked.raw.span.slice(&analysis.text).to_string(),
        kind: linked.raw.kind,
        entity: linked.member.map(|member| members[member as usize].entity.clone()),
        candidates: linked.candidates,
        found: linked.raw.found,
        edit: linked.raw.edit,
        score: linked.raw.score,
    })
}

fn article(document: &Document, analysis: &Analysis) -> DigestDocument {
    let found = analysis.title.map(|span| span.slice(&analysis.text).to_string());
    let body = analysis.sentences.iter().filter(|s| matches!(s.region, Region::Body | Region::Heading));
    let furniture = analysis.furniture.iter().map(|mark| {
        let reason = mark.reason.clone();
        Furniture { span: analysis.report(mark.span), kind: mark.kind, reason }
    });
    DigestDocument {
        id: document.id().to_string(),
        title: document.title().map(str::to_string).or(found),
        source: document.source().map(str::to_string),
        published: document.published().map(|day| day.to_string()),
        furniture: furniture.collect(),
        sentences: body.map(|sentence| analysis.report(sentence.span)).collect(),
        ..DigestDocument::default()
    }
}
