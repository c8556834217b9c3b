"""Which addresses belong to the results?"""

from django.urls import path

from jixiao.results.views import pages, past, reviews, way

urlpatterns = [
    path("results/", pages.results, name="results"),
    path("results/kept/", way.results_kept, name="results_kept"),
    path("results/load/", way.result_load, name="result_load"),
    path("results/rounds/<int:pk>/", way.rounds_score, name="rounds_score"),
    path("results/reviews/", reviews.reviews, name="reviews"),
    path("results/reviews/files/<int:pk>/", reviews.review_file, name="review_file"),
    path("results/reviews/<int:pk>/", reviews.review, name="review"),
    path("results/reviews/<int:pk>/decide/", reviews.review_decide, name="review_decide"),
    path("results/reviews/<int:pk>/register/", reviews.review_register, name="review_register"),
    path("results/reviews/<int:pk>/appeal/", reviews.review_appeal, name="review_appeal"),
    path("results/reviews/<int:pk>/withdraw/", reviews.review_withdraw, name="review_withdraw"),
    path("results/past/", past.pasts, name="pasts"),
    path("results/past/enter/", past.past_enter, name="past_enter"),
    path("results/past/template/", past.past_template, name="past_template"),
    path("results/past/<int:pk>/", past.past, name="past"),
    path("results/past/<int:pk>/correct/", past.past_correct, name="past_correct"),
    path("results/past/<int:pk>/confirm/", past.past_confirm, name="past_confirm"),
    path("results/past/<int:pk>/reopen/", past.past_reopen, name="past_reopen"),
    path("results/past/<int:pk>/withdraw/", past.past_withdraw, name="past_withdraw"),
    path("results/<int:pk>/", pages.result, name="result"),
    path("results/<int:pk>/analysis/", pages.result_analysis, name="result_analysis"),
    path("results/<int:pk>/workbook/", pages.result_workbook, name="result_workbook"),
    path("results/<int:pk>/way/", way.result_way, name="result_way"),
    path("results/<int:pk>/review/", way.result_review, name="result_review"),
    path("results/<int:pk>/send-back/", way.result_send_back, name="result_send_back"),
    path("results/<int:pk>/notify/", way.result_notify, name="result_notify"),
    path("results/<int:pk>/approve/", way.result_approve, name="result_approve"),
    path("results/<int:pk>/revoke/", way.result_revoke, name="result_revoke"),
    path("results/<int:pk>/adopt/", way.result_adopt, name="result_adopt"),
    path("results/<int:pk>/publish/", way.result_publish, name="result_publish"),
    path("results/<int:pk>/discard/", way.result_discard, name="result_discard"),
    path("results/<int:pk>/rescore/", way.result_rescore, name="result_rescore"),
    path("results/<int:pk>/units/<int:unit>/", pages.result_unit, name="result_unit"),
    path("results/<int:pk>/apply/<int:unit>/", reviews.review_apply, name="review_apply"),
    path("results/<int:pk>/take/<int:unit>/", reviews.review_take, name="review_take"),
    path("results/<int:pk>/units/<int:unit>/<path:code>/", pages.result_item, name="result_item"),
]
