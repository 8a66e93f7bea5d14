from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "interventions.posts"
    label = "posts"
    verbose_name = "Posts, who fills them, and the planned establishment"
    default_auto_field = "django.db.models.BigAutoField"
