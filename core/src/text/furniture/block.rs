//! Which lines are the article.
//!
//! In: the facts and signs of all lines. Out: one outcome per line. Running lines are grouped, light groups fall,
//! and what stands between the running lines of a kept group is kept unless its own words give it away.

use super::line::{LineFacts, hash_from};
use super::{FurnitureKind, Outcome, Page};
use crate::document::PartKind;
use crate::text::{Analysis, Region};
use std::ops::Range;

/// Lines that are not running text between two that are, still one group.
const GAP: usize = 6;
/// Groups lighter than this part of the heaviest (1/8, about 12 %) fall,
const LIGHT: u32 = 8;
/// unless they have so many words of running text.
const HEAVY: u32 = 100;
/// Headings and questions between the end of a group and a sentence that still belongs to it.
const AHEAD: usize = 2;
/// Lines of this many words stay wherever they stand.
const LONG: u32 = 30;
/// Comments are cut only when this many words of running text stand before them.
const BEFORE_COMMENTS: u32 = 80;

pub(super) fn plan(page: &mut Page, analysis: &Analysis, given: Option<u64>) -> Vec<Outcome> {
    let count = page.facts.len();
    let running: Vec<bool> = (0..count).map(|i| is_running(page, analysis, i)).collect();
    let cut = comments_from(page, &running);
    let groups = groups(page, &running, cut);
    if groups.is_empty() {
        return whole(page, analysis, given);
    }
    let mut plan = vec![Outcome::drop(FurnitureKind::Other, "outside the running text"); count];
    let title = title_line(page, analysis, &groups, given);
    for group in &groups {
        inside(page, &running, group.clone(), &mut plan);
    }
    above(page, groups[0].start, title, &mut plan);
    for pair in groups.windows(2) {
        let range = pair[0].end..pair[1].start;
        if range.clone().all(|i| page.signs[i].is_none()) {
            // A list, a table, verse: nothing in it says that it is anything else.
            plan[range].fill(Outcome::keep(Region::Body));
        } else {
            outside(page, range, &mut plan);
        }
    }
    below(page, groups[groups.len() - 1].end..count, cut, &mut plan);
    links(page, &running, &mut plan);
    if let Some(title) = title {
        let hash = page.facts[title].hash;
        for (i, outcome) in plan.iter_mut().enumerate() {
            if i != title && page.facts[i].hash == hash && page.facts[i].words >= 3 {
                *outcome = Outcome {
                    region: Region::Title,
                    mark: Some((FurnitureKind::DuplicateTitle, "repeats the headline".to_owned())),
                };
            }
        }
        plan[title] = Outcome::keep(Region::Title);
    }
    plan
}

/// Running text: ended and long enough, or long without an end, or a wrapped line that the next one continues.
fn is_running(page: &Page, analysis: &Analysis, i: usize) -> bool {
    let facts = &page.facts[i];
    if page.signs[i].is_some() {
        return false;
    }
    match page.parts[i] {
        Some(PartKind::Body) => return true,
        Some(PartKind::Title | PartKind::Heading) => return false,
        _ => {}
    }
    if facts.is_strong() || (facts.words >= 18 && facts.small >= 2 && facts.lowers > facts.capitals) {
        return true;
    }
    if facts.words < 6 || facts.is_final || facts.lowers < facts.capitals {
        return false;
    }
    let Some(next) = analysis.lines.get(i + 1) else { return false };
    let first = &analysis.tokens_of(&next.tokens)[0];
    !next.after_blank
        && analysis.surface(first).starts_with(char::is_lowercase)
        && page.facts[i + 1].words >= 4
}

/// The line from which on everything is a comments section.
fn comments_from(page: &Page, running: &[bool]) -> usize {
    let total: u32 = weight(page, running, 0..running.len());
    let mut before = 0;
    for i in 0..running.len() {
        let heads = page.signs[i].as_ref().is_some_and(|sign| sign.comments);
        if heads && before >= BEFORE_COMMENTS && before * 2 >= total {
            return i;
        }
        before += weight(page, running, i..i + 1);
    }
    running.len()
}

