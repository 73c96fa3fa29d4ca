use super::*;

fn read(text: &str, published: Option<&str>) -> Vec<(String, String)> {
    let mut document = Document::new(text);
    if let Some(date) = published {
        document = document.with_published(date.parse().unwrap());
    }
    let analyses = vec![Analysis::new(&document)];
    let found = dates(&analyses, &[document]).remove(0);
    found.into_iter().map(|t| (t.text, t.value)).collect()
}

/// Checks texts that hold one expression each.
fn check(published: Option<&str>, cases: &[(&str, &str, &str)]) {
    for (text, surface, value) in cases {
        let found = read(text, published);
        assert_eq!(found, [(surface.to_string(), value.to_string())], "{text}");
    }
}

#[test]
fn what_is_written_out_has_its_value_without_a_publication_date() {
    check(
        None,
        &[
            ("It opened on Saturday, Jan. 3, 2004 in Oslo.", "Saturday, Jan. 3, 2004", "2004-01-03"),
            ("It opened on 26 December 2004.", "26 December 2004", "2004-12-26"),
            ("It opened on the 7th of July 2007.", "the 7th of July 2007", "2007-07-07"),
            ("The bridge opened in June 2004.", "June 2004", "2004-06"),
            ("It was built between 2014 and 2019.", "between 2014 and 2019", "2014/2019"),
            ("The jury took nearly five hours.", "nearly five hours", "PT5H"),
            ("A five-hour meeting ended.", "five-hour", "PT5H"),
            ("It lasted six to eight weeks.", "six to eight weeks", "P6W/P8W"),
            ("He ran it in 8 minutes 50 seconds.", "8 minutes 50 seconds", "PT8M50S"),
            ("It took four and a half hours.", "four and a half hours", "PT4H30M"),
            ("They meet every three months.", "every three months", "P3M"),
            ("Prices doubled in the past 24 hours.", "the past 24 hours", "PT24H"),
            ("It was built in the 1960s.", "the 1960s", "196X"),
            ("It fell on Boxing Day 2004.", "Boxing Day 2004", "2004-12-26"),
            ("They met in recent months.", "in recent months", "PAST_REF"),
            ("It reopened on 2004-12-26.", "2004-12-26", "2004-12-26"),
        ],
    );
}

#[test]
fn nothing_is_invented_without_a_publication_date() {
    check(
        None,
        &[
            ("The mayor resigned on Tuesday.", "Tuesday", "XXXX-WXX-2"),
            ("The mayor resigned in August.", "August", "XXXX-08"),
            ("The mayor resigned on August 3.", "August 3", "XXXX-08-03"),
            ("The mayor resigned last week.", "last week", "XXXX-WXX"),
            ("The mayor resigned today.", "today", "XXXX-XX-XX"),
            ("The mayor resigned two years ago.", "two years ago", "PAST_REF"),
        ],
    );
}

#[test]
fn without_a_publication_date_the_year_is_that_of_the_dates_in_full() {
    let values = |text| read(text, None).into_iter().map(|(_, value)| value).collect::<Vec<_>>();
    // Not of the older date that stands nearer.
    assert_eq!(
        values("He came in June 2005 and left on 6 July. He had planned the fire of 11 March 2004."),
        ["2005-06", "2005-07-06", "2004-03-11"]
    );
    assert_eq!(
        values("It broke on December 26, 2004. On Jan. 10 it was mended."),
        ["2004-12-26", "2005-01-10"]
    );
    // Half a year away both years are as near; "this year" is that of the writing.
    assert_eq!(values("It broke on December 26, 2004 and again in June."), ["2004-12-26", "XXXX-06"]);
    assert_eq!(values("It broke on December 26, 2004 and in March this year."), ["2004-12-26", "XXXX-03"]);
}

#[test]
fn a_document_without_years_takes_them_from_the_others_when_they_agree() {
    let value = |others: &[&str]| {
        let documents: Vec<Document> =
            ["The race begins on July 8."].iter().chain(others).map(|text| Document::new(*text)).collect();
        let analyses: Vec<Analysis> = documents.iter().map(Analysis::new).collect();
        dates(&analyses, &documents)[0][0].value.clone()
    };
    assert_eq!(value(&["It was planned on May 3, 2007.", "It ended on July 29, 2007."]), "2007-07-08");
    assert_eq!(value(&["It was planned on May 3, 2007.", "It ended on July 29, 2006."]), "XXXX-07-08");
    assert_eq!(value(&["It was planned in January 2007 ."]), "XXXX-07-08");
}

