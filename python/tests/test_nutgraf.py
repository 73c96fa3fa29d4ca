"""What Python adds to the core: conversions, results as Python values, threads."""

import copy
import datetime
import gc
import pickle
import resource
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nutgraf
import pytest

TEXT = (
    "Angela Merkel opened the bridge in Paris on Monday. \"It will stand,\" Merkel said. "
    "It cost 3 million euros. Nobody was hurt <by> the railing & the café."
)
TAGS = set(
    "div style mark ol ul li small h1 h2 h3 h4 b q p span section header footer article dl dt dd table thead tbody tr th td"
    " blockquote cite details summary em strong time caption".split()
)


@pytest.fixture(scope="module")
def results() -> list[Any]:
    document = nutgraf.Document(TEXT, id="a", published="2026-01-22")
    return [nutgraf.match_entities(document), nutgraf.summarize(document), nutgraf.digest([document, TEXT])]


def test_the_package_runs_from_the_installed_wheel() -> None:
    assert "site-packages" in str(nutgraf.__file__)
    assert nutgraf.__version__ == "0.1.0"


def test_str_bytes_and_document_give_the_same_result() -> None:
    found = nutgraf.match_entities(TEXT)
    assert len(found) > 0
    assert found == nutgraf.match_entities(TEXT.encode()) == nutgraf.match_entities(nutgraf.Document(TEXT))


def test_code_points_slice_the_text() -> None:
    text = "\U0001f600 é " + TEXT
    for mention in nutgraf.match_entities(text):
        assert text[slice(*mention.char_span)] == mention.text


def test_other_types_are_refused() -> None:
    for bad in (None, 7, bytearray(b"x"), ["x"]):
        with pytest.raises(TypeError):
            nutgraf.match_entities(bad)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        nutgraf.digest(TEXT)
    with pytest.raises(TypeError):
        nutgraf.summarize(TEXT, 3)  # type: ignore[misc]


def test_lone_surrogates_are_a_value_error() -> None:
    with pytest.raises(ValueError):
        nutgraf.match_entities("\ud800")


def test_days_are_dates_or_iso_strings() -> None:
    by_text = nutgraf.Document("x", published="2026-01-22")
    assert by_text == nutgraf.Document("x", published=datetime.date(2026, 1, 22))
    assert by_text == nutgraf.Document("x", published=datetime.datetime(2026, 1, 22, 10, 30))
    assert by_text.published == "2026-01-22"
    with pytest.raises(TypeError):
        nutgraf.Document("x", published=20260122)  # type: ignore[arg-type]


def test_errors_have_a_class_and_a_kind() -> None:
    with pytest.raises(nutgraf.OptionError) as caught:
        nutgraf.summarize(TEXT, ratio=2.0)
    assert isinstance(caught.value, ValueError)
    assert caught.value.kind == "option"
    with pytest.raises(nutgraf.DocumentError):
        nutgraf.Document(b"\xff")
    with pytest.raises(nutgraf.CatalogError):
        nutgraf.Catalog.from_jsonl("{}")
    with pytest.raises(nutgraf.LimitError):
        nutgraf.Engine(max_document_bytes=2).match_entities("abc")
    assert pickle.loads(pickle.dumps(caught.value)).args == caught.value.args


def test_results_are_values(results: list[Any]) -> None:
    for result in results:
        for twin in (pickle.loads(pickle.dumps(result)), copy.copy(result), copy.deepcopy(result)):
            assert twin == result
            assert hash(twin) == hash(result)
            assert twin.to_json() == result.to_json()
        assert result != object()
        assert len({result, pickle.loads(pickle.dumps(result))}) == 1
        assert "\n" not in repr(result)
        with pytest.raises(AttributeError):
            result.cast = ()


def test_parts_are_values(results: list[Any]) -> None:
    parts = [*results[0].mentions, *results[0].cast, *results[1].sentences, *results[2].documents]
    assert len(parts) > 4
    for part in parts:
        assert pickle.loads(pickle.dumps(part)) == part
        assert hash(part) == hash(copy.deepcopy(part))
        assert "\n" not in repr(part)
        with pytest.raises(AttributeError):
            part.text = "x"


def test_the_bare_matcher_and_the_bare_comparison() -> None:
    catalog = nutgraf.Catalog.from_jsonl('{"id":"a","name":"Paris","kind":"place"}\n{"id":"b","name":"Paris","kind":"person"}')
    text = "é Paris"
    (found,) = catalog.find(text)
    assert (found.char_span, found.byte_span, found.text, found.found) == ((2, 7), (3, 8), "Paris", "exact")
    assert {candidate.catalog_id for candidate in found.candidates} == {"a", "b"}
    assert catalog.find(text.encode()) == (found,)
    likeness = nutgraf.name_similarity("Moammar Qaddafi", "Muammar Gaddafi")
    assert likeness.is_same and abs(sum(reason.value for reason in likeness.reasons) - likeness.score) < 1e-9


