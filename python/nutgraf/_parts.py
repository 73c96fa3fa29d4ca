"""Parts of results: frozen, hashable, comparable, picklable."""

import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, TypeAlias, TypeVar

Span: TypeAlias = tuple[int, int]
_T = TypeVar("_T", bound="Part")


@dataclass(frozen=True)
class Part:
    """A part of a result."""

    def to_dict(self) -> dict[str, Any]:
        """Returns the part as it stands in the result's JSON."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}


@dataclass(frozen=True)
class Spanned(Part):
    """A part that stands somewhere in a document: ``text[slice(*part.char_span)]``."""

    char_span: Span
    byte_span: Span


@dataclass(frozen=True)
class Candidate(Part):
    """An entity that a mention may stand for."""

    catalog_id: str
    name: str
    kind: str
    weight: float


@dataclass(frozen=True)
class CatalogInfo(Part):
    """What a catalog holds: entities, distinct spellings, spellings of several entities, names listed twice, bytes."""

    entities: int
    names: int
    shared_names: int
    duplicate_names: int
    bytes: int
    index_bytes: int


@dataclass(frozen=True)
class Mention(Spanned):
    """A place where the text names something."""

    text: str
    kind: str
    entity: str | None
    candidates: tuple[Candidate, ...]
    found: str
    edit: str | None
    score: float


@dataclass(frozen=True)
class Variant(Part):
    """A spelling of a member of the cast."""

    text: str
    documents: tuple[int, ...]
    count: int


@dataclass(frozen=True)
class Role(Spanned):
    """A descriptor that stands beside a name."""

    text: str
    document: int


@dataclass(frozen=True)
class Evidence(Part):
    """Why two names were taken for one entity."""

    names: tuple[str, str]
    reason: str


@dataclass(frozen=True)
class CastMember(Part):
    """An entity with everything the documents call it."""

    entity: str
    name: str
    kind: str
    catalog_id: str | None
    variants: tuple[Variant, ...]
    roles: tuple[Role, ...]
    mentions: int
    salience: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Reason(Part):
    """A part of a score."""

    name: str
    value: float


NameReason = Reason


@dataclass(frozen=True)
class SummarySentence(Spanned):
    """A chosen sentence."""

    document: int
    text: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Furniture(Spanned):
    """A piece that was left out as scrape noise."""

    kind: str
    reason: str


@dataclass(frozen=True)
class Sentence(Spanned):
    """A sentence of the body."""


@dataclass(frozen=True)
class Quote(Spanned):
    """A quotation."""

    text: str
    kind: str
    speaker: str | None
    speaker_text: str | None
    cue: str | None


@dataclass(frozen=True)
class TimeExpression(Spanned):
    """An expression of time."""

    text: str
    value: str
    precision: str
    resolved_by: str


@dataclass(frozen=True)
class Figure(Spanned):
    """A value with its unit and what it counts."""

    text: str
    value: float
    unit: str
    modifier: str
    counted: str
    speaker: str | None
    speaker_text: str | None


@dataclass(frozen=True)
class DigestDocument(Part):
    """An article of a digest."""

    id: str
    title: str | None
    source: str | None
    published: str | None
    furniture: tuple[Furniture, ...]
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    quotes: tuple[Quote, ...]
    dates: tuple[TimeExpression, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class TimelineEvent(Spanned):
    """A dated event."""

    date: str
    precision: str
    document: int
    text: str
    entities: tuple[str, ...]


@dataclass(frozen=True)
class EventSentence(Spanned):
    """A sentence of an event."""

    document: int
    text: str


@dataclass(frozen=True)
class StoryEvent(Part):
    """Sentences that tell of one event."""

    date: str
    documents: tuple[int, ...]
    entities: tuple[str, ...]
    sentences: tuple[EventSentence, ...]


@dataclass(frozen=True)
class ClaimSpan(Spanned):
    """The place of a statement."""

    document: int


@dataclass(frozen=True)
class Claim(Part):
    """A point on which statements agree, differ or were revised."""

    relation: str
    topic: str
    reason: str
    values: tuple[str, ...]
    spans: tuple[ClaimSpan, ...]


@dataclass(frozen=True)
class KeyPlace(Spanned):
    """A place of a key phrase or a key entity."""

    document: int


@dataclass(frozen=True)
class KeyPhrase(Part):
    """A phrase that the documents turn on."""

    text: str
    score: float
    places: tuple[KeyPlace, ...]


@dataclass(frozen=True)
class KeyEntity(Part):
    """An entity that the documents turn on."""

    entity: str
    name: str
    kind: str
    score: float
    places: tuple[KeyPlace, ...]


@dataclass(frozen=True)
class Support(Spanned):
    """A sentence that supports a headline."""

    document: int
    text: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class StoryGroup(Part):
    """The articles that tell one story, and which are copies of which."""

    documents: tuple[int, ...]
    copies: tuple[tuple[int, int], ...]


def _part(kind: type[_T], **nested: Callable[[dict[str, Any]], Part]) -> Callable[[dict[str, Any]], _T]:
    """Returns the function that makes a part of its JSON object, whose lists ``nested`` are lists of parts."""

    def make(data: dict[str, Any]) -> _T:
        return kind(**{key: _frozen(value, nested.get(key)) for key, value in data.items()})

    return make


def _frozen(value: Any, make: Callable[[dict[str, Any]], Part] | None = None) -> Any:
    """Returns a list as a tuple, of parts where there is a function that makes them."""
    if not isinstance(value, list):
        return value
    return tuple(map(make or _frozen, value))


def _plain(value: Any) -> Any:
    if isinstance(value, Part):
        return value.to_dict()
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


_mention = _part(Mention, candidates=_part(Candidate))
_reason = _part(Reason)
_places = _part(KeyPlace)
_MAKERS: dict[str, Callable[[dict[str, Any]], Part]] = {
    "mentions": _mention,
    "cast": _part(CastMember, variants=_part(Variant), roles=_part(Role), evidence=_part(Evidence)),
    "sentences": _part(SummarySentence, reasons=_reason),
    "documents": _part(
        DigestDocument,
        furniture=_part(Furniture),
        sentences=_part(Sentence),
        mentions=_mention,
        quotes=_part(Quote),
        dates=_part(TimeExpression),
        figures=_part(Figure),
    ),
    "timeline": _part(TimelineEvent),
    "events": _part(StoryEvent, sentences=_part(EventSentence)),
    "claims": _part(Claim, spans=_part(ClaimSpan)),
    "reasons": _reason,
    "phrases": _part(KeyPhrase, places=_places),
    "entities": _part(KeyEntity, places=_places),
    "supports": _part(Support, reasons=_reason),
    "groups": _part(StoryGroup),
}


def load(text: str) -> dict[str, Any]:
    """Makes the parts of a result of its JSON."""
    data = json.loads(text)
    data.update(data.pop("summary", {}))
    return {name: _frozen(value, _MAKERS.get(name)) for name, value in data.items()}
