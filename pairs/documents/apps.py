from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "pairs.documents"
    label = "documents"
    verbose_name = "Documents on paper"
