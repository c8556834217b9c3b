"""Is every write allowed, locked, whole and told?"""

from collections.abc import Callable

import pytest

from jixiao.access.actions import disable_account, grant_role, open_account
from jixiao.access.actor import Actor, DeniedError
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError, RepeatedError, StaleError

pytestmark = pytest.mark.django_db
Actors = Callable[..., Actor]


def test_an_action_leaves_one_entry_that_says_who_what_and_why(actor: Actors) -> None:
    admin = actor(Role.SYSTEM_ADMIN, name="管一")
    made = open_account("zhang", by=admin, name="张三", password="abc-def-2026")
    disable_account(made, by=admin, reason="调离")
    entry = Event.objects.first()
    assert entry is not None
    assert (entry.actor, entry.label, entry.reason) == ("管一", "停用账号", "调离")
    assert entry.changes[0]["before"] == {"is_active": True}
    assert entry.changes[0]["after"] == {"is_active": False}


def test_a_password_is_never_told(actor: Actors) -> None:
    open_account("zhang", by=actor(Role.SYSTEM_ADMIN), name="张三", password="abc-def-2026")
    entry = Event.objects.get()
    assert entry.changes[0]["after"]["password"] == "（不记录内容）"


def test_whoever_lacks_the_permission_changes_nothing_and_leaves_nothing(actor: Actors) -> None:
    with pytest.raises(DeniedError, match="开设、停用账号"):
        open_account("zhang", by=actor(Role.OFFICE), name="张三", password="abc-def-2026")
    assert not Account.objects.filter(username="zhang").exists()
    assert not Event.objects.exists()


def test_a_form_that_arrives_twice_counts_once(actor: Actors) -> None:
    admin = actor(Role.SYSTEM_ADMIN)
    twice = Actor(admin.name, admin.account_id, admin.held, once="a1")
    open_account("zhang", by=twice, name="张三", password="abc-def-2026")
    with pytest.raises(RepeatedError):
        open_account("li", by=twice, name="李四", password="abc-def-2026")
    assert not Account.objects.filter(username="li").exists()


def test_a_row_that_somebody_changed_in_between_is_not_overwritten(actor: Actors) -> None:
    admin = actor(Role.SYSTEM_ADMIN)
    made = open_account("zhang", by=admin, name="张三", password="abc-def-2026")
    seen = made.version
    disable_account(made, by=admin, reason="调离", version=seen)
    with pytest.raises(StaleError) as found:
        disable_account(made, by=admin, reason="重复", version=seen)
    assert found.value.current.is_active is False


def test_a_refusal_inside_the_action_leaves_nothing_behind(actor: Actors) -> None:
    admin = actor(Role.SYSTEM_ADMIN)
    open_account("zhang", by=admin, name="张三", password="abc-def-2026")
    before = Event.objects.count()
    with pytest.raises(RefusedError, match="已有人用"):
        open_account("ZHANG", by=admin, name="张三", password="abc-def-2026")
    assert Event.objects.count() == before


@pytest.mark.parametrize("role", [Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.OFFICE])
def test_a_system_administrator_is_nothing_else(
    actor: Actors, account: Callable[..., Account], role: Role
) -> None:
    one = account(Role.SYSTEM_ADMIN)
    with pytest.raises(RefusedError, match="三员分立"):
        grant_role(one, by=actor(Role.SECURITY_ADMIN), role=role)
