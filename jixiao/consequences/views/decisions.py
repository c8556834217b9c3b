"""What is proposed about whom on which ground, and what did a person decide?"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy

from jixiao.access.actor import Actor
from jixiao.access.asking import Question, ask, sent
from jixiao.access.export import recorded
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.consequences import actions, tables
from jixiao.consequences.forms import MOVE_FORMS, ProposeForm
from jixiao.consequences.queries import people as queries
from jixiao.consequences.queries.ground import entry_now
from jixiao.consequences.queries.people import DecisionRow, EntryRow, Responsible
from jixiao.consequences.queries.ways import ways
from jixiao.consequences.views.lists import CONSEQUENCES, Crumb
from jixiao.consequences.views.papers import person_document
from jixiao.core.forms import VersionedForm
from jixiao.core.papers import paper

DECISIONS: Crumb = ("涉及个人的决定", cast("str", reverse_lazy("decisions")))


@page(Permission.CONSEQUENCES_SEE)
@recorded
def decisions(request: Request) -> HttpResponseBase:
    """涉及个人的决定。等人决定的在前，依据已变的最前。"""
    if not queries.may_read(request.actor):
        raise Http404("涉及个人的决定只给提出和决定的人看")
    may_edit = request.actor.may(Permission.CONSEQUENCES_EDIT)
    table = tables.DECISIONS.of(queries.decisions(), request)
    return table.answer("consequences/decisions.html", may_edit=may_edit)


@page(Permission.GRADES_OWN)
def decisions_mine(request: Request) -> HttpResponse:
    """告知我的决定。"""
    rows = queries.told_to(request.actor)
    return render(request, "consequences/mine.html", {"rows": rows})


@page(Permission.CONSEQUENCES_EDIT, of=queries.entry)
def decision_propose(request: Request, row: EntryRow) -> HttpResponse:
    """提出涉及个人的事项。"""
    people = {each.person.pk: each for each in queries.responsible(row)}
    form = ProposeForm(sent(request), people=_offered(people))
    question = Question(
        title=f"对{row.part.name}的责任人员提出", crumbs=(CONSEQUENCES, _listing(row)),
        done="已提出，等组织人社部门的人决定", submit="提出", note=_ground_note(row),
    )  # fmt: skip

    def do() -> object:
        said = form.cleaned_data
        chosen = {"person": people[said["person"]].person, "proposal": said["proposal"]}
        return actions.propose_person(row, by=request.actor, **chosen)

    return ask(request, form=form, question=question, do=do)


def _offered(people: Mapping[int, Responsible]) -> list[tuple[int, str]]:
    return [(pk, f"{each.person}，{each.words}") for pk, each in people.items()]


@page(Permission.CONSEQUENCES_SEE, of=queries.decision)
def decision(request: Request, row: DecisionRow) -> HttpResponse:
    """一个人的事项：拟如何、依据、决定和经过。"""
    return render(request, "consequences/decision.html", whole(row, actor=request.actor))


@page(Permission.CONSEQUENCES_DECIDE, of=queries.decision)
def decision_decide(request: Request, row: DecisionRow) -> HttpResponse:
    """作出决定。"""
    return _moved(request, row, actions.decide_person, "decide")


@page(Permission.CONSEQUENCES_DECIDE, of=queries.decision)
def decision_again(request: Request, row: DecisionRow) -> HttpResponse:
    """重新决定。"""
    return _moved(request, row, actions.decide_again, "again")


@page(Permission.CONSEQUENCES_DECIDE, of=queries.decision)
def decision_tell(request: Request, row: DecisionRow) -> HttpResponse:
    """登记已告知本人。"""
    return _moved(request, row, actions.tell_person, "tell")


@page(Permission.CONSEQUENCES_EDIT, of=queries.decision)
def decision_withdraw(request: Request, row: DecisionRow) -> HttpResponse:
    """撤回提出。"""
    return _moved(request, row, actions.withdraw_proposal, "withdraw")


@page(Permission.CONSEQUENCES_DECIDE, of=queries.decision)
@recorded
def decision_paper(request: Request, row: DecisionRow) -> HttpResponse:
    """下载告知书。"""
    if not _may_be_told(row):
        raise Http404("还没有决定，或依据已变，没有告知书")
    name = f"{row.person}结果运用事项告知书"
    return paper(person_document(row), name=name, form=request.GET.get("form", "pdf"))


def _moved(
    request: Request, row: DecisionRow, do: Callable[..., DecisionRow], name: str
) -> HttpResponse:
    """To the matter where it stands now; with its form again where something was refused."""
    if request.method != "POST":
        return redirect("decision", row.pk)
    form = MOVE_FORMS[name](request.POST, auto_id=f"{name}_%s")
    if form.is_valid() and form.run(lambda: do(row, by=request.actor, **form.facts)):
        messages.success(request, f"已办理：{(form.result or row).get_state_display()}")
        return redirect("decision", row.pk)
    context = whole(queries.decision(row.pk) or row, actor=request.actor, refused={name: form})
    for error in form.non_field_errors() if name not in context["shown"] else ():
        messages.error(request, str(error))
    return render(request, "consequences/decision.html", context)


def whole(
    row: DecisionRow,
    *,
    actor: Actor,
    refused: Mapping[str, VersionedForm] = MappingProxyType({}),
) -> dict[str, Any]:
    """The page of a matter; ``refused`` is the form of a step that did not succeed."""
    if not queries.may_read(actor):
        raise Http404("涉及个人的决定只给提出和决定的人看")
    open_ways, initial = ways(row, actor), {"version": row.version}
    forms = {name: form(initial=initial, auto_id=f"{name}_%s") for name, form in MOVE_FORMS.items()}
    return {
        "decision": row, "state": tables.matter_state(row), "now": entry_now(row),
        "steps": queries.told_steps(row), "ways": open_ways, "forms": forms | dict(refused),
        "refused": set(refused), "shown": {each.move.name for each in open_ways if each.is_open},
        "may_print": actor.may(Permission.CONSEQUENCES_DECIDE) and _may_be_told(row),
        "crumbs": [CONSEQUENCES, DECISIONS, (str(row), "")],
    }  # fmt: skip


def _may_be_told(row: DecisionRow) -> bool:
    """Decided, and on a ground that still stands."""
    is_waiting = row.is_waiting  # type: ignore[attr-defined]
    return row.decided_at is not None and not (row.is_flagged or is_waiting)


def _listing(row: EntryRow) -> tuple[str, str]:
    return str(row.listing), reverse("listing", args=[row.listing_id])


def _ground_note(row: EntryRow) -> str:
    return (
        f"依据：{row.listing.name}——{row.reason}（{row.listing.basis}）。"
        "只列负责的人供选择，担任职务本身不是理由；由组织人社部门的人决定，平台不自动作出决定。"
    )
