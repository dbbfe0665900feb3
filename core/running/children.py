"""Processes that live and die together."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from core.running.places import ROOT

PATIENCE = 15.0
TELL_WHEN_PARENT_DIES = 1  # PR_SET_PDEATHSIG


@dataclass
class Children:
    """Starts processes, notices when one ends, and ends them all."""

    environment: Mapping[str, str]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, *module: str, **variables: str) -> None:
        """Start a Python module in a session of its own, so that Ctrl-C reaches only us.

        ``variables`` are added to its environment.
        """
        self.running[name] = subprocess.Popen(
            [sys.executable, "-m", *module],
            cwd=ROOT,
            env={**self.environment, **variables},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509  there are no threads here
        )

    def ended(self) -> str | None:
        """The name of a process that has ended by itself, with how it ended."""
        for name, process in self.running.items():
            if process.poll() is not None:
                return f"{name} (exit code {process.returncode})"
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End every process, and wait until it has ended."""
        print("\nStopping", flush=True)
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.running.clear()


def do(environment: Mapping[str, str], *module: str) -> int:
    """Run a Python module to its end, with our terminal, and return its exit code."""
    return subprocess.run([sys.executable, "-m", *module], cwd=ROOT, env=environment, check=False).returncode


def own_environment(added: Mapping[str, str]) -> dict[str, str]:
    """Our environment with some variables replaced."""
    return {**os.environ, **added}


def told_to_stop(parts: Sequence[str] = ("SIGINT", "SIGTERM", "SIGHUP")) -> list[int]:
    """Listen for the signals that end us; the list that comes back fills when one arrives."""
    heard: list[int] = []
    for part in parts:
        signal.signal(signal.Signals[part], lambda number, _frame: heard.append(number))
    return heard


def _die_with_parent() -> None:
    """Only Linux can say this; elsewhere a killed supervisor leaves its processes to the next 'make run'."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(TELL_WHEN_PARENT_DIES, signal.SIGTERM)
