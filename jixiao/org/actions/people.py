"""What happens to people and their posts: entered, corrected, appointed, gone."""

from datetime import date

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.models import Account
from jixiao.access.permissions import Permission
from jixiao.core.errors import RefusedError
from jixiao.core.pinyin import search_text
from jixiao.org.actions.books import (
    check_open,
    check_past,
    end,
    end_or_withdraw,
    stored,
)
from jixiao.org.actions.facts import NewPost
from jixiao.org.models import Person, Post, Unit
from jixiao.org.states import Rank


def person_search(name: str, code: str) -> str:
    """Under which words somebody is found."""
    return f"{search_text(name)} {code.lower()}"


@action(Permission.PEOPLE_EDIT)
def add_person(code: str, *, by: Actor, name: str, rank: Rank) -> Person:
    """登记人员。编号用来区分同名的人，不要用身份证号。"""
    if Person.objects.filter(code=code).exists():
        raise RefusedError(f"编号“{code}”已有人用，请换一个", field="code")
    return stored(Person(code=code, name=name, rank=rank, search=person_search(name, code)))


@action(Permission.PEOPLE_EDIT)
def change_person(person: Person, *, by: Actor, name: str, rank: Rank, reason: str = "") -> Person:
    """修改姓名或职级。编号不变，任职和分工跟着这个人。"""
    person.name, person.rank = name, rank
    person.search = person_search(name, person.code)
    return stored(person)


@action(Permission.PEOPLE_EDIT)
def link_account(person: Person, *, by: Actor, account: Account | None) -> Person:
    """关联登录账号。关联后本人能看到自己的目标和结果；留空即取消关联。"""
    taken = Person.objects.filter(account=account).exclude(pk=person.pk).first()
    if account is not None and taken:
        raise RefusedError(f"这个账号已关联{taken}，请先取消那一处", field="account")
    person.account = account
    return stored(person)


@action(Permission.PEOPLE_EDIT)
def leave(person: Person, *, by: Actor, on: date, reason: str) -> Person:
    """人员离开。任职、分工和委托到这一天为止；记录都在。"""
    check_past(on, field="on")
    if person.left_on is not None:
        raise RefusedError(f"{person}已于{person.left_on}离开")
    for post in person.posts.filter(until__isnull=True).select_for_update():
        end(post, last=on)
    for duty in person.duties.filter(until__isnull=True).select_for_update():
        end(duty, last=on)
    for delegation in (
        *person.delegations_given.filter(until__gt=on).select_for_update(),
        *person.delegations_taken.filter(until__gt=on).select_for_update(),
    ):
        end_or_withdraw(delegation, last=on)
    person.left_on = on
    return stored(person)


@action(Permission.PEOPLE_EDIT)
def appoint(person: Person, *, by: Actor, unit: Unit, post: NewPost, reason: str = "") -> Post:
    """任职。一个人可以有几个职务；离开后又任职的，视为回来。"""
    check_open(unit)
    check_past(post.since, field="since")
    if post.since < unit.since:
        raise RefusedError(f"{unit}从{unit.since}才设立，任职不能更早", field="since")
    if person.left_on is not None:
        if post.since <= person.left_on:
            raise RefusedError(f"{person}到{person.left_on}才离开，请核对起日", field="since")
        person.left_on = None
        person.save(update_fields=["left_on"])
    row = Post(
        person=person, unit=unit, title=post.title, is_full_time=post.is_full_time,
        since=post.since,
    )  # fmt: skip
    return stored(row)


@action(Permission.PEOPLE_EDIT)
def end_post(post: Post, *, by: Actor, until: date, reason: str) -> Post:
    """免职。在这个单位没有别的职务了的，绩效分工同时结束。"""
    if post.until is not None:
        raise RefusedError(f"这个职务已于{post.until}结束")
    check_past(until, field="until")
    end(post, last=until)
    others = post.person.posts.filter(unit__path__startswith=post.unit.path, until__isnull=True)
    if not others.exists():
        for duty in post.unit.duties.filter(person=post.person, until__isnull=True):
            end_or_withdraw(duty, last=until)
    return post
