"""How does the office keep its templates of bulletins?"""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse, reverse_lazy

from jixiao.access.asking import Question, ask, pressed, sent
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.bulletins import actions, tables
from jixiao.bulletins.forms import BlockForm, MakeTemplateForm
from jixiao.bulletins.paper import paper
from jixiao.bulletins.queries import templates as queries
from jixiao.bulletins.queries.grounds import ground_asked, grounds
from jixiao.bulletins.queries.templates import TemplateRow
from jixiao.bulletins.views.drafting import BULLETINS
from jixiao.bulletins.views.writing import (
    Written,
    arranged,
    block_sent,
    frame_asked,
    opened,
    place_of_form,
)

TEMPLATES: tuple[str, Any] = ("模板", reverse_lazy("bulletin_templates"))
EDIT = Permission.BULLETINS_EDIT


@page(EDIT)
def bulletin_templates(request: Request) -> HttpResponseBase:
    """通报模板。"""
    table = tables.TEMPLATES.of(queries.templates(), request)
    return table.answer("bulletins/list.html", may_edit=True, is_templates=True)


@page(EDIT)
def template_make(request: Request) -> HttpResponse:
    """新设通报模板。"""
    form = MakeTemplateForm(sent(request))
    name = request.POST.get("name", "")
    question = Question("新设通报模板", (BULLETINS, TEMPLATES), "已新设，请改成本机关的文字")
    return ask(
        request, form=form, question=question,
        do=lambda: actions.make_template(name, by=request.actor, kind=form.cleaned_data["kind"]),
    )  # fmt: skip


@page(EDIT, of=queries.template)
def template(request: Request, row: TemplateRow) -> HttpResponse:
    """一个通报模板，按一次结果试看。"""
    return _shown(request, row)


@page(EDIT, of=queries.template)
def template_block(request: Request, row: TemplateRow) -> HttpResponse:
    """改模板的一段。"""
    return block_sent(request, _written(row), _shown)


@page(EDIT, of=queries.template)
def template_arrange(request: Request, row: TemplateRow) -> HttpResponse:
    """移动、增加、删去模板的一段。"""
    return arranged(request, _written(row))


@page(EDIT, of=queries.template)
def template_frame(request: Request, row: TemplateRow) -> HttpResponse:
    """模板的版头、标题、附件和署名。"""
    return frame_asked(request, _written(row))


@page(EDIT, of=queries.template)
def template_retire(request: Request, row: TemplateRow) -> HttpResponse:
    """不再使用一个模板。"""
    do = lambda: actions.retire_template(row, by=request.actor)  # noqa: E731
    return pressed(request, do, to="bulletin_templates", said="已停用")


def _shown(request: Request, row: TemplateRow, *, form: BlockForm | None = None) -> HttpResponse:
    written = _written(row)
    form = form or opened(written, request.GET.get("edit", ""))
    draft = queries.tried(row, ground_asked(request.GET.get("with", "")))
    context = {
        "row": row, "written": written, "route": "bulletin_template", "may_write": True,
        "form": form, "editing": place_of_form(form), "draft": draft,
        "blocks": draft.blocks if draft else queries.unanswered_blocks(row),
        "paper": paper(draft.document) if draft and not draft.failure else None,
        "grounds": grounds(row.kind), "chosen": request.GET.get("with", ""),
        "crumbs": [BULLETINS, TEMPLATES, (row.name, "")],
    }  # fmt: skip
    is_wrong = bool(form and form.errors)
    return render(request, "bulletins/template.html", context, status=422 if is_wrong else 200)


def _written(row: TemplateRow) -> Written:
    crumbs = (
        (BULLETINS[0], str(BULLETINS[1])), (TEMPLATES[0], str(TEMPLATES[1])),
        (row.name, reverse("bulletin_template", args=[row.pk])),
    )  # fmt: skip
    return Written(
        row, "bulletin_template", actions.rewrite_template, queries.offers_of(row), crumbs
    )
