"""What a file from Word asks for, compared with what was handed out. Pure functions."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final

from core.documents.word.reading import ADDED, KEPT, REMOVED, Comment, Line, Segment, Who, WordFile

AROUND: Final = 60
"""How many letters around a change are kept, to show it and to find its place again."""
MOST_WORK: Final = 30_000_000
CHANGE, SILENT, MISSING, NEW, COMMENT, ELSEWHERE = (
    "change",
    "silent",
    "missing",
    "new",
    "comment",
    "elsewhere",
)
_WORDS: Final = re.compile(r"\w+|\s|[^\w\s]")


@dataclass(frozen=True)
class Sent:
    """What was handed out: the text of each clause by its bookmark, and every other line."""

    clauses: Mapping[str, str]
    outside: Sequence[str] = ()


@dataclass(frozen=True)
class Found:
    """One thing that a file asks for or says, in the clause of a bookmark or outside."""

    kind: str
    clause: str
    before: str = ""
    removed: str = ""
    added: str = ""
    after: str = ""
    words: str = ""
    who: Who = field(default_factory=Who)


def sent_in(file: WordFile) -> Sent:
    """What a file of ours says, as it was written."""
    clauses = {name: _original(_joined(lines)) for name, lines in _clauses(file).items()}
    return Sent(clauses, tuple(line.text(ADDED) for line in file.lines if not line.clause))


def findings(file: WordFile, sent: Sent) -> list[Found]:
    """Everything that a person has to decide on or read, in the order of the clauses."""
    _recognise(file, sent)
    answered = _clauses(file)
    found: list[Found] = []
    for name, text in sent.clauses.items():
        found += _in_clause(name, text, _joined(answered[name])) if name in answered else [_gone(name, text)]
        found += [_said(one) for one in file.comments if one.clause == name]
    found += _outside(file, sent)
    return [*found, *(_said(one) for one in file.comments if one.clause not in sent.clauses)]


def _clauses(file: WordFile) -> dict[str, list[Line]]:
    """The lines of each clause; one that was begun by dividing its last line belongs to it."""
    found: dict[str, list[Line]] = {}
    before: Line | None = None
    for line in file.lines:
        if before and before.clause and before.end.state == ADDED and not line.clause and not line.in_table:
            line.clause = before.clause
        if line.clause:
            found.setdefault(line.clause, []).append(line)
        before = line
    return found


def _recognise(file: WordFile, sent: Sent) -> None:
    """Clauses that have lost their bookmark but are there unchanged, word for word."""
    there = {line.clause for line in file.lines}
    for name in set(sent.clauses) - there:
        wanted = sent.clauses[name].split("\n")
        for start in range(len(file.lines) - len(wanted) + 1):
            lines = file.lines[start : start + len(wanted)]
            if not any(one.clause for one in lines) and [one.text(ADDED) for one in lines] == wanted:
                for one in lines:
                    one.clause = name
                break


def _joined(lines: Sequence[Line]) -> list[Segment]:
    """The segments of several lines, with what happened to the ends between them."""
    joined = [segment for line in lines for segment in (*line.segments, line.end)]
    return joined[:-1]


def _original(segments: Iterable[Segment]) -> str:
    return "".join(one.text for one in segments if one.state != ADDED)


def _in_clause(name: str, sent: str, segments: Sequence[Segment]) -> Iterator[Found]:
    original = _original(segments)
    kept = "".join(one.text for one in segments if one.state != REMOVED)
    if original.strip() and not kept.strip():
        who = next(one.who for one in segments if one.state == REMOVED)
        yield replace(_gone(name, original), who=who)
        return
    yield from _silent(name, sent, original)
    yield from _tracked(CHANGE, name, segments)


def _gone(name: str, text: str) -> Found:
    return Found(MISSING, name, removed=text)


def _said(comment: Comment) -> Found:
    return Found(COMMENT, comment.clause, before=comment.about, words=comment.words, who=comment.who)


def _tracked(kind: str, name: str, segments: Sequence[Segment]) -> Iterator[Found]:
    """Each change of one person at one place."""
    original, place = _original(segments), 0
    for (state, who), group in groupby(segments, key=lambda one: (one.state == KEPT, one.who.author)):
        pieces = list(group)
        removed = "".join(one.text for one in pieces if one.state == REMOVED)
        added = "".join(one.text for one in pieces if one.state == ADDED)
        if state:
            place += sum(len(one.text) for one in pieces)
            continue
        end = place + len(removed)
        at = next((one.who for one in pieces if one.who.at), Who(who))
        yield _change(kind, name, original, place, end, added, at)
        place = end


def _change(
    kind: str,
    name: str,
    text: str,
    start: int,
    end: int,
    added: str,
    who: Who = Who(),  # noqa: B008  a value
) -> Found:
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Found(kind, name, before, text[start:end], added, after, who=who)


def _silent(name: str, sent: str, original: str) -> Iterator[Found]:
    """What differs from what was sent although no change is marked."""
    if sent == original:
        return
    ours, theirs = _WORDS.findall(sent), _WORDS.findall(original)
    if len(ours) * len(theirs) > MOST_WORK:
        yield _change(SILENT, name, sent, 0, len(sent), original)
        return
    places = [0]
    for word in ours:
        places.append(places[-1] + len(word))
    for a, b, c, d in _differences(ours, theirs):
        yield _change(SILENT, name, sent, places[a], places[b], "".join(theirs[c:d]))


def _differences(ours: list[str], theirs: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Ranges that differ; two that only a space keeps apart are one."""
    found: list[list[int]] = []
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if found and not "".join(ours[found[-1][1] : a]).strip(" "):
            found[-1][1], found[-1][3] = b, d
        else:
            found.append([a, b, c, d])
    yield from ((a, b, c, d) for a, b, c, d in found)


def _outside(file: WordFile, sent: Sent) -> Iterator[Found]:
    """Headings, tables and lines between the clauses: what is new there, and what was changed."""
    left, clause = Counter(sent.outside), ""
    for line in file.lines:
        clause = line.clause or clause
        if not line.clause:
            yield from _line_outside(line, left, clause)
    for text in (one for one in left.elements() if one.strip()):
        yield Found(ELSEWHERE, "", removed=text)


def _line_outside(line: Line, left: Counter[str], clause: str) -> Iterator[Found]:
    original, proposed = line.text(ADDED), line.text(REMOVED)
    if left[original] > 0 and (original.strip() or not proposed.strip()):
        left[original] -= 1
        yield from _tracked(ELSEWHERE, "", line.segments)
    elif proposed.strip():
        who = next((one.who for one in line.segments if one.state == ADDED), Who())
        kind = ELSEWHERE if line.in_table or not clause else NEW
        yield Found(kind, "" if kind == ELSEWHERE else clause, added=proposed, who=who)
