"""Which addresses belong to ratings?"""

from django.urls import path

from jixiao.ratings.views import polls, public, taking

urlpatterns = [
    path("ratings/", polls.polls, name="polls"),
    path("ratings/plan/", polls.poll_plan, name="poll_plan"),
    path("ratings/plan/<int:pk>/<str:code>/", polls.poll_new, name="poll_new"),
    path("ratings/<int:pk>/", polls.poll, name="poll"),
    path("ratings/<int:pk>/open/", polls.poll_open, name="poll_open"),
    path("ratings/<int:pk>/close/", polls.poll_close, name="poll_close"),
    path("ratings/<int:pk>/accept/", polls.poll_accept, name="poll_accept"),
    path("ratings/<int:pk>/extend/", polls.poll_extend, name="poll_extend"),
    path("ratings/<int:pk>/withdraw/", polls.poll_withdraw, name="poll_withdraw"),
    path("ratings/<int:pk>/codes/", taking.poll_codes, name="poll_codes"),
    path("ratings/<int:pk>/papers/", taking.poll_papers, name="poll_papers"),
    path("ratings/papers/<int:pk>/", taking.papers, name="papers"),
    path("ratings/papers/<int:pk>/check/", taking.papers_check, name="papers_check"),
    path("ratings/papers/<int:pk>/drop/", taking.papers_drop, name="papers_drop"),
    path("ratings/vote/<int:pk>/", taking.rating_vote, name="rating_vote"),
    path("ratings/results/<int:pk>/", polls.rating_result, name="rating_result"),
    path("rate/", public.rate, name="rate"),
    path("rate/thanks/", public.rate_thanks, name="rate_thanks"),
]
