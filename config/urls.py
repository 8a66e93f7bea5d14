"""Every address of PaIRS; each room lists its own."""

urlpatterns = []
