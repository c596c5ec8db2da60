"""Whether what a caller gives for an argument is of its kind; what is not is told in a sentence, with an example."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from inspect import signature
from os import PathLike
from pathlib import Path

from mutandis.errors import MutandisError


def names_of(argument: str, given: object, example: str) -> tuple[str, ...]:
    """Several names, each once. One text is not several: its letters would be taken one by one."""
    if isinstance(given, Iterable) and not isinstance(given, str | bytes):
        listed = tuple(given)
        if all(isinstance(one, str) for one in listed):
            return tuple(dict.fromkeys(listed))
    raise MutandisError(f'`{argument}` is a list of names, such as `["{example}"]`, not `{_shown(given)}`')


def path_of(argument: str, given: object) -> Path:
    """A file."""
    if not isinstance(given, str | PathLike) or isinstance(given, bytes):
        raise MutandisError(f'`{argument}` is a file, such as `"register.csv"`, not `{_shown(given)}`')
    return Path(given)


def check_kept(columns: Iterable[str], taken: Collection[str]) -> None:
    """Columns that are to stand beside the decisions, of which none has the name of one of `taken`, their own."""
    for name in columns:
        if name in taken:
            raise MutandisError(f"the column `{name}` cannot be kept: decisions have one of that name")


def check_choice(argument: str, given: object, allowed: Collection[str]) -> None:
    """One of a few words."""
    if not isinstance(given, str) or given not in allowed:
        listed = ", ".join(f'`"{one}"`' for one in allowed)
        raise MutandisError(f"`{argument}` is one of {listed}, not `{_shown(given)}`")


def check_count(argument: str, given: object) -> None:
    """A whole number from 0 on."""
    if not isinstance(given, int) or isinstance(given, bool) or given < 0:
        raise MutandisError(f"`{argument}` is a whole number, such as `3`, not `{given!r:.40}`")


def check_text(argument: str, given: object, example: str, *, may_be_empty: bool = False) -> None:
    """A text, which says something unless it may be empty."""
    if not isinstance(given, str) or not (may_be_empty or given.strip()):
        raise MutandisError(f'`{argument}` is a text, such as `"{example}"`, not `{_shown(given)}`')


def check_truth(argument: str, given: object) -> None:
    """Yes or no."""
    if type(given).__name__ not in ("bool", "bool_"):  # the second is that of numpy
        raise MutandisError(f"`{argument}` is `True` or `False`, not `{_shown(given)}`")


def check_called(argument: str, given: object) -> None:
    """What is called while the work goes on, if anything is."""
    if given is not None and not (callable(given) and _takes_two(given)):
        raise MutandisError(f"`{argument}` is a function of two numbers, done and all, not `{_shown(given)}`")


def _takes_two(given: Callable[..., object]) -> bool:
    try:
        signature(given).bind(0, 0)
    except TypeError:
        return False
    except ValueError:  # one of those that do not say what they take
        return True
    return True


def _shown(given: object) -> str:
    return str(given)[:40]
