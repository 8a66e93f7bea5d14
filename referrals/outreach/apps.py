from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "referrals.outreach"
    label = "outreach"
    verbose_name = "Sessions with communities who are not reached"
    default_auto_field = "django.db.models.BigAutoField"
