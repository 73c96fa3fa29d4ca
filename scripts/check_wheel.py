#!/usr/bin/env python3
"""check_wheel.py WHEEL: one abi3 wheel for every Python from 3.10, without dependencies, below the size limit, light to import."""

import subprocess
import sys
import zipfile
from pathlib import Path

LIMIT_BYTES = 6_000_000
# Modules that an import may load, those of the standard library that it needs included.
LIMIT_MODULES = 80

wheel = Path(sys.argv[1])
names = zipfile.ZipFile(wheel).namelist()
metadata = next(name for name in names if name.endswith("METADATA"))
text = zipfile.ZipFile(wheel).read(metadata).decode()
# How many modules an import loads, and whether one of them could open a connection or a process. How long it takes is a
# figure (benches/FIGURES.md), not a check.
measure = (
    "import sys; before = set(sys.modules); import nutgraf; loaded = set(sys.modules) - before;"
    "print(len(loaded), *sorted(loaded & {'asyncio', 'http', 'multiprocessing', 'socket', 'ssl', 'subprocess', 'urllib'}))"
)
run = subprocess.run([sys.executable, "-I", "-c", measure], capture_output=True, text=True, check=True)
loaded, *heavy = run.stdout.split()
problems = [
    problem
    for problem, wrong in {
        f"{wheel.name} is not cp310-abi3": "cp310-abi3" not in wheel.name,
        "py.typed is missing": "nutgraf/py.typed" not in names,
        "stubs are missing": "nutgraf/_nutgraf.pyi" not in names,
        "tests or examples are inside": any("/tests/" in name or "/examples/" in name for name in names),
        "it has dependencies": "Requires-Dist" in text,
        f"{wheel.stat().st_size} bytes are above {LIMIT_BYTES}": wheel.stat().st_size >= LIMIT_BYTES,
        f"import loads {loaded} modules, above {LIMIT_MODULES}": int(loaded) > LIMIT_MODULES,
        f"import loads {' '.join(heavy)}": bool(heavy),
    }.items()
    if wrong
]
print(f"wheel: {wheel.stat().st_size / 1e6:.2f} MB, import loads {loaded} modules")
sys.exit("\n".join(problems) or 0)
