use super::super::tests::phrase;
use super::super::{CaseMatching, EntityKind, FindOptions, Overlap, WeakNames, name};
use super::*;
use proptest::prelude::*;
use std::fmt::Debug;

fn entity(id: usize, names: &[String], kind: EntityKind, weight: u8) -> Option<Entity> {
    let mut names = names.iter().filter(|name| name::normalize(name, &mut Vec::new()).is_some());
    let mut entity = Entity::new(format!("{id}"), names.next()?, kind).with_weight(f64::from(weight));
    for (i, name) in names.enumerate() {
        entity = if i % 2 == 0 { entity.with_alias(name) } else { entity.with_weak_alias(name) };
    }
    entity.attributes.insert("number".to_owned(), format!("{id}"));
    Some(entity)
}

fn entities(first: usize) -> impl Strategy<Value = Vec<Entity>> {
    let kinds = prop::sample::select(vec![EntityKind::Person, EntityKind::Place, EntityKind::Other]);
    let one = (prop::collection::vec(phrase(3), 1..4), kinds, 0u8..4);
    prop::collection::vec(one, 0..10).prop_map(move |rows| {
        let rows = rows.iter().enumerate();
        rows.filter_map(|(i, (names, kind, weight))| entity(first + i, names, *kind, *weight)).collect()
    })
}

fn built(entities: &[Entity]) -> Catalog {
    builder(entities).build().unwrap()
}

fn builder(entities: &[Entity]) -> CatalogBuilder {
    let mut builder = Catalog::builder();
    for entity in entities {
        builder.add(entity.clone()).unwrap();
    }
    builder
}

/// Everything that a caller can see of a search.
fn seen(catalog: &Catalog, text: &str, options: &FindOptions) -> Vec<impl Debug + PartialEq> {
    let see = |found| {
        let owners = catalog.entity_indices(&found);
        let entities: Vec<Option<Entity>> = owners.iter().map(|&owner| catalog.entity(owner)).collect();
        let named = (catalog.candidates(&found), catalog.matched_name(&found));
        (found.span, found.found, found.weak, named, owners, entities)
    };
    catalog.find_with(text, options).into_iter().map(see).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn changes_find_what_a_rebuilt_catalog_finds(
        base in entities(0),
        first in (entities(100), prop::collection::vec(any::<prop::sample::Index>(), 0..5)),
        second in (entities(200), prop::collection::vec(any::<prop::sample::Index>(), 0..5)),
        texts in prop::collection::vec(phrase(40), 1..4),
        case in prop::sample::select(vec![CaseMatching::Smart, CaseMatching::Ignore, CaseMatching::Exact]),
        kinds in prop::sample::select(vec![&EntityKind::ALL[..], &[EntityKind::Person], &[EntityKind::Place]]),
    ) {
        let mut left = base.clone();
        let mut changed = built(&base);
        for (added, removed) in [first, second] {
            let ids: Vec<String> = removed
                .iter()
                .filter(|_| !left.is_empty())
                .map(|index| index.get(&left).id.clone())
                .collect();
            left.retain(|entity| !ids.contains(&entity.id));
            // What goes comes back changed, behind the others.
            let back = ids.first().map(|id| Entity::new(id, "Ann Lee", EntityKind::Person).with_weak_alias("Lee"));
            let added: Vec<Entity> = back.into_iter().chain(added).collect();
            changed = changed.with_changes(builder(&added), &ids).unwrap();
            left.extend(added);
        }
        let rebuilt = built(&left);
        for text in &texts {
            for weak in [WeakNames::Supported, WeakNames::All, WeakNames::None] {
                for overlap in [Overlap::Longest, Overlap::All, Overlap::Weight] {
                    let options = FindOptions::new().case(case).weak(weak).overlap(overlap).kinds(kinds);
                    prop_assert_eq!(
                        seen(&changed, text, &options),
                        seen(&rebuilt, text, &options),
                        "in {:?} with {:?}", text, options
                    );
                }
            }
        }
        prop_assert_eq!(changed.len(), left.len());
        for index in 0..=left.len() {
            prop_assert_eq!(changed.entity(index), rebuilt.entity(index));
        }
        let (ours, theirs) = (changed.info(), rebuilt.info());
        prop_assert_eq!(
            (ours.entities, ours.names, ours.shared_names, ours.duplicate_names),
            (theirs.entities, theirs.names, theirs.shared_names, theirs.duplicate_names)
        );
        prop_assert_eq!(changed.to_bytes().unwrap(), rebuilt.to_bytes().unwrap());
    }
}

#[test]
fn changes_name_the_id_that_is_wrong() {
    let people = builder(&[Entity::new("a", "Ann Lee", EntityKind::Person)]).build().unwrap();
    let error = people.with_changes(Catalog::builder(), &["b"]).unwrap_err();
    assert_eq!(error.to_string(), "no entity has the id \"b\"; accepted for removal are ids of the catalog");
    let again = || builder(&[Entity::new("a", "Bob Lee", EntityKind::Person)]);
    let error = people.with_changes(again(), &[""; 0]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Catalog);
    let changed = people.with_changes(again(), &["a"]).unwrap();
    assert_eq!(changed.entity(0).unwrap().name, "Bob Lee");
    let error = changed.with_changes(again(), &[""; 0]).unwrap_err();
    assert!(error.to_string().starts_with("two entities have the id \"a\""), "{error}");
}

#[test]
fn misspelt_names_are_found_after_changes() {
    let people = builder(&[Entity::new("a", "Steve Witkoff", EntityKind::Person)]).build().unwrap();
    let added = || builder(&[Entity::new("b", "Kyriakos Mitsotakis", EntityKind::Person)]);
    let text = "Steve Whitthof met Kyriakos Mitsotakkis.";
    let person = [EntityKind::Person];
    let before = people.with_fuzzy(&person).with_changes(added(), &[""; 0]).unwrap();
    let after = people.with_changes(added(), &[""; 0]).unwrap().with_fuzzy(&person);
    for catalog in [before, after] {
        let found = catalog.find(text);
        let names: Vec<_> = found.iter().map(|found| catalog.matched_name(found).unwrap()).collect();
        assert_eq!(names, ["Steve Witkoff", "Kyriakos Mitsotakis"]);
    }
}

#[test]
fn changes_on_damaged_bytes_are_an_error_or_an_answer() {
    let base = builder(&[
        Entity::new("a", "Paris", EntityKind::Place).with_alias("Paree"),
        Entity::new("b", "Paris", EntityKind::Person).with_weak_alias("Hilton"),
    ]);
    let bytes = base.build().unwrap().to_bytes().unwrap();
    let added = || builder(&[Entity::new("c", "Paris", EntityKind::Other)]);
    for at in (0..bytes.len() - 4).step_by(4) {
        for value in [0, 1, 0x7FFF_FFFF, 0x8000_0000, u32::MAX] {
            let mut hostile = bytes.clone();
            hostile[at..at + 4].copy_from_slice(&value.to_le_bytes());
            let Ok(catalog) = Catalog::from_parts(hostile.into()) else { continue };
            let Ok(changed) = catalog.with_changes(added(), &["a"]) else { continue };
            assert!(changed.find("Paris Hilton of Paree").len() < 10);
            (0..4).for_each(|index| drop(changed.entity(index)));
            drop(changed.to_bytes());
        }
    }
}
