"""Which addresses belong to the grades of people?"""

from django.urls import path

from jixiao.grades.views import campaigns, people, tables

urlpatterns = [
    path("grades/", campaigns.grades, name="grades"),
    path("grades/mine/", people.my_grades, name="my_grades"),
    path("grades/open/", campaigns.grade_open, name="grade_open"),
    path("grades/campaigns/<int:pk>/", campaigns.grade_campaign, name="grade_campaign"),
    path("grades/campaigns/<int:pk>/above/", campaigns.grade_above, name="grade_above"),
    path(
        "grades/campaigns/<int:pk>/above/book/", campaigns.grade_above_book, name="grade_above_book"
    ),
    path("grades/tables/<int:pk>/", tables.grade_table, name="grade_table"),
    path("grades/tables/<int:pk>/fill/", tables.grade_fill, name="grade_fill"),
    path("grades/tables/<int:pk>/book/", tables.grade_book, name="grade_book"),
    path("grades/tables/<int:pk>/submit/", tables.grade_submit, name="grade_submit"),
    path("grades/tables/<int:pk>/publicize/", tables.grade_publicize, name="grade_publicize"),
    path("grades/tables/<int:pk>/approve/", tables.grade_approve, name="grade_approve"),
    path("grades/tables/<int:pk>/notify/", tables.grade_notify, name="grade_notify"),
    path("grades/tables/<int:pk>/close/", tables.grade_close, name="grade_close"),
    path("grades/tables/<int:pk>/send-back/", tables.grade_send_back, name="grade_send_back"),
    path("grades/tables/<int:pk>/raise/", tables.grade_raise_share, name="grade_raise_share"),
    path("grades/tables/<int:pk>/keep/", tables.grade_keep_basis, name="grade_keep_basis"),
    path("grades/tables/<int:pk>/take-in/", tables.grade_take_in, name="grade_take_in"),
    path("grades/tables/<int:pk>/notice/", tables.grade_notice, name="grade_notice"),
    path("grades/objections/<int:pk>/settle/", tables.grade_settle, name="grade_settle"),
    path("grades/people/<int:pk>/", people.grade, name="grade"),
    path("grades/people/<int:pk>/letter/", people.grade_letter, name="grade_letter"),
    path("grades/people/<int:pk>/sign/", people.grade_sign, name="grade_sign"),
    path("grades/people/<int:pk>/witness/", people.grade_witness, name="grade_witness"),
    path("grades/people/<int:pk>/second/", people.grade_second, name="grade_second"),
    path("grades/people/<int:pk>/propose/", people.grade_propose, name="grade_propose"),
    path("grades/people/<int:pk>/review/", people.grade_review, name="grade_review"),
    path("grades/reviews/<int:pk>/withdraw/", people.grade_withdraw, name="grade_withdraw"),
    path("grades/reviews/<int:pk>/decide/", people.grade_decide, name="grade_decide"),
]
