"""Which addresses belong to sign-in?"""

from django.urls import include, path

urlpatterns = [path("登录/", include("allauth.urls"))]
