"""Where do people read how programs may use the platform? One page, made from the same document."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jixiao.access.page import Request, open_page, page
from jixiao.access.permissions import Permission
from jixiao.api.errors import problem
from jixiao.api.reference import rooms
from jixiao.api.service import api, document


@page(Permission.OWN_ACCOUNT)
def reference(request: Request) -> HttpResponse:
    """接口说明。"""
    origin = request.build_absolute_uri("/").rstrip("/")
    return render(request, "api/reference.html", {"rooms": rooms(), "origin": origin})


@page(Permission.OWN_ACCOUNT)
def openapi(request: Request) -> HttpResponse:
    """OpenAPI 文档。"""
    return api.create_response(request, document(), status=200)


@open_page
def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    """没有这个地址。"""
    message = f"没有“/api/{rest[:80]}”这个地址，全部地址见 /api/"
    return problem(api, request, status=404, message=message)
