from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "interventions.plans"
    label = "plans"
    verbose_name = (
        "What was agreed with the family: formulation, plan, grouping over time, waits, is it helping"
    )
    default_auto_field = "django.db.models.BigAutoField"
