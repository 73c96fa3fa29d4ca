#!/usr/bin/env python3
"""Times finding catalog names through Python beside other libraries, on the same text and names, and prints a table.

    python3 benches/matching.py DATA [--names 10000,100000] [--megabytes 4] [--peers LIBRARY,...] [--seconds 20]

DATA is the shared data folder (`ner/voa_news.jsonl`, `catalogs/`). Run in an environment that has nutgraf and the packages
of `benches/peers.txt`; a peer that is not installed, that cannot hold so many names, or that takes too long to build is left
out and named. A slow one reads as much of the text as it can in a round of some seconds, and nutgraf reads the same. Every peer is measured beside nutgraf in a process of its own, so that none takes the others down. Text comes in
documents of some 3 kB. nutgraf folds and checks words; the others get names and documents in lower case (`str.lower` is timed with
them) and make the call that is their fastest for all matches: most of what they find lies inside words, which is not
sorted out. Each is timed in turn, the best of the rounds counts; ratios are what nutgraf is faster.
"""
import argparse
import gzip
import json
import pathlib
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time

ROUNDS = 3
# What a round of a peer may take, and the documents that tell how many it can read in that time.
ROUND_SECONDS = 1.5
FIRST = 8
FILES = ["geonames_cities500.jsonl.gz", "sec_companies.jsonl", "territories.jsonl", "us_politicians.jsonl", "world_leaders.jsonl"]


def all_names(folder):
    names = set()
    for name in FILES:
        path = folder / "catalogs" / name
        with gzip.open(path, "rt") if path.suffix == ".gz" else open(path) as rows:
            for row in map(json.loads, rows):
                names.update([row["name"], *row.get("aliases", []), *row.get("aliases_weak", [])])
    usable = [n for n in names if len(n) < 500 and any(c.isalpha() and c < "\u2000" for c in n)]
    usable.sort()
    random.Random(7).shuffle(usable)
    return usable


def documents(folder, size):
    with open(folder / "ner" / "voa_news.jsonl") as rows:
        sentences = [json.loads(row)["text"] for row in rows]
    random.Random(1).shuffle(sentences)
    found, document, total = [], "", 0
    while total < size:
        for sentence in sentences:
            document += sentence + " "
            if len(document) > 3000:
                found.append(document)
                total += len(document.encode())
                document = ""
            if total >= size:
                break
    return found


def lower(names):
    """Distinct names in lower case."""
    return sorted({name.lower() for name in names})


def nutgraf_finder(names):
    import nutgraf

    rows = (json.dumps({"id": str(i), "name": name}) for i, name in enumerate(names))
    return nutgraf.Catalog.from_jsonl("\n".join(rows)).find


def daachorse_finder(names):
    import daachorse

    automaton = daachorse.CharwiseDoubleArrayAhoCorasick(lower(names))
    return lambda text: automaton.find_overlapping(text.lower())


def ahocorasick_rs_finder(names):
    import ahocorasick_rs

    automaton = ahocorasick_rs.AhoCorasick(lower(names))
    return lambda text: automaton.find_matches_as_indexes(text.lower(), overlapping=True)


def pyahocorasick_finder(names):
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for i, name in enumerate(lower(names)):
        automaton.add_word(name, i)
    automaton.make_automaton()
    return lambda text: list(automaton.iter(text.lower()))


def flashtext_finder(names):
    import flashtext

    processor = flashtext.KeywordProcessor()
    for name in names:
        processor.add_keyword(name, name)
    return lambda text: processor.extract_keywords(text, span_info=True)


def spacy_finder(names):
    import spacy
    from spacy.matcher import PhraseMatcher

    pipeline = spacy.blank("en")
    matcher = PhraseMatcher(pipeline.vocab, attr="LOWER")
    matcher.add("name", list(pipeline.tokenizer.pipe(names)))
    return lambda text: matcher(pipeline.make_doc(text))


