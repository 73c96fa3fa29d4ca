#!/usr/bin/env python3
"""Opens digest pages of the sample stories in a browser and checks what a reader needs.

    check_page.py CHROMIUM FOLDER NUTGRAF...

NUTGRAF is the command line that runs nutgraf (`python -m nutgraf`). Pages and their screenshots (light, dark, phone) are written to FOLDER. Checked: no script
and no event handler, nothing loaded from outside, language and title, landmarks, one top heading and no heading level
skipped, names for images and drawings, no dead link inside the page; in the browser, light and dark: the contrast of
every text with its background (WCAG AA: 4.5, large text 3), and on a phone's width that nothing needs to be scrolled
sideways. The browser measures in a copy of the page with a script of this check; the page itself has none.
"""
import html.parser
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
VOID = {"meta", "br", "img", "hr", "link", "input", "circle", "line", "rect", "path"}

MEASURE = """
<script>
function rgb(text) { const n = text.match(/[\\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; }
function over(top, below) { return [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1); }
function backgroundOf(element) {
  const layers = [];
  for (let e = element; e; e = e.parentElement) layers.push(rgb(getComputedStyle(e).backgroundColor));
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  return layers.reverse().reduce((below, top) => over(top, below), dark ? [18, 18, 18, 1] : [255, 255, 255, 1]);
}
function luminance(c) {
  const part = v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
  return 0.2126 * part(c[0]) + 0.7152 * part(c[1]) + 0.0722 * part(c[2]);
}
const low = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
let texts = 0;
while (walker.nextNode()) {
  const node = walker.currentNode, element = node.parentElement;
  if (!node.textContent.trim() || element.closest("script, style, title")) continue;
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden") continue;
  texts += 1;
  const back = backgroundOf(element);
  const ink = element instanceof SVGElement ? style.fill : style.color;
  let opacity = 1;
  for (let e = element; e; e = e.parentElement) opacity *= Number(getComputedStyle(e).opacity);
  const front = rgb(ink);
  const shown = over([front[0], front[1], front[2], front[3] * opacity], back);
  const [a, b] = [luminance(shown), luminance(back)].sort((p, q) => q - p);
  const size = parseFloat(style.fontSize), large = size >= 24 || size >= 18.66 && Number(style.fontWeight) >= 700;
  const ratio = (a + 0.05) / (b + 0.05);
  if (ratio < (large ? 3 : 4.5)) low.push(ratio.toFixed(2) + " " + element.tagName + " " + node.textContent.trim().slice(0, 40));
}
const report = { texts, low, wide: document.documentElement.scrollWidth - document.documentElement.clientWidth };
const pre = document.createElement("pre");
pre.id = "measured";
pre.textContent = JSON.stringify(report);
document.body.replaceChildren(pre);
</script>
"""


class Outline(html.parser.HTMLParser):
    """Reads what the checks need of a page."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.tags, self.headings, self.ids, self.links = [], [], set(), []
        self.depth = []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append(tag)
        handlers = [name for name in attrs if name.startswith("on")]
        if tag == "script" or handlers:
            self.found.append(f"script: <{tag}> {handlers}")
        for name in ("src", "data", "poster", "action"):
            if name in attrs:
                self.found.append(f"loads {attrs[name]!r} by <{tag} {name}>")
        if tag == "link":
            self.found.append(f"loads {attrs.get('href')!r} by <link>")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "html" and not attrs.get("lang"):
            self.found.append("the page names no language")
        if tag == "img" and "alt" not in attrs:
            self.found.append("an image has no alternative text")
        if tag == "svg" and not (attrs.get("aria-hidden") == "true" or attrs.get("aria-label") or attrs.get("aria-labelledby")):
            self.found.append("a drawing has no name")
        if "id" in attrs:
            if attrs["id"] in self.ids:
                self.found.append(f"two elements have the id {attrs['id']!r}")
            self.ids.add(attrs["id"])
        if tag == "a" and attrs.get("href", "").startswith("#"):
            self.links.append(attrs["href"][1:])

    def problems(self, text):
        for tag in ("main", "header", "nav", "title", "h1"):
            if tag not in self.tags:
                self.found.append(f"the page has no <{tag}>")
        if self.headings.count(1) != 1:
            self.found.append(f"{self.headings.count(1)} top headings")
        for above, below in zip(self.headings, self.headings[1:]):
            if below > above + 1:
                self.found.append(f"a heading of level {below} follows one of level {above}")
        self.found += [f"a link leads nowhere: #{link}" for link in self.links if link not in self.ids]
        if re.search(r"@import|url\(", text):
            self.found.append("the style loads something")
        if 'name="viewport"' not in text:
            self.found.append("the page has no viewport for phones")
        return self.found


def browse(chromium, page, *flags):
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", *flags, page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode:
        sys.exit(f"{chromium} failed: {done.stderr[-500:]}")
    return done.stdout


def measured(chromium, page, name, *flags):
    copy = page.with_suffix(".measure.html")
    copy.write_text(page.read_text().replace("</body>", MEASURE + "</body>"))
    shown = browse(chromium, copy, "--dump-dom", "--virtual-time-budget=5000", *flags)
    copy.unlink()
    report = json.loads(html.unescape(re.search(r'<pre id="measured">(.*?)</pre>', shown, re.S)[1]))
    if not report["texts"]:
        sys.exit(f"{page.name}, {name}: the browser shows no text")
    found = [f"{name}: contrast {low}" for low in report["low"]]
    if report["wide"] > 0:
        found.append(f"{name}: the page is {report['wide']} pixels too wide")
    return found


def main():
    chromium, folder = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    light, dark = "--blink-settings=preferredColorScheme=1", "--blink-settings=preferredColorScheme=0"
    views = {
        "light": (light, "--window-size=1200,4000"),
        "dark": (dark, "--window-size=1200,4000"),
        "phone": (light, "--window-size=500,4000"),
    }
    wrong = 0
    for story in ("story", "flood"):
        paths = sorted((ROOT / "seeds" / story).glob("*.txt"))
        command = [*sys.argv[3:], "digest", "--format", "html", *map(str, paths)]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        page = folder / f"{story}.html"
        page.write_text(text)
        outline = Outline()
        outline.feed(text)
        found = outline.problems(text)
        for name, flags in views.items():
            browse(chromium, page, f"--screenshot={folder / f'{story}.{name}.png'}", *flags)
            found += measured(chromium, page, name, *flags)
        for line in found:
            print(f"{page.name}: {line}")
        wrong += len(found)
        print(f"{page.name}: {len(found)} problems; screenshots in {folder}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
