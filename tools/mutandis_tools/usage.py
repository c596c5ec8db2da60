"""What is wrong with a command line, told as every other error: what, and what to do.

The library that reads command lines has sentences of its own; here each of them becomes one of the program's.
"""

from __future__ import annotations

import re
import shlex
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from mutandis.suggest import did_you_mean
from mutandis_tools.terminal import Exit, complain

_USAGE: Any = typer.BadParameter.__base__  # what all wrong use of a command line is, under either name of the library
_OF_OTHERS = {
    "validate": "check",
    "lint": "check",
    "verify": "check",
    "compile": "check",
    "format": "fmt",
    "run": "decide",
    "eval": "decide",
    "evaluate": "decide",
    "query": "decide",
    "interview": "ask",
    "compare": "diff",
    "why": "explain",
    "trace": "explain",
    "server": "serve",
    "build": "bundle",
    "view": "show",
    "init": "new",
    "help": "--help",
    "version": "--version",
}
"""What other programs call a command."""


_OPTIONS_OF_OTHERS = {
    **dict.fromkeys(("verdict", "to", "outcome", "goal", "target"), ("--wanted",)),
    **dict.fromkeys(("date", "on", "day", "time", "clock", "today", "now"), ("--at",)),
    **dict.fromkeys(("role", "who", "actor", "bearer", "as"), ("--by",)),
    **dict.fromkeys(("version", "law-date", "as-of", "law-at"), ("--law-as-of",)),
    **dict.fromkeys(("from", "since"), ("--law-as-of", "--at")),
    **dict.fromkeys(("facts", "input", "set", "given"), ("--fact",)),
    **dict.fromkeys(("book", "rules", "path", "folder", "dir"), ("--rulebook",)),
    **dict.fromkeys(("output", "o", "file"), ("--out", "--output")),
    **dict.fromkeys(("statute", "act"), ("--law",)),
}
"""What other programs call an option; of several the one that the command has."""


class Program(TyperGroup):
    """The program's commands; its `main` tells wrong use in the program's own way."""

    def main(  # type: ignore[override]  # as the library calls it: everything by name
        self, *, standalone_mode: bool = True, **extra: Any
    ) -> Any:
        """Run the command line; ends the process with its code unless `standalone_mode` is off."""
        try:
            code = super().main(standalone_mode=False, **extra)
        except typer.Abort:
            code = Exit.INTERRUPTED
        except _USAGE as error:
            if type(error).__name__ == "NoArgsIsHelpError":
                error.show()
            else:
                given = extra.get("args")
                complain(*_told(error, sys.argv[1:] if given is None else given))
            code = Exit.WRONG_USE
        if standalone_mode:
            sys.exit(code or Exit.CLEAN)
        return code


class Command(TyperCommand):
    """A command that takes each option once, unless it says that it takes more."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words of the command line; an option that is given again would silently win."""
        _, _, given = self.make_parser(ctx).parse_args(list(args))
        for option, count in Counter(given).items():
            several = getattr(option, "multiple", False) or getattr(option, "is_flag", False)
            if option.param_type_name == "option" and not several and count > 1:
                raise _USAGE(f"Option {option.opts[0]!r} is given twice.", ctx)
        rest: list[str] = super().parse_args(ctx, args)
        return rest


def _told(error: Any, given: Sequence[str]) -> tuple[str, str]:
    """The error as a sentence and what to do about it."""
    message = error.format_message().strip()
    path = error.ctx.command_path if error.ctx is not None else "mutandis"
    for pattern, tell in _SENTENCES:
        match = re.match(pattern, message, re.DOTALL)
        if match is not None:
            return tell(match, error, path, given)
    return _ours(message), f"`{path} --help` tells what it takes"


def _no_command(match: re.Match[str], error: Any, path: str, given: Sequence[str]) -> tuple[str, str]:
    name, commands = match[1], dict.fromkeys(error.ctx.command.commands)
    inner = path.partition(" ")[2]
    after = [one for one in given[given.index(name) + 1 :] if not one.startswith("-")] if name in given else []
    if inner == "rename" and len(after) == 1:
        kind = "fact" if "." in name else "action" if " " in name else "term"
        return f"`rename` has no command `{name}`", f"say what is renamed: `mutandis rename {kind} {name} {after[0]}`"
    other = _OF_OTHERS.get(name.lower(), "") if not inner else ""
    otherwise = f"`{path} {other}` does that" if other else f"`{path} --help` lists the commands"
    if not other and not inner and ("-" in name or name.endswith((".yaml", ".yml"))):
        otherwise = f"a case is decided by `mutandis decide {name}`; `mutandis --help` lists the commands"
    shown = f"there is no command `{name}`" if not inner else f"`{inner}` has no command `{name}`"
    near = did_you_mean(name.lower().replace("_", "-"), commands, otherwise)
    return shown, otherwise if other else near


