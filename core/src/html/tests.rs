use crate::text::{Analysis, Region};
use crate::{Document, FurnitureKind};
use proptest::prelude::*;

/// The lines of a page with the region of each.
fn regions(html: &str) -> Vec<(String, Region)> {
    let analysis = Analysis::new(&Document::from_html(html));
    analysis.lines.iter().map(|line| (line.span.slice(&analysis.text).to_string(), line.region)).collect()
}

fn furniture(html: &str) -> Vec<(String, FurnitureKind, String)> {
    let analysis = Analysis::new(&Document::from_html(html));
    let marks = analysis.furniture.iter();
    marks.map(|mark| (mark.span.slice(&analysis.text).to_string(), mark.kind, mark.reason.clone())).collect()
}

fn text(html: &str) -> String {
    Document::from_html(html).text().to_string()
}

const BODY: &str = "<p>The council of Tamsel voted on Monday to build a bridge over the Orra river.</p>\
                    <p>Work on the bridge begins in spring, and the mayor expects it to last two years.</p>";

#[test]
fn paragraphs_items_and_breaks_are_lines() {
    assert_eq!(text("<p>One <b>two</b>\n three<br>four<p>five</p>six"), "One two three\nfour\n\nfive\n\nsix");
    assert_eq!(text("<ul><li>a<li> b </ul>c"), "a\nb\n\nc");
    assert_eq!(text("<table><tr><td>a</td><td>b<tr><td>c</table>"), "a b\nc");
    assert_eq!(text("<pre>a  b\nc</pre>"), "a b\nc");
    assert_eq!(text("<nav><a href=/>Home</a><a href=/n>News</a></nav>"), "Home News");
    assert_eq!(text("x <div> </div> <p>&nbsp;</p> y"), "x\n\ny");
}

#[test]
fn what_browsers_do_not_show_is_no_text() {
    assert_eq!(text("a<script>if (a<b) {}</script><style>p{}</style><template><p>t</p></template>b"), "ab");
    assert_eq!(text("a<svg><title>Icon</title><path d=m/></svg>b<video>old browser</video><!-- c -->"), "ab");
    assert_eq!(text("<p>a <span hidden>b</span> <i aria-hidden=true>c</i> d"), "a d");
    assert_eq!(
        text("<svg><g>x<p>A drawing that is not closed ends here.</p>"),
        "A drawing that is not closed ends here."
    );
    assert_eq!(text("<svg><title/></svg>after"), "");
}

#[test]
fn characters_are_decoded_and_short_quotations_have_marks() {
    assert_eq!(text("AT&amp;T &eacute;t&#233; &lt;b> &copy 1"), "AT&T été <b> © 1");
    assert_eq!(text("She said: <q> <em>We</em> go. </q>"), "She said: “We go.”");
}

#[test]
fn crossed_and_unclosed_tags_keep_the_text() {
    assert_eq!(text("<b><p>one</b> two</p> three"), "one two\n\nthree");
    assert_eq!(text("<div><p>one<div>two</p></div></span>three</div>four"), "one\n\ntwo\n\nthree\n\nfour");
    assert_eq!(text("<p><a href=x>one<p>two</a> three"), "one\n\ntwo three");
    assert_eq!(text("a <b"), "a");
    assert_eq!(text("</div></p>x</p>"), "x");
}

#[test]
fn title_outlet_and_day_come_from_the_page() {
    let page = Document::from_html(
        r#"<title>Bridge opens - The Daily</title><meta property="og:title" content="A bridge &amp; a mayor">
        <meta property="og:site_name" content="The Daily"><meta property="article:published_time" content="2026-01-22T09:00:00Z">
        <header><h1>The Daily</h1></header><h1>Bridge  <i>opens</i></h1><p>Text."#,
    );
    let known = (page.title(), page.source(), page.published().map(|day| day.to_string()));
    assert_eq!(known, (Some("Bridge opens"), Some("The Daily"), Some("2026-01-22".to_string())));

    let page = Document::from_html(
        r#"<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "headline": "no"}, {"@type": ["NewsArticle"],
        "headline": "Bridge opens", "datePublished": "2026-01-22", "author": [{"name": "Jane Doe"}], "publisher": {"name":
        "The Daily"}}]}</script><meta name=date content=2025-12-24><p>Text."#,
    );
    let known = (page.title(), page.source(), page.published().map(|day| day.to_string()));
    assert_eq!(known, (Some("Bridge opens"), Some("The Daily"), Some("2026-01-22".to_string())));
}

