#!/usr/bin/env python3
"""Makes the articles of a sample story and their annotation from the working form.

    python3 seeds/make_story.py seeds/story
    python3 seeds/make_story.py seeds/story --check      fails when the committed files differ

In: `work/*.work` (articles, one sentence a line, notes below), `work/entities.tsv`, `facts.tsv`, `claims.tsv`. Out: `NN_name.txt` beside
`work`, and `gold.json`: offsets in code points, half-open. `seeds/STORIES.md` describes the working form.
"""
import json
import re
import sys
from hashlib import sha256
from pathlib import Path

FURNITURE = {
    "breadcrumb", "byline", "related", "comment", "engagement", "cookie", "adblock", "newsletter", "share", "caption", "syndication",
}
NEUTRAL = {"title", "subheading", "headline2"}
BODY = {"paragraph", "standfirst", "list_item"}
TYPES = {"person", "org", "place", "norp", "event", "work", "product"}


class Article:
    """One article while it is read: its text so far and what is marked in it."""

    def __init__(self, index, path, entities):
        self.index, self.path, self.entities = index, path, entities
        self.text, self.lines, self.sentences, self.labels = "", [], [], {}
        self.marks = {kind: [] for kind in ("mentions", "roles", "quotes", "times", "numbers", "inline_artefacts")}
        self.facts, self.kind, self.published, self.place, self.cursor = [], None, None, None, {}

    def fail(self, number, message):
        sys.exit(f"{self.path.name} line {number}: {message}")

    def read(self):
        for number, line in enumerate(self.path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("#"):
                continue
            if not line:
                self.text += "\n" if not self.text or self.text.endswith("\n") else "\n\n"
            elif line.startswith("@"):
                self.start(number, *line[1:].partition(" ")[::2])
            elif line.startswith(". "):
                self.sentence(number, line[2:])
            else:
                self.note(number, *line.partition(" ")[::2])
        self.text = self.text.rstrip("\n") + "\n"

    def start(self, number, kind, rest):
        if kind == "published":
            self.published = rest
            return
        if kind not in FURNITURE | NEUTRAL | BODY:
            self.fail(number, f"kind {kind!r} is not known; accepted are {', '.join(sorted(FURNITURE | NEUTRAL | BODY))}")
        if self.text and not self.text.endswith("\n"):
            self.text += "\n"
        self.kind = kind
        self.place = (len(self.text), len(self.text) + len(rest))
        self.text += rest
        self.cursor = {}
        if rest:
            self.lines.append([kind, *self.place])
            self.mention_all("furniture" if kind in FURNITURE else "heading")
        else:
            self.lines.append([kind, len(self.text), len(self.text)])

    def sentence(self, number, text):
        if self.kind not in BODY:
            self.fail(number, "a sentence stands outside a paragraph, standfirst or list_item")
        line = self.lines[-1]
        if line[2] > line[1]:
            self.text += " "
        self.place = (len(self.text), len(self.text) + len(text))
        self.text += text
        line[2] = len(self.text)
        self.sentences.append({"id": f"{self.index}.{len(self.sentences)}", "start": self.place[0], "end": self.place[1], "kind": self.kind, "text": text})
        self.cursor = {}
        self.mention_all("body")

    def find(self, number, surface, code):
        """The next place of a surface in the current line, so that repeated notes mark its repeated places."""
        start = self.text.find(surface, self.cursor.get((code, surface), self.place[0]), self.place[1])
        if start < 0:
            self.fail(number, f"{surface!r} does not stand in the line above")
        self.cursor[code, surface] = start + len(surface)
        return {"start": start, "end": start + len(surface), "surface": surface}

    def mention_all(self, region):
        """Marks the names of the entity table, longest first, in the line just read."""
        taken = []
        for surface, entity, lost in self.entities:
            for match in re.finditer(rf"(?<![\w]){re.escape(surface)}(?![\w])", self.text[self.place[0]:self.place[1]]):
                start, end = self.place[0] + match.start(), self.place[0] + match.end()
                if any(start < other_end and other_start < end for other_start, other_end in taken):
                    continue
                taken.append((start, end))
                self.mention(start, end, entity, region, lost)

    def mention(self, start, end, entity, region, lost=False):
        mark = {"start": start, "end": end, "surface": self.text[start:end], "type": entity.split(":")[0], "entity": entity, "region": region}
        if mark["entity"] == "org:kremlin":
            mark["alt_types"] = ["place"]
        if lost:
            mark["alt_end"], mark["lost_apostrophe"] = end - 1, True
            self.marks["inline_artefacts"].append({"start": start, "end": end, "surface": mark["surface"], "kind": "lost_apostrophe"})
        self.marks["mentions"].append(mark)

    def note(self, number, code, rest):
        surface, _, value = (part.strip() for part in rest.partition(" => "))
        if code == "F":
            self.facts += [(fact, self.sentences[-1]["id"]) for fact in rest.split()]
        elif code == "L":
            self.labels[rest] = self.sentences[-1]["id"]
        elif code == "M":
            place = self.find(number, surface, code)
            self.mention(place["start"], place["end"], value, "body" if self.kind in BODY else "furniture" if self.kind in FURNITURE else "heading")
        elif code == "!M":
            place = self.find(number, surface, code)
            self.marks["mentions"] = [mark for mark in self.marks["mentions"] if mark["start"] != place["start"]]
        elif code == "R":
            self.marks["roles"].append({"person": value, **self.find(number, surface, code)})
        elif code == "Q":
            self.marks["quotes"].append({**self.find(number, surface, code), "speaker": None if value == "none" else value, "kind": "direct"})
        elif code == "Q?":
            self.marks["quotes"].append({**self.find(number, surface, code), "speaker": None, "kind": "scare"})
        elif code == "T":
            value, _, how = value.rpartition(" ")
            if how not in ("text", "cluster", "world", "none"):
                self.fail(number, f"{how!r} does not tell how a time is resolved; accepted are text, cluster, world and none")
            self.marks["times"].append({**self.find(number, surface, code), "value": value, "resolvable": how})
        elif code == "N":
            self.marks["numbers"].append({**self.find(number, surface, code), "counted": value})
        elif code == "B":
            self.marks["inline_artefacts"].append({**self.find(number, surface, code), "kind": "markdown_bold"})
        else:
            self.fail(number, f"note {code!r} is not known; accepted are F, L, M, !M, R, Q, Q?, T, N and B")

    def result(self):
        file = self.path.stem + ".txt"
        raw = self.text.encode()
        starts = [0] + [match.end() for match in re.finditer("\n", self.text)]
        lines = []
        for kind, start, end in self.lines:
            group = "furniture" if kind in FURNITURE else "neutral" if kind in NEUTRAL else "body"
            lines.append({"line": starts.index(start) + 1, "start": start, "end": end, "class": group, "kind": kind})
        title = next(({"start": start, "end": end, "surface": self.text[start:end]} for kind, start, end in self.lines if kind == "title"), None)
        marks = {kind: sorted(marks, key=lambda mark: (mark["start"], mark["end"])) for kind, marks in self.marks.items()}
        return {
            "index": self.index, "file": file, "sha256": sha256(raw).hexdigest(), "length": len(self.text), "published": self.published, "text": self.text,
            "title": title, "lines": lines, "sentences": self.sentences, **marks,
        }


def table(path):
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [[cell.strip() for cell in row] for row in rows]


def read_entities(path):
    names = []
    for entity, surfaces in table(path):
        if entity.split(":")[0] not in TYPES:
            sys.exit(f"{path.name}: {entity} has no known type; accepted are {', '.join(sorted(TYPES))}")
        for surface in surfaces.split(";"):
            names.append((surface.strip().removeprefix("~"), entity, surface.strip().startswith("~")))
    return sorted(names, key=lambda name: (-len(name[0]), name))


def gold(folder):
    work = folder / "work"
    entities = read_entities(work / "entities.tsv")
    articles = [Article(index, path, entities) for index, path in enumerate(sorted(work.glob("*.work")))]
    for article in articles:
        article.read()
    labels = {}
    for article in articles:
        labels.update(article.labels)
    facts = []
    for ident, fact in table(work / "facts.tsv"):
        sentences = [sentence for article in articles for name, sentence in article.facts if name == ident]
        if not sentences:
            sys.exit(f"facts.tsv: no sentence states {ident}")
        facts.append({"id": ident, "fact": fact, "weight": len({sentence.split(".")[0] for sentence in sentences}), "sentences": sentences, "scored": True})
    claims = []
    for relation, names, topic, *note in table(work / "claims.tsv"):
        if relation not in ("agree", "differ", "revised", "different_event"):
            sys.exit(f"claims.tsv: relation {relation!r} is not known; accepted are agree, differ, revised and different_event")
        missing = [name for name in names.split() if name not in labels]
        if missing:
            sys.exit(f"claims.tsv: no sentence has the label {missing[0]!r}")
        kind = "agree" if relation == "agree" else "conflict"
        claims.append({"relation": kind, "kind": relation, "topic": topic, "sentences": [labels[name] for name in names.split()], "note": "".join(note)})
    results = [article.result() for article in articles]
    return {
        "name": folder.name, "offsets": "unicode code points, half-open, into text exactly as in the file", "articles": results,
        "entities": summary(results), "facts": facts, "claims": claims,
    }


def summary(results):
    """What each entity is called, where, in which roles."""
    entities = {}
    for result in results:
        for mark in result["mentions"]:
            entry = entities.setdefault(mark["entity"], {"type": mark["type"], "variants": {}, "articles": []})
            entry["variants"][mark["surface"]] = entry["variants"].get(mark["surface"], 0) + 1
            if result["index"] not in entry["articles"]:
                entry["articles"].append(result["index"])
        for mark in result["roles"]:
            if mark["person"] not in entities:
                sys.exit(f"{result['file']}: role of {mark['person']}, whom no mention names")
            roles = entities[mark["person"]].setdefault("roles", {}).setdefault(mark["surface"], [])
            if result["index"] not in roles:
                roles.append(result["index"])
    return dict(sorted(entities.items()))


def main():
    if len(sys.argv) not in (2, 3) or (len(sys.argv) == 3 and sys.argv[2] != "--check"):
        sys.exit(__doc__)
    folder = Path(sys.argv[1]).resolve()
    made = gold(folder)
    files = {folder / "gold.json": json.dumps(made, ensure_ascii=False, indent=1) + "\n"}
    files.update({folder / article["file"]: article["text"] for article in made["articles"]})
    for path, text in files.items():
        if len(sys.argv) == 3:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                sys.exit(f"{path.name} differs from what {folder.name}/work makes; run make_story.py")
        else:
            path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{folder.name}: {len(made['articles'])} articles, {sum(len(a['sentences']) for a in made['articles'])} sentences,"
          f" {sum(len(a['mentions']) for a in made['articles'])} mentions, {len(made['claims'])} claims")


if __name__ == "__main__":
    main()
