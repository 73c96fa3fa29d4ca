//! What a page says about itself: headline, outlet, author, day of publication.
//!
//! In: elements with their attributes, and descriptions in JSON (JSON-LD with the vocabulary of schema.org). Out: what was
//! found, the most explicit first. Nothing is guessed: a day is taken only when it is written as `YYYY-MM-DD`.

use crate::Date;
use serde_json::Value;
use std::collections::BTreeMap;

/// What was found; of several values of one rank the first counts.
#[derive(Debug, Default)]
pub(super) struct Meta {
    pub(super) page_title: String,
    headline: Option<String>,
    shared_title: Option<String>,
    outlet: Option<String>,
    pub(super) author: Option<String>,
    /// Days of publication with their rank, the lower the more explicit.
    days: Vec<(u8, Date)>,
}

/// The ranks of a day: from JSON-LD, from `meta`, from an element marked as such, from a `time` of the article, from a
/// `time` of the page.
const IN_DATA: u8 = 0;
const IN_META: u8 = 1;
const MARKED: u8 = 2;
const OF_ARTICLE: u8 = 3;
const OF_PAGE: u8 = 4;
/// Days kept: more prove no more.
const DAYS: usize = 64;

impl Meta {
    /// Looks at a start tag.
    pub(super) fn see(&mut self, name: &str, attributes: &BTreeMap<String, String>, in_article: bool) {
        let value = |key: &str| attributes.get(key).map_or("", String::as_str);
        let says = ["property", "name", "itemprop"].iter().map(|key| value(key).to_ascii_lowercase());
        match name {
            "meta" => {
                let content = value("content");
                for key in says.filter(|key| !key.is_empty()) {
                    match key.as_str() {
                        "og:title" => fill(&mut self.shared_title, content),
                        "twitter:title" | "dc.title" if self.shared_title.is_none() => {
                            fill(&mut self.shared_title, content);
                        }
                        "headline" => fill(&mut self.headline, content),
                        "og:site_name" => fill(&mut self.outlet, content),
                        "author" | "parsely-author" | "dc.creator" if !content.contains("://") => {
                            fill(&mut self.author, content);
                        }
                        "article:published_time"
                        | "datepublished"
                        | "parsely-pub-date"
                        | "dc.date.issued"
                        | "dc.date"
                        | "date"
                        | "pubdate"
                        | "publishdate"
                        | "publication_date"
                        | "sailthru.date"
                        | "og:published_time" => self.day(IN_META, content),
                        _ => {}
                    }
                }
            }
            "time" => {
                let marked = value("itemprop").eq_ignore_ascii_case("datePublished")
                    || attributes.contains_key("pubdate");
                let rank = if marked { MARKED } else { OF_PAGE - u8::from(in_article) };
                self.day(rank, value("datetime"));
            }
            _ if value("itemprop").eq_ignore_ascii_case("datePublished") => {
                self.day(MARKED, value("datetime"));
                self.day(MARKED, value("content"));
            }
            _ => {}
        }
    }

    fn day(&mut self, rank: u8, written: &str) {
        let day = written.trim().get(..10).and_then(|day| day.parse().ok());
        let ends = !written.trim().get(10..).unwrap_or("").starts_with(|c: char| c.is_ascii_digit());
        if let Some(day) = day
            && ends
            && self.days.len() < DAYS
        {
            self.days.push((rank, day));
        }
    }

    /// Reads a description in JSON; one that is not JSON says nothing.
    pub(super) fn read_data(&mut self, json: &str) {
        let Ok(value) = serde_json::from_str::<Value>(json.trim()) else { return };
        let mut open = vec![&value];
        while let Some(value) = open.pop() {
            match value {
                // The first item is looked at first.
                Value::Array(items) => open.extend(items.iter().rev()),
                Value::Object(fields) => {
                    if is_article(&value["@type"]) {
                        fill(&mut self.headline, value["headline"].as_str().unwrap_or(""));
                        fill(&mut self.author, name_of(&value["author"]));
                        fill(&mut self.outlet, name_of(&value["publisher"]));
                        self.day(IN_DATA, value["datePublished"].as_str().unwrap_or(""));
                    }
                    open.extend(["mainEntity", "@graph"].iter().filter_map(|key| fields.get(*key)));
                }
                _ => {}
            }
        }
    }

    /// The outlet that the page names.
    pub(super) fn source(&self) -> Option<&str> {
        self.outlet.as_deref()
    }

    /// The headlines that the page gives beside its text, the most explicit first.
    pub(super) fn headlines(&self) -> impl Iterator<Item = String> {
        let named = [&self.headline, &self.shared_title].into_iter().flatten().cloned();
        let title = drawn_together(&self.page_title);
        named.chain((!title.is_empty()).then(|| without_outlet(&title, self.outlet.as_deref())))
    }

    /// The day of publication: the most explicit; days of `time` elements count only when they agree.
    pub(super) fn published(&self) -> Option<Date> {
        let best = self.days.iter().map(|(rank, _)| *rank).min()?;
        let mut days = self.days.iter().filter(|(rank, _)| *rank == best).map(|(_, day)| *day);
        let first = days.next()?;
        (best < OF_ARTICLE || days.all(|day| day == first)).then_some(first)
    }
}

fn fill(place: &mut Option<String>, value: &str) {
    let value = drawn_together(value);
    if place.is_none() && !value.is_empty() {
        *place = Some(value);
    }
}

pub(super) fn drawn_together(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `NewsArticle`, `Article`, `BlogPosting`, `https://schema.org/ReportageNewsArticle`, alone or in a list.
fn is_article(kind: &Value) -> bool {
    let one = |kind: &Value| kind.as_str().is_some_and(|k| k.ends_with("Article") || k.ends_with("Posting"));
    one(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(one))
}

/// A name written as a string, as an object with a name, or as the first of a list of those.
fn name_of(value: &Value) -> &str {
    let first = value.as_array().and_then(|values| values.first()).unwrap_or(value);
    first.as_str().or_else(|| first["name"].as_str()).unwrap_or("")
}

/// The title of a page without the name of its outlet: `Bridge opens | The Daily`.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let parts = |mark: &'static str| title.rsplit_once(mark);
    let marks = [" | ", " - ", " – ", " — ", " :: ", " • ", " · "];
    let Some((head, tail)) = marks.into_iter().filter_map(parts).max_by_key(|(head, _)| head.len()) else {
        return title.to_owned();
    };
    let words = |text: &str| text.split(' ').count();
    if outlet.is_some_and(|outlet| tail.eq_ignore_ascii_case(outlet)) || words(tail) <= 4 && words(head) >= 3
    {
        return head.trim_end_matches(['|', ' ']).to_owned();
    }
    title.to_owned()
}
