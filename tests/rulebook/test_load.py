"""Loading a folder: which files, in what order, what the hash covers, and where reading stops."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest
from tests.rulebook.texts import LAW, VOCABULARY, faults
from tests.shipped import shipped_source

from mutandis.rulebook.load import is_rulebook_file, load_source, load_text

RULES = "law: act\narticle: {n}\ntitle: Visits\nrules:\n  - at: main\n    summary: A.\n    may: suspend visit\n"
FILES = {
    "vocabulary.yaml": "terms: {minister: {role: yes}}\n",
    "act/law.yaml": LAW,
    "act/vocabulary.yaml": VOCABULARY,
    "act/visits/010.yaml": RULES.format(n=10),
    "act/visits/009.yaml": RULES.format(n=9),
    "act/009-2.yaml": RULES.format(n="9-2"),
    "act/addenda/1.yaml": RULES.format(n="addenda-14281/2"),
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_articles_come_in_the_order_of_the_law() -> None:
    assert [a.number for a in load_text(FILES).articles] == ["9", "9-2", "10", "addenda-14281/2"]


def test_a_folder_and_its_texts_load_alike(tmp_path: Path) -> None:
    assert load_source(write(tmp_path, FILES)) == load_text(FILES)


def test_a_rulebook_in_an_archive_loads_like_its_folder(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "book.zip", "w") as archive:
        for name, text in FILES.items():
            archive.writestr(f"rulebook/{name}", text)
    with zipfile.ZipFile(tmp_path / "book.zip") as archive:
        assert load_source(zipfile.Path(archive, "rulebook/")) == load_text(FILES)


def test_the_order_of_files_changes_nothing() -> None:
    names = list(FILES)
    for seed in range(5):
        random.Random(seed).shuffle(names)
        assert load_text({name: FILES[name] for name in names}) == load_text(FILES)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("vocabulary.yaml", True),
        ("act/law.yaml", True),
        ("act/visits/deeper/010.yml", True),
        ("act/cases/010.yaml", False),
        ("act/text.lock", False),
        ("README.yaml", False),
        ("act/.hidden.yaml", False),
        (".git/act/010.yaml", False),
    ],
)
def test_which_files_are_a_part_of_the_rulebook(name: str, part: bool) -> None:
    assert is_rulebook_file(name) is part


def test_the_hash_covers_names_and_texts_but_not_line_ends_or_cases() -> None:
    one = load_text(FILES).content_hash
    assert load_text({**FILES, "act/cases/1.yaml": "case: x\n"}).content_hash == one
    assert load_text({name: text.replace("\n", "\r\n") for name, text in FILES.items()}).content_hash == one
    assert load_text({**FILES, "act/law.yaml": LAW + "# remark\n"}).content_hash != one
    moved = {name.replace("visits/", ""): text for name, text in FILES.items()}
    assert load_text(moved).content_hash != one


def test_the_hash_tells_where_one_text_ends_and_the_next_begins() -> None:
    assert load_text({"act/a.yaml": "#b", "act/c.yaml": ""}).content_hash != (
        load_text({"act/a.yaml": "", "act/c.yaml": "#b"}).content_hash
    )


def test_a_missing_folder_is_a_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_source(tmp_path / "nowhere")


def test_an_empty_folder_is_an_empty_rulebook(tmp_path: Path) -> None:
    source = load_source(tmp_path)
    assert (source.laws, source.articles, source.diagnostics) == ({}, (), ())


def test_a_folder_of_rules_without_a_law_file_is_told_once() -> None:
    files = {name: text for name, text in FILES.items() if name != "act/law.yaml"}
    assert faults(load_text(files)) == [("missing-key", "1:1")]


def test_a_link_out_of_the_rulebook_is_not_followed(tmp_path: Path) -> None:
    root = write(tmp_path / "root", FILES)
    outside = write(tmp_path / "outside", {"secret.yaml": RULES.format(n=99)})
    (root / "act" / "099.yaml").symlink_to(outside / "secret.yaml")
    (root / "act" / "round").symlink_to(root / "act")
    (root / "act" / "098.yaml").symlink_to(root / "act" / "009-2.yaml")
    source = load_source(root)
    shown = [(d.slug, d.span.file) for d in source.diagnostics if d.slug == "link-out-of-rulebook"]
    assert shown == [("link-out-of-rulebook", "act/099.yaml"), ("link-out-of-rulebook", "act/round")]
    assert "act/098.yaml" in source.files and "act/099.yaml" not in source.files


def test_a_file_that_does_not_read_leaves_the_others_as_they_are() -> None:
    source = load_text({**FILES, "act/011.yaml": "law: act\narticle: *x\n"})
    assert faults(source) == [("anchor-or-alias", "2:10")]
    assert [a.number for a in source.articles] == ["9", "9-2", "10", "addenda-14281/2"]


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("act/law.yaml", f'" ":\n{LAW}', "1:1"),
        ("act/vocabulary.yaml", f'"  ":\n{VOCABULARY}', "1:1"),
        ("act/001.yaml", '" ":\nlaw: act\narticle: 1\ntitle: Visits\nrules: []\n', "1:1"),
        (
            "act/001.yaml",
            'law: act\narticle: 1\ntitle: Visits\nrules:\n  - {" ": , at: (1), summary: A., note: N.}\n',
            "5:6",
        ),
    ],
)
def test_a_first_key_of_blanks_is_a_key_that_there_is_not(name: str, text: str, place: str) -> None:
    source = load_text({"act/law.yaml": LAW, "act/vocabulary.yaml": VOCABULARY, name: text})
    (told,) = [one for one in source.diagnostics if one.slug == "unknown-key"]
    assert f"{told.span.line}:{told.span.column}" == place
    assert "has no key ``" in told.message


def test_one_article_under_two_headings_is_refused() -> None:
    source = load_text({**FILES, "act/x.yaml": RULES.format(n=10)})
    (fault,) = [d for d in source.diagnostics if d.severity == "error"]
    assert (fault.slug, fault.span.file, fault.labels[0].span.file) == (
        "two-in-one-place",
        "act/x.yaml",
        "act/visits/010.yaml",
    )


def test_the_rulebook_that_ships_loads_without_a_diagnostic() -> None:
    source = shipped_source()
    assert [str(d) for d in source.diagnostics] == []
    assert set(source.laws) == {"act", "civil-act", "juvenile-decree", "probation-decree"}
    # The place stands before the name that a rule is given; it is not written into it again.
    assert not [rule.id for article in source.articles for rule in article.rules if rule.id.count("#") != 1]
