"""How does a run come to the units and to the public, and which runs are there?"""

import io
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.access.actor import Actor
from jixiao.access.asking import pressed, sent
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.core.export import TYPE
from jixiao.core.forms import ActionForm, VersionedForm
from jixiao.results import actions, queries, tables
from jixiao.results.forms import MOVE_FORMS, ResultForm, ScoreForm
from jixiao.results.queries import KeptRow, rounds
from jixiao.results.queries.gathering import assembled
from jixiao.results.queries.rounds import VersionRow, provisional
from jixiao.results.queries.way_page import deadline, kept_list, way_page
from jixiao.results.states import APPLY_WITHIN
from jixiao.results.views.pages import RESULTS
from jixiao.schemes.exchange.template import write_template


@page(Permission.RESULTS_EDIT)
def results_kept(request: Request) -> HttpResponseBase:
    """各次结果。"""
    return tables.KEPT.of(kept_list(request.actor), request).answer("results/kept.html")


@page(Permission.RESULTS_EDIT)
def result_load(request: Request) -> HttpResponse:
    """录入得分结果。"""
    form = ResultForm(sent(request), request.FILES or None)
    if form.is_valid() and form.run(
        lambda: actions.load_result(
            form.cleaned_data["file"].read(), by=request.actor, **form.facts
        )
    ):
        messages.success(request, "已录入并重算一致，请另一位同事审核")
        return redirect("result_way", form.result.pk) if form.result else redirect("results_kept")
    return render(request, "results/load.html", {"form": form, "crumbs": [RESULTS, ("录入", "")]})


@page(Permission.RESULTS_EDIT)
def rounds_score(request: Request, pk: int) -> HttpResponse:
    """评估轮次计分。先看截至今日算得怎样，再计分封存。"""
    through = (request.POST or request.GET).get("through", "")
    shown = provisional(pk, through=through)
    if shown is None:
        raise Http404("没有这个办法")
    form = ScoreForm(sent(request), initial={"through": through, "name": shown.name})
    if form.is_valid() and form.run(
        lambda: actions.score_rounds(shown.version, by=request.actor, **form.facts)
    ):
        messages.success(request, "已计分并封存，请另一位同事审核")
        return redirect("result_way", form.result.pk) if form.result else redirect("results_kept")
    context = {"shown": shown, "form": form, "crumbs": [RESULTS, ("评估轮次计分", "")]}
    return render(request, "results/rounds.html", context, status=422 if form.errors else 200)


@page(Permission.RESULTS_EDIT, of=rounds.version)
def rounds_sheet(_request: Request, version: VersionRow) -> FileResponse:
    """下载记分表。连同引自别的结果的得分和计入的事项，可以在终端重算。"""
    target = io.BytesIO()
    write_template(version.scheme, target, filled=assembled(version).sheet)
    target.seek(0)
    name = f"{version.year}年记分表.xlsx"
    return FileResponse(target, as_attachment=True, filename=name, content_type=TYPE)


@page(Permission.RESULTS_EDIT, of=queries.whole_result)
def result_way(request: Request, kept: KeptRow) -> HttpResponse:
    """一次结果走到哪一步，下一步由谁办。"""
    return render(request, "results/way.html", whole(kept, request))


@page(Permission.RESULTS_APPROVE, of=queries.whole_result)
def result_review(request: Request, kept: KeptRow) -> HttpResponse:
    """审核通过。"""
    return _moved(request, kept, actions.review_result, "review")


@page(Permission.RESULTS_APPROVE, of=queries.whole_result)
def result_send_back(request: Request, kept: KeptRow) -> HttpResponse:
    """退回重算。"""
    return _moved(request, kept, actions.send_back_result, "send_back")


@page(Permission.RESULTS_EDIT, of=queries.whole_result)
def result_notify(request: Request, kept: KeptRow) -> HttpResponse:
    """告知各单位。"""
    return _moved(request, kept, actions.notify_units, "notify")


@page(Permission.RESULTS_APPROVE, of=queries.whole_result)
def result_approve(request: Request, kept: KeptRow) -> HttpResponse:
    """登记审定。"""
    return _moved(request, kept, actions.approve_result, "approve")


@page(Permission.RESULTS_APPROVE, of=queries.whole_result)
def result_revoke(request: Request, kept: KeptRow) -> HttpResponse:
    """撤回审定。"""
    return _moved(request, kept, actions.revoke_approval, "revoke")


@page(Permission.RESULTS_APPROVE, of=queries.whole_result)
def result_adopt(request: Request, kept: KeptRow) -> HttpResponse:
    """登记平台外的审定。"""
    return _moved(request, kept, actions.adopt_result, "adopt")


@page(Permission.RESULTS_EDIT, of=queries.whole_result)
def result_publish(request: Request, kept: KeptRow) -> HttpResponse:
    """公布得分结果。"""
    return _moved(request, kept, actions.publish_result, "publish")


@page(Permission.RESULTS_EDIT, of=queries.whole_result)
def result_discard(request: Request, kept: KeptRow) -> HttpResponse:
    """作废。"""
    return _moved(request, kept, actions.discard_result, "discard")


@page(Permission.RESULTS_EDIT, of=queries.whole_result)
def result_rescore(request: Request, kept: KeptRow) -> HttpResponse:
    """按复核决定重算。"""
    said = "已重算并封存；请看谁的名次、等次变动，再由另一位同事审核"
    made: list[KeptRow] = []
    answer = pressed(
        request,
        lambda: made.append(actions.rescore(kept, by=request.actor)),
        to=reverse("result_way", args=[kept.pk]),
        said=said,
    )
    return redirect("result_way", made[0].pk) if made else answer


def _moved(
    request: Request, kept: KeptRow, do: Callable[..., KeptRow], name: str
) -> HttpResponse:  # fmt: skip
    """To the run where it stands now; with its form again where something was refused."""
    if request.method != "POST":
        return redirect("result_way", kept.pk)
    form = MOVE_FORMS[name](request.POST, auto_id=f"{name}_%s")
    if form.is_valid() and form.run(lambda: do(kept, by=request.actor, **form.facts)):
        messages.success(request, f"已办理：{(form.result or kept).get_state_display()}")
        return redirect("result_way", kept.pk)
    context = whole(queries.whole_result(kept.pk) or kept, request, refused={name: form})
    for error in form.non_field_errors() if name not in context["offered"] else ():
        messages.error(request, str(error))
    return render(request, "results/way.html", context)


def whole(
    kept: KeptRow,
    request: Request,
    *,
    refused: Mapping[str, VersionedForm] = MappingProxyType({}),
) -> dict[str, Any]:
    """The page of a run's way; ``refused`` is the form of a step that did not succeed."""
    actor: Actor = request.actor
    shown, initial = way_page(kept, actor), {"version": kept.version}
    forms = {name: form(initial=initial, auto_id=f"{name}_%s") for name, form in MOVE_FORMS.items()}
    asked = request.POST if request.method == "POST" else request.GET
    until, trouble = deadline(asked.get("apply", APPLY_WITHIN))
    return {
        "shown": shown, "kept": kept, "forms": forms | dict(refused), "refused": set(refused),
        "offered": {each.move.name for each in shown.ways if each.is_open},
        "until": until, "trouble": trouble, "form": ActionForm(),
        "crumbs": [
            RESULTS, ("各次结果", reverse("results_kept")), (f"{kept}（{kept.number}）", ""),
        ],
    }  # fmt: skip
