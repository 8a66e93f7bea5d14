"""How gunicorn runs PaIRS, whatever its workers and addresses: loaded whole before it forks."""

preload_app = True
control_socket_disable = True


def when_ready(server):
    """In the parent, after its sockets are open and before the first worker is there."""
    from pairs.service.preload import prepare_to_fork

    prepare_to_fork()
