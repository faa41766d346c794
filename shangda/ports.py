"""Free TCP ports on the loopback interface."""

import random
import socket

# Below where the kernel takes ports for outgoing connections, so that none is taken while a server boots.
_LOWEST, _HIGHEST = 20_000, 32_000


def free_port() -> int:
    """A port nothing listens on at 127.0.0.1 now; nothing keeps it reserved."""
    while not is_free(port := random.randint(_LOWEST, _HIGHEST)):  # noqa: S311 - not a secret
        pass
    return port


def is_free(port: int) -> bool:
    """Whether a server could listen on 127.0.0.1:`port` now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
