"""The vectors that Rust and C run too: every job on every case gives the expected bytes."""

import json
import pickle
from pathlib import Path
from typing import Any

import nutgraf
from cases import compare

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
    options = case.get("options", {})
    weights = case.get("tagger")
    tagger = None
    if weights is not None:
        tagger = nutgraf.Tagger.built_in() if weights == "built_in" else nutgraf.Tagger.from_bytes(content(weights, "taggers"))
    return nutgraf.Engine(
        catalog, max_document_bytes=options.get("max_document_bytes"), tagger=tagger, discovery=options.get("discovery")
    )


def document(value: Any) -> nutgraf.Document:
    known = {} if isinstance(value, str) else {key: value.get(key) for key in ("id", "title", "source", "published")}
    read = nutgraf.Document.from_html if isinstance(value, dict) and value.get("html") else nutgraf.Document
    return read(content(value, "documents"), **known)


def fail(_: str) -> int:
    raise nutgraf.CallbackError("the counter failed with status 7")


COUNTERS = {"bytes": lambda text: len(text.encode()), "failing": fail}
BESIDE = {"max_document_bytes", "discovery", "counter", "sentence", "headline", "a", "b"}


def result(case: dict[str, Any]) -> Any:
    given = case.get("options", {})
    reader = engine(case)
    documents = [document(value) for value in case.get("documents", [])]
    options = {key: value for key, value in given.items() if key not in BESIDE}
    for pins in options.keys() & {"pin_together", "pin_apart"}:
        options[pins] = [tuple(map(tuple, pair)) for pair in given[pins]]
    if "counter" in given:
        options["counter"] = COUNTERS[given["counter"]]
    if "since" in case:
        options["since"] = [document(value) for value in case["since"]]
    match case["job"]:
        case "match_entities" | "summarize":
            return getattr(reader, case["job"])(documents[0], **options)
        case "explain":
            return reader.explain(documents, given["sentence"], **options)
        case "check_headline":
            return reader.check_headline(documents, given["headline"])
        case "name_similarity":
            return nutgraf.name_similarity(given["a"], given["b"])
        case job:
            return getattr(reader, job)(documents, **options)


def answer(case: dict[str, Any]) -> str:
    found = result(case)
    shown = getattr(found, f"to_{case.get('show', 'json')}")()
    assert isinstance(shown, str)
    return shown


def test_every_vector_gives_the_expected_bytes(capsys: Any) -> None:
    compare("vectors", VECTORS, CASES, answer, capsys)


def test_parts_say_what_the_json_says() -> None:
    compared = 0
    for case in CASES:
        if case["job"] != "digest":
            continue
        try:
            documents = [document(value) for value in case["documents"]]
            digest = result(case)
        except nutgraf.NutgrafError:
            continue
        said = digest.to_dict()
        for name in ("documents", "cast", "timeline", "events", "claims"):
            assert [part.to_dict() for part in getattr(digest, name)] == said[name]
        assert [sentence.to_dict() for sentence in digest.summary] == said["summary"]["sentences"]
        for of, found in zip(documents, digest.documents, strict=True):
            for mention in found.mentions:
                assert of.text[slice(*mention.char_span)] == mention.text
                assert of.text.encode()[slice(*mention.byte_span)].decode() == mention.text
        compared += 1
    assert compared > 5


def test_every_result_is_a_value_and_says_what_its_json_says() -> None:
    kinds = set()
    for case in CASES:
        try:
            found = result(case)
        except nutgraf.NutgrafError:
            continue
        kinds.add(type(found))
        twin = pickle.loads(pickle.dumps(found))
        assert twin == found and hash(twin) == hash(found) and twin.to_json() == found.to_json()
        said = found.to_dict()
        said.update(said.pop("summary", {}) if not isinstance(found, nutgraf.Digest) else {})
        for name, value in said.items():
            if name not in {"schema", "summary"}:
                assert plain(getattr(found, name)) == value
    assert len(kinds) == 8


def plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value.to_dict() if hasattr(value, "to_dict") else value
