"""Where do people read how programs may use the platform? One page, made from the same document."""

from django.http import HttpResponse
from django.shortcuts import render

from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.api.service import PREFIX, api, reference_groups


@page(Permission.OWN_ACCOUNT)
def reference(request: Request) -> HttpResponse:
    """接口说明。"""
    return render(request, "api/reference.html", {"groups": reference_groups(api)})


@page(Permission.OWN_ACCOUNT)
def openapi(request: Request) -> HttpResponse:
    """OpenAPI 文档。"""
    return api.create_response(request, api.get_openapi_schema(path_prefix=PREFIX), status=200)
