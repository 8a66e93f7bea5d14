"""URLs of this app; the component gallery only in the demo and in development."""

from django.conf import settings
from django.urls import path

from pairs.web.lazy_views import lazy_views

views = lazy_views("pairs.service.views")
components = lazy_views("pairs.web.gallery")

urlpatterns = [path("accessibility/", views.show_accessibility, name="accessibility")]
if settings.DEBUG or settings.DEMO:
    urlpatterns.append(path("gallery/", components.show_gallery, name="gallery"))
