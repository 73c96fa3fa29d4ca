//! Claims about names and their resolution.

use super::name::PersonName;
use super::relate::{Relation, relate};
use super::*;
use crate::Document;
use crate::catalog::Found;
use crate::span::ByteSpan;
use proptest::prelude::*;

fn family(name: &str) -> String {
    PersonName::parse(name).family_parts().iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn family_names_are_found_in_customary_orders() {
    for (name, expected) in [
        ("Yvo de Boer", "de boer"),
        ("Ludwig van Beethoven", "van beethoven"),
        ("Saleh al-Humaidi", "al humaidi"),
        ("Al Gore", "gore"),
        ("Kim Jong Un", "kim"),
        ("Ban Ki-moon", "ban"),
        ("Lin Miaoke", "lin"),
        ("Merkel, Angela", "merkel"),
        ("Robert F. Kennedy Jr.", "kennedy"),
        ("Gen. George S. Patton III", "patton"),
        ("习近平", "习近平"),
    ] {
        assert_eq!(family(name), expected, "{name}");
    }
}

#[test]
fn suffixes_nicknames_and_titles_are_taken_off() {
    let name = PersonName::parse("Pvt. Ivan L. \u{201c}Chip\u{201d} Frederick II");
    assert_eq!(name.titles, ["pvt"]);
    assert_eq!(name.nicknames, ["chip"]);
    assert_eq!(name.suffix, Some("2"));
    assert_eq!(name.parts.iter().map(|p| p.text.as_str()).collect::<Vec<_>>(), ["ivan", "l", "frederick"]);
}

fn relation(a: &str, b: &str) -> Relation {
    relate(&PersonName::parse(a), &PersonName::parse(b))
}

#[test]
fn words_may_be_divided_in_another_way() {
    for (a, b) in [
        ("Alain Le Roy", "Alain LeRoy"),
        ("Robert De Niro", "Robert DeNiro"),
        ("Mary Mac Donald", "Mary MacDonald"),
    ] {
        assert!(matches!(relation(a, b), Relation::Same(_, 0)), "{a} / {b}");
    }
    assert_eq!(relation("Alain Le Roy", "Alain Leroux"), Relation::Unknown);
}

#[test]
fn exclusive_names_never_merge() {
    for (a, b) in [
        ("George H. W. Bush", "George W. Bush"),
        ("Donald Trump", "Donald Trump Jr."),
        ("John Paul I", "John Paul II"),
        ("William W. Frost", "William G. Frost"),
    ] {
        assert!(matches!(relation(a, b), Relation::Apart(_)), "{a} {b}");
        assert!(matches!(relation(b, a), Relation::Apart(_)), "{a} {b}");
    }
    for (a, b) in
        [("Daniel Ortega", "Daniela Ortega"), ("Raul Castro", "Fidel Castro"), ("John Kerry", "John Kelly")]
    {
        assert_eq!(relation(a, b), Relation::Unknown, "{a} {b}");
    }
}

#[test]
fn spellings_of_one_name_merge() {
    for (a, b) in [
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Steve Witkoff", "Steven Witkoff"),
        ("Shinzo Abe", "Abe Shinzo"),
        ("Geoffrey Miller", "Geoffrey D. Miller"),
        ("Muammar Gaddafi", "Moammar Gadhafi"),
        ("Kim Jong Un", "Kim Jong-un"),
        ("Ma Ying-jeou", "Ying-jeou Ma"),
    ] {
        assert!(matches!(relation(a, b), Relation::Same(..)), "{a} {b} {:?}", relation(a, b));
        assert!(matches!(relation(b, a), Relation::Same(..)), "{b} {a}");
    }
}

/// Reads documents in which `{..}` marks the persons.
fn marked(documents: &[&str]) -> (Vec<Analysis>, Vec<Vec<RawMention>>) {
    let (mut analyses, mut mentions) = (Vec::new(), Vec::new());
    for marked in documents {
        let text = marked.replace(['{', '}'], "");
        let analysis = Analysis::new(&Document::new(text.as_str()));
        let mut raws = Vec::new();
        let (mut removed, mut open) = (0, 0);
        for (at, c) in marked.char_indices() {
            match c {
                '{' => open = at - removed,
                '}' => {
                    let span = ByteSpan::new(open, at - removed);
                    let first = analysis.tokens.partition_point(|t| t.span.end <= span.start);
                    let last = analysis.tokens.partition_point(|t| t.span.start < span.end);
                    raws.push(RawMention {
                        span,
                        tokens: first as u32..last as u32,
                        kind: EntityKind::Person,
                        found: Found::Discovered,
                        owners: Vec::new(),
                        edit: None,
                        score: 1.0,
                    });
                }
                _ => continue,
            }
            removed += 1;
        }
        analyses.push(analysis);
        mentions.push(raws);
    }
    (analyses, mentions)
}

fn cast(documents: &[&str]) -> (Cast, Vec<Vec<String>>) {
    let (analyses, mentions) = marked(documents);
    let cast = assemble(&analyses, mentions, &Catalog::empty(), &[]);
    let name = |m: &LinkedMention| m.member.map_or("?".to_owned(), |n| cast.members[n as usize].name.clone());
    let names = cast.mentions.iter().map(|list| list.iter().map(name).collect()).collect();
    (cast, names)
}

#[test]
fn short_names_mean_the_full_name_of_their_document() {
    let (cast, names) = cast(&[
        "{Anna Kowalska} met {Kowalska}'s brother. {Anna} smiled.",
        "{Maria Kowalska} spoke. {Kowalska} left.",
        "{Kowalskas} plan failed, {Anna Kowalska} said.",
    ]);
    assert_eq!(names[0], ["Anna Kowalska"; 3]);
    assert_eq!(names[1], ["Maria Kowalska"; 2]);
    assert_eq!(names[2], ["Anna Kowalska"; 2]);
    assert_eq!(cast.members[0].entity, "person:anna-kowalska");
    assert!(!cast.members[0].evidence.is_empty());
}

#[test]
fn a_surname_of_two_persons_stays_undecided() {
    let (cast, names) = cast(&["{Paul Berger} and {Lena Berger} came. {Berger} spoke."]);
    assert_eq!(names[0][2], "?");
    let candidates = &cast.mentions[0][2].candidates;
    assert_eq!(candidates.len(), 2);
    assert!((candidates.iter().map(|c| c.weight).sum::<f64>() - 1.0).abs() < 1e-9);
}

#[test]
fn a_title_tells_which_of_two_persons_is_meant() {
    let (_, names) =
        cast(&["{Paul Berger} and Ms. {Lena Berger} came. Mr. {Berger} spoke, then Ms. {Berger}."]);
    assert_eq!(names[0][2..], ["Paul Berger", "Lena Berger"]);
}

#[test]
fn the_person_named_in_full_just_before_is_meant() {
    let (_, names) = cast(&["{Paul Berger} came. {Berger} spoke. Later {Lena Berger} left."]);
    assert_eq!(names[0], ["Paul Berger", "Paul Berger", "Lena Berger"]);
}

#[test]
fn the_caller_pins_mentions_together_and_apart() {
    let texts = ["{John Smith} won.", "{John Smith} lost.", "{Johnny Smithers} left."];
    let (analyses, mentions) = marked(&texts);
    let pin = |first, second, together| Pin { first: (first, 2), second: (second, 2), together };
    let catalog = Catalog::empty();
    let free = assemble(&analyses, mentions.clone(), &catalog, &[]);
    assert_eq!(free.mentions[0][0].member, free.mentions[1][0].member);
    assert_ne!(free.mentions[0][0].member, free.mentions[2][0].member);
    let pinned = assemble(&analyses, mentions, &catalog, &[pin(0, 1, false), pin(1, 2, true)]);
    assert_ne!(pinned.mentions[0][0].member, pinned.mentions[1][0].member);
    assert_eq!(pinned.mentions[1][0].member, pinned.mentions[2][0].member);
}

#[test]
fn roles_stand_beside_names() {
    let (cast, _) = cast(&[
        "{Maria Lund}, chief executive of the Harbour Trust, met Danish foreign minister {Ole Vinter} on Monday. \
         {Vinter} is the deputy leader of his party. The city's new mayor, {Tom Ek}, said so. \
         {Ida Holm} (former mayor of Lund) laughed, former police chief {Bo Dahl} said.",
    ]);
    let roles = |name: &str| -> Vec<&str> {
        let member = cast.members.iter().find(|m| m.name == name).unwrap();
        member.roles.iter().map(|r| r.text.as_str()).collect()
    };
    assert_eq!(roles("Maria Lund"), ["chief executive of the Harbour Trust"]);
    assert_eq!(roles("Ole Vinter"), ["Danish foreign minister", "deputy leader of his party"]);
    assert_eq!(roles("Tom Ek"), ["city's new mayor"]);
    assert_eq!(roles("Ida Holm"), ["former mayor of Lund"]);
    assert_eq!(roles("Bo Dahl"), ["former police chief"]);
}

#[test]
fn kinds_agree_over_the_documents() {
    let (analyses, mut mentions) =
        marked(&["{Anna Kowalska} came.", "{Kowalska} and the {Mayor} went to {Elm Street}."]);
    mentions[1][0].kind = EntityKind::Place;
    let cast = assemble(&analyses, mentions, &Catalog::empty(), &[]);
    let kinds: Vec<EntityKind> = cast.mentions[1].iter().map(|m| m.raw.kind).collect();
    assert_eq!(kinds, [EntityKind::Person, EntityKind::Place]);
    assert_eq!(cast.mentions[0][0].member, cast.mentions[1][0].member);
}

#[test]
fn equal_slugs_are_numbered() {
    let (cast, _) = cast(&["{John Smith Jr.} met {John Smith}. {John Smith Jr.} left."]);
    let ids: Vec<&str> = cast.members.iter().map(|m| m.entity.as_str()).collect();
    assert_eq!(ids, ["person:john-smith-jr", "person:john-smith"]);
}

proptest! {
    #[test]
    fn similarity_explains_itself(a in "\\PC{0,24}", b in "\\PC{0,24}") {
        let similarity = name_similarity(&a, &b);
        prop_assert!((0.0..=1.0).contains(&similarity.score));
        let sum: f64 = similarity.reasons.iter().map(|r| r.value).sum();
        prop_assert!((sum - similarity.score).abs() < 1e-9);
        prop_assert!(!name_similarity(&a, &b).is_same || similarity.score >= SAME_NAME);
    }
}

#[test]
fn the_description_of_a_namesake_is_no_part_of_its_name() {
    let line = r#"{"id":"h","name":"House (chamber)","kind":"organization","aliases":["House"],"description":"chamber"}"#;
    let engine = crate::Engine::with_catalog(Catalog::from_jsonl(line.as_bytes()).unwrap());
    let found = engine.match_entities(&Document::new("Nobody in the House voted.")).unwrap();
    let named: Vec<(&str, &str)> =
        found.cast.iter().map(|member| (member.name.as_str(), member.entity.as_str())).collect();
    assert_eq!(named, [("House", "organization:house")]);
}
