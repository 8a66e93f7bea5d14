"""Addresses of this room; the gallery of components only in the demo and in development."""

from django.conf import settings
from django.urls import path

from .gallery import gallery
from .views import accessibility

urlpatterns = [path("accessibility/", accessibility, name="accessibility")]
if settings.DEBUG or settings.DEMO:
    urlpatterns.append(path("gallery/", gallery, name="gallery"))
