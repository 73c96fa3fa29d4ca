use super::*;
use crate::Document;

fn regions(text: &str) -> Vec<(String, Region)> {
    let analysis = Analysis::new(&Document::new(text));
    analysis.lines.iter().map(|line| (line.span.slice(&analysis.text).to_string(), line.region)).collect()
}

#[test]
fn texts_without_furniture_lose_nothing() {
    let texts = [
        "mayor opens bridge",
        "MAYOR OPENS BRIDGE OVER RIVER AFTER TEN YEARS",
        "- flour\n- water\n- salt",
        "The road was long\nand I was young\nthe river sang\nmy only song",
        "The mayor opened the bridge on Monday, ten years after the first plan was drawn up.",
        "",
        "\n\n   \n",
        "Next\nMore\nHome",
    ];
    for text in texts {
        assert!(regions(text).iter().all(|(_, region)| *region == Region::Body), "{text:?}");
    }
}

fn story(n: usize) -> Document {
    let body = format!(
        "Daily Courier of the Valley\nCouncil votes on plan {n}\n\nThe council of town {n} voted on Monday to build \
         a bridge over the river.\n\nThe plan for bridge {n} had been debated for more than {n} years in the town.\n\n\
         Work on bridge {n} begins in spring, and the mayor of town {n} expects it to last two years.\n\n\
         Reader offers and competitions of the week are on page two.\n"
    );
    Document::new(body).with_source("Courier")
}

fn repeated(analysis: &Analysis) -> Vec<&str> {
    let marks = analysis.furniture.iter().filter(|mark| mark.kind == FurnitureKind::Repeated);
    marks.map(|mark| mark.span.slice(&analysis.text)).collect()
}

#[test]
fn lines_on_all_pages_of_a_source_are_furniture() {
    let documents = [story(3), story(4)];
    let mut analyses: Vec<Analysis> = documents.iter().map(Analysis::new).collect();
    mark_repeated(&mut analyses, &documents);
    for (n, analysis) in analyses.iter().enumerate() {
        assert_eq!(repeated(analysis), ["Reader offers and competitions of the week are on page two."]);
        assert!(
            analysis
                .sentences
                .iter()
                .all(|s| !s.span.slice(&analysis.text).contains("Reader") || s.region == Region::Furniture)
        );
        let title = analysis.title.map(|span| span.slice(&analysis.text).to_string());
        assert_eq!(title, Some(format!("Council votes on plan {}", n + 3)));
    }
}

#[test]
fn copies_of_one_article_prove_nothing() {
    let documents = [story(3), story(3), story(3)];
    let mut analyses: Vec<Analysis> = documents.iter().map(Analysis::new).collect();
    mark_repeated(&mut analyses, &documents);
    assert!(analyses.iter().all(|analysis| repeated(analysis).is_empty()));
}

#[test]
fn pages_of_different_sources_prove_nothing() {
    let documents = [story(3), story(4).with_source("Herald")];
    let mut analyses: Vec<Analysis> = documents.iter().map(Analysis::new).collect();
    mark_repeated(&mut analyses, &documents);
    assert!(analyses.iter().all(|analysis| repeated(analysis).is_empty()));
}

#[test]
fn a_stamp_glued_to_the_first_sentence_is_cut_off() {
    let news = "Fifteen rowers crossed the cold lake of Vedra in a little under nine hours on Sunday, the club said.";
    let stamps = [
        "By Ann Other PUBLISHED: 07:12 EST, 3 July 2013 | UPDATED: 08:11 EST, 4 July 2013",
        "By Jo Bloggs and Ann Other in Vedra Published: 3 July 2013.",
        "Updated: 11:32 PM on 5th May 2011",
    ];
    for stamp in stamps {
        let analysis = Analysis::new(&Document::new(format!("{stamp} {news} It was the first time.")));
        assert!(regions(&format!("{stamp} {news}"))[0].1 == Region::Body);
        let marks: Vec<&str> =
            analysis.furniture.iter().map(|mark| mark.span.slice(&analysis.text)).collect();
        assert_eq!(marks, [stamp]);
        let body = analysis.sentences.iter().filter(|sentence| sentence.region == Region::Body);
        let body: Vec<&str> = body.map(|sentence| sentence.span.slice(&analysis.text)).collect();
        assert_eq!(body, [news, "It was the first time."]);
    }
}

