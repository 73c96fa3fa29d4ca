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
    " blockquote cite details summary em strong time caption a nav main svg line circle text title br"
    " html head meta body".split()
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


def test_pages_are_documents_of_what_a_reader_sees() -> None:
    html = "<nav>Home</nav><h1>Bridge opens</h1><time datetime=2026-01-22>x</time><p>The mayor opened the <b>bridge</b>.<script>1</script>"
    page = nutgraf.Document.from_html(html, id="a", source="c")
    assert page.text == "Home\n\nBridge opens\n\nx\n\nThe mayor opened the bridge."
    assert (page.id, page.title, page.source, page.published) == ("a", "Bridge opens", "c", "2026-01-22")
    assert nutgraf.Document.from_html(html.encode(), id="a", source="c") == page
    assert nutgraf.Document.from_html(html, title="Other", published="2026-01-23").title == "Other"
    twin = pickle.loads(pickle.dumps(page))
    assert twin == page == copy.deepcopy(page) and hash(twin) == hash(page)
    assert page != nutgraf.Document(page.text, id="a", title="Bridge opens", source="c", published="2026-01-22")
    digest = nutgraf.digest([twin])
    assert [page.text[slice(*piece.char_span)] for piece in digest.documents[0].furniture] == ["Home"]
    with pytest.raises(nutgraf.DocumentError):
        nutgraf.Document.from_html(b"\xff")
    with pytest.raises(TypeError):
        nutgraf.Document.from_html(1)  # type: ignore[arg-type]


def test_mentions_and_sentences_iterate() -> None:
    found = nutgraf.match_entities(TEXT)
    assert list(found) == list(found.mentions) and found[0] == found.mentions[0]
    assert found[:2] == found.mentions[:2] and len(found) == len(found.mentions)
    summary = nutgraf.summarize(TEXT, max_sentences=2)
    assert [sentence.text for sentence in summary] == [summary[0].text, summary[1].text]


class Reader(HTMLParser):
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        assert not any(name.startswith("on") or name == "src" for name, _ in attrs)
        assert all((value or "").startswith("#") for name, value in attrs if name == "href")


def test_pages_are_escaped_and_hold_no_script(results: list[Any]) -> None:
    hostile = "<script>alert(1)</script> Paris <img src=x onerror=y> " + TEXT
    shown = [nutgraf.match_entities(hostile), nutgraf.summarize(hostile), nutgraf.digest([hostile])]
    for result in [*results, *shown]:
        Reader().feed(result._repr_html_())
        Reader().feed(result.to_html().removeprefix("<!DOCTYPE html>"))


def test_a_digest_shows_the_documents_that_it_was_made_of() -> None:
    digest = nutgraf.digest([nutgraf.Document(TEXT, id="a")])
    page = digest.to_html()
    assert page.startswith("<!DOCTYPE html>") and "the railing &amp; the caf\u00e9" in page and "id=\"articles\"" in page
    assert digest.to_html_element().startswith("<div") and digest._repr_html_() == digest.to_html_element()
    assert "## Summary" in digest.to_markdown()
    bare = nutgraf.Digest.from_json(digest.to_json())
    assert bare != digest and "id=\"articles\"" not in bare.to_html()
    assert nutgraf.Digest.from_json(digest.to_json(), [nutgraf.Document(TEXT, id="a")]) == digest
    with pytest.raises(nutgraf.DocumentError):
        nutgraf.Digest.from_json(digest.to_json(), [TEXT, TEXT]).to_html()
    with pytest.raises(nutgraf.SpanError):
        nutgraf.Digest.from_json(digest.to_json(), ["x"]).to_html()


def test_about_takes_one_phrase_or_several() -> None:
    (sentence,) = nutgraf.summarize(TEXT, about="euros", max_sentences=1)
    assert "euros" in sentence.text
    assert len(nutgraf.summarize(TEXT, about=("euros", "hurt"), about_required=True)) == 2
    assert nutgraf.summarize(TEXT, about=None, about_required=None) == nutgraf.summarize(TEXT)
    with pytest.raises(TypeError, match="about"):
        nutgraf.summarize(TEXT, about=[1])  # type: ignore[list-item]


def test_since_takes_one_document_or_several() -> None:
    assert len(nutgraf.summarize(TEXT, since=TEXT)) == 0
    known = nutgraf.summarize(TEXT, since=["It cost 3 million euros.", nutgraf.Document("Nobody came.")])
    assert len(known) > 0 and all("euros" not in sentence.text for sentence in known)


def test_a_counter_keeps_the_limit_on_any_number_of_threads() -> None:
    def tokens(text: str) -> int:
        return len(text.split()) * 2

    summary = nutgraf.summarize(TEXT, max_tokens=20, counter=tokens)
    assert 0 < tokens(" ".join(sentence.text for sentence in summary)) <= 20
    texts = [f"{n} men came to Paris. {TEXT}" for n in range(12)]
    one = [nutgraf.summarize(text, max_tokens=20, counter=tokens) for text in texts]
    assert nutgraf.summarize_batch(texts, max_tokens=20, counter=tokens, threads=4) == one
    assert nutgraf.digest([TEXT], max_tokens=20, counter=tokens).summary.sentences


