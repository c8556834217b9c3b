"""Which addresses belong to the results?"""

from django.urls import path

from jixiao.results import views

urlpatterns = [
    path("results/", views.results, name="results"),
    path("results/kept/", views.results_kept, name="results_kept"),
    path("results/load/", views.result_load, name="result_load"),
    path("results/rounds/<int:pk>/", views.rounds_score, name="rounds_score"),
    path("results/<int:pk>/", views.result, name="result"),
    path("results/<int:pk>/workbook/", views.result_workbook, name="result_workbook"),
    path("results/<int:pk>/analysis/", views.result_analysis, name="result_analysis"),
    path("results/past/", views.pasts, name="pasts"),
    path("results/past/enter/", views.past_enter, name="past_enter"),
    path("results/past/template/", views.past_template, name="past_template"),
    path("results/past/<int:pk>/", views.past, name="past"),
    path("results/past/<int:pk>/correct/", views.past_correct, name="past_correct"),
    path("results/past/<int:pk>/confirm/", views.past_confirm, name="past_confirm"),
    path("results/past/<int:pk>/reopen/", views.past_reopen, name="past_reopen"),
    path("results/past/<int:pk>/withdraw/", views.past_withdraw, name="past_withdraw"),
    path("results/<int:pk>/publish/", views.result_publish, name="result_publish"),
    path("results/<int:pk>/units/<int:unit>/", views.result_unit, name="result_unit"),
    path("results/<int:pk>/units/<int:unit>/<path:code>/", views.result_item, name="result_item"),
]
