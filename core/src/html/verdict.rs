//! What the structure of a page says about its lines.
//!
//! In: the lines and containers of a page. Out: the headline, and a [`Part`] for each line whose element tells what it is.
//! A container is believed only where that leaves an article: a form or a hidden element around the whole page is not
//! furniture.

use super::line::Line;
use super::meta::drawn_together;
use super::read::Page;
use super::role::Role;
use crate::document::{Part, PartKind};
use crate::span::ByteSpan;
use crate::text::word::hash_bytes;
use std::collections::BTreeSet;

/// What was decided about a page.
#[derive(Debug)]
pub(super) struct Verdict {
    pub(super) title: Option<String>,
    pub(super) parts: Vec<Part>,
}

/// Words of a sentence from which a line is running text.
const RUNNING: usize = 10;
/// Words of running text that must be left when all containers are believed, and the part (1/6) of all running text.
const LEFT: usize = 60;
const LEFT_PART: usize = 6;
/// The part of the running text (3/5) that an element must hold to be the article.
const ARTICLE: (usize, usize) = (3, 5);
/// Lines of nothing but links that make a list of links.
const LINKS: usize = 3;
/// Words of a line that is a link and no label.
const LINK_WORDS: usize = 4;
/// Share of common words from which the first heading is the headline that the page's head gives.
const ALIKE: f64 = 0.4;
/// Words beside the author's name in a byline.
const BYLINE: usize = 10;

/// A line with what is counted in it.
struct Facts<'a> {
    line: &'a Line,
    text: &'a str,
    words: usize,
    is_final: bool,
    is_link: bool,
    /// Its words when it is running text, else 0.
    running: usize,
}

pub(super) fn judge(page: &Page) -> Verdict {
    let facts: Vec<Facts> = page.lines.iter().map(|line| Facts::of(page, line)).collect();
    let (title, headline) = title(page, &facts);
    let furniture = furniture(page, &facts, headline);
    let is_furniture = |line: &Line| furniture[line.container as usize].is_some();
    let article = article(page, &facts, is_furniture);
    let links = links(&facts, headline, is_furniture);
    let inside = |line: &Line| article.as_ref().is_some_and(|within| within[line.container as usize]);
    let first = facts.iter().position(|found| inside(found.line)).unwrap_or(0);
    let last = facts.iter().rposition(|found| inside(found.line)).unwrap_or(facts.len());
    let top = headline.map_or(first, |headline| headline.min(first));
    let author = page.meta.author.as_deref().unwrap_or("");
    let mut parts = Vec::new();
    for (number, found) in facts.iter().enumerate() {
        let line = found.line;
        let body = inside(line);
        let (kind, reason) = if headline == Some(number) {
            (PartKind::Title, String::new())
        } else if let Some((kind, reason)) = believed(page, furniture[line.container as usize], found) {
            (kind, reason)
        } else if !author.is_empty() && found.text.contains(author) && found.words <= words(author) + BYLINE {
            (PartKind::Byline, "names the author whom the page gives".to_owned())
        } else if let Some(reason) = links[number] {
            let kind = if number < top { PartKind::Navigation } else { PartKind::RelatedLinks };
            (kind, reason.to_owned())
        } else if article.is_some() && found.running == 0 && (number < top || number > last) {
            (PartKind::Other, "stands outside the article".to_owned())
        } else if line.heading > 0 && (body || article.is_none()) {
            (PartKind::Heading, String::new())
        } else if body && (found.words >= LINK_WORDS || found.is_final) {
            (PartKind::Body, String::new())
        } else {
            continue;
        };
        // What lies further is in a document that no job accepts.
        if line.end <= u32::MAX as usize {
            parts.push(Part { span: ByteSpan::new(line.start, line.end), kind, reason });
        }
    }
    Verdict { title, parts }
}

impl<'a> Facts<'a> {
    fn of(page: &'a Page, line: &'a Line) -> Self {
        let text = &page.text[line.start..line.end];
        let words = words(text);
        let bare = text.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»']);
        let is_final = bare.ends_with(['.', '!', '?', '…', '。']);
        let runs = words >= RUNNING && is_final && line.linked * 2 < line.bytes;
        let is_link = line.linked * 10 >= line.bytes * 9;
        Facts { line, text, words, is_final, is_link, running: if runs { words } else { 0 } }
    }
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The headline, and its line when the text has it: the first heading that is most like what the head says, or the only
/// one; without any, what the head says.
fn title(page: &Page, facts: &[Facts]) -> (Option<String>, Option<usize>) {
    let headlines: Vec<String> = page.meta.headlines().collect();
    let sets: Vec<BTreeSet<u64>> = headlines.iter().map(|headline| word_set(headline)).collect();
    let tops = || facts.iter().enumerate().filter(|(_, found)| found.line.heading == 1);
    let mut best: Option<(f64, usize)> = None;
    for (number, found) in tops() {
        let own = word_set(found.text);
        let like = |set: &BTreeSet<u64>| {
            2.0 * own.intersection(set).count() as f64 / (own.len() + set.len()).max(1) as f64
        };
        let likeness = sets.iter().map(like).fold(0.0, f64::max);
        if best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, number));
        }
    }
    let only = tops().count() == 1;
    let line = best.filter(|&(likeness, number)| {
        likeness >= ALIKE || only && (headlines.is_empty() || facts[number].words > LINK_WORDS)
    });
    let line = line.map(|(_, number)| number).or_else(|| {
        let same = |found: &Facts| headlines.iter().any(|h| h.eq_ignore_ascii_case(found.text));
        facts.iter().position(same)
    });
    let title = line.map(|number| drawn_together(facts[number].text)).or_else(|| headlines.first().cloned());
    (title, line)
}

