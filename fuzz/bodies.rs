//! What the fuzz targets do with their bytes, and `core/tests/fuzz.rs` on stable compilers.
//!
//! In: any bytes. Out: nothing, or a panic that tells which promise was broken.
#![allow(dead_code, reason = "each target uses one of them")]

use nutgraf::{
    CaseMatching, Catalog, CatalogFormat, CatalogMatch, Digest, DigestOptions, Document, Engine, Entity,
    EntityKind, FindOptions, Found, Overlap, StreamMatch, WeakNames,
};
use std::sync::LazyLock;

const TEXT: &str = "Paris Hilton of Paris met the Bank of Å. PARIS, Parises; O’Lee’s U.S. 北京 x";

fn small() -> Catalog {
    let rows = concat!(
        "{\"id\":\"a\",\"name\":\"Paris\",\"kind\":\"place\",\"weight\":3,\"description\":\"a city\"}\n",
        "{\"id\":\"b\",\"name\":\"Paris Hilton\",\"kind\":\"person\",\"aliases\":[\"Paris\",\"PARIS\"],",
        "\"weak_aliases\":[\"Hilton\"],\"born\":1981}\n",
        "{\"id\":\"c\",\"name\":\"Bank of Å\",\"kind\":\"organization\",\"aliases\":[\"O'Lee\",\"北京\",\"U.S.\"]}",
    );
    Catalog::from_jsonl_str(rows).expect("the rows are as they should be")
}

fn all_options() -> Vec<FindOptions> {
    let mut all = Vec::new();
    for overlap in [Overlap::Longest, Overlap::All, Overlap::Weight] {
        for case in [CaseMatching::Smart, CaseMatching::Ignore, CaseMatching::Exact] {
            for weak in [WeakNames::Supported, WeakNames::All, WeakNames::None] {
                all.push(FindOptions::new().overlap(overlap).case(case).weak(weak));
            }
        }
    }
    all
}

/// Reads everything there is to read about the matches of a text.
fn exercise(catalog: &Catalog, text: &str) {
    for options in all_options() {
        for found in catalog.find_with(text, &options) {
            assert!(text.get(found.span.byte_span()).is_some(), "a span cuts a character");
            let owners = catalog.entity_indices(&found);
            owners.iter().take(16).for_each(|&owner| drop(catalog.entity(owner)));
            drop((catalog.candidates(&found), catalog.matched_name(&found)));
        }
    }
    (0..8).for_each(|entity| drop(catalog.entity(entity)));
}

/// Any bytes as a compiled catalog: as they are, or as changes to a small one (place in two bytes, value in one).
pub(crate) fn compiled(data: &[u8]) {
    let bytes = match data.split_first() {
        Some((1, changes)) => {
            let mut bytes = small().to_bytes().expect("it was built in memory");
            for change in changes.as_chunks::<3>().0 {
                let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % bytes.len();
                bytes[at] = change[2];
            }
            bytes
        }
        _ => data.to_vec(),
    };
    let Ok(catalog) = Catalog::from_bytes_unverified(bytes.clone()) else { return };
    exercise(&catalog, TEXT);
    if catalog.verify().is_ok() {
        assert_eq!(catalog.to_bytes().expect("it has no changes"), bytes);
    }
    let mut added = Catalog::builder();
    added.add(Entity::new("new", "Paris", EntityKind::Other)).expect("the entity is as it should be");
    if let Ok(changed) = catalog.with_changes(added, &["a"]) {
        exercise(&changed, TEXT);
        drop(changed.to_bytes());
    }
}

/// Any text as a source, in the format that the first byte names.
pub(crate) fn sources(data: &[u8]) {
    let Some((&first, rest)) = data.split_first() else { return };
    let format = CatalogFormat::ALL[usize::from(first) % CatalogFormat::ALL.len()];
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let Ok(catalog) = Catalog::from_source(text, format) else { return };
    exercise(&catalog, text);
    let bytes = catalog.to_bytes().expect("it was built in memory");
    let read = Catalog::from_bytes(bytes).expect("what was written is whole");
    assert_eq!(read.info(), catalog.info());
    for index in 0..catalog.len().min(32) {
        let entity = catalog.entity(index).expect("there are so many");
        assert_eq!(read.entity(index).as_ref(), Some(&entity));
        let options = FindOptions::new().overlap(Overlap::All).weak(WeakNames::All).case(CaseMatching::Exact);
        let found = catalog.find_with(&entity.name, &options);
        // Words so far apart, or with a blank line between them, are not read as one name.
        let apart =
            |gap: &str| gap.len() > 64 || gap.matches(|c: char| c.is_whitespace() && c != ' ').count() > 1;
        assert!(
            found.iter().any(|found| catalog.entity_indices(found).contains(&index))
                || entity.name.split(char::is_alphanumeric).any(apart),
            "{:?}",
            entity.name
        );
    }
}

