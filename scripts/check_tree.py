#!/usr/bin/env python3
"""Checks what no compiler checks: licences and sources of crates, the size of the bindings, Python's copies of the
core's types."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

ACCEPTED = {"MIT", "Apache-2.0", "Unicode-3.0", "Unicode-DFS-2016", "BSD-3-Clause", "BSD-2-Clause", "ISC", "Zlib", "Unlicense", "CC0-1.0", "BSL-1.0"}
BINDING_SHARE = 0.15

root = Path(__file__).resolve().parent.parent


def accepted(expression: str) -> bool:
    """Whether an SPDX expression leaves a way through accepted licences."""
    plain = expression.replace("/", " OR ").replace("(", " ").replace(")", " ").replace(" WITH LLVM-exception", "")
    return any(all(part.strip() in ACCEPTED for part in way.split(" AND ")) for way in plain.split(" OR "))


def lines(folder: str, *endings: str) -> int:
    """Lines under a folder, without tests and blank lines."""
    total = 0
    for path in sorted((root / folder).rglob("*")):
        if path.suffix in endings and path.stem != "tests" and "tests" not in path.relative_to(root).parts:
            text = path.read_text().split("#[cfg(test)]\nmod tests {")[0]
            total += sum(bool(line.strip()) for line in text.splitlines())
    return total


def differing_parts() -> list[str]:
    """Python's dataclasses that lack a field of the core's struct of the same name."""
    structs: dict[str, set[str]] = {}
    for path in sorted((root / "core/src").rglob("*.rs")):
        for found in re.finditer(r"^pub struct (\w+) \{(.*?)^\}", path.read_text(), re.MULTILINE | re.DOTALL):
            structs[found[1]] = set(re.findall(r"^    pub (\w+):", found[2], re.MULTILINE))
    differing = []
    for part in ast.parse((root / "python/nutgraf/_parts.py").read_text()).body:
        if not isinstance(part, ast.ClassDef) or part.name not in structs:
            continue
        fields = {line.target.id for line in part.body if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)}
        if isinstance(part.bases[0], ast.Name) and part.bases[0].id == "Spanned":
            fields.add("span")
        if structs[part.name] - fields:
            differing.append(f"python/nutgraf/_parts.py: {part.name} lacks {sorted(structs[part.name] - fields)}")
    return differing


metadata = json.loads(subprocess.check_output(["cargo", "metadata", "--format-version", "1", "--locked"], cwd=root))
problems = [
    f"{package['name']}: licence {package['license']!r} is not accepted"
    for package in metadata["packages"]
    if not accepted(package["license"] or "")
]
problems += [
    f"{package['name']}: comes from {package['source']}"
    for package in metadata["packages"]
    if package["source"] and not package["source"].startswith("registry+")
]
problems += differing_parts()
core = lines("core/src", ".rs")
for name, size in {"ffi": lines("ffi/src", ".rs"), "python": lines("python/src", ".rs") + lines("python/nutgraf", ".py")}.items():
    print(f"{name}: {size} lines, {size / core:.1%} of the core's {core}")
    if size > BINDING_SHARE * core:
        problems.append(f"{name} has more than {BINDING_SHARE:.0%} of the core's lines: it is not thin")
sys.exit("\n".join(problems) or 0)
