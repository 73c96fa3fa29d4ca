#!/usr/bin/env python3
"""Measures nutgraf against annotated stories and prints one row a figure.

    python3 benches/accuracy.py [--gold FOLDER] [--reading PROGRAM] [--floors] [-v STORY] [--json OUT]

FOLDER holds `score.py`, `seeds.json` and `stories/*.json` (default ../shared/gold beside the repository). PROGRAM is
the built `reading` binary of the benches package. `--floors` fails when a figure lies below its floor in
`benches/floors.json`. `-v seeds` (or a story's name) prints the scorer's list of errors for one story.
"""
import argparse
import datetime
import gzip
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def pooled(counts):
    tp, fp, fn = (sum(c[k] for c in counts) for k in ("tp", "fp", "fn"))
    return 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else 0.0


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else None


def claim_kinds(gold, system, scorer):
    """Recall over the four relations, and the share of reported claims that meet a gold pair."""
    where = scorer.sent_index(gold)
    kind_of = lambda c: c.get("kind") or {"agree": "agree", "conflict": None}[c["relation"]]
    right, used = 0, set()
    for claim in gold["claims"]:
        named = False
        for number, found in enumerate(system["claims"]):
            met = {
                i
                for i in claim["sentences"]
                for p in found["spans"]
                if p["article"] == where[i][0] and scorer.ov(p["start"], p["end"], where[i][1], where[i][2])
            }
            if len(met) < 2:
                continue
            used.add(number)
            if kind_of(claim) == found["kind"] or (kind_of(claim) is None and found["relation"] == "conflict"):
                named = True
        right += named
    return {"right": right, "gold": len(gold["claims"]), "used": len(used), "system": len(system["claims"])}


def role_spans(gold, system, scorer):
    """Precision of the reported roles by containment in a gold role of the same person."""
    emap = scorer.sys_entity_gold(gold, system)
    have = {}
    for article in gold["articles"]:
        for role in article.get("roles", []):
            have.setdefault(role["person"], set()).add(scorer.norm(role["surface"]))
    right = total = 0
    for key, entity in system["entities"].items():
        person = emap.get(key)
        if not str(person).startswith("person:"):
            continue
        for role in {scorer.norm(r) for r in entity["roles"]}:
            total += 1
            right += any(role in g or g in role for g in have.get(person, ()))
    return right, total


def read(program, gold_path, published):
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "reading.json"
        subprocess.run([program, str(gold_path), str(out)] + (["--published"] if published else []), check=True)
        return json.loads(out.read_text())


