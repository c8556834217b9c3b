"""Which addresses belong to opinions and notices?"""

from django.urls import path

from jixiao.notices import views

urlpatterns = [
    path("opinions/", views.opinions, name="opinions"),
    path("opinions/mine/", views.opinions_mine, name="opinions_mine"),
    path("opinions/published/", views.opinions_published, name="opinions_published"),
    path("opinions/write/", views.opinion_write, name="opinion_write"),
    path("opinions/<int:pk>/", views.opinion, name="opinion"),
    path("opinions/<int:pk>/seen/", views.opinion_see, name="opinion_see"),
    path("opinions/<int:pk>/publish/", views.opinion_publish, name="opinion_publish"),
    path("opinions/<int:pk>/withdraw/", views.opinion_withdraw, name="opinion_withdraw"),
    path("notices/", views.notices, name="notices"),
    path("notices/send/", views.notice_send, name="notice_send"),
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("notices/received/<int:pk>/", views.receipt, name="receipt"),
    path("notices/received/<int:pk>/read/", views.receipt_read, name="receipt_read"),
    path("notices/received/<int:pk>/sign/", views.receipt_sign, name="receipt_sign"),
]
