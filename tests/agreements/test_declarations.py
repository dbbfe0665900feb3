"""An agreement type that cannot be used is refused with its file, line and field."""

from pathlib import Path

import pytest

from core.agreements.declarations import DeclarationError, load_type
from core.agreements.types import AgreementType, MeetingKind, NumberNeed, PlaceholderKind

PACT = Path(__file__).parent / "pact"
TYPE = (PACT / "type.yaml").read_text(encoding="utf-8")
TEXT = (PACT / "nb.yaml").read_text(encoding="utf-8")


def load(tmp_path: Path, kind: str = TYPE, text: str | None = TEXT, plugin: str = "trial") -> AgreementType:
    folder = tmp_path / "plugins" / "trial" / "agreement_types" / "pact" / "2026-1"
    folder.mkdir(parents=True)
    (folder / "type.yaml").write_text(kind, encoding="utf-8")
    if text is not None:
        (folder / "nb.yaml").write_text(text, encoding="utf-8")
    return load_type(folder, plugin)


def refusal(
    tmp_path: Path, kind: str = TYPE, text: str | None = TEXT, plugin: str = "trial"
) -> DeclarationError:
    with pytest.raises(DeclarationError) as refused:
        load(tmp_path, kind, text, plugin)
    return refused.value


def changed(source: str, old: str, new: str) -> str:
    assert source.count(old) == 1
    return source.replace(old, new)


def line_of(source: str, part: str) -> int:
    return source[: source.index(part)].count("\n") + 1


def test_a_type_says_what_its_files_say(tmp_path: Path) -> None:
    kind = load(tmp_path)

    assert kind.clause_keys() == ("purpose.aim", "work.areas")
    assert kind.tenant_party.key == "public"
    assert [party.key for party in kind.other_parties] == ["employer"]
    assert kind.party("employer").number is NumberNeed.REQUIRED
    assert kind.party("employer").title.in_language("da") == "Virksomhed"
    assert kind.placeholder("areas").kind is PlaceholderKind.LIST
    assert kind.placeholder("employer_name").source == "employer.name"
    assert kind.clause("purpose.aim").responsible == "employer"
    assert kind.meeting("steering").kind is MeetingKind.MEETING
    assert [goal.key for goal in kind.goals_in("purpose")] == ["hired"]
    assert [meeting.key for meeting in kind.meetings_in("work")] == ["steering"]
    assert [contact.key for contact in kind.contacts_in("purpose")] == ["leader", "boss"]


def test_the_texts_are_found_by_language_and_key(tmp_path: Path) -> None:
    kind = load(tmp_path)
    text = kind.text("nb")

    assert kind.text_languages == ("nb",)
    assert kind.nearest_language("da") == "nb"
    assert text.clause("purpose.aim").examples == ("Vi velger {word}.",)
    assert text.section("purpose").guidance == "Skriv kort."
    assert text.placeholder("word").choice("two") == "to"
    assert text.meeting("steering").agenda == ("Resultater",)
    with pytest.raises(KeyError):
        kind.text("da")
    with pytest.raises(KeyError):
        text.clause("nothing.here")


def test_the_same_files_give_an_equal_type(tmp_path: Path) -> None:
    first, second = load(tmp_path / "a"), load(tmp_path / "b")

    assert first == second
    assert hash(first) == hash(second)


def test_an_error_reads_as_file_line_field_and_problem(tmp_path: Path) -> None:
    error = refusal(tmp_path, text=changed(TEXT, "Perioden varer i {weeks}", "Perioden varer i {foo}"))

    assert str(error) == (
        "plugins/trial/agreement_types/pact/2026-1/nb.yaml:16: clauses.purpose.aim.text: "
        "the placeholder {foo} is not declared in type.yaml"
    )
    assert (error.line, error.field) == (16, "clauses.purpose.aim.text")


