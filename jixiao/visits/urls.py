"""Which addresses belong to visits?"""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
