"""The platform's addresses and one more: the bare view that pages are measured beside."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from jixiao.config.urls import urlpatterns as platform
from jixiao.org.models import Unit


def bare(request: HttpRequest) -> HttpResponse:
    """Read one row and answer its name, through the same middleware and sign-in."""
    return HttpResponse(Unit.objects.get(pk=Unit.objects.values_list("pk")[:1]).name)


urlpatterns = [*platform, path("bare/", bare)]
