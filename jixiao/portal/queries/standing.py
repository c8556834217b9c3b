"""For whom may this person stand in today, and with which of their roles?"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from jixiao.access.actor import Actor, Held, spheres
from jixiao.access.models import Grant
from jixiao.access.permissions import Extent, Role
from jixiao.org.models import Delegation


@dataclass(frozen=True)
class Lent:
    """What an absent person's deputy may use: the roles in the unit of the delegation."""

    delegation: Delegation
    held: tuple[Held, ...]


def delegations_to(actor: Actor) -> QuerySet[Delegation]:
    """Delegations in force today in which the person is the deputy."""
    today = Delegation.objects.on(timezone.localdate()).filter(deputy__account=actor.account_id)
    return today.select_related("unit", "absent").order_by("until", "id")


def lent_by(number: int, actor: Actor) -> Lent | None:
    """What one delegation lends to its deputy; None: it is over, not theirs, or lends nothing."""
    delegation = delegations_to(actor).filter(pk=number).first()
    if delegation is None or delegation.absent.account_id is None:
        return None
    grants = Grant.objects.on(timezone.localdate()).filter(
        account=delegation.absent.account_id, extent=Extent.UNIT, key=str(delegation.unit_id)
    )
    held = tuple(Held(Role(role), key) for role, key in grants.values_list("role", "key"))
    return Lent(delegation, held) if held and _one_sphere([*actor.held, *held]) else None


def _one_sphere(held: Iterable[Held]) -> bool:
    """An administrator stands in for nobody: 三员分立."""
    return len(spheres([each.role for each in held])) == 1
