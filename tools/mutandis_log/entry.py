"""One entry of the log, and the hash that binds it to the one before.

What an entry says of a case is kept in leaves: each fact, each part of the answer. The entry's hash is over the hashes
of its leaves, and each leaf is hashed with salt of its own. So a leaf can be taken out, salt and all: its hash stays,
the chain holds, and nobody can try out what stood there.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any, Final, Literal

from mutandis import __version__
from mutandis.dataclass import dataclass
from mutandis.decide.json_text import as_json
from mutandis.decide.record import FORM, DecisionRecord
from mutandis.decide.result import Decision
from mutandis.diagnostics import MutandisError

Kind = Literal["decision", "assessment", "redaction", "pruning"]
BEGINNING: Final = "0" * 64
"""What the first entry has for the hash of the one before it."""
FACT, ANSWER = "facts.", "answer."
"""Before the name of a fact, and of a part of the answer, in the name of its leaf."""
_SALT = 16


class UnreadableEntryError(MutandisError):
    """A row of the log is no entry; `seq` is its number, `hash` what stands there for its hash."""

    def __init__(self, seq: int, hash_: str) -> None:
        super().__init__(f"entry {seq} of the log cannot be read: it was not written by this program, or altered")
        self.seq = seq
        self.hash = hash_


@dataclass(frozen=True, slots=True)
class Seal:
    """How entries are hashed: SHA-256, or with a key HMAC of it, which only who has the key can make anew."""

    key: bytes = b""

    @classmethod
    def of_file(cls, path: str) -> Seal:
        """The seal whose key is in a file; without one, the plain hash. Raises `MutandisError` for no key."""
        if not path:
            return cls()
        key = Path(path).read_bytes().strip()
        if len(key) < 32:
            raise MutandisError(f"the key in `{path}` is shorter than 32 bytes: make one with `openssl rand -hex 32`")
        return cls(key)

    def digest(self, data: bytes) -> str:
        """The seal on these bytes, in hexadecimal digits."""
        if self.key:
            return hmac.new(self.key, data, hashlib.sha256).hexdigest()
        return hashlib.sha256(data).hexdigest()


def canonical(value: object) -> str:
    """JSON that is the same text for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Leaf:
    """One thing an entry says: JSON text with its salt, or where it was taken out only its hash."""

    hash: str
    salt: str = ""
    text: str | None = None

    @classmethod
    def of(cls, salt: str, text: str) -> Leaf:
        """The leaf of a text."""
        return cls(hashlib.sha256(f"{salt}:{text}".encode()).hexdigest(), salt, text)

    def taken_out(self) -> Leaf:
        """The leaf without what it says."""
        return Leaf(self.hash)


def write_leaves(leaves: Mapping[str, Leaf]) -> str:
    """The leaves as the database has them."""
    told = {name: [leaf.hash] if leaf.text is None else [leaf.salt, leaf.text] for name, leaf in leaves.items()}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def read_leaves(written: str) -> dict[str, Leaf]:
    """The leaves from what the database has."""
    told: dict[str, list[str]] = json.loads(written)
    return {name: _leaf_of(one) for name, one in told.items()}


