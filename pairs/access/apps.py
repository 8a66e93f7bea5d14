from django.apps import AppConfig
from django.db.backends.signals import connection_created

from pairs.access.kept_statements import keep_statements


class AccessConfig(AppConfig):
    name = "pairs.access"
    label = "access"
    verbose_name = "Who may do what, where"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        connection_created.connect(keep_statements, dispatch_uid="pairs.access.kept_statements")
