from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "interventions.training"
    label = "training"
    verbose_name = "Training delivered to other professionals"
    default_auto_field = "django.db.models.BigAutoField"
