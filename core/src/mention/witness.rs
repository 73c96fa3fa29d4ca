//! Words beside a name that say what kind of name it is.
//!
//! In: a mention and the next. Out: its kind, where the words at one side leave no doubt: `the town of Vedra`, `Vedra, a town in the north`,
//! `Aurelia Flight 81`, `Aurelia chief executive`, `Mr. Vedra`, `Vedra, 44,`. Appositions tell kinds best (Collins and Singer,
//! Unsupervised Models for Named Entity Classification, 1999).

use super::RawMention;
use crate::catalog::EntityKind;
use crate::text::lexicon::lexicon;
use crate::text::{Analysis, Shape, Token, TokenKind};

lexicon!(kind_nouns, "kind_nouns.txt", tagged);

/// Words between the article and the noun of an apposition.
const BETWEEN: usize = 3;
/// Ages that stand bare behind a name.
const AGES: std::ops::RangeInclusive<u32> = 5..=109;

/// The kind that the words beside a mention tell; the next mention may be the region behind a town.
pub(crate) fn kind(
    analysis: &Analysis,
    mention: &RawMention,
    next: Option<&RawMention>,
) -> Option<EntityKind> {
    let bounds = analysis.sentences[analysis.sentence_at(mention.span.start)?].tokens.clone();
    let before = analysis.tokens_of(&(bounds.start.min(mention.tokens.start)..mention.tokens.start));
    let after = analysis.tokens_of(&(mention.tokens.end..bounds.end.max(mention.tokens.end)));
    // `in Vedra, Hollenland`
    let region = next.filter(|next| {
        next.kind == EntityKind::Place
            && next.tokens.start == mention.tokens.end + 1
            && after.first().is_some_and(|token| analysis.surface(token) == ",")
            && !after.get(1 + next.tokens.len()).is_some_and(|token| token.is_word() && !token.is_clitic())
    });
    let led = before.last().map_or("", |token| analysis.folded(token));
    if mention.kind == EntityKind::Person
        && region.is_some()
        && matches!(led, "in" | "of" | "near" | "from" | "outside")
    {
        return Some(EntityKind::Place);
    }
    // `the company Doe founded` is not called Doe.
    let clause = mention.kind == EntityKind::Person
        && after
            .first()
            .is_some_and(|token| token.is_word() && !token.is_clitic() && token.shape == Shape::Lower);
    let of_noun = told_before(analysis, before).filter(|&kind| !clause || kind != EntityKind::Organization);
    of_noun.or_else(|| told_after(analysis, before, after))
}

fn told_before(analysis: &Analysis, before: &[Token]) -> Option<EntityKind> {
    let word = |back: usize| before.len().checked_sub(back).map_or("", |at| analysis.folded(&before[at]));
    match word(1) {
        "mr" | "mrs" | "ms" | "mr." | "mrs." | "ms." => Some(EntityKind::Person),
        "of" => noun(analysis, before.len().checked_sub(2).map(|at| &before[at])?)
            .filter(|&kind| kind == EntityKind::Place && word(3) != "-"),
        // `the airline Aurelia`: what it is called stands right behind the noun.
        _ => noun(analysis, before.last()?).filter(|&kind| kind != EntityKind::Place),
    }
}

fn told_after(analysis: &Analysis, before: &[Token], after: &[Token]) -> Option<EntityKind> {
    let word = |at: usize| after.get(at).map_or("", |token| analysis.folded(token));
    let is_number = |at: usize| after.get(at).is_some_and(|token| token.kind == TokenKind::Number);
    match word(0) {
        // `Flight 81`, `flight AU 81`
        "flight" if is_number(1) || is_number(2) && is_code(analysis, after.get(1)?) => {
            return Some(EntityKind::Organization);
        }
        "ceo" => return Some(EntityKind::Organization),
        "chief" if word(1) == "executive" => return Some(EntityKind::Organization),
        "," => {}
        _ => return None,
    }
    let led = before.last().is_some_and(|token| analysis.folded(token) == "the");
    if is_number(1) && word(2) == "," && !led {
        let age = analysis.surface(&after[1]).parse().is_ok_and(|age: u32| AGES.contains(&age));
        return age.then_some(EntityKind::Person);
    }
    if !matches!(word(1), "a" | "an") {
        return None;
    }
    // The noun that closes the phrase: `a small town in`, not `a town official`.
    let plain = |token: &&Token| token.is_word() && token.shape == Shape::Lower;
    let phrase = after[2..].iter().take_while(plain).take(BETWEEN + 1);
    let (at, token) = phrase.enumerate().find(|(_, token)| noun(analysis, token).is_some())?;
    let closes = matches!(
        word(at + 3),
        "," | "."
            | "in"
            | "of"
            | "on"
            | "at"
            | "near"
            | "with"
            | "that"
            | "which"
            | "where"
            | "about"
            | "and"
            | "owned"
            | "based"
    );
    noun(analysis, token).filter(|_| closes)
}

fn noun(analysis: &Analysis, token: &Token) -> Option<EntityKind> {
    if !token.is_word() || token.shape != Shape::Lower {
        return None;
    }
    kind_nouns().tag(analysis.folded(token))?.parse().ok()
}

/// Capitals and digits: `AU`, `4U`.
fn is_code(analysis: &Analysis, token: &Token) -> bool {
    let surface = analysis.surface(token);
    surface.len() <= 3 && surface.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}
