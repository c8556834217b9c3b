"""Which addresses are there? In the order of the year; every page declares its permission."""

from django.urls import include, path

urlpatterns = [
    path("", include("jixiao.portal.urls")),
    path("", include("jixiao.access.urls")),
    path("", include("jixiao.periods.urls")),
    path("", include("jixiao.schemes.urls")),
    path("", include("jixiao.visits.urls")),
    path("", include("jixiao.rectification.urls")),
    path("", include("jixiao.insights.urls")),
    path("", include("jixiao.events.urls")),
    path("", include("jixiao.ratings.urls")),
    path("", include("jixiao.appraisals.urls")),
    path("", include("jixiao.results.urls")),
    path("", include("jixiao.consequences.urls")),
    path("", include("jixiao.grades.urls")),
    path("", include("jixiao.bulletins.urls")),
    path("", include("jixiao.notices.urls")),
    path("org/", include("jixiao.org.urls")),
    path("system/", include("jixiao.system.urls")),
    path("api/", include("jixiao.api.urls")),
]
