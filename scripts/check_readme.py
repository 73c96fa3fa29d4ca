#!/usr/bin/env python3
"""check_readme.py FILE...: runs the code blocks of Markdown files that are marked python, c or sh.

Rust blocks run as documentation tests. Blocks of one language and file run together, in order, in an empty folder
that holds a link to `seeds`; a block after `<!-- not run -->` is passed over. C blocks are whole programs.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

root = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"(<!-- not run -->\n)?^```(python|c|sh)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def run(command: list[str], folder: str, environment: dict[str, str]) -> None:
    """Runs a command; its output is shown when it fails."""
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


with tempfile.TemporaryDirectory() as folder:
    os.symlink(root / "seeds", Path(folder) / "seeds")
    target = Path(os.environ.get("CARGO_TARGET_DIR", root / "target")).resolve()
    prefix = Path(folder) / "prefix"
    run([str(root / "ffi/package/install.sh"), str(target / "dist"), "", str(prefix), "0.1.0"], folder, dict(os.environ))
    environment = {
        **os.environ,
        "PATH": f"{root / 'build/venv/bin'}:{os.environ['PATH']}",
        "PKG_CONFIG_PATH": str(prefix / "lib/pkgconfig"),
        "LD_LIBRARY_PATH": str(prefix / "lib"),
    }
    for file in sys.argv[1:]:
        blocks = [(found[2], found[3]) for found in BLOCK.finditer((root / file).read_text()) if not found[1]]
        for number, source in enumerate(source for language, source in blocks if language == "c"):
            (Path(folder) / f"program{number}.c").write_text(source)
        for language, command in {"python": ["python"], "sh": ["sh", "-eu"]}.items():
            source = "\n".join(source for of, source in blocks if of == language)
            if source:
                script = Path(folder) / f"block.{language}"
                script.write_text(source)
                run([*command, str(script)], folder, environment)
        for number in range(sum(language == "c" for language, _ in blocks)):
            compiled = f"gcc -std=c11 -Wall -Wextra -Werror -pedantic program{number}.c -o program{number} $(pkg-config --cflags --libs nutgraf)"
            run(["sh", "-c", f"{compiled} && ./program{number}"], folder, environment)
        print(f"{file}: {len(blocks)} blocks ran")