def _leaf_of(told: list[str]) -> Leaf:
    if not isinstance(told, list) or not all(isinstance(text, str) for text in told):
        raise TypeError("a leaf is a list of texts")
    if len(told) == 1:
        return Leaf(told[0])
    salt, text = told
    return Leaf.of(salt, text)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be put on record. `question` and what `says` has are JSON: `says` by names of leaves, as text."""

    kind: Kind
    asker: str
    question: Mapping[str, Any]
    says: Mapping[str, str]
    key: str = ""

    @classmethod
    def of_decision(
        cls,
        decision: Decision,
        facts: Mapping[str, object],
        question: Mapping[str, Any],
        *,
        asker: str = "",
        key: str = "",
    ) -> Draft:
        """A decision about one action. `facts` as a case file writes them; `question` has action, dates and bearer."""
        says = {f"{FACT}{name}": canonical(value) for name, value in facts.items()}
        says |= {f"{ANSWER}{name}": as_json(getattr(decision, name)) for name in Decision.__dataclass_fields__}
        return cls("decision", asker, {**question, **_by_what(decision.content_hash)}, says, key)

    @classmethod
    def of_assessment(
        cls,
        decisions: Iterable[Decision],
        content_hash: str,
        facts: Mapping[str, object],
        question: Mapping[str, Any],
        *,
        asker: str = "",
        key: str = "",
    ) -> Draft:
        """The decisions about every action that the law speaks to."""
        found = tuple(decisions)
        says = {f"{FACT}{name}": canonical(value) for name, value in facts.items()}
        says[f"{ANSWER}decisions"] = as_json(found)
        says[f"{ANSWER}verdicts"] = canonical({one.action: one.verdict.value for one in found})
        return cls("assessment", asker, {**question, **_by_what(content_hash)}, says, key)


def _by_what(content_hash: str) -> dict[str, str]:
    return {"rulebook": content_hash, "program": __version__}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log. `recorded_at` is the time of the log's own clock, in UTC. `is_pruned`: only its place in
    the chain is left. `is_earlier`: it was there before, under the same idempotency key. `is_told_alike`: the
    columns of the table say what it says and nothing else."""

    seq: int
    kind: str
    recorded_at: str
    asker: str
    question: Mapping[str, Any]
    key: str
    leaves: Mapping[str, Leaf]
    previous: str
    hash: str
    is_pruned: bool = False
    is_earlier: bool = field(default=False, compare=False)
    is_told_alike: bool = field(default=True, compare=False)

    @classmethod
    def of(cls, draft: Draft, seq: int, recorded_at: str, previous: str, seal: Seal) -> Entry:
        """The draft at its place in the chain."""
        salts = os.urandom(_SALT * len(draft.says)).hex()
        width = 2 * _SALT
        leaves = {
            name: Leaf.of(salts[k * width : (k + 1) * width], text) for k, (name, text) in enumerate(draft.says.items())
        }
        entry = cls(seq, draft.kind, recorded_at, draft.asker, draft.question, draft.key, leaves, previous, "")
        return replace(entry, hash=entry.digest(seal))

    def digest(self, seal: Seal) -> str:
        """The hash over everything the entry says, and over the hash of the one before."""
        head = {
            "seq": self.seq,
            "kind": self.kind,
            "recorded_at": self.recorded_at,
            "asker": self.asker,
            "question": self.question,
            "key": self.key,
            "leaves": {name: leaf.hash for name, leaf in self.leaves.items()},
            "previous": self.previous,
        }
        return seal.digest(canonical(head).encode())

    @property
    def receipt(self) -> str:
        """What whoever asked can keep: the entry's number and its hash."""
        return f"{self.seq}:{self.hash}"

    @property
    def redacted(self) -> tuple[str, ...]:
        """The names of the leaves that were taken out."""
        return tuple(name for name, leaf in self.leaves.items() if leaf.text is None)

    def value_of(self, text: str) -> Any:
        """What a leaf says, in JSON's own types. Raises `UnreadableEntryError` where it was altered and says none."""
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raise UnreadableEntryError(self.seq, self.hash) from None

    def said(self, prefix: str) -> dict[str, str]:
        """What the leaves of a prefix say, those that are left, as JSON text by the rest of their names."""
        return {
            name[len(prefix) :]: leaf.text
            for name, leaf in self.leaves.items()
            if name.startswith(prefix) and leaf.text is not None
        }

    @property
    def facts(self) -> dict[str, Any]:
        """The facts of the case that are left."""
        return {name: self.value_of(text) for name, text in self.said(FACT).items()}

    @property
    def answer(self) -> str:
        """The answer as JSON text: where nothing was taken out, byte for byte what was told."""
        said = self.said(ANSWER)
        if self.kind == "assessment":
            return said.get("decisions", "[]")
        return "{" + ",".join(f'"{name}":{text}' for name, text in said.items()) + "}"

    @property
    def verdict(self) -> str:
        """The verdict of a decision; empty for what is none, and where it was pruned."""
        leaf = self.leaves.get(f"{ANSWER}verdict")
        return str(self.value_of(leaf.text)) if leaf is not None and leaf.text is not None else ""

    def record(self) -> DecisionRecord:
        """The decision on record, as the engine decides it again. Raises `MutandisError` where something is gone."""
        if self.kind != "decision" or self.is_pruned or self.redacted:
            raise MutandisError(f"entry {self.seq} is no whole decision")
        asked = self.question
        data = {name: asked.get(name) for name in _OF_RECORD}
        said = {"facts": self.facts, "answer": self.value_of(self.answer)}
        return DecisionRecord.of_data({"record": FORM, **data, **said})


_OF_RECORD: Final = ("action", "by", "at", "law_as_of", "holidays", "rulebook", "program")
