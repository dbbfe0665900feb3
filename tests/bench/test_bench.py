"""The benchmark runs and finds the floor's pages like the product's; how fast they are is never tested."""

import os
import re
import subprocess
import sys

import pytest

from core.running.places import ROOT
from tests.bench.measuring import DifferentPagesError
from tests.bench.papers import pages_of, refuse_alike, typeset_bare


def test_the_benchmark_measures_every_page_against_the_same_pages(admin_url: str) -> None:
    small = ("--rounds=1", "--agreements=8", "--others=1", "--papers=3", "--processes=1")
    law = ("--asked=5", "--people=4", "--without-openfisca")
    command = (sys.executable, "-m", "tests.bench", *small, *law)
    environment = {**os.environ, "TEST_ADMIN_URL": admin_url}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    for page in ("home", "agreement", "60 promises", "list", "filtered", "searched"):
        assert re.search(rf"^{page} +[\d.]+ ms +[\d.]+ ms +[\d.]+ x +\d+ +\d+$", done.stdout, re.MULTILINE)
    for rules in ("target group", "duration", "benefit"):
        assert re.search(rf"^{rules} +[\d.]+ ms +[\d.]+ ms +\d+ x +\d+$", done.stdout, re.MULTILINE)
    assert re.search(r"^a night of 4 people on 2 processes, ", done.stdout, re.MULTILINE)
    for paper in (r"PDF, \d+ pages", "its seal", "first PDF"):
        assert re.search(rf"^{paper} +[\d.]+ ms +[\d.]+ ms +[\d.]+ x$", done.stdout, re.MULTILINE)
    assert re.search(
        r"^a list asks \d+ times beside the \d+ of every page, within 8$", done.stdout, re.MULTILINE
    )
    assert re.search(
        r"^access decision, guard and row-level security: -?[\d.]+% of home's time ",
        done.stdout,
        re.MULTILINE,
    )


def test_a_floor_has_as_many_pages_as_it_is_asked_for_and_no_two_are_the_same() -> None:
    papers = [typeset_bare(3, number) for number in (1, 2)]
    assert [pages_of(paper) for paper in papers] == [3, 3]
    refuse_alike(papers)


def test_what_was_printed_before_is_not_measured_again() -> None:
    with pytest.raises(DifferentPagesError, match="same PDF"):
        refuse_alike([b"%PDF", b"%PDF"])
