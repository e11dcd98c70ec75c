"""What may stand in the files of the repository, and what must."""

import hashlib
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Put together here, so that this file itself does not name them.
FOREIGN = ["/wo" + "rk/", "files.python" + "hosted", "pypi.org/" + "simple", "registry.npm" + "js"]
VENDORED = sorted(
    path
    for folder in ("src", "tests")
    for vendor in (ROOT / folder).rglob("vendor")
    for path in vendor.rglob("*")
    if path.is_file() and path.name != "SHA256SUMS"
)


def tracked():
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)  # noqa: S603
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]


def checksums():
    lines = [
        line.split("  ", 1)
        for manifest in [*ROOT.glob("src/**/SHA256SUMS"), *ROOT.glob("tests/**/SHA256SUMS")]
        for line in manifest.read_text(encoding="utf-8").splitlines()
    ]
    return {ROOT / path: checksum for checksum, path in lines}


@pytest.mark.parametrize("word", FOREIGN)
def test_no_file_names_a_machine_or_a_registry(word):
    assert [path for path in tracked() if word.encode() in path.read_bytes()] == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("requirements/*.txt")), ids=lambda p: p.name)
def test_every_package_is_pinned_with_its_checksums(path):
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert lines != []
    assert [li for li in lines if not re.match(r"[\w.\[\],-]+==\S+.*--hash=sha256:", li)] == []


@pytest.mark.parametrize("name", ["build", "base", "dev"])
def test_every_wanted_package_is_locked(name):
    wanted = (ROOT / f"requirements/{name}.in").read_text(encoding="utf-8").splitlines()
    locked = (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8").lower()
    packages = [re.match(r"[\w-]+", line)[0].lower() for line in wanted if line[:1].isalpha()]
    assert [p for p in packages if not re.search(rf"^{p}(\[.*\])?==", locked, re.MULTILINE)] == []


@pytest.mark.parametrize("path", VENDORED, ids=lambda p: p.name)
def test_foreign_files_are_unaltered(path):
    assert checksums().get(path) == hashlib.sha256(path.read_bytes()).hexdigest()


def test_every_checksum_belongs_to_a_file():
    assert [path for path in checksums() if not path.is_file()] == []


def test_every_package_has_a_reason():
    reasons = (ROOT / "docs/adr/0002-abhaengigkeiten.md").read_text(encoding="utf-8").lower()
    named = {word for row in re.findall(r"^\| ([^|]+) \|", reasons, re.MULTILINE)
             for word in re.findall(r"[\w-]+", row)}  # fmt: skip
    wanted = (ROOT / "requirements/base.in").read_text(encoding="utf-8").lower().splitlines()
    packages = {re.match(r"[\w-]+", line)[0] for line in wanted if line[:1].isalpha()}
    assert packages - named == set()
