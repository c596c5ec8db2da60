"""The fields of a law's file of divisions."""

from __future__ import annotations

from typing import Final

from mutandis.rulebook.fields.table import ACTION, NAME, TEXT, Document, Field, Table, mapping_to, one_or_more, ref

DIVISION_FILE: Final = Table(
    (
        Field("service", TEXT, "The service that carries the law out.", needed=True),
        Field("source", TEXT, "What the titles and duties are taken from.", needed=True),
        Field("divisions", mapping_to(ref("division"), NAME), "The divisions, by name.", needed=True),
    ),
    "Which division of a service handles which matters, `act/divisions.yaml`: a decision about an action names it. "
    "A law has at most one such file.",
)

DIVISION: Final = Table(
    (
        Field("title", TEXT, "Its title.", needed=True),
        Field("part", TEXT, "The part of the service that it belongs to."),
        Field("duties", TEXT, "What it does, in our words.", needed=True),
        Field("terms", one_or_more(NAME), "The terms whose actions it handles, those on their sub-kinds too."),
        Field("actions", one_or_more(ACTION), "Single actions that it handles, whoever handles their terms."),
    ),
    "A division. An action goes by its own name, or else by the nearest term that is named.",
)

DIVISIONS: Final = Document("divisions", "Divisions", DIVISION_FILE, {"division": DIVISION})
