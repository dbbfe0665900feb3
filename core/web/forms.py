"""What a form shows when it comes back: the values as they were typed, and the messages beside them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from markupsafe import Markup
from marshmallow import EXCLUDE, Schema, ValidationError, fields
from werkzeug.datastructures import MultiDict

from core.kernel.errors import Message


class FormSchema(Schema):
    """Base of the schemas of pages: what the form does not ask for is left out, such as its token."""

    class Meta:
        """Unknown names are left out."""

        unknown = EXCLUDE


@dataclass(frozen=True)
class FormState:
    """Values and messages of a form, for the macros of ``ui``.

    ``values`` are as typed (text or list of texts). ``errors`` maps a field name to its messages; nested
    fields are named with dots. Messages that belong to no field stand under ``""``, in the summary only.
    ``prefix`` keeps the ids of forms with the same fields apart on one page.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, Sequence[Message]] = field(default_factory=dict)
    labels: dict[str, Message] = field(default_factory=dict, compare=False)
    prefix: str = ""

    def label(self, name: str, text: Message) -> str:
        """Note the label of a field while it is rendered, for the summary. Renders nothing."""
        self.labels[name] = text
        return ""

    def value(self, name: str) -> str:
        """What stands in a field; empty when nothing does."""
        value = self.values.get(name)
        return "" if value is None or isinstance(value, list | tuple) else str(value).replace("\0", "\ufffd")

    def chosen(self, name: str, option: object) -> bool:
        """Whether an option of a select, a radio group or a set of checkboxes is chosen."""
        value = self.values.get(name)
        if isinstance(value, list | tuple | set | frozenset):
            return str(option) in {str(one) for one in value}
        return value is not None and str(value) == str(option)

    def ticked(self, name: str) -> bool:
        """Whether a single checkbox is ticked, whether it came from a form or from stored values."""
        return str(self.values.get(name, "")).lower() in {"1", "on", "true", "yes"}

    def error(self, name: str) -> str:
        """The messages of a field as one text; empty when it is in order."""
        return " ".join(str(message) for message in self.errors.get(name, ()))

    def messages(self) -> list[tuple[str, str]]:
        """Every (field name, sentence with its label) for the summary, in the order of the page."""
        order = {name: place for place, name in enumerate(self.labels)}
        names = sorted(self.errors, key=lambda name: order.get(name, len(order)))
        return [(name, self._named(name, message)) for name in names for message in self.errors[name]]

    def _named(self, name: str, message: Message) -> str:
        label = self.labels.get(name, "")
        if not label:
            return str(message)
        said = label.striptags() if isinstance(label, Markup) else str(label)
        mark = "" if said.endswith((".", "?", "!", ":")) else ":"
        if isinstance(label, Markup):
            return Markup("{}{} {}").format(label, mark, message)
        return f"{label}{mark} {message}"


def read_form(schema: Schema, form: MultiDict[str, str]) -> tuple[dict[str, Any] | None, FormState]:
    """Load a submitted form.

    Returns (loaded, state): ``loaded`` is None when something is wrong; ``state`` shows the form again.
    """
    values = _values(schema, form)
    try:
        return schema.load(values), FormState(values)
    except ValidationError as error:
        return None, FormState(values, dict(flat_messages(error.normalized_messages())))


def with_errors(state: FormState, errors: Mapping[str, Message]) -> FormState:
    """The same form with messages that only the service could know, such as ``Problem.fields``."""
    return replace(state, errors={name: (message,) for name, message in errors.items()})


def flat_messages(messages: Mapping[Any, Any], path: str = "") -> Iterable[tuple[str, Sequence[Message]]]:
    """The messages of marshmallow, however deep, as (name with dots, messages)."""
    for key, value in messages.items():
        name = path if key == "_schema" else f"{path}.{key}".lstrip(".")
        if isinstance(value, Mapping):
            yield from flat_messages(value, name)
        else:
            yield name, value


def _values(schema: Schema, form: MultiDict[str, str]) -> dict[str, Any]:
    names = {one.data_key or name: one for name, one in schema.load_fields.items()}
    several = {name for name, one in names.items() if isinstance(one, fields.List)}
    values: dict[str, Any] = {name: form[name] for name in form if name in names and name not in several}
    return values | {name: form.getlist(name) for name in several}