fn weight(page: &Page, running: &[bool], range: Range<usize>) -> u32 {
    range.filter(|&i| running[i]).map(|i| page.facts[i].words).sum()
}

fn groups(page: &Page, running: &[bool], cut: usize) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    let mut gap = 0;
    for (i, &runs) in running.iter().enumerate().take(cut) {
        // Short sentences, as of a conversation, part nothing.
        if !runs {
            gap += usize::from(!is_short_sentence(page, i));
            continue;
        }
        match groups.last_mut() {
            Some(last) if gap <= GAP => last.end = i + 1,
            _ => groups.push(i..i + 1),
        }
        gap = 0;
    }
    let heaviest = groups.iter().map(|group| weight(page, running, group.clone())).max().unwrap_or(0);
    groups.retain(|group| {
        let words = weight(page, running, group.clone());
        words * LIGHT >= heaviest || words >= HEAVY
    });
    let mut floor = 0;
    for group in &mut groups {
        // Short sentences beside the group belong to it: a standfirst, a last word, the rest of a list.
        while group.start > floor && is_short_sentence(page, group.start - 1) {
            group.start -= 1;
        }
        while let Some(ahead) = (0..=AHEAD).take_while(|ahead| group.end + ahead < cut).find(|ahead| {
            let clear = (group.end..group.end + ahead).all(|i| is_between(page, i));
            clear && joins_below(page, group.end + ahead)
        }) {
            group.end += ahead + 1;
        }
        floor = group.end;
    }
    groups.dedup_by(|next, last| {
        let joined = next.start <= last.end;
        if joined {
            last.end = last.end.max(next.end);
        }
        joined
    });
    groups
}

fn is_short_sentence(page: &Page, i: usize) -> bool {
    let facts = &page.facts[i];
    page.signs[i].is_none()
        && facts.is_final
        && facts.words >= 2
        && facts.lowers >= 1
        && (facts.lowers * 3 >= facts.words || facts.small > 0)
}

/// A heading, a question, the first line of a list: something that sentences may follow.
fn is_between(page: &Page, i: usize) -> bool {
    let facts = &page.facts[i];
    page.signs[i].is_none() && facts.words <= 14 && !facts.is_cut
}

fn joins_below(page: &Page, i: usize) -> bool {
    let (facts, last) = (&page.facts[i], &page.facts[i - 1]);
    if page.signs[i].is_some() || facts.words == 0 {
        return false;
    }
    let prose = facts.lowers >= 1 && facts.lowers * 3 >= facts.words;
    // `Almost.`
    let remark = facts.words <= 3 && !facts.is_cut;
    (facts.is_final && (prose || facts.small > 0 || remark))
        || (facts.is_item && (last.ends_colon || last.is_item))
        || (last.ends_colon && page.signs[i - 1].is_none())
        || (facts.quoted && prose)
}

/// A text without running lines: everything stays but what plainly says what it is, if enough is left.
fn whole(page: &Page, analysis: &Analysis, given: Option<u64>) -> Vec<Outcome> {
    let plain = |i: usize| page.signs[i].as_ref().filter(|sign| sign.is_plain);
    let dropped: u32 =
        (0..page.facts.len()).filter(|&i| plain(i).is_some()).map(|i| page.facts[i].words).sum();
    let total: u32 = page.facts.iter().map(|facts| facts.words).sum();
    let mut seen_given = false;
    (0..page.facts.len())
        .map(|i| {
            if given == Some(page.facts[i].hash) && !seen_given && analysis.lines.len() > 1 {
                seen_given = true;
                return Outcome::keep(Region::Title);
            }
            match plain(i) {
                Some(sign) if sign.is_structural || dropped * 3 <= total => {
                    Outcome::drop(sign.kind, sign.reason.clone())
                }
                _ => Outcome::keep(Region::Body),
            }
        })
        .collect()
}

