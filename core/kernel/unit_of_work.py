"""The only place that commits: a verb's changes, audit, events and jobs are stored together or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import has_app_context
from sqlalchemy.orm import Session

from core.kernel.database import UnsavedChangesError, db

LAST = "added_last"


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Store everything that happens inside at its end. Inside another unit it joins that one."""
    session = db.session()
    if session.info.get("unit_of_work"):
        yield
        return
    session.info["unit_of_work"] = True
    session.info[LAST] = []
    try:
        yield
        session.flush()
        _store_last(session)
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("unit_of_work", None)
        session.info.pop(LAST, None)


def add_last(row: object, *, order: str = "") -> None:
    """Add a row when everything else of the unit of work is stored, rows of one ``order`` as they came.

    It is for rows that everybody waits for: they are held for as short as can be, and always in one order.
    Outside a unit of work the row is added at once.
    """
    session = db.session()
    if session.info.get("unit_of_work"):
        session.info[LAST].append((order, row))
    else:
        session.add(row)


def _store_last(session: Session) -> None:
    waiting: list[tuple[str, Any]] = session.info[LAST]
    session.add_all(row for _order, row in sorted(waiting, key=lambda pair: pair[0]))
    session.flush()


@contextmanager
def contained(*, writes: bool = False) -> Iterator[None]:
    """Run somebody else's code so that what it breaks or leaves behind in the session stays with it.

    Inside a unit of work everything is undone to where the code began. Outside, where there is nothing to
    lose, the transaction starts anew after a failure, so that the rest of the page can still read.
    Code that ``writes`` may change rows inside a unit of work; they are stored with the rest of it.
    Raises UnsavedChangesError when other code changed rows and did not store them in a unit of its own.
    """
    if not has_app_context():
        yield
        return
    session = db.session()
    if session.info.get("unit_of_work"):
        waiting = len(session.info[LAST])
        try:
            with session.begin_nested(), session.no_autoflush:
                yield
                if writes:
                    session.flush()
                else:
                    _refuse_changes(session, waiting)
        except BaseException:
            del session.info[LAST][waiting:]
            raise
        return
    try:
        yield
        _refuse_changes(session)
    except BaseException:
        session.rollback()
        raise


def _refuse_changes(session: Session, waiting: int = 0) -> None:
    if session.new or session.dirty or session.deleted or len(session.info.get(LAST, ())) > waiting:
        raise UnsavedChangesError("rows were changed outside a unit of work")
