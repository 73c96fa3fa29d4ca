use super::*;
use proptest::prelude::*;

fn catalog(rows: &[(&str, &[&str])]) -> Catalog {
    let mut builder = Catalog::builder();
    for (i, (name, aliases)) in rows.iter().enumerate() {
        let mut entity = Entity::new(format!("{i}"), *name, EntityKind::Other);
        entity.aliases = aliases.iter().map(|alias| (*alias).to_owned()).collect();
        builder.add(entity).unwrap();
    }
    builder.build().unwrap()
}

fn surfaces<'t>(catalog: &Catalog, text: &'t str) -> Vec<&'t str> {
    catalog.find(text).iter().map(|found| &text[found.span.byte_span()]).collect()
}

#[test]
fn names_match_across_line_breaks_hyphens_and_apostrophes() {
    let names = catalog(&[
        ("Vladimir Putin", &[]),
        ("Jean-Claude Juncker", &[]),
        ("Conor O'Brien", &[]),
        ("AT&T", &[]),
        ("St. Petersburg", &[]),
        ("Meta Platforms, Inc.", &[]),
    ]);
    let text = "Vladimir\nPutin, Jean-Claude\u{a0}Juncker, Conor O’Brien, AT & T, St Petersburg, Meta Platforms Inc. said";
    assert_eq!(
        surfaces(&names, text),
        [
            "Vladimir\nPutin",
            "Jean-Claude\u{a0}Juncker",
            "Conor O’Brien",
            "AT & T",
            "St Petersburg",
            "Meta Platforms Inc."
        ]
    );
    assert_eq!(surfaces(&names, "Vladimir\n\nPutin. Vladimir. Putin"), Vec::<&str>::new());
}

#[test]
fn short_and_capital_names_keep_their_case() {
    let names = catalog(&[("US", &["U.S."]), ("WHO", &[]), ("NATO", &[]), ("Apple", &[]), ("iPhone", &[])]);
    let text =
        "Who told us that US apple growers and Apple, said Nato, eat in the U.S.?\nThe WHO has an IPHONE";
    assert_eq!(surfaces(&names, text), ["US", "Apple", "Nato", "U.S.", "WHO", "IPHONE"]);
    assert_eq!(surfaces(&names, "apple pie\nApple pie"), ["apple", "Apple"], "a line without capitals");
}

#[test]
fn possessives_are_not_part_of_the_span() {
    let names = catalog(&[
        ("Trump", &[]),
        ("Boris Putin", &[]),
        ("McDonald's", &[]),
        ("William", &[]),
        ("Williams", &[]),
    ]);
    assert_eq!(surfaces(&names, "Trump’s plan"), ["Trump"]);
    assert_eq!(surfaces(&names, "TRUMP'S plan"), ["TRUMP"]);
    assert_eq!(surfaces(&names, "Trumps plan"), Vec::<&str>::new(), "weak, and nothing supports it");
    assert_eq!(surfaces(&names, "Trumps plan. Trump said"), ["Trumps", "Trump"]);
    assert_eq!(surfaces(&names, "Boris Putins war"), ["Boris Putins"]);
    assert_eq!(surfaces(&names, "McDonald’s burgers at McDonalds"), ["McDonald’s", "McDonalds"]);
    let text = "Serena Williams said";
    let found = names.find(text);
    assert_eq!(names.candidates(&found[0])[0].name, "Williams");
}

#[test]
fn shared_names_yield_every_owner() {
    let names = Catalog::from_jsonl_str(
        r#"{"id":"a","name":"Paris","kind":"place","weight":3}
{"id":"b","name":"Paris Hilton","kind":"PER","aliases":["Paris"],"born":1981}"#,
    )
    .unwrap();
    let found = names.find("Paris met Paris Hilton.");
    assert_eq!(found.len(), 2);
    let candidates = names.candidates(&found[0]);
    assert_eq!(
        candidates.iter().map(|c| (c.catalog_id.as_str(), c.weight)).collect::<Vec<_>>(),
        [("a", 0.75), ("b", 0.25)]
    );
    assert_eq!(names.entity(1).unwrap().attributes["born"], "1981");
    let places = FindOptions::new().kinds(&[EntityKind::Place]);
    assert_eq!(names.find_with("Paris met Paris Hilton.", &places).len(), 2);
    let all = FindOptions::new().overlap(Overlap::All);
    assert_eq!(names.find_with("Paris met Paris Hilton.", &all).len(), 3);
}

