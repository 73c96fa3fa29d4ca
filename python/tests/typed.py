"""What type checkers see of the package; checked by mypy, not run."""

import datetime

import nutgraf

engine: nutgraf.Engine = nutgraf.Engine(nutgraf.Catalog.world(), max_document_bytes=1 << 20)
document: nutgraf.Document = nutgraf.Document("text", id="a", published=datetime.date(2026, 1, 22))
spans: list[tuple[int, int]] = [mention.char_span for mention in engine.match_entities(document)]
texts: list[str] = [sentence.text for sentence in nutgraf.summarize(b"text", max_words=20)]
digest: nutgraf.Digest = nutgraf.digest([document, "text"], max_sentences=3, ratio=0.5)
names: dict[str, str | None] = {member.name: member.catalog_id for member in digest.cast}
many: list[nutgraf.Summary] = nutgraf.summarize_batch(["a", "b"], threads=2)
relations: set[str] = {claim.relation for claim in digest.claims}
counted: nutgraf.Summary = nutgraf.summarize("text", max_tokens=20, counter=len, about="a", about_required=True, since=[document])
story: nutgraf.Summary = engine.summarize_story(["a", "b"], about=["a", "b"])
decision: str = nutgraf.explain(document, 0, document=0).decision
topics: list[str] = [phrase.text for phrase in nutgraf.key_topics([document], count=3).phrases]
missing: tuple[str, ...] = nutgraf.check_headline(document, "headline").missing
groups: list[tuple[int, ...]] = [group.documents for group in nutgraf.group_stories(["a", "b"])]
same: bool = nutgraf.name_similarity("a", "b").is_same
pinned: nutgraf.Digest = nutgraf.digest([document], pin_together=[((0, 0), (0, 9))], pin_apart=())
bare: nutgraf.Engine = nutgraf.Engine(discovery=False, tagger=nutgraf.Tagger.built_in())
catalog: nutgraf.Catalog = nutgraf.Catalog.from_dict({"Brno": ["Bruenn"], "Tamsel": "Tamsl"}, kind="place")
places: list[tuple[int, int]] = [match.byte_span for match in catalog.find_iter("Brno", overlap="all", weak="none")]
pieces: set[str] = {match.name for match in catalog.find_in_reader([b"Br", b"no"], weak="all")}
info: nutgraf.CatalogInfo = catalog.with_changes(remove=["Brno"]).info
previous: nutgraf.Catalog = engine.swap_catalog(catalog)
entity: nutgraf.Entity = catalog.entity(0)
