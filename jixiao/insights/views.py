"""Whose tier would move under a scheme that is still being made?"""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy

from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.insights.forms import SimulateForm
from jixiao.insights.rerun import rerun
from jixiao.insights.simulate import moves
from jixiao.results import queries as results
from jixiao.schemes import queries as schemes
from jixiao.scoring.scheme import Scheme, SchemeError

SCHEMES = ("办法", reverse_lazy("schemes"))


@page(Permission.SCHEMES_EDIT)
def scheme_simulate(request: Request, pk: int) -> HttpResponse:
    """用往年的分数试算办法：谁的等次会变。"""
    version = schemes.version(pk, request.actor)
    if version is None:
        raise Http404("没有这一版办法")
    kept, bases = results.results(request.actor), schemes.bases_with_text(request.actor)
    form = SimulateForm(request.POST or None, request.FILES or None, kept=kept, bases=bases)
    crumbs = [SCHEMES, (str(version), reverse("scheme", args=[pk])), ("试算", "")]
    context = {"version": version, "form": form, "crumbs": crumbs}
    if form.is_valid():
        context |= _outcome(version.scheme, form)
    return render(request, "insights/simulate.html", context)


def _outcome(scheme: Scheme, form: SimulateForm) -> dict[str, object]:
    """Who moves; a scheme that cannot be computed is told in the form."""
    before = form.cleaned_data["before"]
    try:
        after = rerun(scheme, before.sheet)
    except SchemeError as error:
        form.add_error(None, str(error))
        return {}
    found = moves(before, after.result)
    return {
        "found": found,
        "moved": [each for each in found if each.has_moved],
        "others": [each for each in found if not each.has_moved],
        "left_out": after.left_out,
    }
