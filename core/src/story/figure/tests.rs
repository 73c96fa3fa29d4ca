use super::*;
use crate::Document;

/// Text, value, unit, modifier and counted noun of every figure.
fn read(text: &str) -> Vec<(String, f64, String, String, String)> {
    let document = Document::new(text);
    let analyses = vec![Analysis::new(&document)];
    let dates = crate::story::time::dates(&analyses, &[document]);
    report(&measure(&analyses[0], &dates[0]), &[])
        .into_iter()
        .map(|f| (f.text, f.value, f.unit, f.modifier, f.counted))
        .collect()
}

#[test]
fn value_unit_modifier_and_counted_noun_are_told() {
    for (text, surface, value, unit, modifier, counted) in [
        ("Russia now controls over 19% of Ukrainian territory.", "over 19%", 19.0, "%", "over", "territory"),
        ("They lost over 1.2 million soldiers.", "over 1.2 million", 1_200_000.0, "", "over", "soldiers"),
        ("A detailed 27-point plan was sent.", "27-point", 27.0, "points", "", "plan"),
        ("It pledged $350 million in aid.", "$350 million", 350_000_000.0, "USD", "", ""),
        ("It pledged 395,000 euros.", "395,000 euros", 395_000.0, "EUR", "", ""),
        ("At least 214 people died.", "At least 214", 214.0, "", "at least", "people"),
        ("An 8.8 magnitude earthquake hit.", "8.8 magnitude", 8.8, "magnitude", "", "earthquake"),
        ("It had a magnitude of 5.6, he said.", "magnitude of 5.6", 5.6, "magnitude", "", ""),
        ("The five-hour meeting ended.", "five-hour", 5.0, "hours", "", "meeting"),
        ("The delegation delivered four documents.", "four", 4.0, "", "", "documents"),
        ("They cut emissions by 25 to 40 percent.", "25 to 40 percent", 25.0, "%", "", ""),
        ("The 36-year-old driver left.", "36-year-old", 36.0, "years old", "", ""),
        ("The death toll passed 150,000.", "passed 150,000", 150_000.0, "", "passed", ""),
        ("It lies 1.7 nautical miles away.", "1.7 nautical miles", 1.7, "nmi", "", ""),
    ] {
        let found = read(text);
        let expected =
            (surface.to_string(), value, unit.to_string(), modifier.to_string(), counted.to_string());
        assert_eq!(found, [expected], "{text}");
    }
}

#[test]
fn days_clock_times_and_names_are_no_figures() {
    for text in [
        "It opened on January 22, 2026.",
        "It began at 8:30 p.m.",
        "Channel 4 and Article 32 apply.",
        "One of them left.",
    ] {
        assert_eq!(read(text), [], "{text}");
    }
}

#[test]
fn any_text_is_measured() {
    for piece in ["1-", "$", "25 to 40 ", "hundreds of thousands ", "magnitude of ", "10,"] {
        let text = piece.repeat(100_000 / piece.len());
        assert!(read(&text).len() <= text.len(), "{piece}");
    }
}

#[test]
fn figures_know_who_gives_them() {
    let text = "According to the United Nations, 500 people fled. Anna Kowalska said that 40 houses had burned. Some 30 \
                roads are closed. \"We counted 12 boats,\" Anna Kowalska said.";
    let digest = crate::Engine::new().digest(&[text.into()], &crate::DigestOptions::new()).unwrap();
    let given = |value: f64| {
        let figure = digest.documents[0].figures.iter().find(|f| f.value == value).unwrap();
        figure.speaker_text.clone().unwrap_or_default()
    };
    assert!(given(500.0).ends_with("United Nations"), "{}", given(500.0));
    assert_eq!([given(40.0), given(30.0), given(12.0)], ["Anna Kowalska", "", "Anna Kowalska"]);
}

#[test]
fn telephone_numbers_count_nothing() {
    let values = |text: &str| read(text).into_iter().map(|f| f.1).collect::<Vec<_>>();
    for number in ["0800 789321", "+44 20 7946 0018", "1-800-555-0134", "(212) 555-0187", "555-0134"] {
        assert_eq!(values(&format!("Call {number} if you saw the 12 suspects.")), [12.0], "{number}");
    }
    // Figures that only stand side by side.
    assert_eq!(values("The vote was lost by 200 to 150 people in 120 halls."), [200.0, 150.0, 120.0]);
    assert_eq!(values("It rose from 1000000 to 2000000 people."), [1_000_000.0, 2_000_000.0]);
}
