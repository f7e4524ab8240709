"""All addresses of the site. Paths are Dutch, names English; no two rooms share a name."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("wie-ziet-wat/", views.who_sees_what, name="who_sees_what"),
    path("taal/", views.set_language, name="set_language"),
    path("concept/", views.draft, name="draft"),
    path("agenda/<str:token>.ics", views.calendar_feed, name="calendar_feed"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("", include("schools.urls")),
    path("", include("popgroups.urls")),
    path("", include("portfolio.urls")),
    path("", include("coaching.intervision.urls")),
    path("", include("coaching.taking_along.urls")),
    path("", include("coaching.overview.urls")),
    path("", include("coaching.introduction.urls")),
]
handler400 = "coaching.views.unreadable"
handler403 = "coaching.views.forbidden"
handler404 = "coaching.views.not_found"
