from django.apps import AppConfig


class AlongsideConfig(AppConfig):
    name = "interventions.alongside"
    label = "alongside"
    verbose_name = "Work done with others: joint work, peer support, asking the hub"
    default_auto_field = "django.db.models.BigAutoField"
