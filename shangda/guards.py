"""What has to hold before and around a run: one run for a data folder, free ports, a broker that lets us in, signals."""

import contextlib
import fcntl
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path

from network.hosting import network_uri
from network.offices import District
from network.settings import Settings
from network.wire import connect, drop
from shangda.children import RunError
from shangda.ports import free_port, is_free


@contextlib.contextmanager
def alone(home: Path) -> Iterator[None]:
    """Hold the data folder for one run. Raises RunError when another has it."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (home / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise RunError(f"{home} 正由另一次运行使用;请先停止它,或用 SHANGDA_HOME 另选数据目录") from None
        yield


def check_ports(ports: Mapping[str, int]) -> None:
    """Raises RunError for a port, given by the option that sets it, that another program listens on."""
    for option, port in ports.items():
        if not is_free(port):
            raise RunError(
                f"端口 {port} 已被其他程序占用,请用 {option} 另选一个 (port {port} is taken: choose another with {option})"
            )


def check_broker(settings: Settings, tree: District) -> None:
    """Raises RunError when the district's user cannot enter the network's vhost on the broker that was named."""
    try:
        drop(connect(network_uri(settings, tree, tree.id)))
    except Exception as error:  # a broker may refuse in any way
        hint = "请先运行 shangda topology --apply 导入定义文件 (import the definitions with shangda topology --apply first)"
        raise RunError(f"{settings.network_amqp_url}: {error};{hint}") from error


def broker_port(home: Path) -> int:
    """The port of this home's broker: the same at every start, unless another program has taken it."""
    kept = home / "broker-port"
    port = int(kept.read_text()) if kept.exists() else free_port()
    if not is_free(port):
        port = free_port()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept.write_text(str(port))
    return port


def end_by_signal() -> None:
    """From now on SIGTERM ends this program as Ctrl-C does, which a shell may have switched off for its background."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.default_int_handler)


def ignore_signals() -> None:
    """From now on neither SIGTERM nor Ctrl-C is heard: what was started is being stopped already."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