/// The headline: the line the caller names, else the line before the article that shares most words with it.
fn title_line(
    page: &Page,
    analysis: &Analysis,
    groups: &[Range<usize>],
    given: Option<u64>,
) -> Option<usize> {
    let marked = page.parts.iter().position(|part| *part == Some(PartKind::Title));
    if let Some(given) = given {
        return page.facts.iter().position(|facts| facts.hash == given).or(marked);
    }
    if marked.is_some() {
        return marked;
    }
    let mut counts = vec![0u8; analysis.vocabulary.len()];
    for i in groups.iter().cloned().flatten() {
        for token in analysis.tokens_of(&analysis.lines[i].tokens) {
            let count = &mut counts[token.word as usize];
            *count = count.saturating_add(1);
        }
    }
    let byline = page
        .signs
        .iter()
        .position(|sign| sign.as_ref().is_some_and(|sign| sign.kind == FurnitureKind::Byline));
    let mut best: Option<(u32, usize)> = None;
    // The first lines of the article itself may be the headline: one that ends in a question mark.
    for i in 0..(groups[0].start + 1).min(page.facts.len()) {
        let facts = &page.facts[i];
        let ended = facts.is_final && !facts.ends_question;
        if page.signs[i].is_some()
            || facts.words < 3
            || facts.words > 30
            || ended
            || facts.is_item
            || facts.ends_colon
        {
            continue;
        }
        if i == groups[0].start && (facts.lowers > facts.capitals || groups[0].len() < 2) {
            continue;
        }
        let tokens = analysis.tokens_of(&analysis.lines[i].tokens);
        let shared = tokens
            .iter()
            .filter(|token| token.span.len() >= 4 && token.is_word())
            .filter(|token| counts[token.word as usize] > u8::from(i == groups[0].start))
            .count() as u32;
        let repeated = page.facts.iter().enumerate().any(|(j, other)| {
            j != i
                && (other.hash == facts.hash
                    || other.separators > 0
                        && hash_from(analysis, &analysis.lines[j], other.last_part) == facts.hash)
        });
        // Headlines stand above the byline, captions below it.
        let above = byline.is_some_and(|byline| i < byline);
        let score = 2 * shared + 8 * u32::from(repeated) + u32::from(facts.words >= 5) + 6 * u32::from(above);
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, i));
        }
    }
    best.map(|(_, i)| i)
}

/// Lines of a kept group: all stay but those whose own words give them away.
fn inside(page: &Page, running: &[bool], group: Range<usize>, plan: &mut [Outcome]) {
    let mut i = group.start;
    while i < group.end {
        if let Some(sign) = &page.signs[i] {
            plan[i] = Outcome::drop(sign.kind, sign.reason.clone());
            i += 1;
            continue;
        }
        // A run of lines that are no running text: one or two are headings, more are a list or verse.
        let mut end = i;
        while end < group.end && page.signs[end].is_none() && is_heading_like(&page.facts[end], running[end])
        {
            end += 1;
        }
        if end == i {
            plan[i] = Outcome::keep(Region::Body);
            i += 1;
            continue;
        }
        let after_colon = i > group.start && page.facts[i - 1].ends_colon;
        let region =
            if end - i <= 2 && !after_colon && end < group.end { Region::Heading } else { Region::Body };
        plan[i..end].fill(Outcome::keep(region));
        i = end;
    }
}

fn is_heading_like(facts: &LineFacts, running: bool) -> bool {
    !running
        && facts.words <= 14
        && (!facts.is_final || facts.ends_question)
        && !facts.is_item
        && !facts.ends_colon
        && !facts.quoted
}

