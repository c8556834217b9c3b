"""What does a command print: results, progress, JSON, complaints?"""

import json
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from jixiao.workbooks.problems import Problem

OK, DIFFERENT, BAD_INPUT = 0, 1, 2
"""Exit codes: done · the answer is “no” (digests differ, text contradicts) · the input is wrong."""


class BadInputError(Exception):
    """Input the user has to put right; every problem at once."""

    def __init__(self, problems: Iterable[object]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def say(text: str = "") -> None:
    """One line of the answer."""
    print(text)


def say_json(data: object) -> None:
    """The answer as JSON."""
    say(json.dumps(data, ensure_ascii=False, indent=2))


def note(text: str) -> None:
    """Progress and remarks, beside the answer."""
    print(text, file=sys.stderr)


def complain(error: BadInputError, *, as_json: bool) -> int:
    """Tell every problem; nothing was written."""
    if as_json:
        say_json({"ok": False, "problems": [_plain(problem) for problem in error.problems]})
    else:
        note(f"没有完成，有{len(error.problems)}处要改（什么也没有写入）：")
        for problem in error.problems:
            note(f"  · {problem}")
    return BAD_INPUT


def _plain(problem: object) -> dict[str, object]:
    """A problem as data: its sentence, and its place where it stands in a table."""
    return problem.as_dict() if isinstance(problem, Problem) else {"text": str(problem)}


@contextmanager
def step(text: str, *, quiet: bool) -> Iterator[None]:
    """Name a piece of work as it starts and say how long it took."""
    if quiet:
        yield
        return
    print(f"  {text} … ", end="", file=sys.stderr, flush=True)
    start = time.perf_counter()
    try:
        yield
    except BaseException:
        note("未完成")
        raise
    note(f"{time.perf_counter() - start:.2f}秒")
