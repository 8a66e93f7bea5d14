from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "interventions.supervision"
    label = "supervision"
    verbose_name = "Supervision of the people who do the work"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from interventions.endings.open_work import also_open
        from interventions.supervision.still_open import decisions_question

        also_open("supervision", decisions_question)
