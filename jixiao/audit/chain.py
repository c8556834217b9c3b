"""Has anybody touched the record? Entries are chained in batches and the heads are kept outside too.

A writer only adds its entry; a batch is chained afterwards, so writers never wait for the chain.
Each link's digest covers the whole entry, its position and the digest before it. The head of
every batch also goes to a file beside the database: cutting off the end of the chain is found too.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import Max, QuerySet

from jixiao.audit.models import Event, Link

START = "0" * 64
BATCH = 5_000
SETTLED = 1_000
"""Rows read at a time while verifying."""


@dataclass(frozen=True)
class Verdict:
    """What a verification found; ``problems`` are sentences, empty when the record is whole."""

    links: int
    waiting: int
    head: str
    problems: tuple[str, ...]


def algorithm() -> str:
    """SM3 (GM/T 0004) where this Python's OpenSSL has it, else SHA-256."""
    return "sm3" if "sm3" in hashlib.algorithms_available else "sha256"


def link_digest(event: Event, *, position: int, before: str, name: str) -> str:
    """The digest of one entry at its place in the chain, in lower-case hexadecimal."""
    values = [getattr(event, field.attname) for field in Event._meta.concrete_fields]
    text = json.dumps(
        [position, before, [str(each) if not isinstance(each, list) else each for each in values]],
        ensure_ascii=False,
        sort_keys=True,
    )
    return hashlib.new(name, text.encode()).hexdigest()


def seal(heads: Path) -> int:
    """Chain the entries that wait, at most BATCH; returns how many. The head goes to ``heads``."""
    with transaction.atomic():
        last = Link.objects.select_for_update().order_by("position").last()
        waiting = list(_waiting()[:BATCH])
        if not waiting:
            return 0
        name, before = algorithm(), last.digest if last else START
        start, batch = (last.position + 1, last.batch + 1) if last else (1, 1)
        links = []
        for position, event in enumerate(waiting, start):
            before = link_digest(event, position=position, before=before, name=name)
            links.append(
                Link(
                    position=position, event_id=event.id, algorithm=name, digest=before, batch=batch
                )
            )
        Link.objects.bulk_create(links, batch_size=500)
    with heads.open("a", encoding="ascii") as file:
        file.write(f"{links[-1].position} {before}\n")
    return len(links)


def verify(heads: Path) -> Verdict:
    """Recompute the whole chain and compare it with the entries and with the heads kept outside."""
    problems = [*_broken_links(), *_missing_heads(heads)]
    head = Link.objects.order_by("position").last()
    return Verdict(
        links=Link.objects.count(),
        waiting=_waiting().count(),
        head=head.digest if head else "",
        problems=tuple(problems),
    )


def _waiting() -> QuerySet[Event]:
    chained = Link.objects.values("event_id")
    return Event.objects.exclude(id__in=chained).order_by("id")


def _broken_links() -> Iterator[str]:
    """One sentence for every link that does not hold; a break does not hide the links after it."""
    expected, before = 1, START
    for links in _pages():
        events = Event.objects.in_bulk([link.event_id for link in links])
        for link in links:
            if link.position != expected:
                yield f"第{expected}条至第{link.position - 1}条链值不见了"
            event = events.get(link.event_id)
            if event is None:
                yield f"第{link.position}条：审计记录 {link.event_id} 被删除"
            elif link.digest != link_digest(
                event, position=link.position, before=before, name=link.algorithm
            ):
                yield f"第{link.position}条：审计记录 {link.event_id}（{event}）被改动，或链值被改动"
            expected, before = link.position + 1, link.digest


def _pages() -> Iterator[list[Link]]:
    position = 0
    while links := list(Link.objects.filter(position__gt=position)[:SETTLED]):
        yield links
        position = links[-1].position


def _missing_heads(heads: Path) -> Iterator[str]:
    """Heads kept outside that the chain no longer has: its end was cut off, or it was remade."""
    if not heads.exists():
        if Link.objects.exists():
            yield f"找不到链头文件 {heads.name}，无法判断链尾是否被截断"
        return
    kept = dict(line.split() for line in heads.read_text("ascii").splitlines())
    found = dict(Link.objects.filter(position__in=map(int, kept)).values_list("position", "digest"))
    for position, digest in kept.items():
        if found.get(int(position)) != digest:
            yield f"第{position}条的链值与库外留存的不一致：链尾被截断，或整条链被重做"
    last = Link.objects.aggregate(last=Max("position"))["last"] or 0
    if last > max(map(int, kept), default=0):
        yield "库中的链比库外留存的链头更长：有链值不是由本程序封存的"
