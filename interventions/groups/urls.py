"""Addresses of groups."""

urlpatterns = []
api_patterns = []
