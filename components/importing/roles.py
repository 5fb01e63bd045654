"""What a column of any table is about: by its name in English, French, Arabic, Spanish or Turkish, or by its HXL tag."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from components.catalog.names import fold
from components.importing.limits import RefusedError
from components.importing.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Role:
    """What a column may be taken for; its key is the column of Laydown's incidents that it fills."""

    key: str
    taken_for: str
    words: str
    """Names of such columns, with | between."""
    tags: str = ""
    """HXL: a regular expression of tags, blanks taken out."""
    several: bool = False
    """Whether several columns may have this role."""

    @property
    def label(self) -> str:
        """What it is called where people choose it."""
        return LABELS[self.key]


ROLES: Final = (
    Role("id", "id", "id|event id|identifier|uid|identifiant|identificador|kimlik|olay no|معرف|المعرف|رقم الحدث",
         r"#(id|event|meta|activity)(\+id|\+code)|#id"),
    Role("start", "start", "date|start|start date|event date|date start|begin|from|day|when|time|datum|date debut|debut|jour"
         "|fecha|fecha inicio|fecha de inicio|inicio|tarih|baslangic|baslangic tarihi|olay tarihi|تاريخ|التاريخ|تاريخ الحدث"
         "|تاريخ البداية|اليوم", r"#date(?!.*\+(end|reported|published)).*"),
    Role("end", "end", "end|end date|date end|until|to|date fin|fin|fecha fin|fecha de fin|bitis|bitis tarihi"
         "|تاريخ النهاية|النهاية", r"#date.*\+end"),
    Role("title", "title", "title|name|headline|event|incident|titre|nom|evenement|incident|titulo|nombre|evento|incidente"
         "|baslik|ad|isim|olay|عنوان|العنوان|اسم|الاسم|الحدث|حدث", r"#event\+(name|title)|#meta\+title"),
    Role("summary", "summary", "summary|description|notes|note|details|comment|desc|cmt|event description|narrative"
         "|resume|remarques|commentaire|descripcion|resumen|notas|detalles|aciklama|ozet|notlar|detay"
         "|وصف|الوصف|ملخص|ملاحظات|التفاصيل", r"#description|#event\+(description|summary)"),
    Role("kind", "kind", "kind|type|category|event type|incident type|categorie|genre|type d evenement|tipo|categoria"
         "|tipo de evento|tur|kategori|olay turu|نوع|النوع|الفئة|نوع الحدث|sym", r"#event(\+type|\+category)?$"),
    Role("lat", "lat", "lat|latitude|y|latitud|enlem|خط العرض|العرض|geo lat", r"#(geo|loc)\+lat.*|#lat"),
    Role("lon", "lon", "lon|lng|long|longitude|x|longitud|boylam|خط الطول|الطول|geo lon", r"#(geo|loc)\+lon.*|#lon|#long"),
    Role("point", "lat and lon", "coordinates|coords|coordinate|lat lon|latlon|lat long|gps|geolocation|wkt|geom|geometry|point"
         "|coordonnees|coordenadas|koordinat|koordinatlar|احداثيات|الاحداثيات", r"#geo(\+coords?|\+point)?$"),
    Role("place", "place", "place|location|town|city|village|locality|site|lieu|localite|ville|lugar|localidad|ciudad|ubicacion"
         "|yer|konum|sehir|مكان|المكان|الموقع|موقع|المدينة|البلدة|القرية", r"#loc(\+name)?$"),
    Role("admin1", "place", "admin1|admin 1|adm1|adm 1|province|governorate|state|region|oblast|departement|gouvernorat"
         "|provincia|departamento|estado|il|vilayet|المحافظة|محافظة|الولاية", r"#adm1(\+name)?$"),
    Role("country", "country", "country|country name|pays|pais|ulke|الدولة|دولة|البلد|بلد", r"#country(\+name)?$"),
    Role("forces", "forces", "force|forces|actor|actors|actor 1|actor 2|actor1|actor2|side|side a|side b|party|parties"
         "|perpetrator|group|armed group|attacker|faction|belligerent|acteur|acteurs|auteur|groupe|grupo|autor|perpetrador"
         "|grupo armado|aktor|fail|grup|taraf|silahli grup|الفاعل|الجهة|الطرف|المجموعة|الجهة الفاعلة|الفصيل|القوات",
         r"#(actor|group|org)(\+(name|perp|armed|1|2|a|b))*$", several=True),
    Role("killed", "killed", "killed|deaths|fatalities|dead|number killed|tues|morts|deces|muertos|fallecidos|olu|olen"
         "|القتلى|قتلى|الوفيات|عدد القتلى", r"#(affected|impact|casualties).*\+(killed|deaths|dead).*", several=True),
    Role("wounded", "wounded", "wounded|injured|injuries|blesses|heridos|yarali|الجرحى|جرحى|المصابين|عدد الجرحى",
         r"#(affected|impact|casualties).*\+(injured|wounded).*", several=True),
    Role("sources", "sources", "source|sources|publisher|outlet|reported by|fuente|fuentes|kaynak|kaynaklar"
         "|المصدر|مصدر|المصادر|مصادر", r"#(meta\+)?source(\+name)?$"),
    Role("url", "sources, by address", "url|link|links|source url|source link|web|lien|liens|enlace|enlaces|baglanti"
         "|رابط|الرابط|الروابط", r"#meta\+(url|link)|#(meta\+)?source\+(url|link)", several=True),
    Role("precision", "precision", "precision|exactitud|hassasiyet|الدقة"),
    Role("confidence", "confidence", "confidence|certainty|confiance|confianza|guven|الثقة|درجة الثقة"),
)  # fmt: skip
"""In the order in which columns are given out."""
LABELS: Final = {
    "id": "Id",
    "start": "Date",
    "end": "End date",
    "title": "Title",
    "summary": "What happened",
    "kind": "Kind",
    "lat": "Latitude",
    "lon": "Longitude",
    "point": "Latitude and longitude",
    "place": "Place",
    "admin1": "Province",
    "country": "Country",
    "forces": "Force or actor",
    "killed": "Killed",
    "wounded": "Wounded",
    "sources": "Source",
    "url": "Source's address",
    "precision": "Precision of the place",
    "confidence": "Confidence",
}
BY_KEY: Final = {role.key: role for role in ROLES}


