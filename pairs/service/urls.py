"""Addresses of this room: the gallery of components, in the demo and in development only."""

from django.conf import settings
from django.urls import path

from .gallery import gallery

urlpatterns = [path("gallery/", gallery, name="gallery")] if settings.DEBUG or settings.DEMO else []