def _no_option(match: re.Match[str], error: Any, path: str, given: Sequence[str]) -> tuple[str, str]:
    name = match[1]
    options = [one for p in error.ctx.command.params for one in (*p.opts, *p.secondary_opts) if one.startswith("--")]
    inner = path.partition(" ")[2]
    glued = next((one for one in given if re.fullmatch(rf"{re.escape(name)}[a-z-]+", one)), "")
    if not inner:
        command = next((one for one in given if not one.startswith("-")), "COMMAND")
        return f"`{name}` stands before the command", f"options stand behind it: `mutandis {command} … {name}`"
    if re.fullmatch(r"-\w", name) and f"-{glued}" in options:
        return f"`{inner}` has no option `{glued}`", f"a name of several letters has two hyphens: `-{glued}`"
    other = [one for one in _OPTIONS_OF_OTHERS.get(name.lstrip("-"), ()) if one in options]
    near = did_you_mean(name, options, f"`{path} --help` lists its options")
    return f"`{inner}` has no option `{name}`", f"`{other[0]}` does that" if other else near


def _missing(match: re.Match[str], error: Any, path: str, given: Sequence[str]) -> tuple[str, str]:
    what = match[1].split("'")[0]
    names = " / ".join(dict.fromkeys(re.findall(r"'([^']+)'", match[0]))) or what
    inner = path.partition(" ")[2] or "mutandis"
    example = error.ctx.command.epilog if error.ctx is not None else ""
    return f"`{inner}` needs {names}", (example or f"`{path} --help` tells what it takes").replace("Example: ", "e.g. ")


def _too_much(match: re.Match[str], error: Any, path: str, given: Sequence[str]) -> tuple[str, str]:
    extra, inner = match[1], path.partition(" ")[2] or "mutandis"
    words = extra.split()
    before = given[given.index(words[0]) - 1] if words[0] in given and given.index(words[0]) else ""
    said = shlex.join([f"{before} {extra}"]) if before and not before.startswith("-") and before not in inner else ""
    if "=" in words or any(one.endswith("=") for one in given):
        return f"`{inner}` takes no further `{extra}`", "there is no blank around the `=` of NAME=VALUE"
    law = words[0] if "--law" in [one for p in error.ctx.command.params for one in p.opts] else ""
    if len(words) == 1 and re.fullmatch(r"[a-z]+(?:-[a-z]+)*", law):
        return f"`{inner}` takes no further `{extra}`", f"a law is named by `--law {law}`"
    takes = [p for p in error.ctx.command.params if p.param_type_name == "argument"]
    if takes and takes[-1].type.name == "path" and not Path(f"{before} {extra}").exists():
        taken = " and ".join((p.metavar or p.human_readable_name).strip("[]") for p in takes)
        return f"`{inner}` takes no further `{extra}`", f"it takes {taken} and no other path; see `{path} --help`"
    quotes = f"a name of several words stands in quotes: {said}; " if said else ""
    return f"`{inner}` takes no further `{extra}`", f"{quotes}`{path} --help` tells what it takes"


def _bad_value(match: re.Match[str], error: Any, path: str, given: Sequence[str]) -> tuple[str, str]:
    name, why = match[1].split("'")[0], match[2].rstrip(".")
    why = re.sub(r"is not a valid (?:int|integer)(?: range)?$", "is no whole number", why)
    return f"`{name}`: {_ours(why)}", f"`{path} --help` tells what it takes"


def _no_value(match: re.Match[str], error: Any, path: str, given: Sequence[str]) -> tuple[str, str]:
    inner = " ".join(takewhile(lambda one: not one.startswith("-"), given[:1]))
    needed = f"{match[2]} values" if match[2] else "a value"
    return f"`{match[1]}` needs {needed}", f"`mutandis {inner} --help` tells which".replace("  ", " ")


def _twice(match: re.Match[str], error: Any, path: str, given: Sequence[str]) -> tuple[str, str]:
    compared = "; two rulebooks are compared by `mutandis diff OLD NEW`" if match[1] == "--rulebook" else ""
    return f"`{match[1]}` is given twice", f"give it once{compared}"


def _ours(message: str) -> str:
    """A sentence of the library as the program writes one: in lower case, names in backticks, no full stop."""
    text = re.sub(r"'([^']*)'", r"`\1`", message.rstrip("."))
    return text[:1].lower() + text[1:]


_Tell = Callable[[re.Match[str], Any, str, Sequence[str]], tuple[str, str]]
_SENTENCES: tuple[tuple[str, _Tell], ...] = (
    (r"No such command ['\"](.+?)['\"]\.", _no_command),
    (r"No such option: (\S+)", _no_option),
    (r"Missing (argument|option|parameter).*", _missing),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)", _too_much),
    (r"Invalid value for ['\"](.+?)['\"](?: / '[^']*')*: (.*)", _bad_value),
    (r"Option ['\"](.+?)['\"] is given twice", _twice),
    (r"Option ['\"](.+?)['\"] requires (?:an argument|(\d+) arguments)", _no_value),
)
