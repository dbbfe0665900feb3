"""The matrix of who may do what, in plain words."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from core.access.own_roles import made_here, roles_here
from core.access.permissions import GROUPS, PERMISSIONS, scopes_of
from core.access.scopes import ALL, OWN, RELATED, UNIT, Grants, widest
from core.access.service import require

READ = "people:read"


@dataclass(frozen=True)
class Column:
    """A role; ``own_id`` is set when the tenant has made it."""

    key: str
    title: str
    own_id: UUID | None
    grants: Grants


@dataclass(frozen=True)
class Line:
    """One permission; ``cells`` say how far it reaches for each role, "" where it is not granted."""

    permission: str
    sentence: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """The lines of one group."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Matrix:
    """Roles across, permissions down."""

    columns: tuple[Column, ...]
    sections: tuple[Section, ...]

    def of_role(self, place: int) -> list[tuple[str, list[tuple[str, str]]]]:
        """What one role may do: for each group the sentences and how far each reaches."""
        found = [
            (
                section.title,
                [(line.sentence, line.cells[place]) for line in section.lines if line.cells[place]],
            )
            for section in self.sections
        ]
        return [(title, lines) for title, lines in found if lines]


def scope_words() -> dict[str, str]:
    """How far a permission reaches, in a word or two."""
    return {OWN: _("own"), RELATED: _("own and related"), UNIT: _("own unit"), ALL: _("all")}


def scope_sentences() -> dict[str, str]:
    """What each of these words means."""
    return {
        OWN: _("what they are responsible for themselves"),
        RELATED: _("that, and what names them"),
        UNIT: _("that, and what belongs to their units"),
        ALL: _("everything in the organisation"),
    }


def sentence_of(permission: str, language: str) -> str:
    """What a permission lets one do, beginning with a capital letter."""
    words = PERMISSIONS[permission].in_language(language)
    return words[:1].upper() + words[1:]


def matrix(language: str) -> Matrix:
    """Who may do what in the tenant in scope, in a language."""
    require(READ)
    own = {one.key: one.id for one in made_here()}
    columns = tuple(
        Column(role.key, role.title.in_language(language), own.get(role.key), widest(role.permissions))
        for role in roles_here()
    )
    sections = tuple(
        Section(title.in_language(language), tuple(_line(one, columns, language) for one in permissions))
        for title, permissions in GROUPS
    )
    return Matrix(columns, sections)


def _line(permission: str, columns: tuple[Column, ...], language: str) -> Line:
    words = scope_words() if len(scopes_of(permission)) > 1 else {ALL: _("yes")}
    cells = tuple(words.get(column.grants.get(permission, ""), "") for column in columns)
    return Line(permission, sentence_of(permission, language), cells)
