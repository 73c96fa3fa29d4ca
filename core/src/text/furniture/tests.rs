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
