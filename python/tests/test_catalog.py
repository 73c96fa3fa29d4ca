"""What Python adds to catalogs: files, iterators, streams, matches as values."""

import copy
import gc
import io
import pickle
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nutgraf
import pytest

ROWS = """{"id":"a","name":"Paris","kind":"place","weight":3,"population":2100000}
{"id":"b","name":"Paris Hilton","kind":"person","aliases":["Paris"],"weak_aliases":["Hilton"],"works":["singer"]}
"""
TEXT = "😀 Paris Hilton left Paris. Hilton’s café is in PARIS."


@pytest.fixture(scope="module")
def names() -> nutgraf.Catalog:
    return nutgraf.Catalog.from_jsonl(ROWS)


def test_a_catalog_is_saved_opened_and_proved(names: nutgraf.Catalog, tmp_path: Path) -> None:
    path = tmp_path / "names.catalog"
    names.save(path)
    assert path.read_bytes() == names.to_bytes()
    expected = names.find(TEXT)
    for opened in (
        nutgraf.Catalog.open(path),
        nutgraf.Catalog.open(str(path), verify=True),
        nutgraf.Catalog.open(path, map=False),
        nutgraf.Catalog.open(path, map=False, verify=False),
        nutgraf.Catalog.from_bytes(path.read_bytes()),
        pickle.loads(pickle.dumps(names)),
    ):
        opened.verify()
        assert opened.find(TEXT) == expected and opened.info == names.info
    damaged = bytearray(names.to_bytes())
    damaged[-1] ^= 1
    nutgraf.Catalog.from_bytes(bytes(damaged), verify=False)
    with pytest.raises(nutgraf.FileError):
        nutgraf.Catalog.from_bytes(bytes(damaged))
    with pytest.raises(nutgraf.InputOutputError):
        nutgraf.Catalog.open(tmp_path / "none")


def test_a_saved_file_may_be_replaced_while_it_is_open(names: nutgraf.Catalog, tmp_path: Path) -> None:
    path = tmp_path / "names.catalog"
    names.save(path)
    opened = nutgraf.Catalog.open(path)
    nutgraf.Catalog.from_jsonl('{"id":1,"name":"Rome"}').save(path)
    assert opened.find(TEXT) == names.find(TEXT)
    assert len(nutgraf.Catalog.open(path)) == 1


def test_the_golden_file_has_the_same_bytes() -> None:
    folder = Path(__file__).resolve().parents[2] / "core/tests/golden"
    compiled = nutgraf.Catalog.from_jsonl((folder / "catalog.jsonl").read_bytes()).to_bytes()
    version = int.from_bytes(compiled[8:12], "little")
    assert (folder / f"catalog.v{version}").read_bytes() == compiled


def test_matches_are_values(names: nutgraf.Catalog) -> None:
    found = names.find(TEXT)
    assert [match.text for match in found] == [TEXT[slice(*match.char_span)] for match in found]
    assert [match.name for match in found] == ["Paris Hilton", "Paris", "Hilton", "Paris"]
    assert found[1].entities == (0, 1) and [c.catalog_id for c in found[1].candidates] == ["a", "b"]
    assert (found[2].weak, found[2].found, found[3].found) == (True, "exact", "folded")
    for match in found:
        for twin in (pickle.loads(pickle.dumps(match)), copy.copy(match), copy.deepcopy(match)):
            assert twin == match and hash(twin) == hash(match) and twin.to_json() == match.to_json()
        assert match != object() and "\n" not in repr(match)
        with pytest.raises(AttributeError):
            match.text = "x"  # type: ignore[misc]
    assert len(set(found)) == 4
    assert names.find(TEXT.encode()) == found


def test_entities_are_values(names: nutgraf.Catalog) -> None:
    entity = names.entity(1)
    assert (entity.id, entity.kind, entity.aliases, entity.weak_aliases) == ("b", "person", ("Paris",), ("Hilton",))
    assert entity.attributes == {"works": ["singer"]} and names.entity(0).weight == 3
    twin = pickle.loads(pickle.dumps(entity))
    assert twin == entity and hash(twin) == hash(entity) and twin != names.entity(0)
    assert entity.to_dict()["aliases"] == ["Paris"] and "\n" not in repr(entity)
    with pytest.raises(nutgraf.SpanError):
        names.entity(2)
    with pytest.raises(IndexError):
        names.entity(2)