/// Lines above the article: the headline stays, second headlines and standfirsts below it stay, the rest goes.
fn above(page: &Page, start: usize, title: Option<usize>, plan: &mut [Outcome]) {
    let mut headings: Vec<u64> = page.facts[start..].iter().map(|facts| facts.hash).collect();
    headings.sort_unstable();
    for (i, outcome) in plan.iter_mut().enumerate().take(start) {
        let facts = &page.facts[i];
        *outcome = match (&page.signs[i], title) {
            (Some(sign), _) => Outcome::drop(sign.kind, sign.reason.clone()),
            _ if facts.words >= LONG => Outcome::keep(Region::Body),
            (None, Some(title)) if i > title && facts.words >= 5 => {
                Outcome::keep(if facts.is_final && !facts.ends_question {
                    Region::Body
                } else {
                    Region::Heading
                })
            }
            (None, Some(title))
                if i > title && facts.words >= 2 && headings.binary_search(&facts.hash).is_ok() =>
            {
                Outcome::drop(FurnitureKind::Navigation, "names a heading below")
            }
            (None, title)
                if title.is_none_or(|title| i > title)
                    && (facts.is_score() || facts.is_final && !facts.ends_question && !facts.is_cut) =>
            {
                Outcome::keep(Region::Body)
            }
            (None, Some(title)) if i > title && facts.is_label() && facts.words >= 2 => {
                Outcome::drop(FurnitureKind::Byline, "a name or label between headline and article")
            }
            (None, Some(title)) if i > title => {
                Outcome::drop(FurnitureKind::Other, "a label above the article")
            }
            (None, Some(_)) => Outcome::drop(FurnitureKind::Navigation, "stands above the headline"),
            (None, None) if facts.words >= 5 || start <= 2 => Outcome::keep(Region::Heading),
            (None, None) => Outcome::drop(FurnitureKind::Navigation, "a label above the article"),
        };
    }
}

fn outside(page: &Page, range: Range<usize>, plan: &mut [Outcome]) {
    for i in range {
        plan[i] = match &page.signs[i] {
            Some(sign) => Outcome::drop(sign.kind, sign.reason.clone()),
            None if page.facts[i].words >= LONG => Outcome::keep(Region::Body),
            None => Outcome::drop(FurnitureKind::Other, "outside the running text"),
        };
    }
}

/// Lines below the article.
fn below(page: &Page, range: Range<usize>, cut: usize, plan: &mut [Outcome]) {
    if page.signs.iter().all(Option::is_none) {
        // Nothing says that the text was scraped: what ends it is a list, a table, a signature.
        plan[range].fill(Outcome::keep(Region::Body));
        return;
    }
    outside(page, range.clone(), plan);
    let unsigned = range.clone().filter(|&i| page.signs[i].is_none()).count();
    let start = range.start;
    for i in range {
        let facts = &page.facts[i];
        if i > cut && page.signs[i].is_none() {
            plan[i] = Outcome::drop(FurnitureKind::SharePrompt, "stands below the heading of the comments");
        } else if unsigned <= 2
            && i < start + 2
            && page.signs[i].is_none()
            && facts.lowers * 2 >= facts.words
            && facts.words >= 3
        {
            // "The trial continues": a last line that lost its stop.
            plan[i] = Outcome::keep(Region::Body);
        }
    }
}

/// The short lines after "Also read" are its links.
fn links(page: &Page, running: &[bool], plan: &mut [Outcome]) {
    let mut open: Option<usize> = None;
    for i in 0..plan.len() {
        if let Some(sign) = &page.signs[i] {
            open = if sign.opens && !sign.comments { Some(i) } else { open.filter(|_| !sign.comments) };
            continue;
        }
        let Some(opener) = open else { continue };
        let facts = &page.facts[i];
        let ended = facts.is_final && !facts.ends_question && facts.lowers > facts.capitals;
        if running[i] || facts.words >= 25 || i - opener > 12 || ended {
            open = None;
            continue;
        }
        if plan[i].region == Region::Title {
            continue;
        }
        plan[i] = Outcome::drop(
            FurnitureKind::RelatedLinks,
            format!("stands under a heading of links, line {}", opener + 1),
        );
    }
}
