//! Tests of the stage as a whole.

use super::*;
use crate::catalog::Entity;
use crate::{Catalog, Document, ErrorKind};

fn read(text: &str, catalog: &Catalog) -> Vec<(String, EntityKind, Found)> {
    let analysis = Analysis::new(&Document::new(text));
    find(&analysis, catalog, Some(&Tagger::built_in()), &mut Memory::default())
        .into_iter()
        .map(|m| (m.span.slice(&analysis.text).to_owned(), m.kind, m.found))
        .collect()
}

fn names(text: &str) -> Vec<(String, EntityKind)> {
    read(text, &Catalog::empty()).into_iter().map(|(name, kind, _)| (name, kind)).collect()
}

fn catalog(rows: &[(&str, EntityKind)]) -> Catalog {
    let mut builder = Catalog::builder();
    for (name, kind) in rows {
        builder.add(Entity::new(*name, *name, *kind)).unwrap();
    }
    builder.build().unwrap()
}

#[test]
fn persons_and_places_of_a_plain_sentence_are_found() {
    let found = names("German Chancellor Angela Merkel met Emmanuel Macron in Berlin on Tuesday.");
    let expected = [
        ("German", EntityKind::Nationality),
        ("Angela Merkel", EntityKind::Person),
        ("Emmanuel Macron", EntityKind::Person),
        ("Berlin", EntityKind::Place),
    ];
    assert_eq!(found, expected.map(|(name, kind)| (name.to_owned(), kind)));
}

#[test]
fn a_later_bare_surname_is_a_person_wherever_it_stands() {
    let text = "Police said Ljubica Tarnovic was arrested in Vienna on Monday.\nTarnovic denied it.";
    let found = names(text);
    assert!(found.contains(&("Ljubica Tarnovic".into(), EntityKind::Person)), "{found:?}");
    assert!(found.contains(&("Tarnovic".into(), EntityKind::Person)), "{found:?}");
}

#[test]
fn titles_and_possessives_stay_outside() {
    let found = names("The army said Gen. Harold Binkowski's troops had left Kabul.");
    assert!(found.contains(&("Harold Binkowski".into(), EntityKind::Person)), "{found:?}");
}

#[test]
fn an_acronym_of_common_words_names_nothing() {
    let found =
        names("The plan cuts greenhouse gas (GHG) output. The GHG target is new, officials in Oslo said.");
    assert!(!found.iter().any(|(name, _)| name == "GHG"), "{found:?}");
}

#[test]
fn a_longer_discovered_name_takes_a_place_into_it() {
    let world = catalog(&[("Paris", EntityKind::Place)]);
    let found = read("Actress Paris Hilton said she will visit Paris on Sunday.", &world);
    assert_eq!(found[0], ("Paris Hilton".to_owned(), EntityKind::Person, Found::Discovered));
    assert_eq!(found[1], ("Paris".to_owned(), EntityKind::Place, Found::Exact));
}

#[test]
fn an_exact_name_is_not_displaced_by_a_shorter_or_overlapping_one() {
    let name = "Russian Direct Investment Fund";
    let found =
        read(&format!("The head of the {name} spoke."), &catalog(&[(name, EntityKind::Organization)]));
    assert_eq!(found, [(name.to_owned(), EntityKind::Organization, Found::Exact)]);
}

#[test]
fn without_a_tagger_only_the_catalog_speaks() {
    let analysis = Analysis::new(&Document::new("Angela Merkel spoke in Berlin."));
    let found = find(&analysis, &catalog(&[("Berlin", EntityKind::Place)]), None, &mut Memory::default());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].span.slice(&analysis.text), "Berlin");
}