def test_dictionaries_become_catalogs() -> None:
    catalog = nutgraf.Catalog.from_dict({"product management": ["PM", "product manager"], "Java": "java_2e"}, kind="work")
    found = catalog.find("The PM likes java_2e.")
    assert [match.candidates[0].name for match in found] == ["product management", "Java"]
    assert catalog.entity(0).kind == "work"
    with pytest.raises(nutgraf.OptionError):
        nutgraf.Catalog.from_dict({}, kind="thing")
    with pytest.raises(nutgraf.CatalogError):
        nutgraf.Catalog.from_dict({"-": []})
    with pytest.raises(TypeError):
        nutgraf.Catalog.from_dict({"a": [1]})  # type: ignore[dict-item]


def test_iterators_are_lazy_and_agree(names: nutgraf.Catalog) -> None:
    long = (TEXT + "\n") * 5000
    for text in (long, long.encode()):
        matches = names.find_iter(text, weak="all")
        assert isinstance(matches, Iterator)
        first = next(matches)
        assert first == names.find(TEXT)[0]
        assert (first, *matches) == names.find(text, weak="all")
    assert list(names.find_iter("")) == []


def test_streams_are_files_or_pieces(names: nutgraf.Catalog) -> None:
    long = (TEXT + "\n") * 3000
    expected = names.find(long, weak="none", overlap="all")
    data = long.encode()
    pieces = (data[at : at + 999] for at in range(0, len(data), 999))
    for reader in (io.BytesIO(data), io.StringIO(long), pieces, [long]):
        assert tuple(names.find_in_reader(reader, weak="none", overlap="all")) == expected
    assert list(names.find_in_reader([], weak="all")) == []
    with pytest.raises(nutgraf.OptionError):
        names.find_in_reader([])
    with pytest.raises(TypeError):
        names.find_in_reader(7, weak="all")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        list(names.find_in_reader([7], weak="all"))  # type: ignore[list-item]
    with pytest.raises(nutgraf.DocumentError):
        list(names.find_in_reader([b"\xff"], weak="all"))

    def failing() -> Iterator[bytes]:
        yield b"Paris. "
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        list(names.find_in_reader(failing(), weak="all"))


def test_batches_refuse_one_text(names: nutgraf.Catalog) -> None:
    texts = [TEXT, "", TEXT.encode()]
    for threads in (None, 1, 3):
        assert names.find_batch(iter(texts), threads=threads) == [names.find(text) for text in texts]
    with pytest.raises(TypeError):
        names.find_batch("Paris")


def test_changes_leave_the_catalog_as_it_is(names: nutgraf.Catalog) -> None:
    changed = names.with_changes(add='{"id":"c","name":"Lutetia","kind":"place"}', remove=["a"])
    assert [match.text for match in changed.find("Lutetia, Paris")] == ["Lutetia", "Paris"]
    assert [c.catalog_id for c in changed.find("Paris")[0].candidates] == ["b"]
    assert len(names) == len(changed) == 2 and len(names.find("Lutetia")) == 0
    rebuilt = nutgraf.Catalog.from_bytes(changed.to_bytes())
    assert rebuilt.find(TEXT) == changed.find(TEXT) and rebuilt.info.names == changed.info.names


def test_an_iterator_is_shared_between_threads(names: nutgraf.Catalog) -> None:
    matches = names.find_iter((TEXT + "\n") * 2000, weak="all")
    expected = len(names.find((TEXT + "\n") * 2000, weak="all"))
    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: sum(1 for _ in matches), range(4)))
    assert sum(counts) == expected


def test_an_engines_catalog_is_swapped_while_threads_read() -> None:
    def of(version: str) -> nutgraf.Catalog:
        return nutgraf.Catalog.from_jsonl(f'{{"id":"{version}1","name":"Brno"}}\n{{"id":"{version}2","name":"Tamsel"}}')

    engine, done, seen = nutgraf.Engine(of("a")), threading.Event(), set()

    def read() -> None:
        while not done.is_set():
            mentions = engine.match_entities("From Brno to Tamsel.")
            versions = {candidate.catalog_id[0] for mention in mentions for candidate in mention.candidates}
            assert len(versions) == 1
            seen.update(versions)

    with ThreadPoolExecutor(8) as pool:
        readers = [pool.submit(read) for _ in range(8)]
        version, other = "a", "b"
        while len(seen) < 2 or gc.collect() < 0:
            assert engine.swap_catalog(of(other)).entity(0).id == f"{version}1"
            version, other = other, version
        done.set()
        for reader in readers:
            reader.result()
    assert engine.catalog.entity(0).id == f"{version}1"
