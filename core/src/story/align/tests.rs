use super::*;
use crate::{Catalog, Engine};

fn told(texts: &[&str]) -> Vec<(Relation, Vec<String>)> {
    let documents: Vec<Document> = texts.iter().map(|t| Document::new(*t)).collect();
    let engine = Engine::with_catalog(Catalog::empty());
    let digest = engine.digest(&documents, &crate::DigestOptions::new()).unwrap();
    digest.claims.into_iter().map(|c| (c.relation, c.values)).collect()
}

#[test]
fn equal_figures_of_one_thing_agree() {
    let found = told(&[
        "The telethon in the capital raised 395,000 euros for victims of the flood.",
        "Viewers of the telethon gave 395,000 euros to help the victims.",
    ]);
    assert_eq!(found, [(Relation::Agree, vec!["395,000 euros".to_string(), "395,000 euros".to_string()])]);
}

#[test]
fn a_growing_toll_is_a_revision() {
    let found = told(&[
        "The flood in the valley killed 80 people, officials in the valley said.",
        "The death toll of the flood in the valley rose to 120 people on Sunday.",
    ]);
    assert!(found.iter().any(|(relation, _)| *relation == Relation::Revised), "{found:?}");
    assert!(found.iter().all(|(relation, _)| *relation != Relation::Differ), "{found:?}");
}

#[test]
fn rounded_equals_are_no_conflict() {
    let found = told(&[
        "The army controls over 19% of the northern territory, maps of the front show.",
        "The army controls 20% of the northern territory, maps of the front show.",
    ]);
    assert!(found.iter().all(|(relation, _)| *relation == Relation::Agree), "{found:?}");
}

#[test]
fn stages_of_a_race_are_different_events() {
    let found = told(&[
        "Alexander Petrov of Kazakhstan has won stage 13 of the mountain race.",
        "Alexander Petrov of Kazakhstan has won stage 15 of the mountain race.",
    ]);
    assert_eq!(found.first().map(|f| f.0), Some(Relation::DifferentEvent), "{found:?}");
}

#[test]
fn copies_are_not_set_against_each_other() {
    let text = "The telethon in the capital raised 395,000 euros for victims of the flood. Viewers called for hours.";
    assert_eq!(told(&[text, text]), []);
}

fn told_with_names(texts: &[&str]) -> Vec<(Relation, Vec<String>)> {
    let documents: Vec<Document> = texts.iter().map(|t| Document::new(*t)).collect();
    let digest = Engine::new().digest(&documents, &crate::DigestOptions::new()).unwrap();
    digest.claims.into_iter().map(|c| (c.relation, c.values)).collect()
}

#[test]
fn the_waters_of_two_countries_are_a_conflict_of_their_sources() {
    let found = told_with_names(&[
        "The navy insists that the trawler was fishing in Norwegian waters when the patrol stopped it.",
        "Moscow claims that the trawler was fishing in Russian waters when the patrol stopped it.",
    ]);
    assert!(
        found.iter().any(|(relation, values)| *relation == Relation::Differ && values.len() == 2),
        "{found:?}"
    );
}

#[test]
fn what_one_source_denies_another_asserts() {
    let found = told(&[
        "Guards fired shots into the air outside the embassy, the consul said.",
        "The minister said that no shots were fired outside the embassy.",
    ]);
    assert_eq!(found.first().map(|f| f.0), Some(Relation::Differ), "{found:?}");
    let found = told(&[
        "Guards fired shots into the air outside the embassy, the consul said.",
        "If no shots were fired outside the embassy, the consul will have to explain himself.",
    ]);
    assert!(found.iter().all(|f| f.0 != Relation::Differ), "{found:?}");
}

#[test]
fn the_same_words_quoted_twice_agree() {
    let found = told(&[
        "The foreign minister told reporters that she would \"be released very soon\".",
        "One of the hikers would \"be released very soon\", a broadcaster quoted him.",
    ]);
    assert_eq!(found.first().map(|f| f.0), Some(Relation::Agree), "{found:?}");
}

#[test]
fn documents_that_agree_on_no_measure_tell_of_different_events() {
    let found = told(&[
        "An earthquake of magnitude 6.6 shook the coast at a depth of 28 kilometers on Wednesday.",
        "An earthquake of magnitude 5.8 shook the coast at a depth of 41 kilometers on Wednesday.",
    ]);
    assert!(found.iter().any(|f| f.0 == Relation::DifferentEvent), "{found:?}");
    assert!(found.iter().all(|f| f.0 != Relation::Differ), "{found:?}");
}

#[test]
fn the_later_figure_of_one_source_is_a_revision() {
    let found = told(&[
        "The survey first reported a preliminary magnitude of 5.5 for the tremor in the valley. \
                        Windows broke. The survey updated its report later and gave the tremor a magnitude of 5.7.",
    ]);
    assert_eq!(found.first().map(|f| f.0), Some(Relation::Revised), "{found:?}");
}

#[test]
fn a_toll_belongs_to_the_number_beside_it() {
    let found = told(&[
        "The storm killed 40 people and left 900 people homeless in the province.",
        "In the province 900 people are homeless after the storm, and 40 people died.",
    ]);
    assert!(!found.is_empty() && found.iter().all(|f| f.0 == Relation::Agree), "{found:?}");
}

#[test]
fn the_same_count_in_other_years_is_of_different_events() {
    let found = told(&[
        "Fifteen navy personnel were detained by the coast guard near the river mouth. The ministry was \
                        told. In June 2004 eight navy personnel were detained by the coast guard near the river mouth.",
    ]);
    assert_eq!(found.first().map(|f| f.0), Some(Relation::DifferentEvent), "{found:?}");
}
