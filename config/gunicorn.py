"""Gunicorn settings for any number of workers and any address: preload the app before forking."""

preload_app = True
control_socket_disable = True


def when_ready(server):
    """Gunicorn hook: runs in the parent process, with sockets open and no worker forked yet."""
    from pairs.web.preload import prepare_to_fork

    prepare_to_fork()


def on_starting(server):
    """Gunicorn hook: runs in the parent process before anything else of ours."""
    from django.conf import settings

    if settings.METRICS_FOLDER:
        from pairs.access.metrics import forget_metrics

        forget_metrics()