#[test]
fn mentions_are_ordered_and_apart_on_any_text() {
    let odd = [
        "",
        " ",
        "((((",
        "A",
        "(AB) (AB) (AB)",
        "U.S.-led U.S.-led",
        "«Été» d’Œuvre",
        "\u{301}\u{301}\u{301}",
        "THE PRESIDENT OF FRANCE SPOKE",
        "Trumps team. Trump spoke. Donald Trump left.",
        "東京 and Tokyo",
        "A\u{0}B C\r\nD",
    ];
    let world =
        catalog(&[("Trump", EntityKind::Person), ("France", EntityKind::Place), ("U.S.", EntityKind::Place)]);
    for text in odd.iter().map(|t| t.to_string()).chain([odd.join("\n"), odd.join(" ").repeat(300)]) {
        let analysis = Analysis::new(&Document::new(text.as_str()));
        let found = find(&analysis, &world, Some(&Tagger::built_in()), &mut Memory::default());
        assert!(found.windows(2).all(|w| w[0].span.end <= w[1].span.start), "{text:?}");
        assert!(found.iter().all(|m| !m.tokens.is_empty()), "{text:?}");
    }
}

#[test]
fn a_sentence_longer_than_a_section_is_read() {
    let text = "Angela Merkel met Emmanuel Macron and they talked about other things while ".repeat(15_000);
    let found = names(&text);
    assert!(found.len() > 25_000, "{}", found.len());
}

#[test]
fn weights_that_are_cut_or_changed_are_refused() {
    let whole = include_bytes!("tagger.bin").to_vec();
    assert!(Tagger::from_bytes(whole.clone()).is_ok());
    for at in [0, 9, 20, whole.len() / 2, whole.len() - 1] {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x40;
        assert_eq!(Tagger::from_bytes(damaged).unwrap_err().kind(), ErrorKind::Catalog);
    }
    for length in [0, 7, 40, whole.len() - 1] {
        assert!(Tagger::from_bytes(whole[..length].to_vec()).is_err());
    }
}

#[test]
fn forged_weights_give_wrong_names_and_nothing_worse() {
    let mut forged = include_bytes!("tagger.bin").to_vec();
    let mut state = 1u64;
    let mut random = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        state >> 20
    };
    // The facts about words and the last rows may say anything.
    let lexicon = 600..500_000;
    for _ in 0..50_000 {
        let at = lexicon.start + random() as usize % lexicon.len();
        forged[at] = random() as u8;
    }
    *forged.last_mut().unwrap() ^= 0x55;
    weights::seal(&mut forged);
    let tagger = Tagger::from_bytes(forged.clone()).unwrap();
    let analysis = Analysis::new(&Document::new("Angela Merkel met Emmanuel Macron in Berlin."));
    let found = find(&analysis, &Catalog::empty(), Some(&tagger), &mut Memory::default());
    assert!(found.len() <= analysis.tokens.len());
    // Rows that do not fit together are refused.
    for _ in 0..200_000 {
        let at = 600 + random() as usize % (forged.len() - 600);
        forged[at] = random() as u8;
    }
    weights::seal(&mut forged);
    assert_eq!(Tagger::from_bytes(forged).unwrap_err().kind(), ErrorKind::Catalog);
}

#[test]
fn a_body_has_its_whole_name() {
    let whole = |name: &str| (name.to_owned(), EntityKind::Organization);
    let found = names(
        "Officials of the National Heritage Council of Moldova met the Danish Rowing Federation on Friday.",
    );
    assert!(found.contains(&whole("National Heritage Council of Moldova")), "{found:?}");
    assert!(found.contains(&whole("Danish Rowing Federation")), "{found:?}");
    let found = names("He spoke to the Technical Cooperation Agency (TECA) in Lima on Friday.");
    assert!(found.iter().all(|(name, _)| !name.contains('(')), "{found:?}");
}

#[test]
fn a_possessive_is_not_a_plural_of_the_catalog() {
    let catalog = catalog(&[("Harbour Guards", EntityKind::Organization)]);
    let found = read("Men of the Harbour Guards met the Harbour Guard's captain in Lima.", &catalog);
    let texts: Vec<&str> = found.iter().map(|(text, _, _)| text.as_str()).collect();
    assert!(texts.contains(&"Harbour Guards") && texts.contains(&"Harbour Guard"), "{found:?}");
}

