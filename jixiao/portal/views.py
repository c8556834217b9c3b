"""Pages that need several rooms: home and search."""

from django.http import HttpResponse
from django.shortcuts import render

from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission


@page(Permission.HOME)
def home(request: Request) -> HttpResponse:
    """首页。"""
    return render(request, "portal/home.html")
