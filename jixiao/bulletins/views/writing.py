"""How is a text of blocks written on a page, a bulletin's or a template's?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jixiao.access.asking import Question, ask, sent
from jixiao.access.page import Request
from jixiao.bulletins import blocks
from jixiao.bulletins.forms import ArrangeForm, BlockForm, FrameForm, framed
from jixiao.bulletins.offers import Offer
from jixiao.bulletins.template import Template


@dataclass(frozen=True)
class Written:
    """A row with a text: its page, the action that keeps another text, the references to be had."""

    row: Any
    route: str
    rewrite: Callable[..., object]
    offers: Mapping[str, list[Offer]]
    crumbs: tuple[tuple[str, str], ...]

    @property
    def text(self) -> Template:
        """The text as it is kept."""
        text: Template = self.row.text
        return text

    @property
    def address(self) -> str:
        """Its page."""
        return reverse(self.route, args=[self.row.pk])

    def at(self, place: int) -> str:
        """Its page at one paragraph."""
        return f"{self.address}#block-{place}"

    def keep(self, request: Request, content: Template, version: int) -> object:
        """Keep another text."""
        return self.rewrite(self.row, by=request.actor, content=content, version=version)


def opened(written: Written, asked: str) -> BlockForm | None:
    """The form of the paragraph that is to be edited, if the address names one."""
    if not asked.isdecimal() or int(asked) >= len(written.text.body):
        return None
    return block_form(written, int(asked))


def place_of_form(form: BlockForm | None) -> int:
    """Which paragraph stands open; −1 for none."""
    place = "" if form is None else str(form["place"].value())
    return int(place) if place.isdecimal() else -1


def block_form(written: Written, place: int, *, text: str | None = None) -> BlockForm:
    """One paragraph, ready to be changed."""
    found = written.text.body[place]
    initial = {
        "place": place, "level": found.level, "heading": found.heading,
        "text": found.text if text is None else text, "version": written.row.version,
    }  # fmt: skip
    return BlockForm(initial=initial, offers=written.offers)


def block_sent(
    request: Request, written: Written, show: Callable[..., HttpResponse]
) -> HttpResponse:
    """A paragraph was sent: kept, or shown again with a reference put in."""
    if request.method != "POST":
        return redirect(written.address)
    form = BlockForm(request.POST, offers=written.offers)
    if not form.is_valid():
        return show(request, written.row, form=form)
    if form.cleaned_data["place"] >= len(written.text.body):
        return _gone(request, written)
    if request.POST.get("do") == "insert":
        return show(request, written.row, form=_inserted(request, written, form))
    return _kept(request, written, form, show)


def _inserted(request: Request, written: Written, form: BlockForm) -> BlockForm:
    """The same form with the chosen reference in its text; nothing is kept yet."""
    data = request.POST.copy()
    data["text"] = blocks.inserted(form.cleaned_data["text"], form.cleaned_data["reference"])
    data["reference"] = ""
    return BlockForm(data, offers=written.offers)


def _kept(
    request: Request, written: Written, form: BlockForm, show: Callable[..., HttpResponse]
) -> HttpResponse:
    place = form.cleaned_data["place"]
    content = blocks.changed(written.text, place, paragraph=form.paragraph())
    version = form.cleaned_data["version"]
    if form.run(lambda: written.keep(request, content, version)):
        messages.success(request, "已保存")
        return redirect(written.at(place))
    return show(request, written.row, form=form)


def _gone(request: Request, written: Written) -> HttpResponse:
    messages.error(request, "这一段已经不在了，请看现在的稿子")
    return redirect(written.address)


def arranged(request: Request, written: Written) -> HttpResponse:
    """A paragraph was moved, added or taken out."""
    form = ArrangeForm(sent(request))
    if not form.is_valid() or form.cleaned_data["place"] >= len(written.text.body):
        return _gone(request, written) if request.method == "POST" else redirect(written.address)
    place, do = form.cleaned_data["place"], form.cleaned_data["do"]
    content, after = _arrangement(written.text, place, do)
    if form.run(lambda: written.keep(request, content, form.cleaned_data["version"])):
        query = f"?edit={after}" if do == "add" else ""
        return redirect(f"{written.address}{query}#block-{after}")
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return redirect(written.address)


def _arrangement(text: Template, place: int, do: str) -> tuple[Template, int]:
    """The text, and where the paragraph is now."""
    match do:
        case "up":
            return blocks.moved(text, place, way="up"), max(place - 1, 0)
        case "down":
            return blocks.moved(text, place, way="down"), min(place + 1, len(text.body) - 1)
        case "add":
            return blocks.added(text, place), place + 1
    return blocks.removed(text, place), max(place - 1, 0)


def frame_asked(request: Request, written: Written) -> HttpResponse:
    """Head, title, annex and signature."""
    initial = framed(written.text) | {"version": written.row.version}
    form = FrameForm(sent(request), initial=initial)
    question = Question("版头、标题、附件和署名", written.crumbs, "已保存")
    return ask(
        request, form=form, question=question,
        do=lambda: written.keep(
            request, form.content(written.text), form.cleaned_data["version"]
        ),
    )  # fmt: skip
