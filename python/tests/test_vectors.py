"""The vectors that Rust and C run too: every job on every case gives the expected bytes."""

import json
from pathlib import Path
from typing import Any

import nutgraf

VECTORS = Path(__file__).resolve().parents[2] / "seeds" / "vectors"
CASES: list[dict[str, Any]] = json.loads((VECTORS / "cases.json").read_text())


def content(value: Any, folder: str) -> str | bytes:
    if isinstance(value, str):
        return value
    if "file" in value:
        return (VECTORS / folder / value["file"]).read_bytes()
    if "hex" in value:
        return bytes.fromhex(value["hex"])
    return str(value["text"]) * value.get("repeat", 1)


def engine(case: dict[str, Any]) -> nutgraf.Engine:
    source = case.get("catalog", {"file": "people.jsonl"})
    catalog = nutgraf.Catalog.world() if source == "world" else nutgraf.Catalog.from_jsonl(content(source, "catalogs"))
    return nutgraf.Engine(catalog, max_document_bytes=case.get("options", {}).get("max_document_bytes"))


def document(value: Any) -> nutgraf.Document:
    known = {} if isinstance(value, str) else {key: value.get(key) for key in ("id", "title", "source", "published")}
    return nutgraf.Document(content(value, "documents"), **known)


def answer(case: dict[str, Any]) -> str:
    reader = engine(case)
    documents = [document(value) for value in case["documents"]]
    limits = {key: value for key, value in case.get("options", {}).items() if key != "max_document_bytes"}
    if case["job"] == "match_entities":
        return reader.match_entities(documents[0]).to_json()
    if case["job"] == "summarize":
        return reader.summarize(documents[0], **limits).to_json()
    return reader.digest(documents, **limits).to_json()


def test_every_vector_gives_the_expected_bytes(capsys: Any) -> None:
    wrong = []
    for case in CASES:
        try:
            found = answer(case)
        except nutgraf.NutgrafError as error:
            found = f"error {error.kind}: {error}"
        expected = (VECTORS / "expected" / f"{case['name']}.out").read_bytes().decode()
        if found + "\n" != expected:
            wrong.append(case["name"])
    assert not wrong
    with capsys.disabled():
        print(f"vectors: {len(CASES)} cases")


def test_parts_say_what_the_json_says() -> None:
    compared = 0
    for case in CASES:
        if case["job"] != "digest":
            continue
        try:
            documents = [document(value) for value in case["documents"]]
            digest = engine(case).digest(documents)
        except nutgraf.NutgrafError:
            continue
        said = digest.to_dict()
        for name in ("documents", "cast", "timeline", "claims"):
            assert [part.to_dict() for part in getattr(digest, name)] == said[name]
        assert [sentence.to_dict() for sentence in digest.summary] == said["summary"]["sentences"]
        for of, found in zip(documents, digest.documents, strict=True):
            for mention in found.mentions:
                assert of.text[slice(*mention.char_span)] == mention.text
                assert of.text.encode()[slice(*mention.byte_span)].decode() == mention.text
        compared += 1
    assert compared > 5