fn word_set(text: &str) -> BTreeSet<u64> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| hash_bytes(word.to_lowercase().as_bytes())).collect()
}

/// Adds what stands in a container to those around it.
fn with_inner(page: &Page, mut sums: Vec<usize>) -> Vec<usize> {
    for (number, container) in page.containers.iter().enumerate().skip(1).rev() {
        sums[container.parent as usize] += sums[number];
    }
    sums
}

/// For each container the innermost one around it, itself included, that makes its lines furniture.
fn furniture(page: &Page, facts: &[Facts], headline: Option<usize>) -> Vec<Option<u32>> {
    let mut believed: Vec<bool> =
        page.containers.iter().map(|container| matches!(container.role, Role::Aside(_))).collect();
    let mut around = headline.map_or(0, |number| facts[number].line.container);
    while around != 0 {
        believed[around as usize] = false;
        around = page.containers[around as usize].parent;
    }
    let all: usize = facts.iter().map(|found| found.running).sum();
    let weight = |found: &Facts| if all == 0 { found.words } else { found.running };
    let all: usize = facts.iter().map(weight).sum();
    let found = nearest(page, &believed);
    let outside = facts.iter().filter(|line| found[line.line.container as usize].is_none());
    let left: usize = outside.map(weight).sum();
    if left * LEFT_PART >= all && (left >= LEFT || left * 2 >= all) {
        return found;
    }
    let mut sums = vec![0; page.containers.len()];
    facts.iter().for_each(|found| sums[found.line.container as usize] += weight(found));
    for (believed, sum) in believed.iter_mut().zip(with_inner(page, sums)) {
        *believed &= sum * 2 < all;
    }
    nearest(page, &believed)
}

fn nearest(page: &Page, believed: &[bool]) -> Vec<Option<u32>> {
    let mut nearest: Vec<Option<u32>> = Vec::with_capacity(believed.len());
    for (number, container) in page.containers.iter().enumerate() {
        let outer = nearest.get(container.parent as usize).copied().flatten();
        nearest.push(if believed[number] { Some(number as u32) } else { outer });
    }
    nearest
}

/// What the container of a line makes of it; a name beside an article does not make a sentence of it a byline.
fn believed(page: &Page, container: Option<u32>, found: &Facts) -> Option<(PartKind, String)> {
    let container = &page.containers[container? as usize];
    let Role::Aside(kind) = container.role else { return None };
    (kind != PartKind::Byline || found.running == 0).then(|| (kind, container.reason.clone()))
}

/// Which containers are the article or stand in it: the innermost that holds most of the running text.
fn article(page: &Page, facts: &[Facts], is_furniture: impl Fn(&Line) -> bool) -> Option<Vec<bool>> {
    let mut sums = vec![0; page.containers.len()];
    for found in facts.iter().filter(|found| !is_furniture(found.line)) {
        sums[found.line.container as usize] += found.running;
    }
    let sums = with_inner(page, sums);
    let holds = |number: &usize| {
        page.containers[*number].role == Role::Article && sums[*number] * ARTICLE.1 >= sums[0] * ARTICLE.0
    };
    let chosen = (1..sums.len()).filter(holds).rfind(|&number| sums[number] > 0)?;
    let mut within = vec![false; sums.len()];
    for (number, container) in page.containers.iter().enumerate() {
        within[number] = number == chosen || number > chosen && within[container.parent as usize];
    }
    Some(within)
}

/// The lines that are nothing but links: lists of them with the heading above, and lone ones that are no label.
fn links(
    facts: &[Facts],
    headline: Option<usize>,
    is_furniture: impl Fn(&Line) -> bool,
) -> Vec<Option<&'static str>> {
    let mut links = vec![None; facts.len()];
    if facts.iter().all(|found| found.running == 0 || is_furniture(found.line)) {
        return links;
    }
    let is_link = |number: usize| {
        let found = &facts[number];
        found.is_link && headline != Some(number) && !is_furniture(found.line)
    };
    let mut at = 0;
    while at < facts.len() {
        let end = (at..facts.len()).find(|&number| !is_link(number)).unwrap_or(facts.len());
        if end - at >= LINKS {
            links[at..end].fill(Some("one of several lines that are links"));
            if at > 0 && headline != Some(at - 1) && facts[at - 1].line.heading > 0 {
                links[at - 1] = Some("heads a list of links");
            }
        } else {
            for number in (at..end).filter(|&n| facts[n].words >= LINK_WORDS && facts[n].line.heading == 0) {
                links[number] = (!facts[number].is_final).then_some("all of the line is a link");
            }
        }
        at = end.max(at + 1);
    }
    links
}
