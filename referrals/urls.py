"""Addresses of this room: pages, and what it adds to the API."""

urlpatterns = []
api_patterns = []
