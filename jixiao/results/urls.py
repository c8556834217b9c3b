"""Which addresses belong to the results?"""

from django.urls import path

from jixiao.results import views

urlpatterns = [
    path("results/", views.results, name="results"),
    path("results/kept/", views.results_kept, name="results_kept"),
    path("results/load/", views.result_load, name="result_load"),
    path("results/rounds/<int:pk>/", views.rounds_score, name="rounds_score"),
    path("results/rounds/<int:pk>/sheet/", views.rounds_sheet, name="rounds_sheet"),
    path("results/<int:pk>/", views.result, name="result"),
    path("results/<int:pk>/workbook/", views.result_workbook, name="result_workbook"),
    path("results/<int:pk>/publish/", views.result_publish, name="result_publish"),
    path("results/<int:pk>/units/<int:unit>/", views.result_unit, name="result_unit"),
    path("results/<int:pk>/units/<int:unit>/<path:code>/", views.result_item, name="result_item"),
]