def hyperscan_finder(names):
    import hyperscan

    database = hyperscan.Database()
    escaped = ["".join(f"\\x{b:02x}" for b in name.encode()).encode() for name in lower(names)]
    flags = [hyperscan.HS_FLAG_SOM_LEFTMOST] * len(escaped)
    database.compile(expressions=escaped, ids=list(range(len(escaped))), elements=len(escaped), flags=flags)

    def find(text):
        found = []
        keep = lambda i, start, end, flags, context: found.append((i, start, end))
        database.scan(text.lower().encode(), match_event_handler=keep)
        return found

    return find


PEERS = {
    "ahocorasick_rs": ahocorasick_rs_finder,
    "daachorse": daachorse_finder,
    "pyahocorasick": pyahocorasick_finder,
    "flashtext": flashtext_finder,
    "spaCy PhraseMatcher": spacy_finder,
    "hyperscan": hyperscan_finder,
}


def seconds_of(find, texts):
    started = time.process_time()
    for text in texts:
        find(text)
    return time.process_time() - started


def part(find, texts):
    """As many of the texts as can be read in a round."""
    some = FIRST
    while (needed := seconds_of(find, texts[:some])) < ROUND_SECONDS / 10 and some < len(texts):
        some *= 2
    return texts[: max(FIRST, int(some * ROUND_SECONDS / max(needed, 1e-3)))]


def rate(find, texts):
    """MB/s; texts that are read in no time are read again."""
    size, times, needed = sum(len(text.encode()) for text in texts), 0, 0.0
    while needed < ROUND_SECONDS / 10:
        needed += seconds_of(find, texts)
        times += 1
    return size * times / needed / 1e6


def measure(prepared, count, peer, seconds):
    """One peer beside nutgraf, in a process of its own: prints the peer's seconds to build, the text it read, its and nutgraf's MB/s."""
    with open(prepared) as rows:
        texts = json.loads(next(rows))
        names = [json.loads(row) for row, _ in zip(rows, range(count))]
    # Seconds of work, not of waiting: other work on the machine leaves the result as it is.
    used, most = int(time.process_time()), resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, most))
    started = time.process_time()
    find = PEERS[peer](names)
    find(texts[0])
    built = time.process_time() - started
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    texts = part(find, texts)
    ours = nutgraf_finder(names)
    best = [0.0, 0.0]
    for _ in range(ROUNDS):
        best[0] = max(best[0], rate(ours, texts))
        best[1] = max(best[1], rate(find, texts))
    size = sum(len(text.encode()) for text in texts)
    print(json.dumps([built, size / 1e6, best[1], best[0]]))


def row(args, prepared, count, peer):
    command = [sys.executable, __file__, prepared, "--measure", str(count), peer, "--seconds", str(args.seconds)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return f"| {count} | {peer} | not built in {args.seconds} s | | | | |"
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"ended by signal {-done.returncode}"])[-1]
        return f"| {count} | {peer} | left out: {last[:80].replace('|', ' ')} | | | | |"
    built, text, theirs, ours = json.loads(done.stdout)
    return f"| {count} | {peer} | {built:.2f} | {text:.2f} | {theirs:.1f} | {ours:.1f} | {ours / theirs:.1f} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--names", default="1000,10000,100000,1000000")
    parser.add_argument("--megabytes", type=float, default=2)
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--seconds", type=int, default=20, help="what one peer may take to be built at one size")
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        return measure(args.data, int(args.measure[0]), args.measure[1], args.seconds)
    sizes = [int(count) for count in args.names.split(",")]
    print("| names | library | built in s | MB of text | MB/s | nutgraf MB/s | nutgraf is faster by |\n|---|---|---|---|---|---|---|")
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as prepared:
        rows = [documents(args.data, int(args.megabytes * 1e6)), *all_names(args.data)[: max(sizes)]]
        prepared.writelines(json.dumps(row) + "\n" for row in rows)
        prepared.flush()
        for count in sizes:
            for peer in args.peers.split(","):
                print(row(args, prepared.name, count, peer), flush=True)


if __name__ == "__main__":
    main()