def figures(results):
    """One dictionary of figures over a list of (gold, system, scores, scores with dates, extras)."""
    rows = {}
    scores = [r["scores"] for r in results]
    if any("furniture_lines" in s and s["furniture_lines"]["tp"] + s["furniture_lines"]["fn"] for s in scores):
        rows["furniture line F1"] = pooled([s["furniture_lines"] for s in scores if "furniture_lines" in s])
    rows["body lines lost"] = sum(s["furniture_lines"]["fp"] for s in scores if "furniture_lines" in s)
    rows["sentences F1"] = pooled([s["sentences"] for s in scores])
    for kind in ("all", "person", "place", "org", "untyped"):
        rows[f"mentions F1, {kind}"] = pooled([s["ner"][kind] for s in scores])
    rows["persons B-cubed F1"] = mean(s["person_b3"]["f1"] for s in scores)
    rows["persons B-cubed F1, found only"] = mean(s["person_b3"]["matched_f1"] for s in scores)
    whole = sum(s["person_b3"]["fully_merged"] for s in scores)
    rows["persons whole"] = whole / sum(s["person_b3"]["persons"] for s in scores)
    roles = [s["roles"] for s in scores if "roles" in s and s["roles"]["n"]]
    rows["roles recall"] = sum(r["recall"] * r["n"] for r in roles) / max(1, sum(r["n"] for r in roles))
    right, total = (sum(r["role_precision"][i] for r in results) for i in (0, 1))
    rows["roles precision"] = right / total if total else 0.0
    rows["quote spans F1"] = pooled([s["quotes"]["span"] for s in scores])
    n = sum(s["quotes"]["n"] for s in scores)
    rows["speakers right"] = sum(s["quotes"]["attribution_accuracy"] * s["quotes"]["n"] for s in scores) / max(1, n)
    rows["times spans F1"] = pooled([s["times"]["span"] for s in scores])
    n = sum(s["times"]["n_resolvable"] for s in scores)
    value = lambda key: sum(r[key]["times"]["value_accuracy_resolvable"] * r[key]["times"]["n_resolvable"] for r in results)
    rows["time values, from the texts"] = value("scores") / max(1, n)
    dated = [r["dated_values"] for r in results if r["dated_values"][1]]
    if dated:
        right, total, filled, known, known_right = (sum(d[i] for d in dated) for i in range(5))
        rows["time values, dates passed"] = known_right / known
        rows["time values, dates passed, open too"] = right / total
        rows["time values, dates passed, open filled"] = filled / total
    for key, name in (("5_sentences", "5 sentences"), ("100_words", "100 words")):
        rows[f"key facts, {name}"] = mean(s["summary"][key]["weighted_coverage"] for s in scores if s.get("summary"))
        rows[f"key facts, {name}, of oracle"] = mean(s["summary"][key]["of_oracle"] for s in scores if s.get("summary"))
    claims = [r["claims"] for r in results]
    rows["claims recall, right relation"] = sum(c["right"] for c in claims) / sum(c["gold"] for c in claims)
    rows["claims meeting a gold pair"] = sum(c["used"] for c in claims) / max(1, sum(c["system"] for c in claims))
    return {name: value for name, value in rows.items() if value is not None}


def fills(value, found):
    """Whether a value fits one that the annotation leaves open: XXXX-WXX-5 and a Friday, XXXX-09-29 and 2005-09-29."""
    day, _, rest = value.partition("T")
    found_day, _, found_rest = found.partition("T")
    if not day.startswith("XXXX") or rest != found_rest:
        return False
    week = re.fullmatch(r"XXXX-WXX(?:-(\d))?", day)
    if week and re.fullmatch(r"\d{4}-\d\d-\d\d", found_day):
        return week[1] is not None and datetime.date.fromisoformat(found_day).isoweekday() == int(week[1])
    if week:
        return re.fullmatch(r"\d{4}-W\d\d", found_day) is not None and week[1] is None
    return re.fullmatch(day.replace("X", r"\d"), found_day) is not None


def dated_values(gold, system):
    """Values right among the times that text, other articles or the publication date determine: as annotated, and
    with those right too that fill what the annotation, made without the dates, leaves open; then how many the texts
    alone determine (those that the scorer counts) and how many of them are right."""
    right = filled = total = known = known_right = 0
    for article, found in zip(gold["articles"], system["articles"]):
        if not article.get("published"):
            continue
        for time in article.get("times", []):
            if time["resolvable"] not in ("text", "cluster", "world"):
                continue
            hit = next((t for t in found["times"] if t["start"] < time["end"] and time["start"] < t["end"]), None)
            total += 1
            exact = hit is not None and str(hit["value"]) == time["value"]
            right += exact
            if time["resolvable"] != "world":
                known += 1
                known_right += exact
            filled += exact or hit is not None and fills(time["value"], str(hit["value"]))
    return right, total, filled, known, known_right


UNRELATED = 300