#[test]
fn days_that_the_page_does_not_make_sure_are_not_taken() {
    let day = |html: &str| Document::from_html(html).published().map(|day| day.to_string());
    assert_eq!(day("<time datetime=2026-01-22>x</time><time datetime=2026-01-23>y</time>"), None);
    assert_eq!(
        day("<time datetime=2026-01-20>x</time><article><time datetime=2026-01-22T10:00>y</time>").as_deref(),
        Some("2026-01-22")
    );
    assert_eq!(day("<meta name=date content='22 Jan 2026'><meta name=date content=2026-02-30>"), None);
    assert_eq!(day("<meta name=date content=2026-01-221>"), None);
    assert_eq!(day("<script type='application/ld+json'>{broken</script>"), None);
}

#[test]
fn elements_beside_the_article_are_furniture_with_the_element_as_reason() {
    let page = format!(
        "<header><a href=/>The Daily</a></header><nav><ul><li><a href=/>News</a><li><a href=/s>Sport</a></ul></nav>\
         <h1>Tamsel builds a bridge</h1><div class=article-byline>Jane Doe</div>{BODY}\
         <figure><img src=x><figcaption>The old bridge, seen from the left bank of the river in May.</figcaption></figure>\
         <aside>The bridge was first planned ten years ago by the mayor of that time.</aside>\
         <form><label>Letters from Tamsel every Friday morning</label><button>Send</button></form>\
         <div id=userComments>I have waited for this bridge since I was a child in this town.</div>\
         <div hidden>Text that a reader of the page never sees because it is hidden from view.</div>\
         <footer>The Daily is published in Tamsel by a company of that name.</footer>"
    );
    let found = furniture(&page);
    let has = |text: &str, kind: FurnitureKind, reason: &str| {
        let known = found.iter().any(|(t, k, r)| t.starts_with(text) && *k == kind && r.contains(reason));
        assert!(known, "{text}: {found:#?}");
    };
    has("The Daily", FurnitureKind::Navigation, "<header>");
    has("News", FurnitureKind::Navigation, "<nav>");
    has("Jane Doe", FurnitureKind::Byline, "\"byline\"");
    has("The old bridge", FurnitureKind::Caption, "<figcaption>");
    has("The bridge was first", FurnitureKind::Other, "<aside>");
    has("Letters", FurnitureKind::Other, "<form>");
    has("Send", FurnitureKind::Navigation, "<button>");
    has("I have waited", FurnitureKind::SharePrompt, "\"comments\"");
    has("Text that a reader", FurnitureKind::Other, "hidden");
    has("The Daily is published", FurnitureKind::Navigation, "<footer>");
    let kept: Vec<_> =
        regions(&page).into_iter().filter(|(_, region)| *region != Region::Furniture).collect();
    assert_eq!(kept.len(), 3, "{kept:#?}");
    assert_eq!(kept[0], ("Tamsel builds a bridge".to_string(), Region::Title));
}

#[test]
fn lists_of_links_fall_and_links_in_sentences_stay() {
    let page = format!(
        "<h1>Tamsel builds a bridge</h1><article>{BODY}<p>The vote was <a href=1>close</a>, as the <a href=2>Daily</a> \
         said before.</p><p><a href=3>How the old bridge of Tamsel fell</a></p></article><h3>More</h3><div><a href=4>One \
         story</a></div><div><a href=5>Another one</a></div><div><a href=6>The third</a></div>"
    );
    let kept: Vec<_> =
        regions(&page).into_iter().filter(|(_, region)| *region != Region::Furniture).collect();
    assert_eq!(kept.len(), 4, "{kept:#?}");
    assert!(kept[3].0.starts_with("The vote was close"));
}

#[test]
fn short_paragraphs_of_the_article_stay() {
    let page = format!(
        "<title>Vote</title><main><h1>Tamsel votes</h1><p>He won, narrowly</p>{BODY}<h2>The plan</h2>{BODY}<p>It rained.</p></main>"
    );
    assert!(regions(&page).iter().all(|(_, region)| *region != Region::Furniture), "{:?}", regions(&page));
    assert_eq!(regions(&page)[4], ("The plan".to_string(), Region::Heading));
}

