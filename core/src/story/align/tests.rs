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
