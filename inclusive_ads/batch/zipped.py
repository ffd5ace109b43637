"""A zip of adverts in, a zip of improved adverts and the list out; all in memory, all bounded."""

from __future__ import annotations

import io
import stat
import zipfile
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from inclusive_ads.batch.improving import LINES, LIST, Improving
from inclusive_ads.batch.items import Item, is_visible, no_adverts, not_read
from inclusive_ads.batch.running import line_of
from inclusive_ads.batch.vacancies import read_vacancies, with_vacancies
from inclusive_ads.checker import Checker
from inclusive_ads.errors import InputError
from inclusive_ads.plain import JsonObject
from inclusive_ads.render.improved_list import improved_list
from inclusive_ads.render.results import to_json_line
from inclusive_ads.text.readers.archive import MOST_UNPACKED, Archive
from inclusive_ads.text.readers.formats import format_named
from inclusive_ads.vacancy import Vacancy

if TYPE_CHECKING:
    from inclusive_ads.evidence.values import Evidence

_ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz")
_LONGEST = 500  # characters of a name, with its folders


class AdvertZip(Archive):
    """A zip of adverts.

    Args:
        data: the file.
        most: the most adverts.

    Raises:
        InputError: broken, protected, too large when unpacked, too many adverts or none, an archive in the archive,
            or a name that leads out of it.
    """

    def __init__(self, data: bytes, *, most: int) -> None:
        self._most = most
        super().__init__(data)
        for entry in self.entries:
            _check_name(entry)
        self._adverts = [
            entry.filename for entry in self.entries if not entry.is_dir() and is_visible(PurePosixPath(entry.filename))
        ]
        if not any(map(format_named, self._adverts)):
            raise no_adverts("the zip")
        if len(self._adverts) > most:
            raise self.too_large()

    def items(self) -> list[Item]:
        """Every file in it, in order of their names; one of a kind that is not read says so."""
        return [
            Item(id=name, error=error) if (error := not_read(name)) else Item(id=name, data=self.read(name))
            for name in sorted(self._adverts)
        ]

    def broken(self) -> InputError:
        """The error for a file that is damaged."""
        return InputError("The file is damaged, or is not a zip.", "Make it anew, in the usual way.", code="zip")

    def too_large(self) -> InputError:
        """The error for a file of too many parts, or too large ones."""
        return InputError(
            "The zip holds more than is read at once.",
            f"Send at most {self._most} adverts and {MOST_UNPACKED // 1_000_000} MB at a time.",
            code="too-long",
        )


def _check_name(entry: zipfile.ZipInfo) -> None:
    """A name must lie in the zip, for whoever unpacks what comes out, on whatever computer."""
    name = entry.filename.removesuffix("/")
    parts = name.split("/")
    link = stat.S_ISLNK(entry.external_attr >> 16)
    if link or len(name) > _LONGEST or not name.isprintable() or set(parts) & {"", ".", ".."} or set(name) & set("\\:"):
        raise InputError(
            "The zip holds a link, or a name that is not plain.",
            "Put the adverts into a folder, and make the zip of that folder.",
            code="unsafe",
        )
    if name.lower().endswith(_ARCHIVES):
        raise InputError("There is an archive in the zip.", "Put the adverts themselves into it.", code="nested")


def improve_zip(
    checker: Checker,
    adverts: bytes,
    *,
    table: bytes | None = None,
    vacancy: Vacancy | None = None,
    evidence: Evidence | None = None,
    most: int = 1000,
) -> bytes:
    """Improve every advert of a zip.

    Args:
        adverts: the zip. An advert in it that cannot be read is listed and stops no other.
        table: a CSV file with what is known about each post, as `read_vacancies` takes it.
        vacancy: what is known about all of them; a row of the table says more than that.
        evidence: the employer's own figures.
        most: the most adverts.

    Returns:
        A zip of the improved adverts, with the list for people (`LIST`) and the list for tools (`LINES`).

    Raises:
        InputError: the zip or the table cannot be used.
    """
    items = AdvertZip(adverts, most=most).items()
    if table is not None:
        items = with_vacancies(items, read_vacancies(io.BytesIO(table), "vacancies", today=checker.settings.today))
    how = Improving(vacancy=vacancy or Vacancy(), evidence=evidence, taken=frozenset(item.id for item in items))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:

        def line(item: Item) -> JsonObject:
            name, data, about = how.advert(checker, item)
            archive.writestr(name, data)
            return about

        lines = [line_of(item, partial(line, item)) for item in items]
        archive.writestr(LINES, "".join(map(to_json_line, lines)))
        archive.writestr(LIST, "".join(improved_list(lambda: lines, lines=LINES)))
    return target.getvalue()
