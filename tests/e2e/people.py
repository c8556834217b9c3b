"""Who visits the example county in these tests? Somebody of every role, signed in; run beside it."""

import json
import sys

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from jixiao.access.actions import grant_role, open_account  # noqa: E402
from jixiao.access.actor import Actor  # noqa: E402
from jixiao.access.models import Account, Grant  # noqa: E402
from jixiao.access.permissions import ROLES, Extent, Role  # noqa: E402
from jixiao.cli.example_county import PASSWORD, VISITORS  # noqa: E402

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
KEYS = {Extent.GROUP: "乡镇", Extent.ITEM: "1.1"}


def somebody(role: Role) -> Account:
    """As whom a newcomer looks around in this role; where the example has nobody, a new account."""
    visitors = [each.username for each in VISITORS]
    found = Grant.objects.filter(role=role, account__username__in=visitors).first()
    if found:
        return Account.objects.get(pk=found.account_id)
    terminal = Actor("命令行", terminal=True, origin="命令行")
    made = open_account(f"test-{role}", by=terminal, name=role.label, password=PASSWORD)
    made.must_change = False
    made.save()
    key = KEYS.get(ROLES[role].extent, "")
    grant_role(made, by=terminal, role=role, key=key, document="测试")
    return made


def session(account: Account) -> str:
    """A session as signing in makes it."""
    made = SessionStore()
    made[SESSION_KEY] = str(account.pk)
    made[BACKEND_SESSION_KEY] = BACKEND
    made[HASH_SESSION_KEY] = account.get_session_auth_hash()
    made.create()
    return str(made.session_key)


def assessor(username: str, name: str) -> Account:
    """An assessor with an account."""
    terminal = Actor("命令行", terminal=True, origin="命令行")
    made = open_account(username, by=terminal, name=name, password=PASSWORD)
    made.must_change = False
    made.save()
    grant_role(made, by=terminal, role=Role.ASSESSOR, document="测试")
    return made


def everybody() -> dict[str, tuple[str, str]]:
    """By role, who holds it and the number of a session."""
    accounts = {role: somebody(role) for role in Role}
    return {role: (account.username, session(account)) for role, account in accounts.items()}


if __name__ == "__main__":
    json.dump(everybody(), sys.stdout)
