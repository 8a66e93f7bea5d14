from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "pairs.families"
    label = "families"
    verbose_name = "Infants, caregivers and their relationships"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from pairs.access.scope import also_reaches
        from pairs.families.models import FamilyGrant, Infant
        from pairs.jobs.quiet import stop_when

        also_reaches(FamilyGrant.objects.of_user)
        stop_when(Infant.objects.is_quiet)
