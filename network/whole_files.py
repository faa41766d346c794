"""Files written whole or not at all, and those that only their owner may read."""

import os
import tempfile
from pathlib import Path


def private_folder(path: Path) -> Path:
    """The folder, made with mode 0700 where absent."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def write_whole(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Puts `content` in the file's place by one rename."""
    temporary = _written_beside(path, content)
    temporary.chmod(mode)
    temporary.replace(path)


def write_private(path: Path, content: bytes) -> bool:
    """Makes the file hold `content` with mode 0600 by one rename; False when it held it already."""
    if path.exists() and path.read_bytes() == content:
        path.chmod(0o600)
        return False
    write_whole(path, content, mode=0o600)
    return True


def write_private_once(path: Path, content: bytes) -> bytes:
    """Makes the file unless it exists, whoever of two processes comes first; gives what it holds then."""
    if not path.exists():
        temporary = _written_beside(path, content)
        try:
            path.hardlink_to(temporary)
        except FileExistsError:
            pass  # another process was first; its content counts
        finally:
            temporary.unlink()
    return path.read_bytes()


def _written_beside(path: Path, content: bytes) -> Path:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mkstemp makes it 0600
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    return Path(name)
