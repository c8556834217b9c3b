"""What is known about accounts, roles, locks and keys today?"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeAlias

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Prefetch, QuerySet, Sum
from django.db.models.functions import Lower
from django.utils import timezone

from jixiao.access.actor import Actor, Held
from jixiao.access.models import Account, Grant, Token
from jixiao.access.permissions import ROLES, Permission, Role

AccountRow: TypeAlias = Account
TokenRow: TypeAlias = Token
"""What pages get; they never import models."""
STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor; recovery codes only stand in for one."""
FACTORS = {Authenticator.Type.TOTP: "动态口令", Authenticator.Type.RECOVERY_CODES: "恢复码"}


def actor_of(account: Account, *, origin: str = "", once: str | None = None) -> Actor:
    """The account at work, with the roles it holds today; one query."""
    grants = account.grants.on(timezone.localdate()).order_by("id").values_list("role", "key")
    held = tuple(Held(Role(role), key) for role, key in grants)
    return Actor(account.name, account.pk, held, origin=origin, once=once)


def actor_of_token(secret: str, *, origin: str = "", once: str | None = None) -> Actor | None:
    """The owner of a token at work, with no more rights than the token has; None: it opens nothing."""
    today = timezone.localdate()
    usable = Token.objects.usable_on(today).select_related("account")
    token = usable.filter(digest=token_digest(secret)).first()
    if token is None or token.account.must_change:
        return None
    if token.last_used_on != today:
        Token.objects.filter(pk=token.pk).update(last_used_on=today)
    actor = actor_of(token.account, origin=f"{origin} 接口令牌“{token.name}”", once=once)
    return replace(actor, only=frozenset(map(Permission, token.permissions)))


def token_digest(secret: str) -> str:
    """How a token is kept: it is long and random, so one round is enough."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


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


def account_named(username: str) -> Account | None:
    """The account of a sign-in name, in any case."""
    found: Account | None = Account.objects.filter(username__iexact=username.strip()).first()
    return found


def holders(permission: Permission) -> QuerySet[Account]:
    """Accounts that hold a permission somewhere today."""
    from_roles = [role for role in Role if permission in ROLES[role].permissions]
    grants = Grant.objects.on(timezone.localdate()).filter(role__in=from_roles)
    found: QuerySet[Account] = Account.objects.active().filter(grants__in=grants).distinct()
    return found


def grants() -> QuerySet[Grant]:
    """Who holds what today."""
    return Grant.objects.on(timezone.localdate()).select_related("account")


def grant(pk: int) -> Grant | None:
    """One grant that is in force."""
    return grants().filter(pk=pk).first()


def tokens(account: Account) -> QuerySet[Token]:
    """The keys for programs that belong to an account."""
    return account.tokens.select_related("account")


def token(pk: int) -> Token | None:
    """One key for programs."""
    return Token.objects.select_related("account").filter(pk=pk).first()


@dataclass(frozen=True)
class Lock:
    """A sign-in name that is shut out at one address, until when."""

    username: str
    origin: str
    failures: int
    until: datetime
    account: Account | None


def locks() -> list[Lock]:
    """What is locked at this moment, the latest first; names that do not exist have no account."""
    counted = _recent_failures().values("username", "ip_address")
    counted = counted.annotate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
    rows = list(counted.filter(failures__gte=settings.AXES_FAILURE_LIMIT).order_by("-last"))
    names = [row["username"] for row in rows]
    found = Account.objects.annotate(plain=Lower("username")).filter(plain__in=names)
    known = {each.plain: each for each in found}
    return [
        Lock(
            row["username"], row["ip_address"] or "", row["failures"],
            row["last"] + settings.AXES_COOLOFF_TIME, known.get(row["username"]),
        )
        for row in rows
    ]  # fmt: skip


def locked_until(username: str, *, origin: str) -> datetime:
    """When a sign-in name may be tried again at an address."""
    recent = _recent_failures().filter(username=username, ip_address=origin or None)
    last = recent.aggregate(last=Max("attempt_time"))["last"] or timezone.now()
    until: datetime = last + settings.AXES_COOLOFF_TIME
    return until


def failures(username: str) -> QuerySet[AccessAttempt]:
    """The failures counted for a sign-in name."""
    found: QuerySet[AccessAttempt] = AccessAttempt.objects.filter(username=username.lower())
    return found


def _recent_failures() -> QuerySet[AccessAttempt]:
    cooloff: timedelta = settings.AXES_COOLOFF_TIME
    found: QuerySet[AccessAttempt] = AccessAttempt.objects.filter(
        attempt_time__gte=timezone.now() - cooloff
    )
    return found


@dataclass(frozen=True)
class Methods:
    """How somebody may sign in, beside the password."""

    has_totp: bool
    passkeys: list[Authenticator]
    codes_left: int | None

    @property
    def has_second_factor(self) -> bool:
        """Whether a stranger with the password is kept out."""
        return self.has_totp or bool(self.passkeys)


def sign_in_methods(account: Account) -> Methods:
    """How an account may sign in."""
    found: dict[Authenticator.Type, list[Authenticator]] = {kind: [] for kind in Authenticator.Type}
    for each in Authenticator.objects.filter(user=account).order_by("id"):
        found[Authenticator.Type(each.type)].append(each)
    codes = found[Authenticator.Type.RECOVERY_CODES]
    return Methods(
        has_totp=bool(found[Authenticator.Type.TOTP]),
        passkeys=found[Authenticator.Type.WEBAUTHN],
        codes_left=len(codes[0].wrap().get_unused_codes()) if codes else None,
    )


def second_factors(account: Account) -> dict[int, str]:
    """Numbers and names of what an account may sign in with."""
    return {
        each.pk: FACTORS.get(each.type) or f"通行密钥“{each}”"
        for each in Authenticator.objects.filter(user=account)
    }


def lacks_second_factor(actor: Actor) -> bool:
    """Whether a role of this person asks for a second factor that is not set up yet."""
    if not any(each.role in settings.MFA_REQUIRED for each in actor.held):
        return False
    return not Authenticator.objects.filter(user=actor.account_id, type__in=STRONG).exists()
