#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Make names.c, the gazetteers that are compiled into annotate/, from open lists.

usage: make_tables.py LISTS > names.c

LISTS is a folder with
  firstnames-us.txt             given names of the US census; public domain
  surnames-us.txt               surnames of the US census; public domain (only to leave cities out that are surnames)
  us-legislators-current.yaml   unitedstates/congress-legislators; CC0 (given names with gender)
  us-executive.yaml             the same project; CC0
  country-codes.csv             datasets/country-codes; PDDL
  world-cities.csv              GeoNames through datasets/world-cities; CC BY 4.0, https://www.geonames.org
  sp500.csv                     datasets/s-and-p-500-companies; PDDL
  corpora/nationalities.json, corpora/newspapers.json, corpora/us_federal_agencies.json
                                dariusk/corpora; CC0
Names are folded (case and accents), a phrase's words joined by '_'. Left out: words that English uses otherwise
(words.c and verbs.c beside this script), names of one or two letters, cities that are also given names or
surnames, and cities of three words and more.
"""
import csv
import json
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
PHRASE_MAX = 5
CHUNK = 3900  # bytes of one string literal; C promises 4,095
COMPANY_TAIL = re.compile(r"(?:,? (?:inc|corp|corporation|co|company|ltd|plc|llc|lp|n\.v|s\.a|ag|the|group|holdings|companies|"
                          r"incorporated|trust|international|& co|\(the\)|\(class [abc]\)|class [abc]))\.?$", re.I)


def fold(name):
    s = unicodedata.normalize("NFKD", name.replace("’", "'")).casefold()
    s = "".join(c for c in s if not unicodedata.combining(c))
    return s.replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("đ", "d").replace("ı", "i").replace("æ", "ae")


def phrase(name):
    """The folded words of NAME joined by '_', or None where tokens would not come out so."""
    s = re.sub(r"\s+", " ", fold(name).strip())
    if not re.fullmatch(r"[a-z0-9&'.\- ]+", s) or s.count(" ") >= PHRASE_MAX or len(s) < 3:
        return None
    if re.search(r"\.( |$)|''|- | -|[ -]$|^[^a-z0-9]", s):
        return None
    return s.replace(" ", "_")


def english():
    """Words that words.c and verbs.c list, with the verbs' plain inflections."""
    words = set()
    for text in re.findall(r'"([^"]*)"', (HERE / "words.c").read_text()):
        words.update(text.split())
    for text in re.findall(r'"([^"]*)"', (HERE / "verbs.c").read_text()):
        for verb in text.split():
            for form in verb.split("/"):
                form = form.rstrip("+*")
                words.update((form, form + "s", form + "ed", form + "ing", form.rstrip("e") + "ing"))
    return words


def genders(lists):
    men, women = set(), set()
    for name in ("us-legislators-current.yaml", "us-executive.yaml"):
        first = None
        for line in (lists / name).read_text(encoding="utf8").splitlines():
            if m := re.match(r"    first: (\S+)$", line):
                first = fold(m[1].strip("'\""))
            elif (m := re.match(r"    gender: ([MF])$", line)) and first and re.fullmatch(r"[a-z]{3,}", first):
                (women if m[1] == "F" else men).add(first)
                first = None
    both = men & women
    return men - both, women - both


def officials(lists):
    """Surnames of those who held federal office: some are cities far away."""
    out = set()
    for name in ("us-legislators-current.yaml", "us-executive.yaml"):
        out.update(fold(m) for m in re.findall(r"^    last: '?\"?([\w'-]+)", (lists / name).read_text(encoding="utf8"), re.M))
    return out


def presidents(lists):
    """Surname to name of the presidents of the United States since 1961, of those whose surname no other president bears."""
    found, blocks = {}, re.split(r"^- id:", (lists / "us-executive.yaml").read_text(encoding="utf8"), flags=re.M)
    for block in blocks:
        if not re.search(r"^  - type: prez$", block, re.M):
            continue
        part = {key: re.search(rf"^    {key}: '?\"?([^'\"\n]+)", block, re.M) for key in ("first", "last", "nickname")}
        name = f"{(part['nickname'] or part['first'])[1]} {part['last'][1]}"
        began = max(re.findall(r"^  - type: prez\n    start: '(\d+)", block, re.M))
        found.setdefault(fold(part["last"][1]), []).append((name, began))
    return {last: names[0][0] for last, names in found.items() if len(names) == 1 and names[0][1] >= "1961" and " " not in last}


def given(lists):
    return {n for n in map(fold, (lists / "firstnames-us.txt").read_text(encoding="utf8").split())
            if re.fullmatch(r"[a-z]{2,}", n)}


