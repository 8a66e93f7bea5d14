from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    name = "pairs.safeguarding"
    label = "safeguarding"
    verbose_name = "Safeguarding statuses and concerns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from pairs.families.banner import also_says
        from pairs.safeguarding.banner import status_question

        also_says("safeguarding", status_question)
