"""Has anybody touched the record? Entries are chained in batches and the heads are kept outside too.

A writer only adds its entry; a batch is chained afterwards, so writers never wait for the chain.
Each link's digest covers the whole entry, the link's own columns and the digest before it. The
head of every batch also goes to a file beside the database: cutting off the end is found too.
The exact form is told in docs/reference/audit.md; anybody can verify an export with it.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from jixiao.audit.models import Event, Link

HEADS_FILE = "审计链头.txt"
START = "0" * 64
ALGORITHMS = ("sm3", "sha256")
BATCH = 5_000
PAGE = 1_000
"""Rows read at a time while verifying."""
IN_FLIGHT = 10_000
"""Numbers below the newest chained one within which an entry may still be committed."""
LATE = timedelta(hours=1)
"""An entry is chained within seconds; one that comes so much later was not written in its time."""
TOLD = 200
"""Problems told one by one; a record broken in more places is broken."""
_ENTRY = [field.attname for field in Event._meta.concrete_fields]


class Verdict(NamedTuple):
    """What a verification found; ``problems`` are sentences, empty when the record is whole."""

    links: int
    waiting: int
    head: str
    problems: tuple[str, ...]


class Chained(NamedTuple):
    """A link as it is written in exports, its digest, and the moment of its entry (None: gone)."""

    link: dict[str, Any]
    digest: str
    at: datetime | None


def algorithm() -> str:
    """SM3 (GM/T 0004) where this Python's OpenSSL has it, else SHA-256."""
    return next(name for name in ALGORITHMS if name in hashlib.algorithms_available)


def digest_of(link: dict[str, Any], *, before: str) -> str:
    """The digest of a link over everything it says and the digest before it; empty: unknown way."""
    if link["algorithm"] not in ALGORITHMS:
        return ""
    text = json.dumps({**link, "before": before}, sort_keys=True, separators=(",", ":"))
    return hashlib.new(link["algorithm"], text.encode("ascii")).hexdigest()


def seal_all(heads: Path) -> int:
    """Chain every entry that waits, batch by batch; returns how many."""
    total = 0
    while count := seal(heads):
        total += count
    return total


def seal(heads: Path) -> int:
    """Chain the entries that wait, at most BATCH; returns how many. The head goes to ``heads``."""
    try:
        with transaction.atomic():
            links = _next_links()
            Link.objects.bulk_create(links, batch_size=500)
    except IntegrityError:
        return 0  # another process made the very first links at the same moment
    if links:
        _keep(heads, links[-1])
    return len(links)


def verify(heads: Path) -> Verdict:
    """Recompute the whole chain and compare it with the entries and with the heads kept outside."""
    problems = list(islice(_problems(heads), TOLD + 1))
    if len(problems) > TOLD:
        problems[-1] = f"以上只列出{TOLD}处，还有更多"
    head = Link.objects.order_by("position").last()
    return Verdict(
        links=Link.objects.count(),
        waiting=waiting().count(),
        head=head.digest if head else "",
        problems=tuple(problems),
    )


def chained() -> Iterator[Chained]:
    """Every link in its order, with its entry; a page at a time."""
    position = -(2**63)
    while page := list(Link.objects.filter(position__gt=position).values()[:PAGE]):
        numbers = [link["event_id"] for link in page]
        entries = {
            each["id"]: each for each in Event.objects.filter(id__in=numbers).values(*_ENTRY)
        }
        for link in page:
            entry = entries.get(link["event_id"])
            yield Chained(_as_written(link, entry), link["digest"], entry and entry["at"])
        position = page[-1]["position"]


