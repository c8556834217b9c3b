"""Which matters does a filled-in table list? The list of events of the scheme's own mark sheet."""

import tempfile
from pathlib import Path

from jixiao.schemes.exchange.answers import NO_IMPORTS, Book
from jixiao.schemes.exchange.layout import EVENTS, Layout
from jixiao.schemes.exchange.lists import read_events
from jixiao.scoring.events import Event
from jixiao.scoring.names import Register, squash
from jixiao.workbooks.problems import Fault, Problem, Where, raise_errors
from jixiao.workbooks.reading import read_tables

MOST = 2000
"""Rows; more are read in several times."""


def read_register(layout: Layout, content: bytes) -> tuple[Event, ...]:
    """The matters of the sheet 加扣分事项, or of the only sheet; TableError with all that is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "加扣分事项.csv"  # what it is, is told by its content
        path.write_bytes(content)
        tables = [each for each in read_tables(path) if not each.is_hidden]
    named = [each for each in tables if squash(each.sheet) == squash(EVENTS)]
    book = Book(Register.of(layout.scheme), NO_IMPORTS)
    found = read_events(layout, (named or tables)[0], book) if tables else ()
    if not found and not book.problems:
        book.problems.append(_whole(Fault("表里没有事项", "一行写一件事")))
    if len(found) > MOST:
        book.problems.append(_whole(Fault(f"超过{MOST}件", "请分几次导入")))
    raise_errors(book.problems)
    return found


def _whole(fault: Fault) -> Problem:
    return Problem(Where(file="加扣分事项"), *fault)
