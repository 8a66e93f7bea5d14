"""URLs of this app: none yet."""

urlpatterns = []
api_patterns = []
