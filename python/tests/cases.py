"""What the runners of vectors share: comparing every answer with the expected bytes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import nutgraf


def compare(
    title: str, folder: Path, cases: list[dict[str, Any]], answer: Callable[[dict[str, Any]], str], capsys: Any
) -> None:
    wrong = []
    for case in cases:
        try:
            found = answer(case)
        except nutgraf.NutgrafError as error:
            found = f"error {error.kind}: {error}"
        expected = (folder / "expected" / f"{case['name']}.out").read_bytes().decode()
        if found + "\n" != expected:
            wrong.append((case["name"], found))
    assert not wrong
    with capsys.disabled():
        print(f"{title}: {len(cases)} cases")
