#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Make places_made.c: formal names of countries, and cities of which there are several.

usage: make_places.py LISTS > places_made.c

LISTS is a folder with
  country-codes.csv   datasets/country-codes; PDDL
  world-cities.csv    GeoNames through datasets/world-cities; CC BY 4.0, https://www.geonames.org
"""
import collections
import csv
import pathlib
import re
import sys
import unicodedata

CHUNK = 3900  # bytes of one string literal; C promises 4,095
# Named as a state or a country is, or as a town that the list is too short for.
MORE = "washington georgia odessa warsaw vienna cairo dublin oxford cambridge plymouth salem springfield jackson lima rome berlin".split()


def words(name):
    """NAME as an id has it: folded words joined by hyphens."""
    s = unicodedata.normalize("NFKD", name.replace("’", "'")).casefold()
    s = "".join(c for c in s if not unicodedata.combining(c)).replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("đ", "d").replace("ı", "i")
    return "-".join(re.findall(r"[a-z0-9]+", s.replace("'", "").replace(".", "")))


def countries(path):
    for row in csv.DictReader(open(path, encoding="utf8")):
        short = words(re.sub(r"\(.*|^the ", "", row["CLDR display name"] or row["UNTERM English Short"], flags=re.I))
        formal = {words(re.sub(r"\(.*?\)|^the ", "", row[c], flags=re.I)) for c in ("UNTERM English Formal", "official_name_en") if row[c].strip()}
        names = sorted(n for n in formal if n != short and len(n) > 3)
        if short and names:
            yield " ".join([short, *names])


def cities(path):
    n = collections.Counter(words(row["name"]) for row in csv.DictReader(open(path, encoding="utf8")))
    n.update({"st-" + name[6:]: k for name, k in n.items() if name.startswith("saint-")})
    n.update(MORE)
    return sorted(name for name, k in n.items() if (k > 1 or name in MORE) and len(name) > 3)


def chunks(items):
    line = ""
    for item in items:
        if len(line) + len(item) > CHUNK:
            yield line
            line = ""
        line += (" " if line else "") + item
    yield line


def literal(text):
    parts = [text[i:i + 110] for i in range(0, len(text), 110)]
    return "\n     ".join(f'"{p}"' for p in parts)


def main():
    lists = pathlib.Path(sys.argv[1])
    print("/* SPDX-License-Identifier: GPL-2.0-or-later */\n/* Made by make_places.py, which names its sources. */\n#include \"identity/tables/tables.h\"\n\n/* clang-format off */")
    print("const char *const onr_countries[] = {")
    for row in sorted(countries(lists / "country-codes.csv")):
        print(f"    {literal(row)},")
    print("    NULL};\n\nconst char *const onr_shared_places[] = {")
    for chunk in chunks(cities(lists / "world-cities.csv")):
        print(f"    {literal(chunk)},")
    print("    NULL};\n/* clang-format on */")


main()
