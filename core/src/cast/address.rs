//! How a person is addressed: the gender that a title before a name tells.
//!
//! In: the mentions of persons and the words before them. Out: for every mention of a person its gender, if told.

use super::form::Forms;
use super::table::{self, Gender};
use crate::catalog::EntityKind;
use crate::mention::RawMention;
use crate::text::Analysis;

/// For every document and mention the gender that its title tells; full names keep it when all agree.
pub(crate) fn genders(
    analyses: &[Analysis],
    mentions: &[Vec<RawMention>],
    forms: &mut Forms,
) -> Vec<Vec<Option<Gender>>> {
    let all = read(analyses, mentions, forms);
    let mut mixed = vec![false; forms.forms.len()];
    for (numbers, genders) in forms.of.iter().zip(&all) {
        for (&number, gender) in numbers.iter().zip(genders) {
            let form = &mut forms.forms[number as usize];
            if form.gender.is_none() {
                form.gender = *gender;
            } else if gender.is_some() && form.gender != *gender {
                mixed[number as usize] = true;
            }
        }
    }
    for (form, mixed) in forms.forms.iter_mut().zip(mixed) {
        if mixed {
            form.gender = None;
        }
    }
    all
}

fn read(analyses: &[Analysis], mentions: &[Vec<RawMention>], forms: &Forms) -> Vec<Vec<Option<Gender>>> {
    let of_document = |(document, (analysis, mentions)): (usize, (&Analysis, &Vec<RawMention>))| {
        let gender = |(position, mention): (usize, &RawMention)| {
            if mention.kind != EntityKind::Person {
                return None;
            }
            let inside = &forms.forms[forms.of[document][position] as usize].name.titles;
            let before =
                mention.tokens.start.checked_sub(1).map(|t| analysis.folded(&analysis.tokens[t as usize]));
            let told = |word: &str| table::title_gender(word.trim_end_matches('.'));
            before.and_then(told).or_else(|| inside.iter().find_map(|title| told(title)))
        };
        mentions.iter().enumerate().map(gender).collect()
    };
    analyses.iter().zip(mentions).enumerate().map(of_document).collect()
}