def grouping(program, paths, data):
    """Pairwise F1 of story grouping: whole stories and halves of them, each among unrelated articles.

    A pair of unrelated articles is not judged: nobody has said which of those tell one story.
    """
    stories = [[a["text"] for a in json.loads(path.read_text())["articles"]] for path in paths]
    others = data / "sum" / "cnndm.train.jsonl.gz"
    rows = gzip.open(others, "rt").read().splitlines()[:UNRELATED] if others.exists() else []
    rest = [(json.loads(row)["docs"][0], None) for row in rows]
    halves = [[story[:5] for story in stories], [story[5:] or story for story in stories]]
    heaps = {"whole stories": [stories], "five of each": halves}
    figures = {}
    for name, lists in heaps.items():
        both = made = gold = 0
        for chosen in lists:
            heap = [(text, number) for number, story in enumerate(chosen) for text in story] + rest
            with tempfile.TemporaryDirectory() as folder:
                source, out = pathlib.Path(folder) / "heap.json", pathlib.Path(folder) / "groups.json"
                source.write_text(json.dumps({"articles": [{"text": text} for text, _ in heap]}))
                subprocess.run([program, str(source), str(out), "--group"], check=True)
                found = json.loads(out.read_text())
            for group in found["groups"]:
                labels = [heap[i][1] for i in group]
                for i, a in enumerate(labels):
                    for b in labels[:i]:
                        made += a is not None or b is not None
                        both += a is not None and a == b
            gold += sum(len(story) * (len(story) - 1) // 2 for story in chosen)
        figures[f"grouping F1, {name}"] = 2 * both / (made + gold)
    figures["articles grouped in a second"] = found["articles_per_second"]
    return figures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=pathlib.Path, default=ROOT.parent / "shared" / "gold")
    parser.add_argument("--reading", default=str(ROOT / "target" / "release" / "reading"))
    parser.add_argument("--floors", action="store_true")
    parser.add_argument("-v", "--verbose", metavar="STORY")
    parser.add_argument("--json", type=pathlib.Path)
    args = parser.parse_args()
    sys.path.insert(0, str(args.gold))
    sys.dont_write_bytecode = True
    import score as scorer

    groups = {"seeds": [args.gold / "seeds.json"], "stories": sorted((args.gold / "stories").glob("*.json"))}
    table = {}
    for group, paths in groups.items():
        results = []
        for path in paths:
            gold = json.loads(path.read_text())
            system = read(args.reading, path, False)
            scores, errors = scorer.score(gold, system)
            dated = read(args.reading, path, True)
            results.append(
                {
                    "scores": scores,
                    "dated_values": dated_values(gold, dated),
                    "claims": claim_kinds(gold, system, scorer),
                    "role_precision": role_spans(gold, system, scorer),
                }
            )
            if args.verbose in (group if group == "seeds" else path.stem, "all"):
                print(f"== {path.stem}")
                scorer.show(scores)
                for kind, rows in errors.items():
                    print("--", kind)
                    for row in rows.items() if isinstance(rows, dict) else rows or []:
                        print("  ", row)
        table[group] = figures(results)
    every = [path for paths in groups.values() for path in paths]
    table["stories"].update(grouping(args.reading, every, args.gold.parent / "data"))
    names = list(dict.fromkeys(name for rows in table.values() for name in rows))
    pairs = args.gold.parent / "data" / "pairs"
    program = pathlib.Path(args.reading).with_name("names")
    if pairs.exists() and program.exists():
        printed = subprocess.run([program, pairs], check=True, capture_output=True, text=True).stdout
        table["name pairs"] = json.loads(printed)
    print(f"{'figure':40}{'seeds':>9}{'stories':>9}")
    for name in names:
        cells = [f"{table[g][name]:9.3f}" if name in table[g] else f"{'':9}" for g in ("seeds", "stories")]
        print(f"{name:40}{''.join(cells)}")
    for name, value in table.get("name pairs", {}).items():
        print(f"{name:60}{value:9.3f}")
    if args.json:
        args.json.write_text(json.dumps(table, indent=1))
    if args.floors:
        floors = json.loads((ROOT / "benches" / "floors.json").read_text())
        low = [
            f"{group}: {name} is {table.get(group, {}).get(name, 0):.3f}, below its floor {floor}"
            for group, rows in floors.items()
            for name, floor in rows.items()
            if table.get(group, {}).get(name, 0) < floor
        ]
        print("\n".join(low) or "every figure is at or above its floor")
        sys.exit(bool(low))


if __name__ == "__main__":
    main()
