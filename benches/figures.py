#!/usr/bin/env python3
"""Measures accuracy and speed and writes benches/FIGURES.md.

    python3 benches/figures.py --programs FOLDER --python PYTHON [--shared FOLDER]

FOLDER holds the built programs of the benches package; PYTHON is an interpreter that has nutgraf and the packages of
`benches/peers.txt`. `make figures` prepares both.
"""
import argparse
import json
import pathlib
import platform
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
# What each figure is asked to reach, on the seeds and on the annotated stories; None where nothing is asked.
ASKED = json.loads((ROOT / "benches" / "asked.json").read_text())


def machine():
    model = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), "unknown")
    rust = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return f"{model}, {platform.system()} {platform.machine()}, {rust}, CPython {platform.python_version()}"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]) + "\n"


def accuracy(args):
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        program = str(args.programs / "reading")
        command = ["python3", "benches/accuracy.py", "--reading", program, "--json", out.name]
        subprocess.run(command + ["--gold", str(args.shared / "gold")], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        measured = json.loads(pathlib.Path(out.name).read_text())
    return rows(measured, "figure", {"seeds": "seeds", "stories": "seven stories"}), measured


def rows(measured, head, groups):
    """A table of figures, one column with what was asked beside each group."""
    names = dict.fromkeys(name for group in groups for name in measured[group])
    cells = []
    for name in names:
        row = [name]
        for group in groups:
            value, asked = measured[group].get(name), ASKED.get(group, {}).get(name)
            row += ["" if value is None else f"{value:.3f}", "" if asked is None else f"{asked:g}"]
        cells.append(row)
    return table([head, *(cell for title in groups.values() for cell in (title, "asked"))], cells)


def output(command):
    return subprocess.run([str(c) for c in command], cwd=ROOT, check=True, capture_output=True, text=True).stdout


def speed(args):
    articles = sorted((args.shared / "seeds").glob("*.txt"))
    measured = json.loads(output([args.python, "benches/speed.py", *articles]))
    ours = measured["summarize seconds"]["nutgraf"]
    rows = [[name, f"{s * 1e3:.3f}", f"{s / ours:.0f}"] for name, s in measured["summarize seconds"].items()]
    text = table([f"summarise {measured['article words']} words, through Python", "ms", "times nutgraf"], rows)
    jobs = [[name, f"{s * 1e3:.3f}"] for name, s in measured["job seconds"].items()]
    jobs.append(["import nutgraf", f"{measured['import seconds'] * 1e3:.1f}"])
    text += "\n" + table(["job, through Python (digest: the five seed articles)", "ms"], jobs)
    wheels = sorted((ROOT / "build" / "wheels").glob("*.whl"))
    sizes = [["wheel", f"{wheels[-1].stat().st_size / 1e6:.2f}"]] if wheels else []
    sizes.append(["installed", f"{measured['installed bytes'] / 1e6:.2f}"])
    return text + "\n" + table(["size", "MB"], sizes)


def programs(args):
    """The core by itself: the least of many runs, beside counting the words of the same texts."""
    articles = sorted((args.shared / "seeds").glob("*.txt"))
    parts = [output([args.programs / name, *articles]) for name in ("summary_speed", "job_speed")]
    return "```\n" + "".join(parts) + "```\n"


def rouge(args):
    command = [args.python, "benches/rouge.py", "--data", args.shared / "data" / "sum"]
    return "```\n" + output([*command, "--summaries", args.programs / "summaries"]) + "```\n"


def timed(name, command):
    """The output of a command, which tells how long it took: the parts take minutes."""
    print(f"{name} ...", end=" ", file=sys.stderr, flush=True)
    started = time.monotonic()
    text = output(command)
    print(f"{time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    return text


def matching(args):
    data = args.shared / "data"
    scale = lambda megabytes: str(max(int(megabytes * args.scale), 1))
    sizes = [("rows", 50), ("large", 100), ("changes", 20), ("screen", 20)]
    parts = [timed(part, [args.programs / "matching", part, data, scale(size)]) for part, size in sizes]
    parts.append(timed("misspelt", [args.programs / "misspelt", data]))
    peers = timed("peers", [args.python, "benches/matching.py", data, "--megabytes", str(2 * args.scale)])
    asked = "asked of the rows' ratio: 3, 4, 5 and 8; of building 1500 ms; of bytes a name 40; of opening 2 ms; of two threads 1.8; of "
    asked += "eight processes 1.3; of misspelt names recall .90 at precision .98, and 20 MB/s\n"
    return "\n".join([asked, *parts]) + "\nThrough Python:\n\n" + peers


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", type=pathlib.Path, default=ROOT / "target" / "release")
    parser.add_argument("--python", default="python3")
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    parser.add_argument("--matching", action="store_true", help="write benches/MATCHING.md, and that alone")
    parser.add_argument("--scale", type=float, default=1, help="of the text that --matching reads: less to try whether it works")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "benches", help="the folder that is written to")
    args = parser.parse_args()
    if args.matching:
        head = f"# Matching large catalogs\n\nWritten by `make figures-matching`; do not edit.\n\nMachine: {machine()}.\n\n"
        (args.out / "MATCHING.md").write_text(head + matching(args))
        return
    stories, measured = accuracy(args)
    parts = [
        "# Figures\n",
        "Written by `make figures`; do not edit. Accuracy is measured on the annotated development data beside the repository",
        "with its own scorer; the same figures on texts that nobody here has seen will differ. Times are the best of five",
        "interleaved rounds on a shared machine: trust the ratios, not the milliseconds.\n",
        f"Machine: {machine()}.\n",
        "## Accuracy on the seeds and on seven annotated stories\n",
        stories,
        "## Pairs of person names, one or two persons\n",
        rows(measured, "figure", {"name pairs": "reached"}),
        "## Summaries\n",
        rouge(args),
    ]
    parts += ["## Speed and size\n", speed(args), programs(args)]
    parts.append("`make figures-matching` measures the matching of large catalogs, which takes much longer.\n")
    (args.out / "FIGURES.md").write_text("\n".join(parts))


if __name__ == "__main__":
    main()