Chosen = Mapping[str, str | Sequence[str]]
"""Columns by the key of the role that they have: one, several, or none ("")."""


def roles_of(sheet: Sheet, chosen: Chosen) -> dict[str, list[str]]:
    """Return the columns of each role: as ``chosen`` by role, by their HXL tags, else by their names.

    Raise RefusedError for a role or a column that is not there.
    """
    found: dict[str, list[str]] = {}
    given: set[str] = set()
    at = {fold(name): name for name in sheet.columns} | {name: name for name in sheet.columns}
    for key, columns in chosen.items():
        if key not in BY_KEY:
            raise RefusedError(f"--map {key}={columns}: what may stand before = is {', '.join(BY_KEY)}")
        for column in filter(None, [columns] if isinstance(columns, str) else columns):
            name = at.get(column) or at.get(fold(column))
            if name is None:
                there = ", ".join(sheet.columns)
                raise RefusedError(f"--map {key}={column}: {sheet.file} has no such column, but {there}")
            found.setdefault(key, []).append(name)
            given.add(name)
    for matches in (_by_tag(sheet),) if sheet.tags else (_whole, _within):
        for role in ROLES:
            if role.key in chosen or (role.key in found and not role.several):
                continue
            fitting = [name for name in sheet.columns if name not in given and matches(role, name)]
            for name in fitting if role.several else fitting[:1]:
                found.setdefault(role.key, []).append(name)
                given.add(name)
    return found


class _by_tag:  # noqa: N801 (it is called like the functions beside it)
    def __init__(self, sheet: Sheet) -> None:
        self._tags = sheet.tags

    def __call__(self, role: Role, name: str) -> bool:
        return bool(role.tags and re.fullmatch(role.tags, self._tags.get(name, "")))


@lru_cache(maxsize=64)
def words_of(role: Role) -> frozenset[str]:
    """Return the names of a role's columns, folded."""
    return frozenset(fold(word) for word in role.words.split("|"))


def bare_name(name: str) -> str:
    """Return a column's name, folded, without what stands in brackets.

    >>> bare_name("Latitude (WGS 84)"), bare_name("event_date")
    ('latitude', 'event date')
    """
    return fold(re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", name).replace("_", " ")) or fold(name)


def _whole(role: Role, name: str) -> bool:
    return bare_name(name) in words_of(role)


def _within(role: Role, name: str) -> bool:
    """Say whether a column's name begins or ends with one of a role's: "Date of the event", "Civilians killed"."""
    words = bare_name(name).split()
    for word in words_of(role):
        parts = word.split()
        if len(word) > 3 and len(parts) < len(words) and parts in (words[: len(parts)], words[-len(parts) :]):
            return True
    return False
