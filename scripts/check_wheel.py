#!/usr/bin/env python3
"""check_wheel.py WHEEL: one abi3 wheel for every Python from 3.10, without dependencies, below the size limit, quick to import."""

import subprocess
import sys
import zipfile
from pathlib import Path

LIMIT_BYTES = 6_000_000
LIMIT_IMPORT_MS = 50.0

wheel = Path(sys.argv[1])
names = zipfile.ZipFile(wheel).namelist()
metadata = next(name for name in names if name.endswith("METADATA"))
text = zipfile.ZipFile(wheel).read(metadata).decode()
measure = (
    "import sys, time; import json, dataclasses; t = time.perf_counter(); import nutgraf;"
    "print((time.perf_counter() - t) * 1000)"
)
runs = [subprocess.run([sys.executable, "-c", measure], capture_output=True, text=True, check=True) for _ in range(5)]
import_ms = min(float(run.stdout) for run in runs)
problems = [
    problem
    for problem, wrong in {
        f"{wheel.name} is not cp310-abi3": "cp310-abi3" not in wheel.name,
        "py.typed is missing": "nutgraf/py.typed" not in names,
        "stubs are missing": "nutgraf/_nutgraf.pyi" not in names,
        "tests or examples are inside": any("/tests/" in name or "/examples/" in name for name in names),
        "it has dependencies": "Requires-Dist" in text,
        f"{wheel.stat().st_size} bytes are above {LIMIT_BYTES}": wheel.stat().st_size >= LIMIT_BYTES,
        f"import takes {import_ms:.0f} ms, above {LIMIT_IMPORT_MS:.0f}": import_ms > LIMIT_IMPORT_MS,
    }.items()
    if wrong
]
print(f"wheel: {wheel.stat().st_size / 1e6:.2f} MB, import {import_ms:.0f} ms")
sys.exit("\n".join(problems) or 0)