def entry_as_written(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry in its one written form: columns without a value are left out, the time is UTC."""
    told = {name: value for name, value in entry.items() if value is not None}
    return {**told, "at": _moment(entry["at"])}


def waiting() -> QuerySet[Event]:
    """Entries without a link, oldest first."""
    return Event.objects.filter(~Exists(Link.objects.filter(event_id=OuterRef("id")))).order_by(
        "id"
    )


def _next_links() -> list[Link]:
    """The links of the next batch. Sealers queue at the first link, so that the chain never forks."""
    Link.objects.select_for_update().filter(position=1).first()
    last = Link.objects.order_by("position").last()
    above = last.event_id - IN_FLIGHT if last else 0
    entries = waiting().filter(id__gt=above).values(*_ENTRY)[:BATCH]
    before, now, links = last.digest if last else START, timezone.now(), []
    start, batch = (last.position + 1, last.batch + 1) if last else (1, 1)
    for position, entry in enumerate(entries, start):
        link = Link(
            position=position, event_id=entry["id"], algorithm=algorithm(), batch=batch, at=now
        )
        before = link.digest = digest_of(_as_written(vars(link), entry), before=before)
        links.append(link)
    return links


def _as_written(link: Mapping[str, Any], entry: Mapping[str, Any] | None) -> dict[str, Any]:
    """A link and its entry as exports and digests have them."""
    return {
        "position": link["position"],
        "algorithm": link["algorithm"],
        "batch": link["batch"],
        "sealed_at": _moment(link["at"]),
        "entry": entry and entry_as_written(entry),
    }


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def trim_heads(heads: Path) -> None:
    """After a restore: drop the heads sealed while the backup was being written, and no others."""
    if not heads.exists():
        return
    last = Link.objects.order_by("position").last()
    lines = heads.read_text("ascii").splitlines(keepends=True)
    kept = [line for line in lines if _head(line)[0] <= (last.position if last else 0)]
    heads.write_text("".join(kept), encoding="ascii")


def _keep(heads: Path, link: Link) -> None:
    with heads.open("a", encoding="ascii") as file:
        file.write(f"{link.position} {link.digest}\n")
        file.flush()
        os.fsync(file.fileno())


def _problems(heads: Path) -> Iterator[str]:
    yield from _broken_links()
    yield from _forgotten_entries()
    yield from _missing_heads(heads)


def _broken_links() -> Iterator[str]:
    """One sentence for every link that does not hold; a break does not hide the links after it."""
    expected, before = 1, START
    batch, sealed, earlier = 0, "", ""
    for link, digest, at in chained():
        position = link["position"]
        if position != expected:
            yield f"第{expected}条处链值断开，接下来是第{position}条"
        if at is None:
            yield f"第{position}条：审计记录被删除"
        elif digest != digest_of(link, before=before):
            yield f"第{position}条：审计记录 {link['entry']['id']} 或它的链值被改动"
        if link["batch"] != batch:
            batch, sealed, earlier = link["batch"], link["sealed_at"], sealed
        if at and earlier and _moment(at + LATE) < earlier:
            yield f"第{position}条：审计记录 {link['entry']['id']} 是事后补入的，所记时间早于前一批封链"
        expected, before = position + 1, digest


def _forgotten_entries() -> Iterator[str]:
    """Entries that should have been chained long ago."""
    old = waiting().filter(at__lt=timezone.now() - LATE)
    if count := old.count():
        first = old.first()
        yield f"{count}条审计记录写入已久仍未封链，从 {first and first.id} 起：封链程序没有运行，或记录是事后补入的"


def _missing_heads(heads: Path) -> Iterator[str]:
    """Heads kept outside that the chain no longer has: its end was cut off, or it was remade."""
    last = Link.objects.order_by("position").last()
    if not heads.exists():
        if last:
            yield f"找不到链头文件 {heads.name}，无法判断链尾是否被截断"
        return
    highest = 0
    with heads.open(encoding="ascii", errors="replace") as file:
        numbered = enumerate(file, 1)
        while kept := [(number, *_head(line)) for number, line in islice(numbered, PAGE)]:
            highest = max(highest, *(position for _, position, _ in kept))
            yield from _differing(kept)
    if last and last.position > highest and last.at < timezone.now() - LATE:
        yield "库中的链比库外留存的链头更长：有链值不是由本程序封存的"


def _differing(kept: list[tuple[int, int, str]]) -> Iterator[str]:
    positions = [position for _, position, _ in kept]
    found = dict(Link.objects.filter(position__in=positions).values_list("position", "digest"))
    for number, position, digest in kept:
        if not position:
            yield f"链头文件第{number}行不完整"
        elif found.get(position) != digest:
            yield f"第{position}条的链值与库外留存的不一致：链尾被截断，或整条链被重做"


def _head(line: str) -> tuple[int, str]:
    """Position and digest of a line; position 0: the line is not one."""
    position, _, digest = line.strip().partition(" ")
    known = position.isdecimal() and len(position) <= 18 and digest
    return (int(position), digest) if known else (0, "")
