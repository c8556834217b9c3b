"""Which addresses belong to internal appraisal?"""

from django.urls import path

from jixiao.appraisals import views

urlpatterns = [
    path("appraisals/", views.quarters, name="quarters"),
    path("appraisals/open/", views.quarter_open, name="quarter_open"),
    path("appraisals/<int:pk>/", views.quarter, name="quarter"),
    path("appraisals/<int:pk>/close/", views.quarter_close, name="quarter_close"),
    path("appraisals/<int:pk>/units/<int:unit>/", views.quarter_report, name="quarter_report"),
    path("appraisals/<int:pk>/units/<int:unit>/return/", views.report_return, name="report_return"),
]
