"""Rows of an ACLED export, made up."""

_AFTER = """
event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1
actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude
longitude geo_precision source source_scale notes fatalities tags timestamp
"""
_BEFORE = """
data_id iso event_id_cnty event_id_no_cnty event_date year time_precision event_type sub_event_type actor1
assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction region country admin1 admin2 admin3 location latitude
longitude geo_precision source source_scale notes fatalities timestamp iso3
"""
AFTER, BEFORE = tuple(_AFTER.split()), tuple(_BEFORE.split())
"""The columns since 20 March 2023, and before."""

CLASH: dict[str, str] = {
    "event_id_cnty": "SYR100",
    "event_date": "11 February 2026",
    "year": "2026",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Syria (2024-)",
    "assoc_actor_1": "General Security; Police Forces of Syria (2024-)",
    "inter1": "State forces",
    "actor2": "Unidentified Armed Group (Syria)",
    "inter2": "3",
    "country": "Syria",
    "admin1": "Homs",
    "admin2": "Tadmor",
    "location": "Palmyra",
    "latitude": "34.5583",
    "longitude": "38.2733",
    "geo_precision": "1",
    "source": "SOHR; Syria TV; Twitter",
    "source_scale": "Other-National",
    "notes": "On 11 February 2026, forces clashed with gunmen, killing 3.",
    "fatalities": "3",
    "timestamp": "1770940800",
}
PROTEST: dict[str, str] = {
    **CLASH,
    "event_id_cnty": "SYR101",
    "event_date": "2026-02-13",
    "event_type": "Protests",
    "sub_event_type": "Peaceful protest",
    "actor1": "Protesters (Syria)",
    "assoc_actor_1": "",
    "inter1": "6",
    "actor2": "",
    "inter2": "0",
    "fatalities": "0",
    "notes": "=HYPERLINK(1) is how this note begins.",
    "tags": "crowd size=about 200",
}
