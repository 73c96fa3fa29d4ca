//! What elements say about the lines inside them.
//!
//! In: the name and attributes of an element. Out: its [`Role`] with the reason in words, by the meaning that the HTML
//! standard and ARIA give to names and by the words of classes and ids (`classes.txt`). Whether it is believed is decided in
//! `verdict`.

use crate::document::PartKind;
use crate::text::lexicon::lexicon;
use std::collections::BTreeMap;

lexicon!(classes, "classes.txt", tagged);

/// What a container says about its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// They may be the article.
    Article,
    /// They are a list.
    List,
    /// They are no part of the article.
    Aside(PartKind),
    /// Nothing.
    Page,
}

/// What an element says about the lines inside it, with the reason.
pub(super) fn role(
    name: &str,
    attributes: &BTreeMap<String, String>,
    in_article: bool,
    is_block: bool,
) -> Option<(Role, String)> {
    let value = |key: &str| attributes.get(key).map_or("", String::as_str);
    let aside = |kind, reason: String| Some((Role::Aside(kind), reason));
    let element = || format!("stands in <{name}>");
    if is_block
        && let Some(how) = hidden(attributes)
        && !matches!(name, "html" | "body")
    {
        return aside(PartKind::Other, format!("hidden by {how}"));
    }
    match name {
        "html" | "body" | "head" => return None,
        "article" | "main" => return Some((Role::Article, element())),
        _ if value("itemprop") == "articleBody" || value("role") == "main" => {
            return Some((Role::Article, "stands in the article's body".to_owned()));
        }
        "ul" | "ol" | "menu" if !names_a_kind(attributes) => return Some((Role::List, element())),
        "nav" if !names_a_kind(attributes) => return aside(PartKind::Navigation, element()),
        "header" if !in_article => return aside(PartKind::Navigation, element()),
        "footer" if !names_a_kind(attributes) => return aside(PartKind::Navigation, element()),
        "aside" if !names_a_kind(attributes) => return aside(PartKind::Other, element()),
        "form" if !names_a_kind(attributes) => return aside(PartKind::Other, element()),
        "dialog" if !names_a_kind(attributes) => return aside(PartKind::Other, element()),
        "figcaption" | "figure" => return aside(PartKind::Caption, element()),
        "button" | "select" | "search" => return aside(PartKind::Navigation, element()),
        "address" => return aside(PartKind::Byline, element()),
        _ => {}
    }
    if value("rel") == "author" || value("itemprop") == "author" {
        return aside(PartKind::Byline, "marked as the author".to_owned());
    }
    named_kind(attributes)
        .map(|(kind, word)| (Role::Aside(kind), format!("stands in an element called \"{word}\"")))
}

fn names_a_kind(attributes: &BTreeMap<String, String>) -> bool {
    named_kind(attributes).is_some()
}

/// The kind that a class, id or ARIA role names, and the word that does.
fn named_kind(attributes: &BTreeMap<String, String>) -> Option<(PartKind, String)> {
    ["role", "id", "class"].iter().filter_map(|key| attributes.get(*key)).find_map(|value| {
        let mut start = 0;
        // `siteNav`, `site-nav`, `site_nav`: a word begins at a capital and ends at anything but a small letter.
        let ends = value.char_indices().filter(|(_, c)| !c.is_ascii_lowercase());
        for (at, c) in ends.chain([(value.len(), ' ')]) {
            let word = value[start..at].to_ascii_lowercase();
            if let Some(kind) = classes().tag(&word).and_then(kind_called) {
                return Some((kind, word));
            }
            start = if c.is_ascii_uppercase() { at } else { (at + c.len_utf8()).min(value.len()) };
        }
        None
    })
}

/// How an element is kept from the reader's eye.
pub(super) fn hidden(attributes: &BTreeMap<String, String>) -> Option<&'static str> {
    if attributes.get("hidden").is_some_and(|value| value != "until-found") {
        return Some("its attribute hidden");
    }
    if attributes.get("aria-hidden").is_some_and(|value| value == "true") {
        return Some("its attribute aria-hidden");
    }
    let style: String = attributes.get("style")?.chars().filter(|c| !c.is_whitespace()).collect();
    let style = style.to_ascii_lowercase();
    (style.contains("display:none") || style.contains("visibility:hidden")).then_some("its style")
}

/// The kind of furniture that a line of `classes.txt` gives.
fn kind_called(word: &str) -> Option<PartKind> {
    Some(match word {
        "breadcrumb" => PartKind::Breadcrumb,
        "byline" => PartKind::Byline,
        "related_links" => PartKind::RelatedLinks,
        "share_prompt" => PartKind::SharePrompt,
        "cookie_notice" => PartKind::CookieNotice,
        "adblock_notice" => PartKind::AdblockNotice,
        "newsletter_prompt" => PartKind::NewsletterPrompt,
        "caption" => PartKind::Caption,
        "navigation" => PartKind::Navigation,
        "other" => PartKind::Other,
        _ => return None,
    })
}
