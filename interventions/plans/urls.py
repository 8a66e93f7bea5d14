"""Addresses of plans."""

urlpatterns = []
api_patterns = []