@pytest.mark.parametrize(
    ("old", "new", "field", "problem"),
    [
        ("key: trial.pact", "key: other.pact", "key", "begin with the plugin's name: trial."),
        ("key: trial.pact", "key: trial.other", "key", "the folder's name: pact"),
        ("key: trial.pact", "key: Trial", "key", "parts joined by dots"),
        ("edition: 2026-1", "edition: 2026-2", "edition", "the folder's name: 2026-1"),
        ("edition: 2026-1", "edition: 2026", "edition", "Not a valid string"),
        ("valid_from: 2026-11-01", "valid_from: soon", "valid_from", "Not a valid date"),
        ("title: {nb: Pakt, da: Pagt, en: Pact}", "title: {nb: Pakt, da: Pagt}", "title.en", "Missing data"),
        ("en: A pact", 'en: "  "', "summary.en", "the text is empty"),
        ("en: A pact", 'en: "A\\npact"', "summary.en", "must be one line"),
        ("en: A pact", 'en: "A\\apact"', "summary.en", "control characters"),
        ("text_languages: [nb]", "text_languages: [norsk]", "text_languages[0]", "two letters"),
        ("is: tenant", "is: owner", "parties[0].is", "write tenant or other"),
        ("is: tenant", "is: other", "parties", "exactly one party"),
        ("is: other", "is: tenant", "parties", "exactly one party"),
        ("number: required", "number: maybe", "parties[1].number", "required, optional, none"),
        ("key: employer, is", "key: public, is", "parties[1].key", "the key public is used twice"),
        (
            "number: required",
            "numbr: required",
            "parties[1].numbr",
            "known are: key, is, title, number, sector",
        ),
        ("from: employer.name", "from: stranger.name", "placeholders[0].from", "employer.name"),
        ("kind: text, from", "kind: date, from", "placeholders[0].kind", "always of kind text"),
        ("min: 1, max: 10", "min: 11, max: 10", "placeholders[1].max", "smaller than min"),
        ("default: 4", "default: 40", "placeholders[1].default", "between min and max"),
        ("default: 4", "default: four", "placeholders[1].default", "whole number"),
        ("default: one", "default: three", "placeholders[2].default", "one of the choices"),
        ("kind: list", "kind: list, default: x", "placeholders[3].default", "kind list"),
        ("kind: list", "kind: list, max: 3", "placeholders[3]", "belong to the kinds number"),
        ("kind: list", "kind: choice", "placeholders[3].choices", "at least one"),
        ("kind: list", "kind: percent, max: 200", "placeholders[3].max", "at most 100"),
        ("[one, two]", "[one, one]", "placeholders[2].choices", "written twice"),
        (
            "key: purpose.aim",
            "key: aims.aim",
            "sections[0].clauses[0].key",
            "begins with its section's: purpose.",
        ),
        ("work.areas, included", "purpose.aim, included", "sections[1].clauses[0].key", "used twice"),
        (
            "responsible: employer",
            "responsible: stranger",
            "sections[0].clauses[0].responsible",
            "not declared",
        ),
        ("included: false", "required: true", "sections[1].clauses[0].required", "in a required section"),
        ("included: false", "included: yes", "sections[1].clauses[0].included", "Not a valid boolean"),
        ("target: 70", "target: 170", "goals[0].target", "at most 100"),
        ("target: 70", "target: many", "goals[0].target", "Not a valid integer"),
        ("hired, section: purpose", "hired, section: work", "goals[0].section", "may be removed"),
        ("hired, section: purpose", "hired, section: nowhere", "goals[0].section", "not declared"),
        ("called_by: public", "called_by: stranger", "meetings[0].called_by", "not declared"),
        ("[leader, boss]", "[leader, stranger]", "meetings[0].participants[1]", "not declared"),
        ("every_months: 6", "every_months: 0", "meetings[0].every_months", "greater than or equal to 1"),
        (
            "contacts:\n",
            "contacts:\n  - {key: x, party: y, section: work}\n",
            "contacts[0].party",
            "not declared",
        ),
        ("duration: {section: purpose", "duration: {section: work", "duration.section", "may be removed"),
        (
            "reminder_days: 60",
            "reminder_days: 360",
            "duration.reminder_days",
            "before the agreement has begun",
        ),
    ],
)
def test_type_yaml_is_checked(tmp_path: Path, old: str, new: str, field: str, problem: str) -> None:
    error = refusal(tmp_path, kind=changed(TYPE, old, new))

    assert error.file == "plugins/trial/agreement_types/pact/2026-1/type.yaml"
    assert error.field == field
    assert problem in error.problem


def test_the_line_is_that_of_the_field(tmp_path: Path) -> None:
    error = refusal(tmp_path, kind=changed(TYPE, "every_months: 6", "every_months: 0"))

    assert error.line == line_of(TYPE, "every_months: 6")


def test_each_party_needs_someone_who_can_sign(tmp_path: Path) -> None:
    kind = changed(TYPE, "may_sign: true, authority: true", "authority: true")

    error = refusal(tmp_path, kind=kind)

    assert (error.field, error.line) == ("parties[1]", 9)
    assert "can sign for employer" in error.problem


