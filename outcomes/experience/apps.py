from django.apps import AppConfig


class ExperienceConfig(AppConfig):
    name = "outcomes.experience"
    label = "experience"
    verbose_name = "How families found the help: asked once, answered by nobody we know"
    default_auto_field = "django.db.models.BigAutoField"
