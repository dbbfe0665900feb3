"""Problems that a person can read: a stable code, an HTTP status and a sentence that says what to do next."""

from collections.abc import Mapping
from typing import Any

Message = Any
"""A ``str`` or a lazily translated string."""


class Problem(Exception):  # noqa: N818  the domain word: a problem is shown to a person, an error to a developer
    """Base of everything that a service refuses.

    ``fields`` maps a field name to its message, when the input was at fault.
    """

    status = 400

    def __init__(self, code: str, message: Message, fields: Mapping[str, Message] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.fields: dict[str, Message] = dict(fields or {})

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class NotFound(Problem):
    """The thing does not exist, or the reader may not know that it does."""

    status = 404


class Refused(Problem):
    """The reader sees the thing but may not do this."""

    status = 403


class Conflict(Problem):
    """Somebody else changed it first, or its state no longer allows this."""

    status = 409


class Invalid(Problem):
    """The input does not fit; ``fields`` says where."""

    status = 422


class TooMany(Problem):
    """It was tried too often; after ``seconds`` it may be tried again."""

    status = 429

    def __init__(self, code: str, message: Message, seconds: int) -> None:
        super().__init__(code, message)
        self.seconds = seconds


class Gone(Problem):
    """It existed, but no longer answers (a used or expired link)."""

    status = 410
