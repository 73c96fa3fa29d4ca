use super::super::Entity;
use super::*;
use crate::catalog::EntityKind;

fn people(names: &[&str]) -> Catalog {
    let mut builder = Catalog::builder();
    for name in names {
        builder.add(Entity::new(*name, *name, EntityKind::Person)).unwrap();
    }
    builder.build().unwrap().with_fuzzy(&[EntityKind::Person])
}

fn fuzzy(catalog: &Catalog, text: &str) -> Vec<String> {
    let found = catalog.find(text);
    found.iter().filter(|f| f.found == Found::Fuzzy).filter_map(|f| catalog.matched_name(f)).collect()
}

#[test]
fn misspelt_names_are_found_when_the_rest_agrees() {
    let catalog = people(&[
        "Steve Witkoff",
        "Hillary Clinton",
        "Keir Starmer",
        "Xi Jinping",
        "Olaf Scholz",
        "Kyriakos Mitsotakis",
    ]);
    assert_eq!(fuzzy(&catalog, "The envoy Steve Whitthof’s plan"), ["Steve Witkoff"]);
    assert_eq!(fuzzy(&catalog, "Hilary Clinton met Kier Starmer."), ["Hillary Clinton", "Keir Starmer"]);
    assert_eq!(fuzzy(&catalog, "Xi Jingping and Olaf Schulz"), ["Xi Jinping", "Olaf Scholz"]);
}

#[test]
fn near_names_and_family_stay_apart() {
    let catalog = people(&[
        "Angela Merkel",
        "Antonio Guterres",
        "Li Qiang",
        "Friedrich Merz",
        "Marco Rubio",
        "Jill Biden",
    ]);
    let text = "Angelo Merkel, Angelina Merkel, Antonio Gutierrez, Li Qian, Friedrich März, Mark Rubio and Joe Biden";
    assert_eq!(fuzzy(&catalog, text), Vec::<String>::new());
}

#[test]
fn exact_hits_are_never_displaced() {
    let catalog = people(&["Steve Witkoff", "Whitthof", "Olaf Scholz", "Martin Schulz"]);
    assert_eq!(fuzzy(&catalog, "Steve Whitthof"), Vec::<String>::new());
    assert_eq!(fuzzy(&catalog, "Olaf Schulz"), Vec::<String>::new(), "a word that another name has");
}

#[test]
fn an_entity_decides_for_itself() {
    let rows = "{\"id\":\"1\",\"name\":\"Walmart Inc.\",\"kind\":\"organization\",\"fuzzy\":true}\n\
                {\"id\":\"2\",\"name\":\"Steve Witkoff\",\"kind\":\"person\",\"fuzzy\":false}";
    let catalog = Catalog::from_jsonl_str(rows).unwrap().with_fuzzy(&[EntityKind::Person]);
    let text = "Steve Whitthof left Wallmart Inc. today.";
    let found = catalog.find(text);
    let surfaces: Vec<&str> = found.iter().map(|found| &text[found.span.byte_span()]).collect();
    assert_eq!(surfaces, ["Wallmart Inc."]);
}

#[test]
fn transcriptions_sound_alike() {
    let catalog = people(&["Vladimir Putin", "Friedrich Merz", "Kim Jong-un", "Viktor Yanukovych"]);
    let text = "Vladimir Poutine, Friedrich Mertz, Kim Joonng-un and Victor Yanukovich";
    assert_eq!(
        fuzzy(&catalog, text),
        ["Vladimir Putin", "Friedrich Merz", "Kim Jong-un", "Viktor Yanukovych"]
    );
}

#[test]
fn names_that_share_all_other_words_need_longer_ones() {
    let firsts =
        ["Ba", "Cu", "Di", "Fo", "Gu", "He", "Ko", "La", "Mi", "Nu", "Pa", "Ri", "Su", "Ti", "Wo", "Ze"];
    let seconds =
        ["bell", "carn", "dilm", "fosk", "gunt", "hamp", "kirl", "lond", "mesk", "norp", "parm", "rusk"];
    let mut names: Vec<String> =
        firsts.iter().flat_map(|a| seconds.iter().map(move |b| format!("{a}{b} Xiang"))).collect();
    names.push("Lijia Xiang".to_owned());
    names.push("Konstantinovka Xiang".to_owned());
    let many = people(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let text = "from Lidia Xiang to Konstantinowska Xiang";
    assert_eq!(fuzzy(&many, text), ["Konstantinovka Xiang"]);
    let few = people(&["Lijia Xiang", "Konstantinovka Xiang"]);
    assert_eq!(fuzzy(&few, text), ["Lijia Xiang", "Konstantinovka Xiang"]);
}

#[test]
fn companies_are_found_by_long_words_and_across_their_dots() {
    let mut builder = Catalog::builder();
    for name in ["TotalEnergies SE", "Samsung Electronics Co., Ltd.", "Al Qatif"] {
        builder.add(Entity::new(name, name, EntityKind::Organization)).unwrap();
    }
    let catalog = builder.build().unwrap().with_fuzzy(&[EntityKind::Organization]);
    let text = "Samsong Electronics Co., Ltd. and TotalEnergias SE left Al Latif.";
    assert_eq!(fuzzy(&catalog, text), ["Samsung Electronics Co., Ltd.", "TotalEnergies SE"]);
}
