"""Which addresses belong to visits?"""

from django.urls import URLPattern, path

from jixiao.visits.views import onsite

urlpatterns: list[URLPattern] = [
    path("onsite/", onsite.onsite, name="onsite"),
    path("onsite/sw.js", onsite.onsite_worker, name="onsite_worker"),
    path("onsite/day.json", onsite.onsite_day, name="onsite_day"),
    path("onsite/sync.json", onsite.onsite_sync, name="onsite_sync"),
    path("onsite/files/", onsite.onsite_files, name="onsite_files"),
    path("onsite/files/<uuid:key>/", onsite.onsite_piece, name="onsite_piece"),
    path("onsite/files/<uuid:key>/content", onsite.onsite_file, name="onsite_file"),
]
