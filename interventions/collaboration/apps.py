from django.apps import AppConfig


class CollaborationConfig(AppConfig):
    name = "interventions.collaboration"
    label = "collaboration"
    verbose_name = "Work done with others: joint work, peer support, asking the hub"
    default_auto_field = "django.db.models.BigAutoField"
