from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    name = "pairs.safeguarding"
    label = "safeguarding"
    verbose_name = "Safeguarding statuses and concerns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pairs.families.banner import register_banner_query
        from pairs.safeguarding.banner import build_status_query

        register_banner_query("safeguarding", build_status_query)