#[test]
fn what_was_read_before_changes_nothing() {
    let tagger = Tagger::built_in();
    let texts = [
        "Angela Merkel met Emmanuel Macron in Berlin. Macron's will is known.",
        "Will Smith of Acme Corp. will go to Paris. The BERLIN WALL fell, Merkel said.",
        "merkel und macron will not meet; Wall Street fell on 12 May 2013 and Smith paid 1,994 dollars.",
    ];
    let analyses = texts.map(|text| Analysis::new(&Document::new(text)));
    let fresh = |analysis| tagger.tag(analysis, &mut Memory::default());
    let mut memory = Memory::default();
    for _ in 0..2 {
        for analysis in &analyses {
            assert!(!fresh(analysis).is_empty());
            assert_eq!(tagger.tag(analysis, &mut memory), fresh(analysis));
        }
    }
}

#[test]
fn no_text_makes_the_tagger_keep_much() {
    let tagger = Tagger::built_in();
    for text in ["Anna ".repeat(100_000), (0..40_000).map(|n| format!("Anna{n} met Bob{n}. ")).collect()] {
        let mut memory = Memory::default();
        tagger.tag(&Analysis::new(&Document::new(text)), &mut memory);
        assert!(!memory.is_small());
        tagger.keep(memory);
        assert!(tagger.recall().is_small());
    }
}

#[test]
fn words_beside_a_name_tell_its_kind_everywhere() {
    let cases = [
        ("Harwick Flight 81 landed late. The crew of Harwick is safe.", "Harwick", EntityKind::Organization),
        (
            "Harwick, a small airline based in Oslo, is for sale. Few know Harwick.",
            "Harwick",
            EntityKind::Organization,
        ),
        (
            "The town of Harwick was flooded. Nobody in the streets of Harwick was hurt.",
            "Harwick",
            EntityKind::Place,
        ),
        (
            "Divers found the wreck of the battleship Harwick. The Harwick sank in 1944.",
            "Harwick",
            EntityKind::Product,
        ),
        ("Harwick, 44, was found on Monday. Police had looked for Harwick.", "Harwick", EntityKind::Person),
    ];
    for (text, name, kind) in cases {
        let found: Vec<EntityKind> =
            names(text).into_iter().filter(|found| found.0 == name).map(|found| found.1).collect();
        assert_eq!(found, [kind; 2], "{text}");
    }
}

#[test]
fn the_family_name_of_a_person_is_no_place() {
    let catalog = catalog(&[
        ("Velden", EntityKind::Place),
        ("Kraal", EntityKind::Organization),
        ("Turk", EntityKind::Nationality),
    ]);
    let kinds = |text: &str| -> Vec<EntityKind> { read(text, &catalog).into_iter().map(|m| m.1).collect() };
    let person = EntityKind::Person;
    assert_eq!(
        kinds("Jane Velden leads the team. \"We won,\" Velden said. The crew of Velden is small."),
        [person; 3]
    );
    assert_eq!(
        kinds("Officer John Kraal was hurt on Monday. Kraal is 44. Police looked for Kraal."),
        [person; 3]
    );
    assert_eq!(kinds("The coach is Peter Turk. \"No,\" said Turk. Nobody knew Turk."), [person; 3]);
    // Towns in which their namesakes are stay towns, and so does what was named before the person.
    let place = EntityKind::Place;
    assert_eq!(
        kinds("Jane Velden leads the team. She was born in Velden, and Velden is proud."),
        [person, place, place]
    );
    assert_eq!(kinds("Velden is proud of Jane Velden."), [place, person]);
    assert_eq!(
        kinds("The coach is Peter Turk. His team has a Turk and a Velden."),
        [person, EntityKind::Nationality, place]
    );
}
