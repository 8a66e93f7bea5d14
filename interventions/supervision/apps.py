from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "interventions.supervision"
    label = "supervision"
    verbose_name = "Supervision of the people who do the work"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from interventions.endings.outstanding_work import register_outstanding_work
        from interventions.supervision.outstanding_work import query_unfinished_decisions

        register_outstanding_work("supervision", query_unfinished_decisions)
