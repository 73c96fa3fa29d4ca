"""Exceptions, one class for each kind of error."""

from typing import ClassVar


class NutgrafError(Exception):
    """What went wrong, where, and what is accepted."""

    kind: ClassVar[str] = "other"


class OptionError(NutgrafError, ValueError):
    """An option has a value that is not accepted."""

    kind = "option"


class CatalogError(NutgrafError, ValueError):
    """A catalog's source has a row that is not accepted."""

    kind = "catalog"


class FileError(NutgrafError, ValueError):
    """A compiled file is damaged, truncated or of an unknown version."""

    kind = "file"


class DocumentError(NutgrafError, ValueError):
    """A document is not accepted."""

    kind = "document"


class LimitError(NutgrafError, ValueError):
    """An input is larger than a documented limit."""

    kind = "limit"


class InputOutputError(NutgrafError, OSError):
    """The operating system could not read or write."""

    kind = "io"


class SpanError(NutgrafError, IndexError):
    """A span or an index does not lie inside what it refers to."""

    kind = "span"


class CallbackError(NutgrafError, RuntimeError):
    """A caller's own function failed."""

    kind = "callback"


BY_KIND: dict[str, type[NutgrafError]] = {error.kind: error for error in NutgrafError.__subclasses__()}
