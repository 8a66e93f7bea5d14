"""Addresses of this room; the gallery of components only in the demo and in development."""

from django.conf import settings
from django.urls import path

from .lazy_views import lazy_views

views = lazy_views("pairs.service.views")
components = lazy_views("pairs.service.gallery")

urlpatterns = [path("accessibility/", views.accessibility, name="accessibility")]
if settings.DEBUG or settings.DEMO:
    urlpatterns.append(path("gallery/", components.gallery, name="gallery"))
