"""What can be done with schemes? Drafted, edited, checked, approved by a second person, published."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, cast

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.moves import Move
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created, watch
from jixiao.core.errors import RefusedError
from jixiao.schemes import editing, years
from jixiao.schemes.editing import EditError, as_text
from jixiao.schemes.exchange.diff import diff
from jixiao.schemes.exchange.layout import scheme_digest
from jixiao.schemes.models import KeptRemark, SchemeLine, SchemeReturn, SchemeVersion
from jixiao.schemes.queries import health, missing
from jixiao.schemes.states import (
    APPROVE,
    DISCARD,
    PUBLISH,
    SEND_BACK,
    SUBMIT,
    SUPERSEDE,
    State,
)
from jixiao.scoring.scheme import Scheme

Plain = dict[str, Any]
"""A part of a scheme, or a whole one, as plain JSON."""


# ------------------------------------------------------------------ begin


@action(Permission.SCHEMES_EDIT)
def start_draft(
    name: str, *, by: Actor, year: int, base: SchemeVersion | None = None,
    document: Plain | None = None,
) -> SchemeVersion:  # fmt: skip
    """起草办法。从空白、已发布的一版或文件开始；同一办法一年只起草一份。"""
    if not name.strip():
        raise RefusedError("请写明办法的名称", field="name")
    lines = SchemeLine.objects.select_for_update()
    line, is_new = lines.get_or_create(name=name.strip())
    if is_new:
        created(line)
    rows = SchemeVersion.objects.filter(line=line, year=year)
    if rows.open().exists():
        raise RefusedError(f"{line}的{year}年度已在起草，请接着改那一份", field="year")
    if rows.public().exists():
        raise RefusedError(f"{line}的{year}年度已经发布，要改请用“修订”", field="year")
    with refusing():
        scheme = _beginning(line, year=year, base=base, document=document)
    return _new_version(line, scheme, year=year, base=base, by=by)


def _beginning(
    line: SchemeLine, *, year: int, base: SchemeVersion | None, document: Plain | None
) -> Scheme:
    if document is not None:
        return editing.validated(document)
    if base is not None:
        return years.for_year(base.scheme, old=base.year, new=year)
    return years.blank(f"{settings.COUNTY}{year}年度{line.name}", year=year)


@action(Permission.SCHEMES_EDIT)
def amend(version: SchemeVersion, *, by: Actor, reason: str) -> SchemeVersion:
    """修订办法。从已发布的一版起草修订稿，发布后从施行日期起管，不管以前的事。"""
    if version.state != State.PUBLISHED:
        raise RefusedError(f"只有已发布的一版可以修订；这一版是{version.get_state_display()}")
    if not reason.strip():
        raise RefusedError("请写明为什么修订", field="reason")
    if SchemeVersion.objects.filter(line=version.line, year=version.year).open().exists():
        raise RefusedError(f"{version.year}年度已有一份修订稿没有办完，请接着改那一份")
    scheme = version.scheme.model_copy(update={"document": ""})
    made = _new_version(version.line, scheme, year=version.year, base=version, by=by)
    made.reason = reason.strip()
    made.save()
    return made


def _new_version(
    line: SchemeLine, scheme: Scheme, *, year: int, base: SchemeVersion | None, by: Actor
) -> SchemeVersion:
    rows = SchemeVersion.objects.filter(line=line, year=year)
    last = rows.aggregate(last=Max("number"))["last"] or 0
    return SchemeVersion.objects.create(
        line=line,
        year=year,
        number=last + 1,
        document=as_text(scheme),
        digest=scheme_digest(scheme),
        based_on=base,
        drafted_by_id=by.signature(),
    )


# ------------------------------------------------------------------ edit


@action(Permission.SCHEMES_EDIT)
def change_part(version: SchemeVersion, *, by: Actor, path: str, part: Plain) -> SchemeVersion:
    """修改一处。标题、组别、数据项、项目、等次、否决等，改哪一处存哪一处。"""
    _check_draft(version)
    with refusing():
        return _put(version, editing.with_part(version.scheme, path, part))


@action(Permission.SCHEMES_EDIT)
def add_part(version: SchemeVersion, *, by: Actor, path: str, part: Plain) -> SchemeVersion:
    """增加一处。加在所在的一类或一栏的最后。"""
    _check_draft(version)
    with refusing():
        return _put(version, editing.with_new_part(version.scheme, path, part)[0])


@action(Permission.SCHEMES_EDIT)
def move_part(version: SchemeVersion, *, by: Actor, path: str, way: editing.Way) -> SchemeVersion:
    """移动一处。上移或下移一位，到头时移到相邻的一类。"""
    _check_draft(version)
    with refusing():
        return _put(version, editing.with_moved_part(version.scheme, path, way)[0])


@action(Permission.SCHEMES_EDIT)
def remove_part(version: SchemeVersion, *, by: Actor, path: str) -> SchemeVersion:
    """删去一处。草稿里删去的，与上一版对照时还看得到。"""
    _check_draft(version)
    with refusing():
        return _put(version, editing.without_part(version.scheme, path))


@action(Permission.SCHEMES_EDIT)
def replace_document(version: SchemeVersion, *, by: Actor, document: Plain) -> SchemeVersion:
    """换成文件里的办法。先看与现在的稿子有哪些不同，再确认。"""
    _check_draft(version)
    with refusing():
        return _put(version, editing.validated(document))


@action(Permission.SCHEMES_EDIT)
def keep_remark(version: SchemeVersion, *, by: Actor, key: str, reason: str) -> KeptRemark:
    """保留提醒。写明理由，理由随办法一起送审。"""
    _check_draft(version)
    if not reason.strip():
        raise RefusedError("请写明为什么保留", field="reason")
    found = {each.key: each for each in health(version).findings}
    if key not in found:
        raise RefusedError("办法里已经没有这条提醒，请刷新页面")
    if found[key].must:
        raise RefusedError("这一处必须改，不能保留")
    kept = version.kept.filter(key=key).first()
    if kept is None:
        return KeptRemark.objects.create(
            of=version, key=key, reason=reason.strip(), kept_by_id=by.signature()
        )
    watch(kept)
    kept.reason, kept.kept_at, kept.kept_by_id = reason.strip(), timezone.now(), by.signature()
    kept.save()
    return kept


def _put(version: SchemeVersion, scheme: Scheme) -> SchemeVersion:
    """Keep another document, and in words what is new about it."""
    changes = diff(version.scheme, scheme)
    if changes:
        version.changed = "\n".join(map(str, changes))
        version.document, version.digest = as_text(scheme), scheme_digest(scheme)
        version.scheme = scheme
        version.save()
    return version


def _check_draft(version: SchemeVersion) -> None:
    if not version.is_draft:
        raise RefusedError(
            f"只有草稿可以改；这一版已{version.get_state_display()}，"
            + ("要改请用“修订”" if version.is_public else "要改请先退回")
        )


@contextmanager
def refusing() -> Iterator[None]:
    """What the document itself refuses is refused to the person."""
    try:
        yield
    except EditError as error:
        raise RefusedError(str(error)) from None


# ------------------------------------------------------------------ move on


@action(Permission.SCHEMES_EDIT)
def submit(version: SchemeVersion, *, by: Actor) -> SchemeVersion:
    """送审。必须改的都改好、提醒都处理过，才能送审。"""
    _check_way(version, SUBMIT, by)
    version.submitted_at, version.submitted_by_id = timezone.now(), by.signature()
    return _go(version, SUBMIT)


@action(Permission.SCHEMES_APPROVE)
def send_back(version: SchemeVersion, *, by: Actor, reason: str) -> SchemeVersion:
    """退回修改。写明理由，送审和退回的经过都留着。"""
    _check_way(version, SEND_BACK, by)
    if not reason.strip():
        raise RefusedError("请写明退回的理由", field="reason")
    made = SchemeReturn.objects.create(
        of=version,
        submitted_at=cast("datetime", version.submitted_at),
        submitted_by_id=cast("int", version.submitted_by_id),
        returned_by_id=by.signature(),
        reason=reason.strip(),
        document=version.document,
        digest=version.digest,
    )
    created(made)
    return _go(version, SEND_BACK)


@action(Permission.SCHEMES_APPROVE)
def approve(version: SchemeVersion, *, by: Actor, document_number: str) -> SchemeVersion:
    """审定。由送审人以外的人办理，写明批准的文号，文号写进办法。"""
    _check_way(version, APPROVE, by)
    number = document_number.strip()
    if not number:
        raise RefusedError("请写明批准文件的文号", field="document_number")
    same = SchemeVersion.objects.filter(line=version.line, document_number=number)
    if same.exclude(pk=version.pk).exists():
        raise RefusedError(
            f"文号“{number}”已用在这个办法的另一版上，请核对", field="document_number"
        )
    version.document_number = number
    version.approved_at, version.approved_by_id = timezone.now(), by.signature()
    version.state = APPROVE.target
    _put(version, version.scheme.model_copy(update={"document": number}))
    version.save()
    return version


@action(Permission.SCHEMES_APPROVE)
def publish(version: SchemeVersion, *, by: Actor, effective_on: date) -> SchemeVersion:
    """发布办法。从施行日期起管，全文从此不再改动；以前的一版同时被取代。"""
    _check_way(version, PUBLISH, by)
    _check_effective(version, effective_on)
    rows = SchemeVersion.objects.select_for_update().filter(line=version.line, year=version.year)
    for before in rows.filter(state=State.PUBLISHED):
        watch(before)
        before.closed_at, before.closed_by_id = timezone.now(), by.signature()
        _go(before, SUPERSEDE)
    version.effective_on = effective_on
    version.published_at, version.published_by_id = timezone.now(), by.signature()
    return _go(version, PUBLISH)


@action(Permission.SCHEMES_EDIT)
def discard(version: SchemeVersion, *, by: Actor, reason: str) -> SchemeVersion:
    """作废草稿。写明原因；草稿还在，不再办理。"""
    _check_way(version, DISCARD, by)
    version.closed_at, version.closed_by_id = timezone.now(), by.signature()
    return _go(version, DISCARD)


def _check_way(version: SchemeVersion, move: Move[State], by: Actor) -> None:
    """The state allows it, and nothing is missing."""
    if version.state not in move.origin:
        raise RefusedError(f"这一版是{version.get_state_display()}，现在不能{move.label}")
    if move in (SUBMIT, APPROVE, PUBLISH):
        own = version.submitted_by_id == by.account_id
        if lacking := missing(move, health(version), own=own):
            raise RefusedError(f"还不能{move.label}，先要：{'；'.join(lacking)}")


def _go(version: SchemeVersion, move: Move[State]) -> SchemeVersion:
    version.state = move.target
    version.save()
    return version


def _check_effective(version: SchemeVersion, day: date) -> None:
    """Never retroactive: not before today, not after the period, and nothing before it changes."""
    period = version.scheme.period or years.period_of_year(version.year)
    if day < timezone.localdate():
        raise RefusedError("施行日期不能早于今天：办法不管以前的事", field="effective_on")
    if day > period.end:
        raise RefusedError(f"施行日期不能晚于考核期止日{period.end}", field="effective_on")
    if not version.is_amendment or version.based_on is None:
        return
    if day < period.start:
        raise RefusedError(f"修订要在考核期内施行（{period.start}起）", field="effective_on")
    if back := list(years.reaches_back(version.based_on.scheme, version.scheme, on=day)):
        raise RefusedError(f"修订不能管以前的事：{'；'.join(back)}")
