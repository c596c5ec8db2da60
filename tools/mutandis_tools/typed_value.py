"""The value of a fact as somebody types it: text, or in brackets what a case file writes in brackets."""

from __future__ import annotations

from mutandis.diagnostics import Diagnostic


def read_typed(name: str, value: str) -> dict[str, object]:
    """The fact `name` with its value. What stands in brackets is read as a case file has it: lists, members, periods.

    A term with its attributes in brackets gives several facts. Raises `ValueError` with what is wrong with them.
    """
    if not value.startswith(("[", "{")):
        return {name: value}
    # Imported here: hardly anybody types brackets.
    from mutandis.rulebook.case_file import read_written_facts
    from mutandis.rulebook.yaml_source import read_yaml

    read = read_yaml(f"{name}: {value}\n", "typed")
    faults: list[Diagnostic] = list(read.diagnostics)
    facts = read_written_facts(read.documents[0], faults)[0] if read.documents and not faults else {}
    if faults:
        raise ValueError(faults[0].message)
    return facts
