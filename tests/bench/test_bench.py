"""The benchmark runs and finds the floor's pages like the product's; how fast they are is never tested."""

import os
import re
import subprocess
import sys

from core.running.places import ROOT


def test_the_benchmark_measures_every_page_against_the_same_pages(admin_url: str) -> None:
    command = (sys.executable, "-m", "tests.bench", "--rounds=1", "--agreements=8", "--others=1")
    environment = {**os.environ, "TEST_ADMIN_URL": admin_url}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    for page in ("home", "agreement", "list", "filtered", "searched"):
        assert re.search(rf"^{page} +[\d.]+ ms +[\d.]+ ms +[\d.]+ x +\d+ +\d+$", done.stdout, re.MULTILINE)
    assert re.search(
        r"^access decision, guard and row-level security: -?[\d.]+% of home's time ",
        done.stdout,
        re.MULTILINE,
    )
