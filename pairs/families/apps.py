from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "pairs.families"
    label = "families"
    verbose_name = "Infants, caregivers and their relationships"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pairs.access.scope import register_family_permissions
        from pairs.families.models import FamilyPermission, Infant
        from pairs.jobs.suppression import register_suppression

        register_family_permissions(FamilyPermission.objects.of_user)
        register_suppression(Infant.objects.must_be_suppressed)
