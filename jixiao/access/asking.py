"""How does a page ask for something, and how does it go on when it is done?"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from jixiao.access.page import Request
from jixiao.core.forms import ActionForm

Crumbs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Question:
    """What a form page says: its heading, what it means, where it leads, what is said when done."""

    title: str
    crumbs: Crumbs
    done: str
    submit: str = "保存"
    note: str = ""
    is_grave: bool = False

    @property
    def back(self) -> str:
        """The page it was opened from."""
        return self.crumbs[-1][1]


def sent(request: Request) -> QueryDict | None:
    """What was filled in, if anything was."""
    return request.POST if request.method == "POST" else None


def ask(
    request: Request, *, form: ActionForm, question: Question, do: Callable[[], object]
) -> HttpResponse:
    """Show the form; when it was sent and the thing is done, back to where it was opened."""
    if request.method == "POST" and form.is_valid() and form.run(do):
        messages.success(request, question.done)
        return redirect(question.back)
    context = {
        "form": form,
        "question": question,
        "crumbs": (*question.crumbs, (question.title, "")),
    }
    return render(request, "core/ask.html", context, status=422 if form.errors else 200)


def pressed(
    request: Request, do: Callable[[], object], *, to: str, said: str = "已办理"
) -> HttpResponse:
    """A button was pressed: do it, say how it went, and go on to the address or route ``to``."""
    if request.method == "POST":
        form = ActionForm(request.POST)
        if form.is_valid() and form.run(do):
            messages.success(request, said)
        for error in form.non_field_errors():
            messages.error(request, str(error))
    return redirect(to)
