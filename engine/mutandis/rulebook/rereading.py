"""Reading a rulebook again and again while it is edited: a file whose text is what it was is not read twice.

What a file is read as depends on its text alone; what its articles and their conditions are, on the vocabulary files
too. So what is kept is told by these texts, and the result is the same as of a first reading.
"""

from __future__ import annotations

from collections.abc import Mapping

from mutandis.rulebook.article_file import ArticleFile, read_article_file
from mutandis.rulebook.case_file import CasesRead, cases_of
from mutandis.rulebook.yaml_source import LIMIT_OF_BYTES, YamlFile, read_yaml
from mutandis.vocabulary import Vocabulary


class Rereading:
    """What each file was read as when it was last read, by its name."""

    __slots__ = ("_articles", "_cases", "_declared", "_yaml")

    def __init__(self) -> None:
        self._yaml: dict[str, tuple[bytes | str, YamlFile]] = {}
        self._articles: dict[str, tuple[YamlFile, ArticleFile]] = {}
        self._cases: dict[str, tuple[YamlFile, CasesRead]] = {}
        self._declared: Mapping[str, str] | None = None

    def yaml(self, data: bytes | str, name: str) -> YamlFile:
        """The documents of the file."""
        content = content_of(data)
        known = self._yaml.get(name)
        if known is not None and known[0] == content:
            return known[1]
        read = read_yaml(content, name)
        self._yaml[name] = (content, read)
        return read

    def declare(self, texts: Mapping[str, str]) -> None:
        """Take the texts of the vocabulary files, by name: articles read against others are read anew."""
        if self._declared != texts:
            self._declared = dict(texts)
            self._articles.clear()

    def articles(self, yaml_file: YamlFile, name: str, law: str, vocabulary: Vocabulary) -> ArticleFile:
        """The articles of the file, read against the vocabulary of the texts last declared."""
        known = self._articles.get(name)
        if known is not None and known[0] is yaml_file:
            return known[1]
        read = read_article_file(yaml_file, name, law, vocabulary)
        self._articles[name] = (yaml_file, read)
        return read

    def cases(self, data: bytes | str, name: str) -> CasesRead:
        """The cases of the file."""
        yaml_file = self.yaml(data, name)
        known = self._cases.get(name)
        if known is not None and known[0] is yaml_file:
            return known[1]
        read = cases_of(yaml_file, name)
        self._cases[name] = (yaml_file, read)
        return read


def content_of(data: bytes | str) -> bytes | str:
    """The text of bytes that are one, so that a file on the disk and the same in an editor are told to be equal."""
    if isinstance(data, str) or len(data) > LIMIT_OF_BYTES:
        return data
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return data
