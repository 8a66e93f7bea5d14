from django.apps import AppConfig


class CompetenciesConfig(AppConfig):
    name = "interventions.competencies"
    label = "competencies"
    verbose_name = "Competencies: training, accreditation, and who may deliver what"
    default_auto_field = "django.db.models.BigAutoField"
