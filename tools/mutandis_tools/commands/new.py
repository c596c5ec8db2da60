"""`mutandis new`: begins files of the rulebook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from mutandis.diagnostics import Severity
from mutandis.files import write_whole
from mutandis.rulebook.case_question import Ask
from mutandis.rulebook.load import load_source, load_text
from mutandis.rulebook.lock import read_lock
from mutandis.rulebook.model import Source
from mutandis.suggest import did_you_mean
from mutandis_text.comparison.lock import lock_article, name_of_instrument
from mutandis_text.document import Division, StatuteDocument
from mutandis_tools.amendment.case_stubs import print_case_stubs
from mutandis_tools.amendment.hints import find_article, gather_hints
from mutandis_tools.amendment.skeleton import print_skeleton
from mutandis_tools.casebook.ask import decide_case
from mutandis_tools.commands.common import (
    NO_CASE,
    Chosen,
    NameOption,
    OwnRulebookOption,
    RulebookOption,
    check_action,
    check_case_path,
    check_role,
    complete_action,
    end_with,
    folder_or_stop,
    keep_case,
    own_folder_or_stop,
    read_chosen,
    usable_for_case,
)
from mutandis_tools.commands.decide import AsOfOption, AtOption, ByOption, with_changes
from mutandis_tools.commands.statute_file import exit_if_bad, law_of_folder, open_statute, refuse_other_law
from mutandis_tools.declaring import DeclaringError, declare_fact
from mutandis_tools.location import Location
from mutandis_tools.opening import Opened, fetch_kept, find_faults, open_kept, open_located
from mutandis_tools.report.decision_text import decision_text
from mutandis_tools.report.lines import Piece, line
from mutandis_tools.terminal import Exit, complain, show, stop, text_columns, write

_MOST_TOLD = 6


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Begin a file of the rulebook.")
    group.callback()(_new)
    group.command("article", epilog="Example: mutandis new article act 41 --text act.txt --print")(article_command)
    example = "mutandis new case 'suspend visit' rulebook/act/cases/042-stopped.yaml -f visit.in_progress=yes"
    group.command("case", epilog=f"Example: {example}")(case_command)
    example = "mutandis new fact visit.by_video --type yes/no --question 'Is it a visit by video?'"
    group.command("fact", epilog=f"Example: {example}")(fact_command)
    app.add_typer(group, name="new")


def _new() -> None:
    """Begin a file of the rulebook."""


def article_command(
    law: Annotated[str, typer.Argument(metavar="LAW", help="The law's folder in the rulebook, e.g. act.")],
    number: Annotated[
        str, typer.Argument(metavar="NUMBER", help="The article, e.g. 41 or 5-2 or addenda-8728/4.", show_default=False)
    ],
    text: Annotated[
        Path, typer.Option("--text", metavar="FILE", exists=True, dir_okay=False, help="The official text of the law.")
    ],
    rulebook: OwnRulebookOption = None,
    chapter: Annotated[
        str,
        typer.Option("--chapter", metavar="NAME", help="The folder within the law; by default that of its neighbours."),
    ] = "",
    print_only: Annotated[bool, typer.Option("--print", help="Print it; write no file.")] = False,
) -> None:
    """Begin the rule file of an article, and a file for its cases: every place of the text, to be filled in.

    The text has to be the one that the law's lock holds. What it suggests stands in comments: bearers, limits,
    provisos, references, since when the wording is in force, and the words of the vocabulary that it uses.
    """
    folder = folder_or_stop(rulebook) if print_only else own_folder_or_stop(rulebook)[1]
    document = open_statute(text, law, quiet=True)
    exit_if_bad(document)
    if not (folder / law).is_dir():
        laws = [entry.name for entry in sorted(folder.iterdir()) if (entry / "law.yaml").is_file()]
        otherwise = f"`mutandis text law {text} --out {folder / law / 'law.yaml'}` begins one"
        stop(f"there is no law `{law}` in {folder}", did_you_mean(law, laws, otherwise))
    refuse_other_law(document, law_of_folder(folder, law), folder / law)
    number = _article_of(number, law)
    article = find_article(document, number)
    if article is None:
        stop(f"the text has no Article {number}", f"`mutandis text inventory {text}` lists what it has")
    _refuse_other_wording(document, article.id, text, folder / law / "text.lock", print_only)
    held = None if print_only else _file_of(folder / law, number)
    if held is not None:
        complain(f"{held} already holds Article {number}; nothing was written", "use --print to see the skeleton")
        raise typer.Exit(Exit.FINDINGS)
    source = open_kept(Location(folder, "named")).source
    hints = gather_hints(document, source.vocabulary, article)
    skeleton = print_skeleton(article, hints)
    if print_only:
        write(skeleton)
        return
    about = article.heading or (number if article.is_live else article.status.value)
    name = f"{_padded(number)}-{_slug(about)}.yaml"
    inside = chapter or folder_of(document, article.id, source)
    cases = folder / law / "cases" / name
    path = folder / law / inside / name
    _write(path, skeleton)
    write(f"{path}\n")
    if not cases.exists():
        _write(cases, print_case_stubs(article, hints))
        show([line("cases to write: ", Piece(str(cases), "strong"))], to_errors=True)
    _tell_faults(folder, (path, cases))


def _article_of(given: str, law: str) -> str:
    """The number of the article that somebody names: `Article 9`, `act/9` and `9(2)` are 9."""
    plain = re.sub(r"(?i)^(?:articles?|art\.?)\s*", "", given.strip()).removeprefix(f"{law}/")
    return plain.partition("(")[0].strip()


def _refuse_other_wording(document: StatuteDocument, article: str, text: Path, path: Path, print_only: bool) -> None:
    """End the program where the text of the article is not the one the lock holds, unless by a later instrument.

    What is only printed can do no harm: it is told.
    """
    if not path.is_file():
        return
    held = read_lock(path.read_text(encoding="utf-8"), str(path))
    by_id = held.by_id()
    own = lock_article(document, article)
    others = [p.id for p in own if p.id not in by_id or by_id[p.id].wording != p.wording]
    earlier = [name_of_instrument(one) for one in document.head.instruments[:-1]]
    if not others:
        return
    told = ", ".join(others[:_MOST_TOLD]) + (", …" if len(others) > _MOST_TOLD else "")
    what = f"`{text}` has another wording of {told} than {path} holds"
    if held.instrument in earlier or print_only:
        later = "`mutandis text lock --replace` takes the newer text"
        help = later if held.instrument in earlier else "no file would be written from it"
        show([line(Piece("note: ", "note"), f"{what}; {help}")], to_errors=True)
        return
    complain(
        f"{what}, which is of {held.instrument or 'no instrument'}; no later instrument is in its head",
        f"give the text of that law as it is in force; `mutandis text check {text} --law {document.law}` compares",
    )
    raise typer.Exit(Exit.FINDINGS)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text)


def _tell_faults(folder: Path, paths: tuple[Path, ...]) -> None:
    """Check what was written, at once: end the program with what `check` would say of it."""
    opened = open_located(Location(folder, "named"))
    names = {str(path.relative_to(folder)) for path in paths}
    faults = [d for d in find_faults(opened) if d.span.file in names and d.severity is not Severity.NOTE]
    if faults:
        end_with(faults, opened)


def case_command(
    action: Annotated[
        str, typer.Argument(metavar="ACTION", help="The action that is asked about.", autocompletion=complete_action)
    ],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The case file; the case is added to its end.")],
    fact: Annotated[
        list[str] | None,
        typer.Option("--fact", "-f", metavar="NAME=VALUE", help="A fact of the case. May be repeated."),
    ] = None,
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
    type_: Annotated[
        str, typer.Option("--type", metavar="TYPE", help="yes/no, one of, count, date, duration, list of TERM, …")
    ],
    question: Annotated[str, typer.Option("--question", metavar="SENTENCE", help="The question to a person.")] = "",
    label: Annotated[
        str, typer.Option("--label", metavar="WORDS", help="What it is called; without it, its name.")
    ] = "",
    values: Annotated[
        str, typer.Option("--values", metavar="NAMES", help="Of `one of`: its values, parted by commas.")
    ] = "",
    unit: Annotated[str, typer.Option("--unit", metavar="UNIT", help="Of a duration or of money.")] = "",
    found_by: Annotated[str, typer.Option("--found-by", metavar="ROLE", help="The role whose judgement it is.")] = "",
    optional: Annotated[bool, typer.Option("--optional", help="There may be none.")] = False,
    parameter: Annotated[bool, typer.Option("--parameter", help="It says how the act is done.")] = False,
    law: Annotated[
        str, typer.Option("--law", metavar="LAW", help="Whose vocabulary it goes into; else the one with the term.")
    ] = "",
    rulebook: OwnRulebookOption = None,
) -> None:
    """Declare a fact in the vocabulary, below the other attributes of its term."""
    location, folder = own_folder_or_stop(rulebook)
    kept = fetch_kept(location)
    # Every fact makes it another rulebook: what was kept serves once, and nothing has to be linked.
    source = kept.source if isinstance(kept, Opened) else load_source(folder)
    if any(d.severity is Severity.ERROR for d in source.diagnostics):
        opened = open_kept(location)
        end_with([d for d in opened.source.diagnostics if d.severity is Severity.ERROR], opened)
    listed = f"[{', '.join(value.strip() for value in values.split(','))}]" if values else ""
    given = {"type": type_, "values": listed, "unit": unit, "question": question, "label": label, "found_by": found_by}
    flags = {"optional": optional, "parameter": parameter}
    keys = {key: value for key, value in given.items() if value} | {key: "yes" for key, on in flags.items() if on}
    try:
        declared = declare_fact(_declaring(source.files, name.partition(".")[2] or name), name, keys, law)
    except DeclaringError as error:
        place = error.place
        shown = f"see {Path(location.shown) / place.file}:{place.line}; " if place is not None else ""
        stop(str(error), f"{shown}{error.help}")
    write_whole(folder / declared.file, declared.text)
    write(f"{Path(location.shown) / declared.file}:{declared.line}\n")


def _declaring(files: Mapping[str, str], attribute: str) -> Source:
    """The rulebook as far as it can matter to a new attribute of that name: what declares, and the rules with the word.

    Rules in which the word does not stand read alike with it and without it.
    """
    return load_text({name: text for name, text in files.items() if name.count("/") < 2 or attribute in text})


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


def folder_of(document: StatuteDocument, article: str, source: Source) -> str:
    """The folder within the law for an article's file: that of the nearest article of the same division.

    Where none has a file, it is called after the division. A text without divisions is one; addenda have a folder.
    """
    if "/addenda-" in article:
        return "addenda"
    division = _division(document, article)
    beside = division.articles if division is not None else tuple(one.id for one in document.articles)
    files = {f"{one.law}/{one.number}": one.span.file for one in source.articles}
    order = {name: place for place, name in enumerate(beside)}
    held = [name for name in beside if name in files]
    # Of two that are as near the one before: what follows a rule mostly goes on with it.
    nearest = min(held, key=lambda name: (abs(order[name] - order[article]), order[name]), default="")
    if nearest:
        return files[nearest].partition("/")[2].rpartition("/")[0]
    return _slug(division.title) if division is not None else "general"


def _division(document: StatuteDocument, article: str) -> Division | None:
    """The innermost division the article stands in."""
    return next((one for one in reversed(document.divisions) if article in one.articles), None)


def _slug(title: str) -> str:
    words = re.sub(r"[^a-z0-9]+", " ", title.lower()).split()
    return "-".join(words[:6]) or "article"