#[test]
fn an_element_around_the_whole_article_is_not_believed() {
    for (start, end) in [
        ("<form>", "</form>"),
        ("<div style='display: none'>", "</div>"),
        ("<div class='content has-sidebar'>", "</div>"),
        ("<aside>", "</aside>"),
        ("<header>", "</header>"),
    ] {
        let page = format!("{start}<h1>Tamsel builds a bridge</h1>{BODY}{end}<footer>About us</footer>");
        let kept = regions(&page).into_iter().filter(|(_, region)| *region != Region::Furniture).count();
        assert_eq!(kept, 3, "{start}");
    }
}

#[test]
fn pages_without_an_article_lose_nothing_but_what_says_so() {
    for page in [
        "",
        "<nav>Home</nav>",
        "<p>Bridge",
        "plain words < 3",
        "<ul><li><a href=1>one two three four</a></ul>",
    ] {
        assert!(regions(page).iter().all(|(_, region)| *region != Region::Furniture), "{page}");
    }
}

#[test]
fn documents_of_pages_keep_their_structure_through_copies() {
    let page = Document::from_html(
        "<nav>Home</nav><p>The council voted on Monday to build a bridge over the river.",
    );
    assert_eq!(page.clone().with_id("a").parts(), page.parts());
    assert!(!page.parts().is_empty());
    assert_ne!(page, Document::new(page.text()));
}

/// Pages of many elements, each of a kind that makes a careless reader quadratic or deeply recursive.
#[test]
fn deep_and_broken_pages_take_linear_time_and_no_stack() {
    const MANY: usize = 100_000;
    let pages = [
        "<div>".repeat(MANY),
        "<div class=share>".repeat(MANY) + &"<p>x".repeat(MANY),
        "<b>".repeat(MANY) + &"<p>x</b>".repeat(MANY),
        "<a href=x><div>".repeat(MANY) + &"</a></div>".repeat(MANY),
        "<ul><li>".repeat(MANY) + &"</ul>".repeat(MANY),
        "<table><tr><td>".repeat(MANY),
        "<svg>".repeat(MANY) + &"<p>x".repeat(MANY),
        "<div><svg><p>".repeat(MANY),
        "<article>".repeat(MANY) + BODY,
        format!("<p {}>", "a b=c ".repeat(MANY)),
        format!("<p class=\"{}\">", "siteNav x-".repeat(MANY)),
        "</x>".repeat(MANY),
        "<x-y>".repeat(MANY),
        (0..MANY).map(|i| format!("<e{i}>")).collect(),
        "<script type=application/ld+json>".to_string() + &"[".repeat(MANY),
        "<script type=application/ld+json>{}</script>".repeat(MANY / 10),
        "<!--".repeat(MANY),
        "&amp".repeat(MANY) + &"&#x".repeat(MANY),
        "<time datetime=2026-01-22>".repeat(MANY),
        "<h1>Tamsel builds".repeat(MANY / 10),
        "<q>".repeat(MANY) + &"</q>".repeat(MANY),
        "<pre>\n".repeat(MANY) + &"x\n".repeat(MANY),
    ];
    for page in pages {
        let document = Document::from_html(&page);
        assert!(document.text().len() <= 6 * page.len());
    }
}

fn page() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<a href=x>",
        "</a>",
        "<ul>",
        "<li>",
        "</ul>",
        "<nav>",
        "</nav>",
        "<article>",
        "</article>",
        "<h1>",
        "</h1>",
        "<svg>",
        "</svg>",
        "<title>",
        "</title>",
        "<script>",
        "</script>",
        "<br>",
        "<q>",
        "</q>",
        "<pre>",
        "</pre>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<span hidden>",
        "</span>",
        "<div class=\"share x\">",
        "<time datetime=2026-01-22>",
        "<",
        "&",
        "&amp;",
        "&#0;",
        "\u{0}",
        "é",
        "\u{a0}",
        "\n",
        " ",
        "word ",
        "Tamsel. ",
        "The council voted on Monday to build a bridge over the river. ",
        "<!--",
        "-->",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_page_gives_a_text_whose_parts_are_lines_of_it(html in page()) {
        let document = Document::from_html(&html);
        let mut last = 0;
        for part in document.parts() {
            prop_assert!(part.span.start >= last && part.span.start < part.span.end);
            let line = part.span.slice(document.text());
            prop_assert!(!line.contains('\n') && !line.trim().is_empty(), "{:?}", line);
            last = part.span.end;
        }
        Analysis::new(&document);
    }
}
