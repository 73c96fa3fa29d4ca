//! Makes the cast: one member for each cluster, named, counted and ranked.
//!
//! In: forms, clusters, the target of every mention. Out: [`CastMember`]s by falling salience and the member of
//! every mention. Salience is the share of a story's mentions, those in titles and early in a text counting more
//! (the inverted pyramid), and those in many documents counting more.

use super::cluster::Clusters;
use super::form::{Form, Forms, fold_key};
use super::resolve::Target;
use super::{Cast, CastMember, Evidence, LinkedMention, Variant};
use crate::catalog::Candidate;
use crate::catalog::{Catalog, EntityKind, Outline};
use crate::mention::RawMention;
use crate::text::{Analysis, Region};
use std::collections::BTreeMap;

/// What is known about one cluster while it is counted.
#[derive(Default)]
struct Tally {
    root: u32,
    mentions: usize,
    documents: Vec<usize>,
    variants: BTreeMap<String, (Vec<usize>, usize)>,
    weight: f64,
    kinds: BTreeMap<EntityKind, usize>,
    first: (usize, usize),
}

/// How much a mention in a title counts.
const IN_TITLE: f64 = 2.0;
/// How much the first mention of a text counts more than the last.
const EARLY: f64 = 1.0;
/// How many reasons a member keeps.
const REASONS: usize = 12;

/// Everything that naming and ranking reads.
pub(crate) struct Ranking<'a> {
    pub(crate) analyses: &'a [Analysis],
    pub(crate) forms: &'a Forms,
    pub(crate) clusters: &'a Clusters,
    pub(crate) catalog: &'a Catalog,
}

