"""The vectors of catalogs that Rust and C run too: every case gives the expected bytes."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nutgraf
from cases import compare

VECTORS = Path(__file__).resolve().parents[2] / "seeds" / "vectors" / "finding"
CASES: list[dict[str, Any]] = json.loads((VECTORS / "cases.json").read_text())


def content(text: Any) -> bytes:
    if isinstance(text, str):
        return text.encode()
    return bytes.fromhex(text["hex"]) if "hex" in text else (text["text"] * text["repeat"]).encode()


def catalog(case: dict[str, Any]) -> nutgraf.Catalog:
    if "open" in case:
        made = nutgraf.Catalog.open(case["open"], verify=True)
    elif "compiled" in case:
        made = nutgraf.Catalog.from_bytes(bytes.fromhex(case["compiled"]))
    elif case["source"] == "world":
        made = nutgraf.Catalog.world()
    else:
        made = nutgraf.Catalog.from_source(case["source"], case.get("format", "jsonl"))
    if "add" in case or "remove" in case:
        made = made.with_changes(add=case.get("add"), format=case.get("add_format"), remove=case.get("remove", []))
    if "fuzzy" in case:
        made = made.with_fuzzy(case["fuzzy"])
    if "through" in case:
        made = nutgraf.Catalog.from_bytes(made.to_bytes(), verify=case["through"] == "bytes")
    return made


def written(matches: Iterable[nutgraf.CatalogMatch]) -> str:
    found = {"schema": 1, "matches": [match.to_dict() for match in matches]}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def answer(case: dict[str, Any]) -> str:
    made = catalog(case)
    names = {"overlap": "overlap", "letters": "case", "weak": "weak", "kinds": "kinds"}
    options = {names[key]: value for key, value in case.items() if key in names}
    texts = [content(text) for text in case.get("texts", [])]
    match case["job"]:
        case "find_batch":
            return "\n".join(written(found) for found in made.find_batch(texts, threads=2, **options))
        case "find_in_reader":
            size = case["piece"]
            made.find_in_reader([], **options)
            pieces = [[text[at : at + size] for at in range(0, len(text), size)] for text in texts]
            return "\n".join(written(made.find_in_reader(text, **options)) for text in pieces)
        case "entity":
            return made.entity(case["index"]).to_json()
        case "info":
            info = made.info
            return f"{info.entities} {info.names} {info.shared_names} {info.duplicate_names}"
        case job:
            return "\n".join(written(getattr(made, job)(text, **options)) for text in texts)


def test_every_case_gives_the_expected_bytes(capsys: Any) -> None:
    compare("finding", VECTORS, CASES, answer, capsys)