#[test]
fn patterns_and_ftm_entities_become_catalogs() {
    let ruler = r#"{"label":"ORG","pattern":"Apple","id":"apple"}
{"label":"ORG","pattern":[{"LOWER":"apple"},{"LOWER":"inc"}],"id":"apple"}
{"label":"GPE","pattern":[{"TEXT":"San"},{"ORTH":"Francisco"}]}"#;
    let catalog = Catalog::from_source(ruler, CatalogFormat::EntityRuler).unwrap();
    assert_eq!(catalog.len(), 2);
    assert_eq!(surfaces(&catalog, "Apple Inc. of San Francisco"), ["Apple Inc", "San Francisco"]);
    let error =
        Catalog::from_source(r#"{"label":"X","pattern":[{"POS":"NOUN"}]}"#, CatalogFormat::EntityRuler)
            .unwrap_err();
    assert!(error.to_string().starts_with("catalog line 1: has a token pattern"), "{error}");
    let ftm = r#"{"id":"q1","schema":"Person","caption":"J. Doe","properties":{"name":["John Doe"],"alias":["Johnny Doe"],"weakAlias":["Doe"],"country":["us"]}}"#;
    let catalog = Catalog::from_source(ftm, CatalogFormat::FollowTheMoney).unwrap();
    let entity = catalog.entity(0).unwrap();
    assert_eq!((entity.kind, entity.attributes["country"].as_str()), (EntityKind::Person, r#"["us"]"#));
    assert_eq!(surfaces(&catalog, "Doe was here."), Vec::<&str>::new());
    assert_eq!(surfaces(&catalog, "Johnny Doe was here. Doe left."), ["Johnny Doe", "Doe"]);
    let error = Catalog::from_source("id,name\n1,Acme\n2\n", CatalogFormat::Csv).unwrap_err();
    assert!(error.to_string().starts_with("catalog line 3:"), "{error}");
}

fn small() -> Catalog {
    Catalog::from_jsonl_str(
        r#"{"id":"a","name":"Paris","kind":"place","weight":3,"description":"a city"}
{"id":"b","name":"Paris Hilton","kind":"person","aliases":["Paris","PARIS"],"weak_aliases":["Hilton"],"born":1981}
{"id":"c","name":"Bank of Å","kind":"organization","aliases":["Bank of A"]}"#,
    )
    .unwrap()
}

/// Reads everything there is to read.
fn exercise(catalog: &Catalog) {
    for found in catalog
        .find_with("Paris Hilton of Paris and the Bank of A", &FindOptions::new().overlap(Overlap::Weight))
    {
        assert!(catalog.candidates(&found).len() < 100);
        catalog.matched_name(&found);
    }
    for entity in 0..4 {
        catalog.entity(entity);
    }
}

#[test]
fn compiled_bytes_read_back_the_same() {
    let catalog = small();
    let bytes = catalog.to_bytes().unwrap();
    assert_eq!(bytes, small().to_bytes().unwrap());
    let read = Catalog::from_bytes(bytes.clone()).unwrap();
    assert_eq!(read.info(), catalog.info());
    assert_eq!(
        (0..3).map(|i| read.entity(i)).collect::<Vec<_>>(),
        (0..3).map(|i| catalog.entity(i)).collect::<Vec<_>>()
    );
    let path = std::env::temp_dir().join(format!("nutgraf-{}-small.catalog", std::process::id()));
    catalog.save(&path).unwrap();
    let opened = Catalog::open(&path).unwrap();
    opened.verify().unwrap();
    assert_eq!(opened.to_bytes().unwrap(), bytes);
    let text = "Paris Hilton left Paris.";
    assert_eq!(opened.find(text), catalog.find(text));
    catalog.save(&path).unwrap();
    exercise(&opened);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(Catalog::open(&path).unwrap_err().kind(), crate::ErrorKind::Io);
}

#[test]
fn files_cut_short_anywhere_are_refused() {
    let bytes = small().to_bytes().unwrap();
    for length in 0..bytes.len() {
        let error = Catalog::from_parts(bytes[..length].to_vec().into()).unwrap_err();
        assert_eq!(error.kind(), crate::ErrorKind::File);
    }
}

#[test]
fn any_flipped_bit_is_harmless_and_found_by_verify() {
    let bytes = small().to_bytes().unwrap();
    for bit in 0..bytes.len() * 8 {
        let mut damaged = bytes.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        if let Ok(catalog) = Catalog::from_parts(damaged.into()) {
            exercise(&catalog);
            assert!(catalog.verify().is_err(), "bit {bit}");
        }
    }
}

#[test]
fn hostile_numbers_with_a_right_checksum_are_harmless() {
    let bytes = small().to_bytes().unwrap();
    for at in (0..bytes.len() - 4).step_by(4) {
        for value in [0, 1, 0x7FFF_FFFF, 0x8000_0000, u32::MAX] {
            let mut hostile = bytes.clone();
            hostile[at..at + 4].copy_from_slice(&value.to_le_bytes());
            let sum = file::checksum(&hostile);
            hostile[24..32].copy_from_slice(&sum.to_le_bytes());
            if let Ok(catalog) = Catalog::from_parts(hostile.into()) {
                exercise(&catalog);
                drop(catalog.verify());
            }
        }
    }
}

const PIECES: &[&str] = &[
    "Ann",
    "ann",
    "ANN",
    "Anns",
    "Ann's",
    "Ann’s",
    "Lee",
    "LEE",
    "lee",
    "O'Lee",
    "O’Lee",
    "OLee",
    "U.S.",
    "US",
    "us",
    "u.s",
    "J.",
    "J.K.",
    "é",
    "e\u{301}",
    "ß",
    "ss",
    "İ",
    "ﬁ",
    "fi",
    "北",
    "京",
    "ア",
    "&",
    "and",
    "+",
    "#",
    "3.5",
    "3",
    "5",
    "Bob",
    "Bobs",
    "\u{200d}",
    "👩\u{200d}🚀",
    "\u{301}",
    "ﷺ",
    "\u{ad}",
    "Straße",
    "Longerword",
    "Eightlet",
    "Eightlets",
    "שָׁלוֹם",
    "x",
];
const GAPS: &[&str] = &[
    " ", " ", " ", " ", "-", "\n", "\r\n", "\n\n", ". ", ", ", ".", ",", "/", " - ", "—", "'", "’", "\"",
    " (", ") ", "!", "", "\0", "\t", "\u{a0}", "_", "...", ": ", "–",
];

pub(super) fn phrase(longest: usize) -> impl Strategy<Value = String> {
    prop::collection::vec((prop::sample::select(PIECES), prop::sample::select(GAPS)), 1..=longest)
        .prop_map(|parts| parts.iter().flat_map(|(piece, gap)| [*piece, *gap]).collect())
}

/// A catalog with an entity for each name that has a letter or digit.
fn named(names: &[String]) -> Catalog {
    let mut builder = Catalog::builder();
    for (i, name) in names.iter().enumerate() {
        if name::normalize(name, &mut Vec::new()).is_some() {
            builder.add(Entity::new(format!("{i}"), name.as_str(), EntityKind::Other)).unwrap();
        }
    }
    builder.build().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn index_automaton_and_naive_matcher_agree(
        names in prop::collection::vec(phrase(4), 1..12),
        texts in prop::collection::vec(phrase(60), 1..4),
        case in prop::sample::select(vec![CaseMatching::Smart, CaseMatching::Ignore, CaseMatching::Exact]),
    ) {
        let catalog = named(&names);
        let automaton = automaton::Automaton::new(catalog.view()).unwrap();
        for text in &texts {
            let all = FindOptions::new().case(case).overlap(Overlap::All);
            let fast = search::search(catalog.layers(), text, &all);
            let slow = search::naive::search(catalog.view(), text, case);
            prop_assert_eq!(&fast, &slow, "in {:?}", text);
            prop_assert_eq!(&automaton.search(catalog.view(), text, &all), &slow, "automaton in {:?}", text);
            for weak in [WeakNames::Supported, WeakNames::All, WeakNames::None] {
                for overlap in [Overlap::Longest, Overlap::All, Overlap::Weight] {
                    let options = FindOptions::new().case(case).weak(weak).overlap(overlap);
                    let settled = overlap::settle_all(catalog.layers(), slow.clone(), &options);
                    let settled: Vec<_> = settled.iter().map(super::hit::RawHit::hit).collect();
                    prop_assert_eq!(catalog.hits_with(text, &options), settled, "in {:?}", text);
                }
            }
            for found in catalog.find(text) {
                prop_assert!(text.get(found.span.byte_span()).is_some());
            }
        }
    }

    #[test]
    fn every_name_is_found_in_itself(name in phrase(4)) {
        let mut builder = Catalog::builder();
        if name::normalize(&name, &mut Vec::new()).is_some() {
            builder.add(Entity::new("1", name.as_str(), EntityKind::Other)).unwrap();
            let catalog = builder.build().unwrap();
            let entity = catalog.entity(0).unwrap();
            let all = FindOptions::new().overlap(Overlap::All).case(CaseMatching::Exact);
            let found = catalog.find_with(&entity.name, &all);
            prop_assert!(found.iter().any(|f| f.span.byte_span() == (0..entity.name.len())), "{:?} {:?}", entity.name, found);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_stream_yields_what_the_whole_text_yields(
        names in prop::collection::vec(phrase(3), 1..6),
        text in phrase(80),
        repeat in 1usize..80,
        chunk in 1usize..5000,
        overlap in prop::sample::select(vec![Overlap::Longest, Overlap::All]),
    ) {
        let catalog = named(&names);
        let text = text.repeat(repeat);
        let options = FindOptions::new().overlap(overlap).weak(WeakNames::All);
        let whole: Vec<_> = catalog
            .find_with(&text, &options)
            .iter()
            .map(|f| (f.span.byte_span(), f.span.char_span(), f.found, f.names))
            .collect();
        let mut streamed = Vec::new();
        let reader = Dripping { rest: text.as_bytes(), chunk };
        catalog
            .find_in_reader(reader, &options, |place| {
                let range = |span: &std::ops::Range<u64>| span.start as usize..span.end as usize;
                streamed.push((range(&place.byte_span), range(&place.char_span), place.found.found, place.found.names));
            })
            .unwrap();
        prop_assert_eq!(streamed, whole);
        let mut stream = catalog.stream(&options).unwrap();
        for _ in 0..2 {
            let mut pushed = stream.push(&text.as_bytes()[..text.len() / 3]).unwrap();
            pushed.extend(stream.push(&text.as_bytes()[text.len() / 3..]).unwrap());
            pushed.extend(stream.finish().unwrap());
            let spans = pushed.iter().map(|place| (place.byte_span.start as usize, place.text.as_str()));
            let expected = catalog.find_with(&text, &options);
            let expected = expected.iter().map(|f| (f.span.byte_span().start, &text[f.span.byte_span()]));
            prop_assert!(spans.eq(expected));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn an_iterator_yields_what_the_whole_text_yields(
        names in prop::collection::vec(phrase(3), 1..6),
        text in phrase(60),
        repeat in 1usize..30,
        case in prop::sample::select(vec![CaseMatching::Smart, CaseMatching::Ignore, CaseMatching::Exact]),
    ) {
        let catalog = named(&names);
        let text = text.repeat(repeat);
        for weak in [WeakNames::Supported, WeakNames::All, WeakNames::None] {
            for overlap in [Overlap::Longest, Overlap::All, Overlap::Weight] {
                let options = FindOptions::new().case(case).weak(weak).overlap(overlap);
                let one_by_one: Vec<CatalogMatch> = catalog.find_iter(&text, &options).collect();
                prop_assert_eq!(one_by_one, catalog.find_with(&text, &options), "in {:?}", text);
            }
        }
    }
}

/// Gives its bytes in small pieces.
struct Dripping<'b> {
    rest: &'b [u8],
    chunk: usize,
}

impl std::io::Read for Dripping<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.chunk.min(self.rest.len()).min(buffer.len());
        buffer[..count].copy_from_slice(&self.rest[..count]);
        self.rest = &self.rest[count..];
        Ok(count)
    }
}

#[test]
fn dictionaries_become_catalogs() {
    let json = r#"{"product management": ["PM", "product manager"], "java": "java_2e", "PM": ["Ann"]}"#;
    let catalog = Catalog::from_source(json, CatalogFormat::Dictionary).unwrap();
    let entity = catalog.entity(0).unwrap();
    assert_eq!((entity.id.as_str(), entity.name.as_str()), ("product management", "product management"));
    let found = catalog.find("The PM likes java_2e.");
    let owners: Vec<_> = found.iter().map(|f| catalog.candidates(f)).collect();
    assert_eq!(owners[0].iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["product management", "PM"]);
    assert_eq!(owners[1][0].name, "java");
    let lines = "java_2e=>java\n\nJ2EE => java\nproduct manager";
    let catalog = Catalog::from_source(lines, CatalogFormat::Dictionary).unwrap();
    assert_eq!(
        (catalog.len(), catalog.entity(0).unwrap().aliases),
        (2, vec!["java_2e".to_owned(), "J2EE".to_owned()])
    );
    for (wrong, message) in [
        ("a=>b\n-=>c", "catalog line 2: entity \"c\" has an empty name (aliases[0])"),
        ("{\"-\": []}", "catalog: entity \"-\" has an empty name (name)"),
        ("java=>", "catalog line 1: has an empty side; accepted is a JSON object"),
        ("{\"a\": [1]}", "catalog line 1: an alias of \"a\" is not text"),
        ("{\"a\":\n 3}", "catalog line 2: \"a\" has no list of aliases"),
        ("{\"a\": []", "catalog line 1: EOF while parsing"),
    ] {
        let error = Catalog::from_source(wrong, CatalogFormat::Dictionary).unwrap_err();
        assert!(error.to_string().starts_with(message), "{error}");
    }
}

#[cfg(feature = "skos")]
#[test]
fn vocabularies_become_catalogs() {
    let turtle = r#"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ex: <https://example.org/> .
ex:scheme a skos:ConceptScheme ; skos:prefLabel "All" .
ex:1 a skos:Concept, <https://schema.org/Place> ;
  skos:prefLabel "Brünn"@de, "Brno"@en ; skos:altLabel "Brno City" ; skos:hiddenLabel "Bruno City" ;
  skos:definition "a city"@en ; skos:broader ex:2 ; skos:notation "B1", "B2" .
ex:2 skos:prefLabel "Moravia" ; skos:narrower [ skos:prefLabel "nowhere" ] .
ex:3 skos:altLabel "no name" .
"#;
    let context =
        r#""@context": {"skos": "http://www.w3.org/2004/02/skos/core#", "ex": "https://example.org/"}"#;
    let json = format!(
        r#"{{{context}, "@graph": [
 {{"@id": "ex:1", "@type": ["skos:Concept", "https://schema.org/Place"],
   "skos:prefLabel": [{{"@value": "Brünn", "@language": "de"}}, {{"@value": "Brno", "@language": "en"}}],
   "skos:altLabel": "Brno City", "skos:hiddenLabel": "Bruno City",
   "skos:definition": {{"@value": "a city", "@language": "en"}}, "skos:broader": {{"@id": "ex:2"}},
   "skos:notation": ["B1", "B2"]}},
 {{"@id": "ex:2", "skos:prefLabel": "Moravia"}}]}}"#
    );
    for source in [turtle, &json] {
        let catalog = Catalog::from_source(source, CatalogFormat::Skos).unwrap();
        assert_eq!(catalog.len(), 2);
        let entity = catalog.entity(0).unwrap();
        assert_eq!((entity.id.as_str(), entity.name.as_str()), ("https://example.org/1", "Brno"));
        assert_eq!((entity.kind, entity.description.as_str()), (EntityKind::Place, "a city"));
        assert_eq!(entity.aliases, ["Brünn", "Brno City", "Bruno City"]);
        assert_eq!(entity.attributes["notation"], r#"["B1","B2"]"#);
        assert_eq!(entity.attributes["broader"], r#"["https://example.org/2"]"#);
        assert_eq!(surfaces(&catalog, "From Bruno City in Moravia"), ["Bruno City", "Moravia"]);
    }
    let error = Catalog::from_source("\n<a> <b> .", CatalogFormat::Skos).unwrap_err();
    assert!(error.to_string().starts_with("catalog line 2: "), "{error}");
    let error =
        Catalog::from_source("{\"@context\": \"https://example.org/c\", \"a\": 1}", CatalogFormat::Skos);
    assert!(error.unwrap_err().to_string().contains("accepted is JSON-LD with its context inside"));
}
