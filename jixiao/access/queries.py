"""What is known about accounts and roles today?"""

from collections.abc import Collection
from dataclasses import replace

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from jixiao.access.actor import Actor, Held
from jixiao.access.models import Account, Grant
from jixiao.access.permissions import ROLES, Permission, Role


def actor_of(account: Account, *, origin: str = "", once: str | None = None) -> Actor:
    """The account at work, with the roles it holds today; one query."""
    grants = account.grants.on(timezone.localdate()).values_list("role", "key")
    held = tuple(Held(Role(role), key) for role, key in grants)
    return Actor(account.name, account.pk, held, origin=origin, once=once)


def standing_in(actor: Actor, *, others: Collection[Held], name: str) -> Actor:
    """The actor who also holds the roles of somebody absent; the audit names both."""
    return replace(actor, held=(*actor.held, *others), acting_for=name)


def accounts() -> QuerySet[Account]:
    """All accounts with the grants in force today as ``held``."""
    today = Grant.objects.on(timezone.localdate())
    found: QuerySet[Account] = Account.objects.prefetch_related(
        Prefetch("grants", today, to_attr="held")
    )
    return found


def account(pk: int) -> Account | None:
    """One account."""
    return accounts().filter(pk=pk).first()


def holders(permission: Permission) -> QuerySet[Account]:
    """Accounts that hold a permission somewhere today."""
    from_roles = [role for role in Role if permission in _permissions(role)]
    grants = Grant.objects.on(timezone.localdate()).filter(role__in=from_roles)
    found: QuerySet[Account] = Account.objects.active().filter(grants__in=grants).distinct()
    return found


def _permissions(role: Role) -> frozenset[Permission]:
    return ROLES[role].permissions
