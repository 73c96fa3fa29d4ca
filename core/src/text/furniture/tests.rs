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
