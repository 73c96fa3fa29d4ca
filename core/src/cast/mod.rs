//! Who is who: mentions grouped into entities, inside a document and across documents.
//!
//! In: the raw mentions of one or several documents. Out: the cast, ranked by salience, with variants, roles and
//! the evidence of every merge.

mod address;
mod adopt;
mod cluster;
mod context;
mod edit;
mod form;
mod group;
mod likeness;
mod merge;
mod name;
mod pin;
mod rank;
mod relate;
mod resolve;
mod role;
mod script;
mod side;
mod similarity;
mod skeleton;
mod table;
#[cfg(test)]
mod tests;

pub use similarity::{NameReason, NameSimilarity, SAME_NAME, name_similarity};

use crate::EntityKind;
use crate::catalog::Candidate;
use crate::catalog::Catalog;
use crate::mention::RawMention;
use crate::span::Span;
use crate::text::Analysis;
use cluster::Clusters;
use form::Forms;
pub(crate) use pin::Pin;
use rank::Ranking;
use serde::{Deserialize, Serialize};

/// Reports one member of the cast: an entity with everything the documents call it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CastMember {
    /// The identifier that mentions and quotes refer to: kind, colon, slug of the name.
    pub entity: String,
    /// The fullest name that the documents or the catalog give.
    pub name: String,
    /// What sort of thing it is.
    pub kind: EntityKind,
    /// The catalog's identifier where one entity of the catalog is meant.
    pub catalog_id: Option<String>,
    /// How it is written, most frequent first.
    pub variants: Vec<Variant>,
    /// What the documents say it is, in document order.
    pub roles: Vec<Role>,
    /// The number of mentions.
    pub mentions: usize,
    /// The share of the story's attention, 0 to 1.
    pub salience: f64,
    /// Why its variants were taken for one entity.
    pub evidence: Vec<Evidence>,
}

/// Reports one spelling of a member of the cast.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Variant {
    /// The surface.
    pub text: String,
    /// Indices of the documents that use it, ascending.
    pub documents: Vec<usize>,
    /// The number of mentions with this surface.
    pub count: usize,
}

/// Reports one descriptor that stands beside a name ("Kremlin spokesman").
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Role {
    /// The descriptor as written.
    pub text: String,
    /// The index of the document.
    pub document: usize,
    /// Where it stands in that document.
    #[serde(flatten)]
    pub span: Span,
}

/// Reports why two names were taken for one entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Evidence {
    /// The two surfaces.
    pub names: [String; 2],
    /// The reason in words.
    pub reason: String,
}

/// Who is who in a collection of documents.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cast {
    /// The entities, most salient first.
    pub(crate) members: Vec<CastMember>,
    /// The mentions of every document in text order.
    pub(crate) mentions: Vec<Vec<LinkedMention>>,
}

/// A mention with the member of the cast that it stands for.
#[derive(Clone, Debug)]
pub(crate) struct LinkedMention {
    pub(crate) raw: RawMention,
    /// The index of the member; `None` when undecided between candidates.
    pub(crate) member: Option<u32>,
    /// What the name can stand for, best first, weights summing to 1: catalog entities, or members of the cast where
    /// several persons of the documents share it.
    pub(crate) candidates: Vec<Candidate>,
}

/// Groups the mentions of one or several documents into entities, after what the caller decided about single ones.
///
/// Costs time linear in the mentions, but for sorting.
pub(crate) fn assemble(
    analyses: &[Analysis],
    mut mentions: Vec<Vec<RawMention>>,
    catalog: &Catalog,
    pins: &[Pin],
) -> Cast {
    let parsed = adopt::kinds(analyses, &mut mentions);
    let mut forms = Forms::gather(analyses, &mentions, parsed);
    let pinned = pin::forms_of(pins, &mentions, &mut forms);
    let chosen = context::choose(analyses, catalog, &mut forms);
    let genders = address::genders(analyses, &mentions, &mut forms);
    let mut clusters = Clusters::new(forms.forms.len());
    pin::apply(&pinned, &forms, &mut clusters);
    clusters.evidence.extend(chosen);
    merge::by_catalog(&forms, &mut clusters);
    merge::persons(&forms, &mut clusters);
    group::others(&forms, &mut clusters);
    let targets = resolve::persons(&forms, &mut clusters, &genders);
    resolve::leftovers(&forms, &mut clusters, &targets);
    let mut cast = Ranking { analyses, forms: &forms, clusters: &clusters, catalog }.cast(mentions, &targets);
    cast.add_roles(analyses);
    cast
}

impl Cast {
    /// Gives the members what the documents say they are.
    fn add_roles(&mut self, analyses: &[Analysis]) {
        for (document, (analysis, linked)) in analyses.iter().zip(&self.mentions).enumerate() {
            let raws: Vec<&RawMention> = linked.iter().map(|m| &m.raw).collect();
            for (index, span) in role::roles(analysis, &raws) {
                let Some(number) = linked[index].member else { continue };
                let roles = &mut self.members[number as usize].roles;
                let text = span.slice(&analysis.text);
                let known = roles.iter().rev().take_while(|r| r.document == document).any(|r| r.text == text);
                if !known {
                    roles.push(Role { text: text.to_owned(), document, span: analysis.report(span) });
                }
            }
        }
    }
}
