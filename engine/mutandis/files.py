"""Files that are written whole or not at all, and folders in which one program at a time writes."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def write_whole(path: Path, data: str | bytes, mode: int = 0o666) -> None:
    """Write a file, text as UTF-8: whoever reads it meanwhile has the old one or the new one, and where it cannot be
    written, as on a full disk, the old one is left as it was. A new one has the rights `mode`, as far as the user's
    mask lets it. Raises `OSError` that names the file, as for a folder that is not there or a file not to be written.
    """
    content = data.encode() if isinstance(data, str) else data
    place, there = _place_of(path)
    if there is not None and not stat.S_ISREG(there):  # a device or a pipe, which nothing stands in for
        path.write_bytes(content)  # by its own name: what a pipe's leads to is no path
        return
    fresh = place.with_name(f".{os.urandom(6).hex()}.new")
    try:
        with _told_of(path), open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:  # noqa: PTH123
            file.write(content)
        take_place(fresh, path)
    except BaseException:
        with suppress(OSError):
            fresh.unlink()
        raise


def take_place(made: Path, path: Path) -> None:
    """Have a file that was made take the place of another, or of none: a link goes on to the file that it names, and
    that file keeps its rights. `made` is on the same device. Raises `OSError` that names the file that was wanted.
    """
    place, there = _place_of(path)
    with _told_of(path):
        if there is not None:
            made.chmod(stat.S_IMODE(there))
        made.replace(place)


def _place_of(path: Path) -> tuple[Path, int | None]:
    """Where a file stands, through links, and its mode (None: there is none). Raises `PermissionError` for a file that
    may not be written.
    """
    place = path.resolve()
    there = path.stat().st_mode if path.exists() else None
    if there is not None and stat.S_ISREG(there) and not os.access(place, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    return place, there


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """Have what cannot be done told of this file."""
    try:
        yield
    except OSError as fault:
        raise OSError(fault.errno, fault.strerror, str(path)) from fault


def append_whole(path: Path, text: str) -> None:
    """Add lines of UTF-8 to a file, which is made where there is none: all or none of them, on lines of their own, and
    on end, whoever adds to it at the same time. Raises `OSError`.
    """
    if path.exists() and not path.is_file():  # a device or a pipe, which has no end to look at
        with path.open("ab") as stream:
            stream.write(text.encode())
        return
    with path.open("ab+") as file, _locked(file.fileno()):
        end = file.seek(0, os.SEEK_END)
        try:
            if end and (file.seek(end - 1), file.read(1))[1] != b"\n":  # whoever wrote it was broken off
                file.write(b"\n")
            file.write(text.encode())
            file.flush()
        except OSError:
            file.truncate(end)
            raise


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Wait until no other program is at work in the folder, and keep others waiting meanwhile: for what is read,
    changed and written. Windows has no locks on folders, and some file systems no locks: there nobody waits.
    """
    handle = os.open(folder, os.O_RDONLY) if sys.platform != "win32" else -1
    try:
        with _locked(handle):
            yield
    finally:
        if handle >= 0:
            os.close(handle)


def hold(folder: Path) -> int | None:
    """Make a folder, or take the one that is there, for this program alone; what holds it until it is closed or the
    program ends (None on Windows). Raises `BlockingIOError` where another program holds it.
    """
    while True:
        folder.mkdir(exist_ok=True)
        if sys.platform == "win32":
            return None
        # Imported here: Windows has none.
        import fcntl

        try:
            handle = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:  # whoever held it has ended meanwhile, and took it away
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise
        except OSError:  # a file system without locks
            return handle
        if folder.exists() and os.path.samestat(os.fstat(handle), folder.stat()):
            return handle
        os.close(handle)


@contextmanager
def _locked(handle: int) -> Iterator[None]:
    """Have an open file or folder alone, once whoever has it lets it go."""
    if sys.platform == "win32":
        yield
        return
    # Imported here: Windows has none.
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:  # a file system without locks
        yield
        return
    try:
        yield
    finally:
        fcntl.flock(handle, fcntl.LOCK_UN)
