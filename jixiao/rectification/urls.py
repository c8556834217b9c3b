"""Which addresses belong to rectification?"""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
