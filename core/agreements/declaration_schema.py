"""The shape of `type.yaml` and of the language files beside it."""

from marshmallow import fields, validate

from core.agreements import type_texts, types
from core.agreements.declaration_fields import (
    Shape,
    key_field,
    keyed,
    line,
    matching,
    pairs,
    several,
    tick,
    whole,
    wording,
    words,
)

LONGEST_PERIOD_MONTHS = 240
LARGEST_NUMBER = 1_000_000
MOST_ROUNDS = 9
CURRENCIES = ("NOK", "DKK")


def _section() -> fields.String:
    return fields.String(required=True)


def _switch() -> fields.String:
    return fields.String(
        load_default="",
        validate=matching(r"[A-Z][A-Z0-9_]*", "a switch is written in capitals: NEW_ACT_IN_FORCE"),
    )


def _months() -> fields.Integer:
    return whole(1, LONGEST_PERIOD_MONTHS, required=True)


class _PartyShape(Shape):
    made = types.DeclaredParty
    key = key_field()
    is_tenant = fields.String(
        required=True,
        data_key="is",
        validate=validate.OneOf(("tenant", "other"), error="write tenant or other"),
        post_load=lambda position: position == "tenant",
    )
    title = wording()
    number = fields.Enum(types.NumberNeed, by_value=True, load_default=types.NumberNeed.NONE)
    asks_sector = tick(default=False, data_key="sector")
    signs_in = whole(1, MOST_ROUNDS, load_default=1)
    is_person = tick(default=False, data_key="person")
    signs = tick(default=True)


class _PlaceholderShape(Shape):
    made = types.DeclaredPlaceholder
    key = key_field()
    kind = fields.Enum(types.PlaceholderKind, by_value=True, required=True)
    source = fields.String(data_key="from", load_default="")
    required = tick(default=True)
    minimum = whole(0, LARGEST_NUMBER, data_key="min", load_default=None)
    maximum = whole(0, LARGEST_NUMBER, data_key="max", load_default=None)
    choices = several(key_field())
    default = fields.Raw(load_default=None)
    currency = fields.String(
        load_default="", validate=validate.OneOf(CURRENCIES, error=f"write one of: {', '.join(CURRENCIES)}")
    )


class _ReferenceShape(Shape):
    made = types.Reference
    law = line(required=True)
    place = line(load_default="")
    url = fields.String(load_default="", validate=matching(r"https://\S+", "an address begins with https://"))


class _ClauseShape(Shape):
    made = types.DeclaredClause
    key = key_field(dotted=True)
    required = tick(default=False)
    included = tick(default=True)
    responsible = fields.String(load_default="")
    references = several(fields.Nested(_ReferenceShape))


class _SectionShape(Shape):
    made = types.DeclaredSection
    key = key_field()
    required = tick(default=False)
    clauses = several(fields.Nested(_ClauseShape))


class _GoalShape(Shape):
    made = types.DeclaredGoal
    key = key_field()
    section = _section()
    unit = fields.Enum(types.GoalUnit, by_value=True, load_default=None)
    target = whole(0, LARGEST_NUMBER, load_default=None)
    period_months = _months()
    required = tick(default=False)
    qualitative = tick(default=False)
    measure = fields.String(
        load_default="",
        validate=matching(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+", "a measure is a plugin's name, a dot and a key"),
    )
    meetings = several(fields.String())
    parent = fields.String(load_default="")


class _MeetingShape(Shape):
    made = types.DeclaredMeeting
    key = key_field()
    section = _section()
    kind = fields.Enum(types.MeetingKind, by_value=True, required=True)
    every_months = _months()
    first_after_months = _months()
    called_by = fields.String(required=True)
    participants = several(fields.String())
    required = tick(default=False)


class _ContactShape(Shape):
    made = types.DeclaredContact
    key = key_field()
    party = fields.String(required=True)
    section = _section()
    required = tick(default=False)
    may_sign = tick(default=False)
    authority = tick(default=False)
    signing = fields.String(
        load_default="", validate=validate.OneOf(("approves", "sees"), error="write approves or sees")
    )
    signs_in = whole(1, MOST_ROUNDS, load_default=1)


class _AimShape(Shape):
    made = types.DeclaredAim
    key = key_field()


class _DurationShape(Shape):
    made = types.Duration
    section = _section()
    months = _months()
    reminder_days = whole(1, 365, required=True)
    open_ended = tick(default=False)
    notice_days = whole(0, 365, load_default=0)


class TypeShape(Shape):
    """`type.yaml`; loads to the fields of an `AgreementType` and `text_languages`."""

    key = key_field(dotted=True)
    edition = fields.String(
        required=True, validate=matching(r"\d{4}-\d+", "an edition is a year and a number: 2026-1")
    )
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(load_default=None)
    from_switch = _switch()
    until_switch = _switch()
    title = wording()
    summary = wording()
    text_languages = several(
        fields.String(validate=matching("[a-z]{2}", "a language is two letters, such as nb")),
        required=True,
        validate=validate.Length(min=1),
    )
    parties = several(fields.Nested(_PartyShape), required=True)
    placeholders = several(fields.Nested(_PlaceholderShape))
    sections = several(fields.Nested(_SectionShape), required=True, validate=validate.Length(min=1))
    goals = several(fields.Nested(_GoalShape))
    meetings = several(fields.Nested(_MeetingShape))
    contacts = several(fields.Nested(_ContactShape), required=True)
    aims = several(fields.Nested(_AimShape))
    duration = fields.Nested(_DurationShape, required=True)
    annexes = several(fields.Enum(types.Annex, by_value=True))


class _PlaceholderTextShape(Shape):
    label = line(required=True)
    help = line(load_default="")
    choices = pairs()
    examples = several(line())


class _SectionTextShape(Shape):
    title = line(required=True)
    guidance = words(load_default="")


class _ClauseTextShape(Shape):
    text = words(required=True)
    guidance = words(load_default="")
    examples = several(words())


class _GoalTextShape(Shape):
    title = line(required=True)
    counting_rule = words(required=True)
    guidance = words(load_default="")
    waits_for = line(load_default="")


class _MeetingTextShape(Shape):
    title = line(required=True)
    agenda = several(line())
    guidance = words(load_default="")


class _ContactTextShape(Shape):
    title = line(required=True)
    authority = line(load_default="")


class _AimTextShape(Shape):
    text = line(required=True)


class TextShape(Shape):
    """`<language>.yaml`; loads to a `TypeText`."""

    made = type_texts.TypeText
    language = fields.String(required=True)
    title = line(required=True)
    placeholders = keyed(type_texts.PlaceholderText, _PlaceholderTextShape)
    sections = keyed(type_texts.SectionText, _SectionTextShape)
    clauses = keyed(type_texts.ClauseText, _ClauseTextShape)
    goals = keyed(type_texts.GoalText, _GoalTextShape)
    meetings = keyed(type_texts.MeetingText, _MeetingTextShape)
    contacts = keyed(type_texts.ContactText, _ContactTextShape)
    aims = keyed(type_texts.AimText, _AimTextShape)
