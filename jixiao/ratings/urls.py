"""Which addresses belong to this room?"""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