impl Ranking<'_> {
    /// Counts, names and ranks.
    pub(crate) fn cast(&self, mentions: Vec<Vec<RawMention>>, targets: &[Vec<Target>]) -> Cast {
        let mut tallies = self.tally(&mentions, targets);
        let documents = self.analyses.len().max(1) as f64;
        for tally in &mut tallies {
            tally.weight *= 0.5 + 0.5 * (tally.documents.len() as f64 / documents);
        }
        tallies.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.first.cmp(&b.first)));
        let sum: f64 = tallies.iter().map(|t| t.weight).sum();
        let mut number_of = vec![None; self.forms.forms.len()];
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        let mut members = Vec::with_capacity(tallies.len());
        for (number, tally) in tallies.into_iter().enumerate() {
            number_of[tally.root as usize] = Some(number as u32);
            members.push(self.member(tally, sum, &mut taken));
        }
        self.add_evidence(&number_of, &mut members);
        let mut known: BTreeMap<Vec<u32>, Vec<Candidate>> = BTreeMap::new();
        let linked = mentions
            .into_iter()
            .zip(targets)
            .map(|(mentions, targets)| {
                let link = |(raw, target): (RawMention, &Target)| {
                    self.link(raw, target, &number_of, &members, &mut known)
                };
                mentions.into_iter().zip(targets).map(link).collect()
            })
            .collect();
        Cast { members, mentions: linked }
    }

    fn tally(&self, mentions: &[Vec<RawMention>], targets: &[Vec<Target>]) -> Vec<Tally> {
        let mut slot_of: Vec<Option<usize>> = vec![None; self.forms.forms.len()];
        let mut tallies: Vec<Tally> = Vec::new();
        for (document, (mentions, targets)) in mentions.iter().zip(targets).enumerate() {
            let analysis = &self.analyses[document];
            let length = analysis.text.len().max(1) as f64;
            for (position, (mention, target)) in mentions.iter().zip(targets).enumerate() {
                let Target::Form(form) = target else { continue };
                let root = self.clusters.root(*form);
                let slot = *slot_of[root as usize].get_or_insert_with(|| {
                    tallies.push(Tally { root, first: (document, position), ..Tally::default() });
                    tallies.len() - 1
                });
                let tally = &mut tallies[slot];
                tally.mentions += 1;
                if tally.documents.last() != Some(&document) {
                    tally.documents.push(document);
                }
                *tally.kinds.entry(mention.kind).or_default() += 1;
                let surface = mention.span.slice(&analysis.text);
                let variant = match tally.variants.get_mut(surface) {
                    Some(variant) => variant,
                    None => tally.variants.entry(surface.to_owned()).or_default(),
                };
                variant.1 += 1;
                if variant.0.last() != Some(&document) {
                    variant.0.push(document);
                }
                let title = analysis
                    .sentence_at(mention.span.start)
                    .is_some_and(|s| analysis.sentences[s].region == Region::Title);
                let place = 1.0 - f64::from(mention.span.start) / length;
                tally.weight += if title { IN_TITLE } else { 1.0 + EARLY * place * place };
            }
        }
        tallies
    }

    fn member(&self, tally: Tally, sum: f64, taken: &mut BTreeMap<String, usize>) -> CastMember {
        let entity = self.owner(tally.root).and_then(|owner| self.catalog.outline(owner));
        let name = match &entity {
            Some(entity) => plain_name(entity).to_owned(),
            None => self.best_name(&tally),
        };
        let kind = match &entity {
            Some(entity) => entity.kind,
            None => {
                let most = tally.kinds.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
                most.map_or(EntityKind::Other, |(kind, _)| *kind)
            }
        };
        let base = format!("{kind}:{}", slug(&name));
        let uses = taken.entry(base.clone()).or_default();
        *uses += 1;
        let id = if *uses == 1 { base } else { format!("{base}-{uses}") };
        let mut variants: Vec<Variant> = tally
            .variants
            .into_iter()
            .map(|(text, (documents, count))| Variant { text, documents, count })
            .collect();
        variants.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
        CastMember {
            entity: id,
            name,
            kind,
            catalog_id: entity.map(|entity| entity.id.to_owned()),
            variants,
            roles: Vec::new(),
            mentions: tally.mentions,
            salience: if sum > 0.0 { tally.weight / sum } else { 0.0 },
            evidence: Vec::new(),
        }
    }

    /// The catalog entity of a cluster.
    fn owner(&self, root: u32) -> Option<u32> {
        self.clusters.members(root).iter().filter_map(|&form| self.forms.forms[form as usize].owner()).min()
    }

    /// The most frequent full name; among equals the longest, then the first; in the spelling that it has most often,
    /// small letters before capitals only.
    fn best_name(&self, tally: &Tally) -> String {
        let score = |form: &Form| {
            let full = form.kind != EntityKind::Person || form.name.is_full();
            (full, has_small(&form.text), form.count, form.text.len())
        };
        let members =
            self.clusters.members(tally.root).iter().map(|&form| (form, &self.forms.forms[form as usize]));
        let Some((_, best)) = members.max_by(|a, b| score(a.1).cmp(&score(b.1)).then(b.0.cmp(&a.0))) else {
            return String::new();
        };
        let mut key = String::new();
        let spelled = tally.variants.iter().filter(|(text, _)| {
            fold_key(text, &mut key);
            key == best.folded
        });
        let text = spelled
            .max_by(|(a, (_, m)), (b, (_, n))| (m, has_small(a)).cmp(&(n, has_small(b))).then(b.cmp(a)))
            .map_or(best.text.as_str(), |(text, _)| text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn add_evidence(&self, number_of: &[Option<u32>], members: &mut [CastMember]) {
        for (form, evidence) in &self.clusters.evidence {
            let Some(number) = number_of[self.clusters.root(*form) as usize] else { continue };
            let list: &mut Vec<Evidence> = &mut members[number as usize].evidence;
            if list.len() < REASONS && !list.contains(evidence) {
                list.push(evidence.clone());
            }
        }
    }

    fn link(
        &self,
        raw: RawMention,
        target: &Target,
        number_of: &[Option<u32>],
        members: &[CastMember],
        known: &mut BTreeMap<Vec<u32>, Vec<Candidate>>,
    ) -> LinkedMention {
        let mut candidates = match known.get(&raw.owners) {
            Some(candidates) => candidates.clone(),
            None => known.entry(raw.owners.clone()).or_insert_with(|| self.owners(&raw.owners)).clone(),
        };
        let member = match target {
            Target::Form(form) => number_of[self.clusters.root(*form) as usize],
            Target::Undecided(shares) => {
                let named: Vec<(&CastMember, f64)> = shares
                    .iter()
                    .filter_map(|(root, share)| {
                        let number = number_of[self.clusters.root(*root) as usize]?;
                        Some((&members[number as usize], *share))
                    })
                    .collect();
                let sum: f64 = named.iter().map(|(_, share)| share).sum();
                candidates = named
                    .into_iter()
                    .map(|(member, share)| Candidate {
                        catalog_id: member.catalog_id.clone().unwrap_or_else(|| member.entity.clone()),
                        name: member.name.clone(),
                        kind: member.kind,
                        weight: share / sum,
                    })
                    .collect();
                None
            }
        };
        LinkedMention { raw, member, candidates }
    }

    /// The catalog's candidates with shares by weight.
    fn owners(&self, owners: &[u32]) -> Vec<Candidate> {
        let entities: Vec<Outline> = owners.iter().filter_map(|&owner| self.catalog.outline(owner)).collect();
        let sum: f64 = entities.iter().map(|e| e.weight.max(f64::MIN_POSITIVE)).sum();
        let mut candidates: Vec<Candidate> = entities
            .into_iter()
            .map(|e| Candidate {
                weight: e.weight.max(f64::MIN_POSITIVE) / sum,
                catalog_id: e.id.to_owned(),
                name: e.name.to_owned(),
                kind: e.kind,
            })
            .collect();
        candidates
            .sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.catalog_id.cmp(&b.catalog_id)));
        candidates
    }
}

/// Whether a name is more than an acronym or a heading in capitals.
fn has_small(name: &str) -> bool {
    name.chars().any(char::is_lowercase)
}

/// The name without the description that a catalog puts in brackets behind it to tell namesakes apart.
fn plain_name<'c>(entity: &Outline<'c>) -> &'c str {
    let name = entity.name.strip_suffix(')').and_then(|name| name.strip_suffix(entity.description));
    let name = name.filter(|_| !entity.description.is_empty()).and_then(|name| name.strip_suffix(" ("));
    name.filter(|name| !name.is_empty()).unwrap_or(entity.name)
}

/// A name in lower-case ASCII letters and digits with hyphens between words; letters of other scripts are written
/// by their code points.
fn slug(name: &str) -> String {
    let mut folded = String::new();
    crate::text::fold::fold_into(name, &mut folded);
    let mut out = String::with_capacity(folded.len());
    for c in folded.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if c.is_alphanumeric() {
            if !out.is_empty() && !out.ends_with('-') {
                out.push('-');
            }
            out.push_str(&format!("u{:x}", c as u32));
        } else if c != '\'' && c != '.' && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.len() >= 80 {
            break;
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { "unnamed".to_owned() } else { out.to_owned() }
}
