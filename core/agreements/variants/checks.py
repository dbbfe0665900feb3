"""What is wrong with a text that somebody writes, in the reader's language and beside its field."""

from collections.abc import Mapping

from flask_babel import gettext as _

from core.agreements.text_checks import alone_in_items
from core.agreements.types import AgreementType, PlaceholderKind
from core.documents.blocks import BlockError, parse, placeholders
from core.kernel.errors import Invalid


def refuse_bad_texts(kind: AgreementType, written: Mapping[str, str]) -> None:
    """Raise Invalid naming the fields whose text a clause cannot have."""
    found = {field: error for field, text in written.items() if (error := clause_error(kind, text))}
    if found:
        raise Invalid("variant.text", next(iter(found.values())), found)


def refuse_placeholders(written: Mapping[str, str]) -> None:
    """Raise Invalid naming the fields of guidance and rules in which words stand in braces."""
    found = {field: error for field, text in written.items() if (error := plain_error(text))}
    if found:
        raise Invalid("variant.text", next(iter(found.values())), found)


def clause_error(kind: AgreementType, text: str) -> str:
    """What is wrong with a clause's text; "" when nothing is."""
    try:
        blocks = parse(text)
    except BlockError as error:
        return _not_readable(error)
    kinds = {one.key: one.kind for one in kind.placeholders}
    unknown = sorted(placeholders(blocks) - set(kinds))
    if unknown:
        return _("There is no question called {%(name)s}. Correct the word in braces.", name=unknown[0])
    lists = {key for key, one in kinds.items() if one is PlaceholderKind.LIST}
    crowded = sorted((placeholders(blocks) & lists) - alone_in_items(blocks))
    if crowded:
        return _(
            "{%(name)s} is a list. Let it stand alone on a line that begins with a hyphen.", name=crowded[0]
        )
    return ""


def plain_error(text: str) -> str:
    """What is wrong with a text that is not printed as a clause; "" when nothing is."""
    try:
        found = placeholders(parse(text))
    except BlockError as error:
        return _not_readable(error)
    return _("Words in braces can only stand in the texts of clauses.") if found else ""


def _not_readable(error: BlockError) -> str:
    return _(
        "Line %(line)s has a brace or a star that stands alone. Write a backslash before it or take it away.",
        line=error.line,
    )
