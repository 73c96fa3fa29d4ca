//! Lines that stand in several documents.
//!
//! In: the documents of one call. Out: further furniture: what an outlet prints on all its pages. Copies of one
//! article are told apart from pages of one outlet by the share of their lines that they have in common.

use super::FurnitureKind;
use super::line::hash_from;
use crate::Document;
use crate::text::{Analysis, FurnitureMark, Region};

/// Two documents that share this part of their kept lines (1/2) are copies of one article; they prove nothing.
const COPY: usize = 2;
/// Lines of this many words stay.
const LONG: usize = 30;
/// Documents without a named source in which a line must stand.
const UNNAMED: usize = 3;
/// Pairs of documents compared for one line; more prove no more.
const PAIRS: usize = 32;

/// Marks the lines that repeat across two documents of one source, or across three without a named source.
///
/// Only lines at the edge of a page go: those with nothing but furniture above them, or below them.
pub(crate) fn mark_repeated(analyses: &mut [Analysis], documents: &[Document]) {
    if analyses.len() < 2 {
        return;
    }
    // (line hash, document, line), each line of a document once.
    let mut places: Vec<(u64, u32, u32)> = Vec::new();
    for (d, analysis) in analyses.iter().enumerate() {
        let first = places.len();
        for (l, line) in analysis.lines.iter().enumerate() {
            if line.region != Region::Furniture && line.tokens.len() < 3 * LONG {
                places.push((hash_from(analysis, line, 0), d as u32, l as u32));
            }
        }
        places[first..].sort_unstable();
    }
    places.sort_unstable();
    let runs: Vec<&[(u64, u32, u32)]> =
        places.chunk_by(|a, b| a.0 == b.0).filter(|run| run[0].1 != run[run.len() - 1].1).collect();
    let mut common: Vec<(u32, u32)> = runs.iter().flat_map(|run| neighbours(run)).collect();
    common.sort_unstable();
    let copies = |a: u32, b: u32| {
        let from = common.partition_point(|pair| *pair < (a, b));
        let together = common[from..].iter().take_while(|pair| **pair == (a, b)).count();
        let least =
            |d: u32| analyses[d as usize].lines.iter().filter(|l| l.region != Region::Furniture).count();
        together * COPY >= least(a).min(least(b)) && together > 1
    };
    let mut repeated: Vec<Vec<u32>> = vec![Vec::new(); analyses.len()];
    for run in runs {
        let (mut of_one_source, mut any) = (false, 0);
        for (a, b) in neighbours(run).filter(|&(a, b)| !copies(a, b)) {
            let (a, b) = (documents[a as usize].source(), documents[b as usize].source());
            of_one_source |= a.is_some() && a == b;
            any += usize::from(a.is_none() || b.is_none());
        }
        if of_one_source || any + 1 >= UNNAMED {
            for &(_, d, l) in run {
                repeated[d as usize].push(l);
            }
        }
    }
    for (analysis, mut lines) in analyses.iter_mut().zip(repeated) {
        lines.sort_unstable();
        drop_edges(analysis, &lines);
    }
}

/// The pairs of documents that follow each other in the list of a line's places.
fn neighbours(run: &[(u64, u32, u32)]) -> impl Iterator<Item = (u32, u32)> {
    run.windows(2).take(PAIRS).map(|pair| (pair[0].1, pair[1].1)).filter(|(a, b)| a != b)
}

/// Drops the repeated lines that stand at the edge of the page.
fn drop_edges(analysis: &mut Analysis, repeated: &[u32]) {
    let count = analysis.lines.len();
    let mut dropped = Vec::new();
    for upward in [false, true] {
        for step in 0..count {
            let l = if upward { count - 1 - step } else { step };
            let is_repeated = repeated.binary_search(&(l as u32)).is_ok();
            let line = &mut analysis.lines[l];
            let words = line.tokens.len();
            if is_repeated && line.region != Region::Furniture && words < LONG {
                line.region = Region::Furniture;
                dropped.push(l as u32);
            } else if !matches!(line.region, Region::Furniture | Region::Title) {
                break;
            }
        }
    }
    if dropped.is_empty() {
        return;
    }
    dropped.sort_unstable();
    for &l in &dropped {
        let line = &analysis.lines[l as usize];
        let reason = "stands in several documents of the source".to_owned();
        analysis.furniture.push(FurnitureMark { span: line.span, kind: FurnitureKind::Repeated, reason });
        if analysis.title == Some(line.span) {
            analysis.title = None;
        }
    }
    analysis.furniture.sort_by_key(|mark| mark.span.start);
    if analysis.title.is_none()
        && let Some(line) = analysis.lines.iter_mut().find(|line| line.region != Region::Furniture)
        && line.region == Region::Heading
    {
        // What was taken for the headline was the outlet's name; the next heading is the headline.
        line.region = Region::Title;
        analysis.title = Some(line.span);
    }
    for sentence in &mut analysis.sentences {
        sentence.region = analysis.lines[sentence.line as usize].region;
    }
}