/// Lines of names, an empty line, a text: every way to find gives the same.
pub(crate) fn finding(data: &[u8]) {
    let Ok(all) = std::str::from_utf8(data) else { return };
    let Some((names, text)) = all.split_once("\n\n") else { return };
    let mut entities = Vec::new();
    for (i, name) in names.lines().take(64).enumerate() {
        let entity = Entity::new(format!("{i}"), name, EntityKind::ALL[i % EntityKind::ALL.len()]);
        if Catalog::builder().add(entity.clone()).is_ok() {
            entities.push(entity);
        }
    }
    let Ok(whole) = of(&entities) else { return };
    // The same entities as changes to a catalog of half of them and one more.
    let gone = Entity::new("gone", names.lines().next().unwrap_or("x"), EntityKind::Other);
    let half: Vec<Entity> = entities[..entities.len() / 2]
        .iter()
        .cloned()
        .chain(Catalog::builder().add(gone.clone()).is_ok().then_some(gone))
        .collect();
    let removed: &[&str] = if half.len() > entities.len() / 2 { &["gone"] } else { &[] };
    let mut rest = Catalog::builder();
    for entity in &entities[entities.len() / 2..] {
        rest.add(entity.clone()).expect("it was accepted above");
    }
    let changed = of(&half).and_then(|half| half.with_changes(rest, removed)).expect("the ids differ");
    let fuzzy = whole.with_fuzzy(&EntityKind::ALL);
    for options in all_options() {
        let found = whole.find_with(text, &options);
        let (misspelt, exact): (Vec<_>, Vec<_>) =
            fuzzy.find_with(text, &options).into_iter().partition(|found| found.found == Found::Fuzzy);
        assert_eq!(seen(&whole, &found), seen(&fuzzy, &exact), "misspelt names displace none");
        assert!(misspelt.iter().all(|found| fuzzy.matched_name(found).is_some()));
        assert!(misspelt.iter().all(|found| text.get(found.span.byte_span()).is_some()));
        assert_eq!(seen(&whole, &found), seen(&changed, &changed.find_with(text, &options)));
        assert_eq!(found, whole.find_iter(text, &options).collect::<Vec<_>>());
        let Ok(mut stream) = whole.stream(&options) else { continue };
        let mut places: Vec<StreamMatch> = Vec::new();
        for piece in text.as_bytes().chunks(1 + text.len() / 3) {
            places.extend(stream.push(piece).expect("it is UTF-8"));
        }
        places.extend(stream.finish().expect("it is UTF-8"));
        let spans = places.iter().map(|place| place.byte_span.start as usize..place.byte_span.end as usize);
        assert!(spans.eq(found.iter().map(|found| found.span.byte_span())));
    }
}

fn of(entities: &[Entity]) -> Result<Catalog, nutgraf::Error> {
    let mut builder = Catalog::builder();
    for entity in entities {
        builder.add(entity.clone())?;
    }
    builder.build()
}

fn seen(catalog: &Catalog, found: &[CatalogMatch]) -> Vec<String> {
    let see = |found: &CatalogMatch| {
        let owners = (catalog.entity_indices(found), catalog.candidates(found), catalog.matched_name(found));
        format!("{:?} {:?} {} {owners:?}", found.span, found.found, found.weak)
    };
    found.iter().map(see).collect()
}

/// JSON lines of documents: all that is read is digested, and the result can be written and read.
pub(crate) fn documents(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Ok(documents) = Document::from_jsonl(text) {
        digest(&documents[..documents.len().min(8)]);
    }
}

/// Any text as a web page.
pub(crate) fn pages(data: &[u8]) {
    let Ok(html) = std::str::from_utf8(data) else { return };
    digest(&[Document::from_html(html)]);
}

fn digest(documents: &[Document]) {
    static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::new);
    for document in documents {
        let Ok(matches) = ENGINE.match_entities(document) else { continue };
        for mention in &matches.mentions {
            assert_eq!(document.text().get(mention.span.byte_span()), Some(mention.text.as_str()));
        }
    }
    if let Ok(digest) = ENGINE.digest(documents, &DigestOptions::new()) {
        let json = digest.to_json();
        assert_eq!(Digest::from_json(&json).expect("it was written as JSON").to_json(), json);
    }
}