def test_what_a_counter_raises_comes_out() -> None:
    class Tired(Exception):
        pass

    def fail(text: str) -> int:
        raise Tired(text[:5])

    for job in (lambda: nutgraf.summarize(TEXT, max_tokens=9, counter=fail), lambda: nutgraf.digest([TEXT], max_tokens=9, counter=fail)):
        with pytest.raises(Tired, match="Angel"):
            job()
    with pytest.raises(Tired):
        nutgraf.summarize_batch([TEXT] * 8, max_tokens=9, counter=fail, threads=4)
    with pytest.raises(TypeError):
        nutgraf.summarize(TEXT, max_tokens=9, counter=lambda text: "many")  # type: ignore[arg-type, return-value]
    with pytest.raises(OverflowError):
        nutgraf.summarize(TEXT, max_tokens=9, counter=lambda text: -1)


def test_options_that_do_not_fit_are_named() -> None:
    with pytest.raises(TypeError, match="summarize.. got an unexpected keyword argument 'max_word'; accepted are max_sentences"):
        nutgraf.summarize(TEXT, max_word=3)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="'threads'"):
        nutgraf.summarize(TEXT, threads=None)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="argument 'max_words'"):
        nutgraf.summarize(TEXT, max_words="ten")  # type: ignore[arg-type]
    with pytest.raises(OverflowError):
        nutgraf.summarize(TEXT, max_words=-1)
    with pytest.raises(TypeError, match="together"):
        nutgraf.summarize(TEXT, max_tokens=3)
    with pytest.raises(TypeError, match="expected a callable"):
        nutgraf.summarize(TEXT, max_tokens=3, counter=3)  # type: ignore[arg-type]


def test_a_story_is_summed_up_and_explained() -> None:
    story = [TEXT, "The bridge in Paris cost 4 million euros, Merkel said on Tuesday."]
    summary = nutgraf.summarize_story(story, max_sentences=2)
    assert len(summary) == 2
    explained = [nutgraf.explain(story, number, max_sentences=2) for number in range(4)]
    assert any(one.chosen for one in explained) and any(not one.chosen and one.decision for one in explained)
    for one in explained:
        assert abs(sum(reason.value for reason in one.reasons) - one.score) < 1e-9
        assert TEXT[slice(*one.char_span)] == one.text
    assert nutgraf.explain(story, 0, document=1).text == story[1]
    assert nutgraf.explain(TEXT, 2) == nutgraf.explain([TEXT], 2, document=0)
    with pytest.raises(nutgraf.SpanError):
        nutgraf.explain(TEXT, 99)


def test_key_topics_headlines_and_stories() -> None:
    topics = nutgraf.key_topics(TEXT, count=2)
    assert "Angela Merkel" in [entity.name for entity in topics.entities] and len(topics.entities) <= 2
    for phrase in nutgraf.key_topics([TEXT, TEXT]).phrases:
        assert {place.document for place in phrase.places} == {0, 1}
        assert TEXT[slice(*phrase.places[0].char_span)] == phrase.text
    check = nutgraf.check_headline(TEXT, "Merkel opens Paris volcano")
    assert check.missing == ("volcano",) and 0 < check.score < 1 and check.supports[0].document == 0
    stories = nutgraf.group_stories([TEXT, "Kestrel United beat Harrow Rovers by three goals.", TEXT])
    assert [group.documents for group in stories] == [(0, 2), (1,)]
    assert stories[0].copies == ((2, 0),) and len(stories) == 2


def test_pins_overrule_the_merging() -> None:
    story = ["Anna Kowalska spoke in Brno.", "Ania Nowak spoke in Brno."]

    def persons(**pins: Any) -> int:
        return sum(member.kind == "person" for member in nutgraf.digest(story, **pins).cast)

    assert persons() == 2
    assert persons(pin_together=[((0, 0), (1, 0))]) == 1
    twice = [story[0], story[0]]
    assert sum(member.kind == "person" for member in nutgraf.digest(twice, pin_apart=[((0, 0), (1, 0))]).cast) == 2
    with pytest.raises(TypeError, match="pin_apart"):
        nutgraf.digest(story, pin_apart=[0])  # type: ignore[list-item]


def test_discovery_is_the_callers_choice() -> None:
    catalog = nutgraf.Catalog.from_jsonl('{"id":"p","name":"Paris","kind":"place"}')
    assert [m.text for m in nutgraf.Engine(catalog, discovery=False).match_entities(TEXT)] == ["Paris"]
    built_in = nutgraf.Engine(catalog, tagger=nutgraf.Tagger.built_in())
    assert built_in.match_entities(TEXT) == nutgraf.Engine(catalog).match_entities(TEXT)
    with pytest.raises(nutgraf.CatalogError):
        nutgraf.Tagger.from_bytes(b"no weights")


def test_functions_can_be_sent_to_other_processes() -> None:
    for job in (nutgraf.summarize, nutgraf.digest, nutgraf.name_similarity, nutgraf.group_stories):
        assert pickle.loads(pickle.dumps(job)) is job


def test_batches_keep_the_order_on_any_number_of_threads() -> None:
    texts = [f"{n} men came to Paris. {TEXT}" for n in range(20)]
    one = [nutgraf.summarize(text, max_words=12) for text in texts]
    for threads in (None, 1, 3, 64):
        assert nutgraf.summarize_batch(texts, max_words=12, threads=threads) == one
    assert nutgraf.match_entities_batch(iter(texts), threads=2) == [nutgraf.match_entities(text) for text in texts]
    stories = [texts[:2], texts[2:5], []]
    assert nutgraf.digest_batch(stories, threads=2) == [nutgraf.digest(story) for story in stories]
    for threads in (None, 0, 2, 64):
        assert nutgraf.digest(texts, threads=threads).to_json() == nutgraf.digest(texts).to_json()


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