#[test]
fn dates_in_a_sentence_are_no_stamp() {
    for text in [
        "By Monday 5 July 2013 the water had gone from all the streets of the old town, the mayor said.",
        "By Jane Doe's account, published: 2013 and 2014, both in small numbers, the town was built on sand.",
    ] {
        let analysis = Analysis::new(&Document::new(text));
        assert!(analysis.furniture.is_empty() && analysis.sentences.len() == 1, "{text}");
    }
}

/// The lines of a text that are taken for furniture.
fn dropped(text: &str) -> Vec<String> {
    let lines = regions(text).into_iter();
    lines.filter(|(_, region)| *region == Region::Furniture).map(|(line, _)| line).collect()
}

const FIRST: &str = "The ferry between the two islands ran aground in thick fog early on Sunday morning.";
const SECOND: &str =
    "All passengers were taken off by lifeboats, and a tug will try to free the ship at noon.";

#[test]
fn reports_about_notices_are_no_notices() {
    let lines = [
        "\"Subscribe to our newsletter, we wrote on page one, and six hundred did,\" the editor said.",
        "The firm had argued that its privacy policy and terms of service made it the owner of the pictures.",
        "All rights reserved by the owner of the machine were void, the court said.",
        "Share it with somebody you like.",
        "More in the south than in the north.",
        "He was trending on Twitter for most of the day, to his own surprise.",
    ];
    for line in lines {
        assert!(dropped(&format!("{FIRST}\n\n{line}\n\n{SECOND}")).is_empty(), "{line}");
    }
    for line in ["This site uses cookies.", "Share it with your friends", "Sign up for our newsletter."] {
        assert_eq!(dropped(&format!("{FIRST}\n\n{line}\n\n{SECOND}")), [line]);
    }
}

#[test]
fn captions_are_known_by_their_credits_and_labels() {
    let captions = [
        "The ferry on the sandbank on Sunday. The company, which owns six ships, named a new captain on Tuesday, after \
         weeks in which one of them after the other had lain in the harbour for repairs. (Photo by Ann OTHER / Agency)",
        "Passengers wait on the mole in the fog [Ann Other/Agency]",
        "The ferry before it ran aground. (Image: Coast Guard)",
        "Stranded: The ferry on the sandbank off the western mole",
        "The captain (left) and the mate on the bridge of the ferry",
    ];
    for caption in captions {
        assert_eq!(dropped(&format!("{FIRST}\n\n{caption}\n\n{SECOND}")), [caption]);
    }
    for line in [
        "The captain blamed the light on the mole, which the harbour office says was burning. (AP)",
        "Six of the passengers (all of them sailors) said that they had seen it.",
        "Wind: northerly, with gusts of up to sixty kilometres an hour on the coast.",
    ] {
        assert!(dropped(&format!("{FIRST}\n\n{line}\n\n{SECOND}")).is_empty(), "{line}");
    }
}

#[test]
fn stamps_beside_names_are_bylines() {
    for line in ["Vedra | Updated: March 3, 2021 8:19:44 am", "Feb 14, 2015 10:43 AM by Ann Other"] {
        assert_eq!(dropped(&format!("Ferry runs aground off Vedra\n{line}\n\n{FIRST}\n\n{SECOND}")), [line]);
    }
    for line in ["\"When?\"", "Friday.", "Just now!"] {
        assert!(dropped(&format!("{FIRST}\n\n{line}\n\n{SECOND}")).is_empty(), "{line}");
    }
}

