"""How does somebody else get the record? As lines of JSON that a script of twenty lines verifies."""

import json
from collections.abc import Iterator
from pathlib import Path

from jixiao.audit.chain import chained, entry_as_written, waiting


def lines() -> Iterator[str]:
    """The whole record: every link with its entry and digest, then what waits (position null)."""
    for link, digest, _ in chained():
        yield _line({**link, "digest": digest})
    for entry in waiting().values().iterator(chunk_size=1_000):
        yield _line({"position": None, "entry": entry_as_written(entry)})


def export(target: Path) -> int:
    """Write the record to a file; returns how many entries."""
    count = 0
    with target.open("w", encoding="utf-8", errors="backslashreplace") as file:
        for line in lines():
            file.write(line)
            count += 1
    return count


def _line(told: dict[str, object]) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True) + "\n"
