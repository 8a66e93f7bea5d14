"""Addresses of diary."""

urlpatterns = []
api_patterns = []
