"""Who had a hand in the marks of a unit: who recorded, provided, corrected or was sent there?"""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from jixiao.visits.models import Record, Seat

Rounds = QuerySet[Any, Any] | Collection[int]


def hands(rounds: Rounds, *, unit: int, codes: Collection[str] | None) -> frozenset[int]:
    """Their accounts, for some items or (None) for everything recorded of the unit; two queries."""
    records = Record.objects.filter(visit__round__in=rounds, visit__unit=unit)
    if codes is not None:
        records = records.filter(code__in=codes)
    wrote = records.values_list("saved_by", "entries__received_by", "corrections__corrected_by")
    seats = Seat.objects.filter(team__visits__round__in=rounds, team__visits__unit=unit)
    went = seats.values_list("person__account", flat=True)
    found = {number for row in wrote for number in row} | set(went)
    return frozenset(number for number in found if number)
