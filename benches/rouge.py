#!/usr/bin/env python3
"""Measures summaries by ROUGE-2 F (the `rouge-score` package, with stemming) and prints one row a corpus.

    pip install rouge-score
    python3 benches/rouge.py [--data FOLDER] [--summaries PROGRAM]

FOLDER holds `cnndm.train.jsonl.gz` and `multiling2011.jsonl` (default ../shared/data/sum beside the repository).
PROGRAM is the built `summaries` binary of the benches package.
"""
import argparse
import gzip
import json
import pathlib
import subprocess
import tempfile

from rouge_score import rouge_scorer

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCORER = rouge_scorer.RougeScorer(["rouge2"], use_stemmer=True)


def rouge(rows, texts):
    """Mean over the rows of the mean F over a row's references, times 100."""
    scores = []
    for row, text in zip(rows, texts, strict=True):
        references = [SCORER.score(reference, text)["rouge2"].fmeasure for reference in row["summaries"]]
        scores.append(sum(references) / len(references))
    return 100 * sum(scores) / len(scores)


def summaries(program, rows, *what):
    with tempfile.TemporaryDirectory() as folder:
        source, out = pathlib.Path(folder, "rows.jsonl"), pathlib.Path(folder, "out.jsonl")
        source.write_text("".join(json.dumps({"docs": row["docs"]}) + "\n" for row in rows))
        subprocess.run([program, source, out, *what], check=True)
        return [json.loads(line) for line in out.read_text().splitlines()]


def round_robin(program, row, words):
    """First sentences of all documents, then second ones, while they fit into the words."""
    texts = [{"docs": [text]} for text in row["docs"]]
    taken, used, before = [], 0, [""] * len(texts)
    for place in range(1, 40):
        leads = summaries(program, texts, "--lead", str(place))
        for number, lead in enumerate(leads):
            sentence = lead[len(before[number]):].strip()
            if sentence and used + len(sentence.split()) <= words:
                taken.append(sentence)
                used += len(sentence.split())
        if leads == before:
            break
        before = leads
    return " ".join(taken)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared" / "data" / "sum")
    parser.add_argument("--summaries", default=str(ROOT / "target" / "release" / "summaries"))
    args = parser.parse_args()
    with gzip.open(args.data / "cnndm.train.jsonl.gz", "rt") as lines:
        articles = [json.loads(line) for line in lines]
    # The page header that one of the outlets' articles carry inside the running text.
    header = "By . Ann Other and Jo Bloggs . PUBLISHED: . 07:12 EST, 3 July 2013 . | . UPDATED: . 08:11 EST, 4 July 2013 . "
    dirty = [{**row, "docs": [header + row["docs"][0]]} for row in articles]
    clusters = [json.loads(line) for line in (args.data / "multiling2011.jsonl").read_text().splitlines()]
    run = lambda rows, *what: rouge(rows, summaries(args.summaries, rows, *what))
    print(f"{'ROUGE-2 F':44}{'lead':>8}{'nutgraf':>9}")
    # The set begins with shorter articles: their lead is worth 11.7, that of all articles 10.7.
    parts = [("articles, 3 sentences", articles), ("the first 300 of them", articles[:300])]
    for name, rows in (*parts, ("all behind a page header", dirty)):
        print(f"{name:44}{run(rows, '--lead', '3'):8.2f}{run(rows, '--sentences', '3'):9.2f}", flush=True)
    lead = rouge(clusters, [round_robin(args.summaries, row, 250) for row in clusters])
    print(f"{'ten-document clusters, 250 words':44}{lead:8.2f}{run(clusters, '--words', '250'):9.2f}")


if __name__ == "__main__":
    main()
