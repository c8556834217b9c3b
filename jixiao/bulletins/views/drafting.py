"""How is a bulletin started, written, addressed and looked over?"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy

from jixiao.access.actor import Actor
from jixiao.access.asking import Question, ask, pressed, sent
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.bulletins import actions
from jixiao.bulletins.actions.moving import FORMS
from jixiao.bulletins.compose import BulletinError
from jixiao.bulletins.forms import (
    MOVE_FORMS,
    AudienceForm,
    BlockForm,
    KeepForm,
    RedraftForm,
    StartForm,
)
from jixiao.bulletins.paper import paper
from jixiao.bulletins.queries import drafts as queries
from jixiao.bulletins.queries.drafts import BulletinRow, Desk
from jixiao.bulletins.queries.grounds import ground_chosen, grounds, grounds_to_correct
from jixiao.bulletins.queries.issued import reading_of
from jixiao.bulletins.queries.templates import template, templates
from jixiao.bulletins.queries.ways import ways
from jixiao.bulletins.states import BulletinState
from jixiao.bulletins.views.writing import (
    Written,
    arranged,
    block_sent,
    frame_asked,
    opened,
    place_of_form,
)
from jixiao.core.papers import download
from jixiao.gongwen.document import DocumentError
from jixiao.org.queries.units import groups

BULLETINS: tuple[str, Any] = ("通报", reverse_lazy("bulletins"))
EDIT = Permission.BULLETINS_EDIT
REDRAFT = "另起一稿，改好后照常送审、签发；印发时取代现在的一份，收到的单位会被告知。"


@page(EDIT)
def bulletin_start(request: Request) -> HttpResponse:
    """起草通报。"""
    form = StartForm(
        sent(request), grounds=grounds(), templates=_templates(), initial=request.GET.dict()
    )
    if request.method == "POST" and form.is_valid() and form.run(lambda: _started(request, form)):
        messages.success(request, "已按模板起草，数字和名单取自所选的结果或季度")
        return redirect("bulletin", form.result.pk) if form.result else redirect("bulletins")
    question = Question("起草通报", (BULLETINS,), "", submit="起草")
    return ask(request, form=form, question=question, do=lambda: None)


def _started(request: Request, form: StartForm) -> object:
    chosen = form.cleaned_data["template"]
    return actions.start_bulletin(
        ground_chosen(form.cleaned_data["about_what"]), by=request.actor, kind=form.cleaned_data["kind"],
        template=template(chosen) if chosen else None, about=form.cleaned_data["about"],
    )  # fmt: skip


@page(EDIT, of=queries.bulletin)
def bulletin(request: Request, row: BulletinRow) -> HttpResponse:
    """起草和审签一份通报。"""
    return shown(request, row)


@page(EDIT, of=queries.bulletin)
def bulletin_block(request: Request, row: BulletinRow) -> HttpResponse:
    """改一段。"""
    return block_sent(request, _written(row), shown)


@page(EDIT, of=queries.bulletin)
def bulletin_arrange(request: Request, row: BulletinRow) -> HttpResponse:
    """移动、增加、删去一段。"""
    return arranged(request, _written(row))


@page(EDIT, of=queries.bulletin)
def bulletin_frame(request: Request, row: BulletinRow) -> HttpResponse:
    """版头、标题、附件和署名。"""
    return frame_asked(request, _written(row))


@page(EDIT, of=queries.bulletin)
def bulletin_audience(request: Request, row: BulletinRow) -> HttpResponse:
    """公布范围。"""
    form = AudienceForm(
        sent(request),
        groups=groups(),
        units=queries.units_by_group(),
        initial=queries.addressed(row),
    )
    return ask(
        request, form=form, question=Question("公布范围", crumbs_of(row), "已保存"),
        do=lambda: actions.set_audience(
            row, by=request.actor, units=queries.units_chosen(form.cleaned_data["units"]),
            **form.facts,
        ),
    )  # fmt: skip


@page(EDIT, of=queries.bulletin)
def bulletin_keep(request: Request, row: BulletinRow) -> HttpResponse:
    """保留一条提醒。"""
    form = KeepForm(sent(request))
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("key", "reason")}
        do = lambda: actions.keep_reminder(row, by=request.actor, **facts)  # noqa: E731
        return pressed(request, do, to=reverse("bulletin", args=[row.pk]), said="已写明理由")
    if request.method == "POST":
        messages.error(request, "请写明为什么保留")
    return redirect("bulletin", row.pk)


@page(EDIT, of=queries.bulletin)
def bulletin_paper(request: Request, row: BulletinRow) -> HttpResponse:
    """下载送审稿。"""
    form = request.GET.get("form", "pdf")
    if form not in FORMS:
        raise Http404("没有这种格式")
    try:
        content = _paper(Desk(row), form)
    except (BulletinError, DocumentError) as error:
        messages.error(request, f"印不出来：{error}")
        return redirect("bulletin", row.pk)
    return download(content, f"{row.title}（{row.get_state_display()}稿）.{form}", form)


def _paper(desk: Desk, form: str) -> bytes:
    """A draft in Word can come back edited."""
    if form == "docx" and desk.row.state == BulletinState.DRAFT:
        return desk.editable()
    return FORMS[form](desk.document)[0]


@page(EDIT, of=queries.bulletin)
def bulletin_redraft(request: Request, row: BulletinRow) -> HttpResponse:
    """更正已印发的通报。"""
    form = RedraftForm(sent(request), grounds=grounds_to_correct(row))
    question = Question("更正通报", crumbs_of(row), "已另起一稿", submit="另起一稿", note=REDRAFT)
    return ask(
        request, form=form, question=question,
        do=lambda: actions.redraft_bulletin(
            row, by=request.actor, ground=ground_chosen(form.cleaned_data["about_what"])
        ),
    )  # fmt: skip


def shown(
    request: Request, row: BulletinRow, *, form: BlockForm | None = None,
    refused: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """The composer; ``form`` is the paragraph being edited, ``refused`` a move that failed."""
    context = whole(row, actor=request.actor, refused=refused or {})
    if form is None and context["may_write"]:
        form = opened(context["written"], request.GET.get("edit", ""))
    context |= {"form": form, "editing": place_of_form(form)}
    is_wrong = bool(refused) or bool(form and form.errors)
    return render(request, "bulletins/composer.html", context, status=422 if is_wrong else 200)


def whole(row: BulletinRow, *, actor: Actor, refused: dict[str, Any]) -> dict[str, Any]:
    """Everything on the composer's page."""
    desk, steps, is_open = Desk(row), queries.told_steps(row), not queries.is_signed(row)
    initial = {
        "version": row.version, "code": row.number_code,
        "serial": queries.next_serial(row),
    }  # fmt: skip
    forms = {name: kind(initial=initial, auto_id=f"{name}_%s") for name, kind in MOVE_FORMS.items()}
    return {
        "row": row, "desk": desk, "steps": steps, "way": queries.way(row, steps),
        "is_open": is_open, "route": "bulletin",
        "blocks": desk.draft.blocks if is_open else (),
        "remarks": desk.by_block if is_open else {},
        "written": _written(row, desk), "may_write": row.state == BulletinState.DRAFT,
        "ways": ways(desk, actor), "forms": forms | refused, "refused": set(refused),
        "paper": None if is_open and desk.draft.failure else paper(desk.document),
        "reading": reading_of(row), "crumbs": crumbs_of(row),
    }  # fmt: skip


def _written(row: BulletinRow, desk: Desk | None = None) -> Written:
    return Written(
        row, "bulletin", actions.rewrite_bulletin, (desk or Desk(row)).offers, crumbs_of(row)
    )


def crumbs_of(row: BulletinRow) -> tuple[tuple[str, str], ...]:
    """The way to a bulletin."""
    return ((BULLETINS[0], str(BULLETINS[1])), (row.title[:30], reverse("bulletin", args=[row.pk])))


def _templates() -> list[tuple[int, str]]:
    return [(each.pk, f"{each.name}（{each.get_kind_display()}）") for each in templates()]
