from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "interventions.groups"
    label = "groups"
    verbose_name = "Group programmes: sessions, roster, register"
    default_auto_field = "django.db.models.BigAutoField"
