//! The jobs on the sample story of `seeds/`, one group a job, throughput in bytes of text.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use nutgraf::{Catalog, DigestOptions, Document, Engine, SummaryOptions};
use std::hint::black_box;
use std::path::Path;

/// The articles of the sample story, in the order of their names.
fn story() -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds/story");
    let entries = std::fs::read_dir(&folder).expect("the sample story lies in seeds/story");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    paths
        .iter()
        .map(|path| Document::new(std::fs::read_to_string(path).expect("a readable article")))
        .collect()
}

/// One article as long as `words`, made of the story's paragraphs over and over.
fn article(story: &[Document], words: usize) -> Document {
    let mut lines = story.iter().flat_map(|document| document.text().lines()).cycle();
    let (mut text, mut count) = (String::new(), 0);
    while count < words {
        let line = lines.next().expect("the story has lines");
        count += line.split_whitespace().count();
        text.push_str(line);
        text.push('\n');
    }
    Document::new(text)
}

fn jobs(criterion: &mut Criterion) {
    let story = story();
    let engine = Engine::with_catalog(Catalog::world());
    let sizes = [600, 6_000, 100_000];

    let mut group = criterion.benchmark_group("summarize");
    for words in sizes {
        let document = article(&story, words);
        group.throughput(Throughput::Bytes(document.text().len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(words), &document, |b, document| {
            let options = SummaryOptions::new();
            b.iter(|| engine.summarize(black_box(document), &options).expect("the sample is accepted"));
        });
    }
    group.finish();

    let mut group = criterion.benchmark_group("match_entities");
    for words in &sizes[..2] {
        let document = article(&story, *words);
        group.throughput(Throughput::Bytes(document.text().len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(words), &document, |b, document| {
            b.iter(|| engine.match_entities(black_box(document)).expect("the sample is accepted"));
        });
    }
    group.finish();

    let mut group = criterion.benchmark_group("find");
    let document = article(&story, 60_000);
    let catalog = Catalog::world();
    group.throughput(Throughput::Bytes(document.text().len() as u64));
    group.bench_function("world", |b| b.iter(|| catalog.find(black_box(document.text()))));
    group.finish();

    let mut group = criterion.benchmark_group("digest");
    group.throughput(Throughput::Bytes(story.iter().map(|d| d.text().len() as u64).sum()));
    group.bench_function("sample story", |b| {
        let options = DigestOptions::new();
        b.iter(|| engine.digest(black_box(&story), &options).expect("the sample is accepted"));
    });
    group.finish();
}

criterion_group!(benches, jobs);
criterion_main!(benches);