#[test]
fn the_publication_date_and_the_tense_give_the_day() {
    let thursday = Some("2026-01-22");
    check(
        thursday,
        &[
            ("The mayor resigned on Tuesday.", "Tuesday", "2026-01-20"),
            ("The mayor will resign on Tuesday.", "Tuesday", "2026-01-27"),
            ("The mayor resigned on Thursday.", "Thursday", "2026-01-22"),
            ("The mayor resigned last Thursday.", "last Thursday", "2026-01-15"),
            ("The mayor resigned in December.", "December", "2025-12"),
            ("The mayor is expected to resign in March.", "March", "2026-03"),
            ("The mayor resigned yesterday evening.", "yesterday evening", "2026-01-21TEV"),
            ("The mayor resigned last week.", "last week", "2026-W03"),
            ("The mayor resigned two weeks ago.", "two weeks ago", "2026-W02"),
            ("The mayor will resign at the end of this year.", "the end of this year", "2026"),
            ("The vote began at 8:30 p.m. local time.", "8:30 p.m. local time", "2026-01-22T20:30"),
            ("The vote began at 1852 UTC.", "1852 UTC", "2026-01-22T18:52Z"),
            ("The vote is on the evening of August 10.", "the evening of August 10", "2025-08-10TEV"),
            ("It was the last week before the vote.", "the last week", "XXXX-WXX"),
        ],
    );
}

#[test]
fn one_instant_told_in_two_zones_may_fall_on_two_days() {
    let values = |text| -> Vec<String> {
        read(text, Some("2026-01-22")).into_iter().map(|(_, value)| value).collect()
    };
    let text = "The quake struck at 23:49 local time (Thursday 02:49 UTC).";
    assert_eq!(values(text), ["2026-01-21T23:49", "2026-01-22T02:49Z"]);
    let text = "The quake struck at 23:49 local time (02:49 UTC) on Wednesday.";
    assert_eq!(values(text), ["2026-01-21T23:49", "2026-01-22T02:49Z", "2026-01-21"]);
    let text = "The quake struck on Wednesday at 20:30 UTC (06:30 local time).";
    assert_eq!(values(text), ["2026-01-21T20:30Z", "2026-01-22T06:30"]);
    let text = "The quake struck at 14:52 local time (1852 UTC) on Friday.";
    assert_eq!(values(text), ["2026-01-16T14:52", "2026-01-16T18:52Z", "2026-01-16"]);
}

#[test]
fn a_day_that_names_a_thing_is_not_the_day_spoken_of() {
    let text = "The museum opened on Monday. It recalls the March 3 fire. The first guests came at 06:57.";
    let found = read(text, Some("2026-01-22"));
    assert_eq!(found.last().map(|(_, value)| value.as_str()), Some("2026-01-19T06:57"), "{found:?}");
}

#[test]
fn words_that_only_look_like_times_are_none() {
    for text in [
        "The mayor may march.",
        "May I speak?",
        "The 36-year-old driver, who finished second, paid $2000.",
        "The Sunday Times reported it.",
        "Some 2000 people came; they won 3:2.",
        "June Whitfield and April Jones spoke.",
        "The position was 29 degrees, 50.36 minutes north.",
        "He came as soon as the crew had left.",
    ] {
        assert_eq!(read(text, Some("2026-01-22")), [], "{text}");
    }
}

#[test]
fn documents_solve_each_other() {
    let documents = [
        Document::new("The war began with an invasion in February 2022."),
        Document::new(
            "Feb. 24 will mark four years since the invasion. They met in December. They met on Monday.",
        ),
    ];
    let analyses: Vec<_> = documents.iter().map(Analysis::new).collect();
    let found = dates(&analyses, &documents);
    let values: Vec<&str> = found[1].iter().map(|t| t.value.as_str()).collect();
    assert_eq!(values, ["2026-02-24", "P4Y", "2025-12", "XXXX-WXX-1"]);
    assert!(found[1][2].resolved_by.contains("four years"), "{}", found[1][2].resolved_by);
}

#[test]
fn any_text_is_read_in_linear_time() {
    for piece in
        ["2004-", "May ", "the the last ", "1 ", "five and ", "between 1 and ", "'", "\u{301}", "1h1'"]
    {
        let text = piece.repeat(200_000 / piece.len());
        assert!(read(&text, Some("2026-01-22")).len() <= text.len(), "{piece}");
    }
}