def test_authority_is_asked_of_a_required_contact_only(tmp_path: Path) -> None:
    kind = changed(
        TYPE,
        "boss, party: employer, section: purpose, required: true",
        "boss, party: employer, section: work",
    )

    assert refusal(tmp_path, kind=kind).field == "contacts[1].authority"


def test_a_section_must_show_something(tmp_path: Path) -> None:
    error = refusal(tmp_path, kind=changed(TYPE, "goals:\n", "  - key: empty\ngoals:\n"))

    assert error.field == "sections[2]"
    assert "neither clauses nor anything else" in error.problem


@pytest.mark.parametrize(
    ("old", "new", "field", "problem"),
    [
        ("language: nb", "language: da", "language", "the file's name: nb"),
        ("  weeks: {label: Uker}\n", "", "placeholders.weeks", "the text is missing"),
        ("  weeks: {label: Uker}\n", "  week: {label: Uker}\n", "placeholders.weeks", "the text is missing"),
        ("two: to}", "two: to, six: seks}", "placeholders.word.choices.six", "does not declare this choice"),
        (", two: to}", "}", "placeholders.word.choices.two", "no label"),
        ("title: Formål", "titel: Formål", "sections.purpose.title", "Missing data"),
        ("  work: {title: Arbeid}", "  play: {title: Lek}", "sections.work", "the text is missing"),
        ("  work.areas:", "  work.more:", "clauses.work.areas", "the text is missing"),
        (
            "      - {areas}",
            "      - Vi har {areas}",
            "clauses.work.areas.text",
            "stand alone in a list item",
        ),
        ("Områdene er", "Områdene * er", "clauses.work.areas.text", "star"),
        ("Områdene er", "Områdene {er", "clauses.work.areas.text", "brace"),
        (
            "Vi velger {word}.",
            "Vi velger {words}.",
            "clauses.purpose.aim.examples[0]",
            "{words} is not declared",
        ),
        (
            "guidance: Skriv kort.",
            'guidance: "Skriv {word}."',
            "sections.purpose.guidance",
            "belong in the texts",
        ),
        (
            "counting_rule: Vi teller",
            'counting_rule: "{word}" #',
            "goals.hired.counting_rule",
            "belong in the texts",
        ),
        ("counting_rule: Vi teller", 'counting_rule: "a * b" #', "goals.hired.counting_rule", "star"),
        ("hired: {title: Ansatte", "fired: {title: Ansatte", "goals.hired", "the text is missing"),
        ("steering: {title", "other: {title", "meetings.steering", "the text is missing"),
        ("agenda: [Resultater]", "agenda: Resultater", "meetings.steering.agenda", "Not a valid list"),
        ("leader: {title: Leder}", "leader: {}", "contacts.leader.title", "Missing data"),
        (", authority: Sjefen kan ansette.", "", "contacts.boss.authority", "authority: true"),
        ("title: Leder", "title: Leder, authority: Ja", "contacts.leader.authority", "only there"),
    ],
)
def test_the_texts_are_checked_against_the_type(
    tmp_path: Path, old: str, new: str, field: str, problem: str
) -> None:
    error = refusal(tmp_path, text=changed(TEXT, old, new).replace("#", "}\n#"))

    assert error.file.endswith("/nb.yaml")
    assert error.field == field
    assert problem in error.problem


def test_a_text_that_nothing_declares_is_named_at_its_line(tmp_path: Path) -> None:
    text = changed(TEXT, "goals:\n", "  work.extra:\n    text: Mer.\ngoals:\n")

    error = refusal(tmp_path, text=text)

    assert (error.field, error.line) == ("clauses.work.extra", line_of(text, "  work.extra"))
    assert error.problem == "type.yaml does not declare this"


def test_a_folded_text_is_named_at_its_first_line(tmp_path: Path) -> None:
    text = changed(TEXT, "    text: |\n      Områdene er", "    text: >-\n      Områdene\n      {foo} er")

    assert refusal(tmp_path, text=text).line == line_of(text, "Områdene")


def test_a_missing_language_file_is_named(tmp_path: Path) -> None:
    error = refusal(tmp_path, text=None)

    assert str(error) == "plugins/trial/agreement_types/pact/2026-1/nb.yaml:1: the file is missing"


def test_no_is_a_word_and_not_false(tmp_path: Path) -> None:
    kind = load(tmp_path, kind=changed(TYPE, "en: A pact", "en: no"))

    assert kind.summary.en == "no"
