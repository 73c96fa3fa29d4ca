#!/usr/bin/env python3
"""Measures the world catalog on annotated news, by exact spans.

    python3 seeds/world/measure.py SOURCES [--stories FOLDER] [--errors N]

A naive matcher finds the longest strong names, whole words, case as written. SOURCES/ner/voa_news.jsonl from sentence 12,000 on, which
make_world.py does not read, gives precision and recall by kind; the stories (a folder of annotated clusters) give recall.
"""
import argparse
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

from names import KINDS, VOA_READ

WORLD = Path(__file__).resolve().parents[2] / "core" / "src" / "catalog" / "world"
TOKEN = re.compile(r"[A-Za-z0-9À-ɏ]+|[^\sA-Za-z0-9À-ɏ]")
SHORT = {"person": "person", "org": "organization", "place": "place", "norp": "nationality", "event": "event", "work": "work", "product": "product"}


def load():
    """The strong names by their tokens: kinds of the owners."""
    names = defaultdict(Counter)
    for path in sorted(WORLD.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            for name in [row["name"], *row.get("aliases", [])]:
                kinds = names[tuple(TOKEN.findall(name.replace("’", "'")))]
                kinds[row["kind"]] = max(kinds[row["kind"]], row["weight"])
    return names


def find(names, longest, text):
    tokens = [(match.start(), match.end(), match[0]) for match in TOKEN.finditer(text.replace("’", "'"))]
    place = 0
    while place < len(tokens):
        for length in range(min(longest, len(tokens) - place), 0, -1):
            kinds = names.get(tuple(token for _, _, token in tokens[place : place + length]))
            if kinds:
                yield tokens[place][0], tokens[place + length - 1][1], max(kinds, key=lambda kind: (kinds[kind], kind))
                place += length - 1
                break
        place += 1


def articles(folder):
    for path in sorted(folder.glob("*.json")):
        for article in json.loads(path.read_text(encoding="utf-8"))["articles"]:
            yield article["text"], [(m["start"], m["end"], SHORT[m["type"]]) for m in article["mentions"] if m["type"] in SHORT]


def sentences(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if number >= VOA_READ:
            row = json.loads(line)
            yield row["text"], [(span["start"], span["end"], KINDS[span["type"]]) for span in row["spans"]]


def measure(title, texts, names, errors):
    longest = max(map(len, names))
    right, wrong, gold = Counter(), Counter(), Counter()
    missed, invented = defaultdict(Counter), defaultdict(Counter)
    for text, spans in texts:
        truth = {(start, end): kind for start, end, kind in spans}
        gold.update(truth.values())
        for start, end, kind in find(names, longest, text):
            if truth.get((start, end)) == kind:
                right[kind] += 1
                del truth[start, end]
            else:
                wrong[kind] += 1
                invented[kind][text[start:end]] += 1
        for (start, end), kind in truth.items():
            missed[kind][text[start:end]] += 1
    print(title)
    for kind in gold:
        found = right[kind] + wrong[kind]
        print(f"  {kind:13} precision {right[kind] / max(found, 1):.3f} of {found:6}   recall {right[kind] / gold[kind]:.3f} of {gold[kind]:6}")
    for kind in gold if errors else ():
        print(f"  {kind} invented:", "; ".join(f"{name} {count}" for name, count in invented[kind].most_common(errors)))
        print(f"  {kind} missed:", "; ".join(f"{name} {count}" for name, count in missed[kind].most_common(errors)))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("sources", type=Path)
    options.add_argument("--stories", type=Path)
    options.add_argument("--errors", type=int, default=0)
    chosen = options.parse_args()
    names = load()
    measure("news sentences, held out", sentences(chosen.sources / "ner" / "voa_news.jsonl"), names, chosen.errors)
    if chosen.stories:
        measure("stories (precision counts partly annotated kinds)", articles(chosen.stories), names, chosen.errors)


if __name__ == "__main__":
    main()