#[test]
fn teasers_and_authors_below_the_article_are_furniture() {
    let page = format!(
        "Ferry runs aground off Vedra\nBy Ann Other\n\n{FIRST}\n\n{SECOND}\n\n{FIRST}\n\nAnn Other is a reporter who \
         writes about ships, harbours and the people who live on either side of them.\nThe island school has asked \
         in vain for a second teacher since…\nFormer keeper Jo Bloggs has told the paper why he sold his…\n"
    );
    let found = dropped(&page);
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found[1].starts_with("Ann Other is") && found[3].ends_with("sold his…"));
}

#[test]
fn short_lines_of_an_article_stay() {
    let pages = [
        // A list longer than any gap, between two paragraphs.
        format!(
            "{FIRST}\n\nOn board\n12 sheep\n3 goats\n1 piano\n40 crates of tea\na bell\ntwo bells\n\n{SECOND}"
        ),
        // Questions and answers after the last long paragraph.
        format!(
            "{FIRST}\n{SECOND}\nWho pays?\nThe company.\nOwners who:\n- live on the island\n- own a boat\nSure?\nAlmost."
        ),
        // A conversation before the first long paragraph.
        format!(
            "Talk with the captain\nHost: Good morning.\nCaptain: Morning.\nHost: Was it foggy?\n{FIRST}\n{SECOND}"
        ),
        // Results.
        format!(
            "Results of the island league\n\nVedra 3, Hollen 1\n\n{FIRST}\n\nTamsel 0, Marl 0\n\n{SECOND}"
        ),
    ];
    for page in pages {
        assert_eq!(dropped(&page), Vec::<String>::new(), "{page}");
    }
}

#[test]
fn lines_between_headline_and_article_say_what_they_are_by_their_neighbours() {
    let page = format!(
        "Ferry runs aground off the island of Vedra\nAnn Other | 3 May 2021 07:10\nThe ferry on the sandbank\n\
         Photo: Jo Bloggs/Agency\n\n{FIRST}\n\n{SECOND}\n\nRelated coverage:\nHarbour gets a second light\n\nAnn Other\n"
    );
    let analysis = Analysis::new(&Document::new(page.as_str()));
    let title = analysis.title.map(|span| span.slice(&analysis.text).to_string());
    assert_eq!(title.as_deref(), Some("Ferry runs aground off the island of Vedra"));
    assert_eq!(
        dropped(&page),
        [
            "Ann Other | 3 May 2021 07:10",
            "The ferry on the sandbank",
            "Photo: Jo Bloggs/Agency",
            "Related coverage:",
            "Harbour gets a second light",
            "Ann Other",
        ]
    );
}

/// What is marked, lines and parts of lines.
fn marked(text: &str) -> Vec<String> {
    let analysis = Analysis::new(&Document::new(text));
    analysis.furniture.iter().map(|mark| mark.span.slice(&analysis.text).to_string()).collect()
}

#[test]
fn notices_between_the_sentences_of_a_line_are_furniture() {
    let page = format!(
        "{FIRST} READ MORE: How ferries find their way . Opinion: Who needs an island? {SECOND} The Courier's Ann Other reported \
         from Vedra, and Jo Bloggs wrote this story from Tamsel. Ann Other and Kim Roe contributed to this report. \
         Copyright 2021 The Courier. All rights reserved."
    );
    let expected = [
        "READ MORE: How ferries find their way .",
        "Opinion: Who needs an island?",
        "The Courier's Ann Other reported from Vedra, and Jo Bloggs wrote this story from Tamsel.",
        "Ann Other and Kim Roe contributed to this report.",
        "Copyright 2021 The Courier.",
        "All rights reserved.",
    ];
    assert_eq!(marked(&page), expected);
    // What is told of credits and of opinions stays.
    let told = format!(
        "{FIRST} She reported from Vedra for ten years, and the prize went to Ann Other. His opinion: who needs an island? Cholera \
         is reported from Vedra and Tamsel. {SECOND}"
    );
    assert_eq!(marked(&told), Vec::<String>::new());
}
