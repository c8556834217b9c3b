"""Which half-truths does the database refuse? Building blocks for models' constraints."""

from django.db.models import CheckConstraint, F, Q
from django.db.models.enums import Choices


def is_choice(field: str, choices: type[Choices], *, name: str) -> CheckConstraint:
    """Only values of the list may stand in ``field``."""
    return CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


def in_order(first: str, last: str, *, name: str) -> CheckConstraint:
    """``last`` is open or not before ``first``."""
    condition = Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)})
    return CheckConstraint(
        condition=condition, name=name, violation_error_message="止日不能早于起日"
    )


def together(*fields: str, name: str) -> CheckConstraint:
    """All of the nullable ``fields`` are known, or none of them."""
    known, unknown = Q(), Q()
    for field in fields:
        known &= Q(**{f"{field}__isnull": False})
        unknown &= Q(**{f"{field}__isnull": True})
    return CheckConstraint(condition=known | unknown, name=name)
