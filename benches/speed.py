#!/usr/bin/env python3
"""Times nutgraf through Python beside its peers, in one process and in turn, and prints JSON.

    python3 benches/speed.py ARTICLE.txt ...

Run in an environment that has nutgraf and the packages of `benches/peers.txt`. Every figure is the smallest of several
rounds in which all contestants take their turn, so that a noisy machine hurts all alike; ratios are to nutgraf.
"""
import json
import pathlib
import subprocess
import sys
import time

import nutgraf

ROUNDS = 5
# Long enough that a round is far above the clock's grain.
SECONDS = 0.15


def seconds_of(job):
    """The time of one call, averaged over as many as fill the round."""
    started, calls = time.perf_counter(), 0
    while time.perf_counter() - started < SECONDS:
        job()
        calls += 1
    return (time.perf_counter() - started) / calls


def contest(jobs):
    for job in jobs.values():
        job()
    best = {}
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            best[name] = min(best.get(name, float("inf")), seconds_of(job))
    return best


def summarizers(article):
    import lede
    from summa import summarizer as summa
    from sumy.nlp.tokenizers import Tokenizer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.luhn import LuhnSummarizer

    class Words(Tokenizer):
        """sumy's tokeniser without the download of a sentence model: sentences at stops, words at blanks."""

        def __init__(self):
            self._language = "english"

        def to_sentences(self, text):
            return tuple(s.strip() + "." for s in text.replace("\n", " ").split(". ") if s.strip())

        def to_words(self, sentence):
            return tuple(sentence.split())

    def sumy(summarizer):
        parser = PlaintextParser.from_string(article, Words())
        return summarizer(parser.document, 3)

    return {
        "nutgraf": lambda: nutgraf.summarize(article, max_sentences=3),
        "lede": lambda: lede.summarize(article),
        "summa": lambda: summa.summarize(article, words=80),
        "sumy LexRank": lambda: sumy(LexRankSummarizer()),
        "sumy Luhn": lambda: sumy(LuhnSummarizer()),
    }


def import_seconds():
    code = "import time; t = time.perf_counter(); import nutgraf; print(time.perf_counter() - t)"
    runs = [subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True) for _ in range(7)]
    return min(float(run.stdout) for run in runs)


def main():
    texts = [pathlib.Path(path).read_text() for path in sys.argv[1:]]
    # One article of about 600 words: the first paragraphs of all, in turn.
    words, lines = 0, []
    for line in (line for text in texts for line in text.splitlines()):
        if words < 600:
            lines.append(line)
            words += len(line.split())
    article = "\n".join(lines)
    summaries = contest(summarizers(article))
    long = "\n".join([article] * (100_000 // words + 1))
    heap = [article] * 200
    jobs = contest(
        {
            "match_entities": lambda: nutgraf.match_entities(article),
            "summarize": lambda: nutgraf.summarize(article, max_sentences=3),
            "summarize, sentences read": lambda: list(nutgraf.summarize(article, max_sentences=3)),
            "summarize 100,000 words": lambda: nutgraf.summarize(long, max_sentences=3),
            "summarize_batch of 200, 1 thread": lambda: nutgraf.summarize_batch(heap, max_sentences=3, threads=1),
            "summarize_batch of 200, 2 threads": lambda: nutgraf.summarize_batch(heap, max_sentences=3, threads=2),
            "digest, 1 thread": lambda: nutgraf.digest(texts),
            "digest, 2 threads": lambda: nutgraf.digest(texts, threads=2),
        }
    )
    size = lambda module: sum(f.stat().st_size for f in pathlib.Path(module.__file__).parent.rglob("*") if f.is_file())
    result = {
        "article words": words,
        "story words": sum(len(text.split()) for text in texts),
        "summarize seconds": summaries,
        "job seconds": jobs,
        "import seconds": import_seconds(),
        "installed bytes": size(nutgraf),
    }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
