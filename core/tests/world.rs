//! The built-in world catalog: what it holds, that every name finds its owner, and that common readings come first.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]

use nutgraf::{Catalog, CatalogMatch, EntityKind, FindOptions, Overlap, WeakNames};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The names that the whole text may be, weak ones too.
fn whole(world: &Catalog, text: &str) -> Vec<CatalogMatch> {
    let options = FindOptions::new().overlap(Overlap::All).weak(WeakNames::All);
    let mut found = world.find_with(text, &options);
    found.retain(|found| found.span.byte_span() == (0..text.len()));
    found
}

/// The owners of a name in their order.
fn owners(world: &Catalog, name: &str) -> Vec<String> {
    let found = world.find_with(name, &FindOptions::new().weak(WeakNames::All));
    let found = found.first().unwrap_or_else(|| panic!("{name} is not found"));
    world.candidates(found).into_iter().map(|candidate| candidate.catalog_id).collect()
}

fn count(world: &Catalog, kind: EntityKind) -> usize {
    (0..world.len()).filter(|&index| world.entity(index).is_some_and(|entity| entity.kind == kind)).count()
}

#[test]
fn every_kind_is_well_filled() {
    let world = Catalog::world();
    for (kind, least) in [
        (EntityKind::Place, 5_000),
        (EntityKind::Organization, 1_200),
        (EntityKind::Person, 700),
        (EntityKind::Nationality, 400),
        (EntityKind::Event, 150),
        (EntityKind::Work, 80),
        (EntityKind::Product, 200),
    ] {
        let found = count(&world, kind);
        assert!(found >= least, "{kind}: {found} entities, at least {least} expected");
    }
}

#[test]
fn ids_are_unique_and_rows_complete() {
    let world = Catalog::world();
    let mut ids = BTreeSet::new();
    for index in 0..world.len() {
        let entity = world.entity(index).expect("an index below len");
        assert!(ids.insert(entity.id.clone()), "id {} stands twice", entity.id);
        assert!(!entity.description.is_empty(), "{} has no description", entity.id);
        assert!(entity.weight > 0.0 && entity.weight.is_finite(), "{} weighs {}", entity.id, entity.weight);
        let mut names = BTreeSet::new();
        for name in entity.aliases.iter().chain(&entity.weak_aliases) {
            assert!(names.insert(name), "{} lists {name:?} twice", entity.id);
        }
    }
}

#[test]
fn every_name_finds_its_owner() {
    let world = Catalog::world();
    let mut lost = Vec::new();
    for index in 0..world.len() {
        let entity = world.entity(index).expect("an index below len");
        for name in std::iter::once(&entity.name).chain(&entity.aliases).chain(&entity.weak_aliases) {
            let owned = whole(&world, name).iter().any(|found| world.entity_indices(found).contains(&index));
            if !owned {
                lost.push(format!("{name} ({})", entity.id));
            }
        }
    }
    assert!(
        lost.is_empty(),
        "{} names do not find their owner: {:?}",
        lost.len(),
        &lost[..lost.len().min(20)]
    );
}

#[test]
fn the_common_reading_comes_first() {
    let world = Catalog::world();
    for (name, id) in [
        ("Georgia", "Q230"),
        ("Paris", "gn:2988507"),
        ("Washington", "gn:4140963"),
        ("New York", "gn:5128581"),
        ("Moscow", "gn:524901"),
        ("Kiev", "gn:703448"),
        ("U.S.", "Q30"),
        ("Britain", "Q145"),
        ("Ivory Coast", "Q1008"),
        ("Burma", "Q836"),
        ("Congo", "Q974"),
        ("Kremlin", "world:kremlin"),
        ("Ukrainians", "world:ukrainian"),
        ("UN", "world:united-nations"),
    ] {
        assert_eq!(owners(&world, name).first().map(String::as_str), Some(id), "{name}");
    }
}

#[test]
fn both_owners_of_a_shared_name_stay() {
    let world = Catalog::world();
    let ids = owners(&world, "Georgia");
    assert!(ids.contains(&"Q230".to_owned()) && ids.contains(&"Q1428".to_owned()), "{ids:?}");
}

#[test]
fn common_words_and_surnames_are_weak() {
    let world = Catalog::world();
    for name in ["Nice", "Reading", "Mobile", "Split", "Lincoln", "Putin", "Bush"] {
        let found = whole(&world, name);
        assert!(!found.is_empty(), "{name} is not found");
        assert!(found.iter().all(|found| found.weak), "{name} proves {:?}", owners(&world, name));
    }
    assert!(world.find("A nice turkey for us, who split the bill.").is_empty());
}

#[test]
fn sources_and_licences_are_named() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds/SOURCES.md");
    let sources = fs::read_to_string(path).expect("seeds/SOURCES.md");
    for phrase in
        ["GeoNames", "creativecommons.org/licenses/by/4.0", "rigour", "MIT License", "Factbook", "CC0 1.0"]
    {
        assert!(sources.contains(phrase), "SOURCES.md does not name {phrase}");
    }
}