def countries(lists):
    names, capitals = set(), set()
    for row in csv.DictReader(open(lists / "country-codes.csv", encoding="utf8")):
        for key in ("CLDR display name", "UNTERM English Short", "official_name_en"):
            short = re.sub(r"\s*\(.*?\)", "", row[key])
            names.add(phrase(re.sub(r"^the ", "", short, flags=re.I)))
        for capital in row["Capital"].split(","):
            capitals.add(phrase(capital))
    return names - {None}, capitals - {None}


def cities(lists, skip):
    names, regions = set(), set()
    for row in csv.DictReader(open(lists / "world-cities.csv", encoding="utf8")):
        city, region = phrase(row["name"]), phrase(row["subcountry"])
        if city and city not in skip and len(city) > 3 and city.count("_") < 2:
            names.add(city)
        if region and region not in skip and len(region) > 3:
            regions.add(region)
    return names, regions


def companies(lists, skip):
    out = set()
    for row in csv.DictReader(open(lists / "sp500.csv", encoding="utf8")):
        name = re.sub(r"\s*\(.*?\)$", "", row["Security"])
        while (shorter := COMPANY_TAIL.sub("", name)) != name:
            name = shorter
        name = phrase(name)
        if name and name not in skip and len(name) > 2:
            out.add(name)
    return out


def corpus(lists, name, key):
    return [x for x in json.load(open(lists / "corpora" / f"{name}.json", encoding="utf8"))[key]]


def rows(classes, comment, words):
    print(f"    /* {comment}: {len(words)} */")
    chunk, size = [], 0
    for word in sorted(words) + [None]:
        if word is None or size + len(word) + 1 > CHUNK:
            print(f"    {{{classes},")
            lines, line = [], ""
            for w in chunk:
                if len(line) + len(w) > 118:
                    lines.append(line)
                    line = ""
                line += w + " "
            lines.append(line.rstrip())
            print("\n".join(f'     "{text}"' for text in lines) + "},")
            chunk, size = [], 0
        if word is not None:
            chunk.append(word)
            size += len(word) + 1


def main():
    lists = pathlib.Path(sys.argv[1])
    words = english()
    men, women = genders(lists)
    names = given(lists)
    lands, capitals = countries(lists)
    surnames = set(map(fold, (lists / "surnames-us.txt").read_text(encoding="utf8").split()))
    skip = words | names | lands | capitals | surnames | officials(lists)
    towns, regions = cities(lists, skip)
    towns -= regions
    firms = companies(lists, skip | towns | regions)
    agencies = {phrase(x.replace("U.S. ", "")) for x in corpus(lists, "us_federal_agencies", "agencies")} - {None} - words
    agencies = {a for a in agencies if "_" in a}
    papers = {phrase(re.sub(r"^The ", "", x)) for x in corpus(lists, "newspapers", "newspapers")} - {None}
    peoples = {phrase(x) for x in corpus(lists, "nationalities", "nationalities")} - {None}
    peoples = {p for p in peoples if "citizen" not in p}
    print("/* SPDX-License-Identifier: GPL-2.0-or-later */")
    print("/* Made by annotate/tables/make_tables.py, which names its sources; not to be edited by hand. City and region names are from\n"
          "   GeoNames (https://www.geonames.org), licensed under CC BY 4.0; the other lists are in the public domain, CC0 or PDDL. */")
    print('#include "annotate/tables/words.h"\n\nconst OnrWordList onr_name_lists[] = {')
    rows("ONR_WORD_GIVEN", "given names", names - words)
    rows("ONR_WORD_GIVEN", "given names that are words besides", {n for n in names & words if len(n) > 2} - {"the", "an", "so", "will", "may", "long"})
    rows("ONR_WORD_GIVEN | ONR_WORD_GIVEN_MALE", "men", men - {"will"})
    rows("ONR_WORD_GIVEN | ONR_WORD_GIVEN_FEMALE", "women", women)
    rows("ONR_WORD_PLACE | ONR_WORD_STATE", "countries", lands)
    rows("ONR_WORD_PLACE", "capitals", capitals - words - {"male"})
    rows("ONR_WORD_PLACE", "regions", regions)
    rows("ONR_WORD_PLACE", "cities", towns)
    rows("ONR_WORD_ORG", "companies", firms)
    rows("ONR_WORD_ORG", "agencies", agencies)
    rows("ONR_WORD_ORG", "newspapers", {p for p in papers if "_" in p})
    rows("ONR_WORD_DEMONYM", "nationalities", peoples)
    print("};\nconst guint onr_n_name_lists = G_N_ELEMENTS(onr_name_lists);")
    print("\nconst OnrKnownName onr_presidents[] = {")
    for last, name in sorted(presidents(lists).items()):
        print(f'    {{"{last}", "{name}"}},')
    print("    {NULL, NULL}};")


main()
