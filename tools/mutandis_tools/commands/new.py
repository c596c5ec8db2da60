"""`mutandis new`: begins files of the rulebook."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from mutandis.diagnostics import Severity
from mutandis.rulebook.case_file import Ask
from mutandis.rulebook.load import load_source
from mutandis.rulebook.model import Source
from mutandis_text.document import StatuteDocument
from mutandis_tools.amendment.skeleton import find_article, print_skeleton
from mutandis_tools.casebook.ask import decide_case
from mutandis_tools.commands.common import (
    NO_CASE,
    Chosen,
    NameOption,
    RulebookOption,
    check_action,
    check_case_path,
    check_role,
    complete_action,
    end_with,
    keep_case,
    own_folder_or_stop,
    read_chosen,
    usable_for_case,
)
from mutandis_tools.commands.decide import AsOfOption, AtOption, ByOption, FactOption, with_changes
from mutandis_tools.commands.statute_file import Quiet, exit_if_bad, open_statute, refuse_other_law
from mutandis_tools.declaring import DeclaringError, declare_fact
from mutandis_tools.opening import open_located
from mutandis_tools.report.decision_text import decision_text
from mutandis_tools.terminal import Exit, complain, show, stop, text_columns, write

_RULEBOOK = Path("rulebook")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Begin a file of the rulebook.")
    group.callback()(_new)
    group.command("article", epilog="Example: mutandis new article act 41 --text act.txt")(article_command)
    group.command("case", epilog="Example: mutandis new case 'let_off dog' cases/dogs.yaml -f dog.kind=small")(
        case_command
    )
    example = "mutandis new fact dog.chipped --type yes/no --question 'Has the dog a chip?'"
    group.command("fact", epilog=f"Example: {example}")(fact_command)
    app.add_typer(group, name="new")


def _new() -> None:
    """Begin a file of the rulebook."""


def article_command(
    law: Annotated[str, typer.Argument(metavar="LAW", help="The law's folder in the rulebook, e.g. act.")],
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="The article, e.g. 41 or 5-2 or addenda-8728/4.")],
    text: Annotated[Path, typer.Option("--text", exists=True, dir_okay=False, help="The official text of the law.")],
    rulebook: Annotated[Path, typer.Option("--rulebook", file_okay=False, help="The rulebook's folder.")] = _RULEBOOK,
    chapter: Annotated[
        str, typer.Option("--chapter", help="The folder within the law; by default that of its neighbours.")
    ] = "",
    print_only: Annotated[bool, typer.Option("--print", help="Print it; write no file.")] = False,
    quiet: Quiet = True,
) -> None:
    """Begin the rule file of an article: paragraphs, subparagraphs, provisos and quantities as places to fill in."""
    document = open_statute(text, law, quiet=quiet)
    exit_if_bad(document)
    source = load_source(rulebook) if (rulebook / law).is_dir() else None
    if source is not None:
        refuse_other_law(document, source.laws.get(law), rulebook / law)
    article = find_article(document, number)
    if article is None:
        stop(f"the text has no Article {number}", f"`mutandis text inventory {text}` lists what it has")
    skeleton = print_skeleton(document, article)
    if print_only:
        write(skeleton)
        return
    if source is None:
        stop(f"there is no law `{law}` in {rulebook}", "give the rulebook's folder with --rulebook")
    held = _file_of(rulebook / law, number)
    if held is not None:
        complain(f"{held} already holds Article {number}; nothing was written", "use --print to see the skeleton")
        raise typer.Exit(Exit.FINDINGS)
    slug = _slug(article.heading or number)
    name = f"{_padded(number)}-{slug}.yaml"
    folder = chapter or _neighbours(document, article.id, source) or _chapter_of(document, article.id)
    path = rulebook / law / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(skeleton, encoding="utf-8")
    write(f"{path}\n")


def case_command(
    action: Annotated[
        str, typer.Argument(metavar="ACTION", help="The action that is asked about.", autocompletion=complete_action)
    ],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The case file; the case is added to its end.")],
    fact: FactOption = None,
    by: ByOption = "",
    at: AtOption = "",
    law_as_of: AsOfOption = "",
    name: NameOption = "",
    rulebook: RulebookOption = None,
) -> None:
    """Begin a case from its facts: it expects what the rulebook says now, for you to read against the law."""
    check_case_path(file)
    usable = usable_for_case(str(file), rulebook)
    check_action(action, usable.opened)
    check_role(by, usable.opened)
    begun = with_changes(replace(NO_CASE, ask=Ask("decide", action)), fact or [], by, at, law_as_of)
    read = read_chosen(Chosen((begun,), usable.opened), [begun])
    read.end()
    ((_, facts),) = read.cases
    decision = decide_case(usable.rulebook, begun, facts)
    show(decision_text(decision, usable.opened.names, where=usable.opened.location.told, columns=text_columns()))
    keep_case(file, name, begun, decision, usable)


def fact_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="`term.attribute`; the term is declared.")],
    type_: Annotated[str, typer.Option("--type", help="yes/no, one of, count, date, duration, list of TERM, …")],
    question: Annotated[str, typer.Option("--question", help="The question to a person.")] = "",
    label: Annotated[str, typer.Option("--label", help="What it is called; without it, its name.")] = "",
    values: Annotated[str, typer.Option("--values", help="Of `one of`: its values, parted by commas.")] = "",
    unit: Annotated[str, typer.Option("--unit", help="Of a duration or of money.")] = "",
    found_by: Annotated[str, typer.Option("--found-by", help="The role whose judgement it is.")] = "",
    optional: Annotated[bool, typer.Option("--optional", help="There may be none.")] = False,
    parameter: Annotated[bool, typer.Option("--parameter", help="It says how the act is done.")] = False,
    law: Annotated[str, typer.Option("--law", help="Whose vocabulary it goes into; else the one with the term.")] = "",
    rulebook: RulebookOption = None,
) -> None:
    """Declare a fact in the vocabulary, below the other attributes of its term."""
    location, folder = own_folder_or_stop(rulebook)
    opened = open_located(location)
    errors = [d for d in opened.source.diagnostics if d.severity is Severity.ERROR]
    if errors:
        end_with(errors, opened)
    listed = f"[{', '.join(value.strip() for value in values.split(','))}]" if values else ""
    given = {"type": type_, "values": listed, "unit": unit, "question": question, "label": label, "found_by": found_by}
    flags = {"optional": optional, "parameter": parameter}
    keys = {key: value for key, value in given.items() if value} | {key: "yes" for key, on in flags.items() if on}
    try:
        declared = declare_fact(opened.source, name, keys, law)
    except DeclaringError as error:
        complain(str(error), error.help)
        raise typer.Exit(Exit.FINDINGS) from error
    (folder / declared.file).write_text(declared.text, encoding="utf-8", newline="\n")
    write(f"{opened.shown_files.get(declared.file, declared.file)}:{declared.line}\n")


def _file_of(folder: Path, number: str) -> Path | None:
    """The file that already holds the article (a file may hold several)."""
    wanted = re.compile(rf"^article:\s*['\"]?{re.escape(number)}['\"]?\s*$", re.MULTILINE)
    for path in sorted(folder.rglob("*.yaml")):
        if wanted.search(path.read_text(encoding="utf-8", errors="replace")):
            return path
    return None


def _padded(number: str) -> str:
    number = number.removeprefix("addenda-").replace("/", "-")
    head, dash, tail = number.partition("-")
    return f"{head.zfill(3)}{dash}{tail}"


def _neighbours(document: StatuteDocument, article: str, source: Source) -> str:
    """The folder within the law in which the nearest article of the same division stands; empty where none does."""
    division = next((one for one in reversed(document.divisions) if article in one.articles), None)
    if division is None:
        return ""
    files = {f"{one.law}/{one.number}": one.span.file for one in source.articles}
    order = {name: place for place, name in enumerate(division.articles)}
    held = [name for name in division.articles if name in files]
    # Of two that are as near the one before: what follows a rule mostly goes on with it.
    nearest = min(held, key=lambda name: (abs(order[name] - order[article]), order[name]), default="")
    return files[nearest].partition("/")[2].rpartition("/")[0] if nearest else ""


def _chapter_of(document: StatuteDocument, article: str) -> str:
    if "/addenda-" in article:
        return "addenda"
    division = next((one for one in reversed(document.divisions) if article in one.articles), None)
    return _slug(division.title) if division is not None else "general"


def _slug(title: str) -> str:
    words = re.sub(r"[^a-z0-9]+", " ", title.lower()).split()
    return "-".join(words[:6]) or "article"
