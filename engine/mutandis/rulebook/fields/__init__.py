"""One table of the fields of every file a person writes: readers, schemas and the page on files come from it."""

from __future__ import annotations

from typing import Final

from mutandis.rulebook.fields.case import CASE
from mutandis.rulebook.fields.divisions import DIVISIONS
from mutandis.rulebook.fields.law import CALENDAR, LAWS
from mutandis.rulebook.fields.rules import RULES
from mutandis.rulebook.fields.table import Document, schema_of
from mutandis.rulebook.fields.vocabulary import VOCABULARY

DOCUMENTS: Final = {document.kind: document for document in (RULES, VOCABULARY, LAWS, DIVISIONS, CALENDAR, CASE)}
"""The kinds of files a person writes."""

__all__ = ["DOCUMENTS", "Document", "schema_of"]