def test_documents_are_values() -> None:
    document = nutgraf.Document(TEXT, id="a", title="b", source="c", published="2026-01-22")
    assert pickle.loads(pickle.dumps(document)) == document != nutgraf.Document(TEXT)
    assert hash(copy.deepcopy(document)) == hash(document)
    line = '{"text": "One.", "id": "x", "published": "2026-01-22"}'
    assert nutgraf.Document.from_jsonl(f"{line}\n\n{line}\n") == [nutgraf.Document.from_json(line)] * 2


def test_mentions_and_sentences_iterate() -> None:
    found = nutgraf.match_entities(TEXT)
    assert list(found) == list(found.mentions) and found[0] == found.mentions[0]
    assert found[:2] == found.mentions[:2] and len(found) == len(found.mentions)
    summary = nutgraf.summarize(TEXT, max_sentences=2)
    assert [sentence.text for sentence in summary] == [summary[0].text, summary[1].text]


class Reader(HTMLParser):
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        assert not any(name.startswith("on") or name in {"src", "href"} for name, _ in attrs)


def test_pages_are_escaped_and_hold_no_script(results: list[Any]) -> None:
    hostile = "<script>alert(1)</script> Paris <img src=x onerror=y> " + TEXT
    shown = [nutgraf.match_entities(hostile), nutgraf.summarize(hostile), nutgraf.digest([hostile])]
    for result in [*results, *shown]:
        Reader().feed(result._repr_html_())


def test_batches_keep_the_order_on_any_number_of_threads() -> None:
    texts = [f"{n} men came to Paris. {TEXT}" for n in range(20)]
    one = [nutgraf.summarize(text, max_words=12) for text in texts]
    for threads in (None, 1, 3, 64):
        assert nutgraf.summarize_batch(texts, max_words=12, threads=threads) == one
    assert nutgraf.match_entities_batch(iter(texts), threads=2) == [nutgraf.match_entities(text) for text in texts]
    stories = [texts[:2], texts[2:5], []]
    assert nutgraf.digest_batch(stories, threads=2) == [nutgraf.digest(story) for story in stories]


def test_an_engine_is_shared_between_threads() -> None:
    engine = nutgraf.Engine(nutgraf.Catalog.from_jsonl('{"id":"p","name":"Paris","kind":"place"}'))
    expected = engine.match_entities(TEXT).to_json()
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: engine.match_entities(TEXT).to_json(), range(200))) == {expected}


def test_the_interpreter_is_released_during_a_job() -> None:
    text = TEXT * 4000
    ticks = 0
    started, done = threading.Event(), threading.Event()

    def count() -> None:
        nonlocal ticks
        started.set()
        while not done.is_set():
            ticks += 1

    nutgraf.match_entities(TEXT)
    worker = threading.Thread(target=count)
    before = sys.getswitchinterval()
    worker.start()
    started.wait()
    # Longer than the job: only a release lets the other thread run in between.
    sys.setswitchinterval(3.0)
    try:
        first = ticks
        nutgraf.match_entities(text)
        during = ticks - first
    finally:
        done.set()
        sys.setswitchinterval(before)
        worker.join()
    assert during > 1000


def test_memory_does_not_grow() -> None:
    def call() -> None:
        for _ in range(300):
            result = nutgraf.match_entities(TEXT)
            assert result.mentions
            result._repr_html_()
            with pytest.raises(nutgraf.OptionError):
                nutgraf.summarize(TEXT, ratio=0.0)
        gc.collect()

    call()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(8):
        call()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8_000


def test_the_command_line_is_the_same_program(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(TEXT)
    command = [sys.executable, "-m", "nutgraf"]
    done = subprocess.run([*command, "digest", "--format", "json", str(article)], capture_output=True, text=True, check=True)
    expected = nutgraf.digest([nutgraf.Document(TEXT, id=str(article))]).to_json()
    assert done.stdout == expected + "\n"
    piped = subprocess.run([*command, "summarize"], input=TEXT, capture_output=True, text=True, check=True)
    assert piped.stdout == nutgraf.summarize(TEXT).to_text()
    missing = subprocess.run([*command, "match", "no such file"], capture_output=True, text=True, check=False)
    assert missing.returncode == 1 and missing.stderr.startswith("nutgraf: cannot read")
    wrong = subprocess.run([*command, "--frob"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2 and wrong.stdout == ""
