#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Make common.c, the words that news writes small and that the hand-written lists lack, by counting.

usage: make_common.py CORPUS.jsonl.gz… > common.c

Each CORPUS holds articles as JSON lines with a "body"; the list in the repository was counted over the training
parts of PolNeAR and CoNLL-2003 and over Reuters-21578. Of these texts it keeps nothing but which words occur: those of
three letters and more that stand in small letters in at least MIN_ARTICLES articles, and with a capital inside a sentence
in less than a tenth as many places. Left out: words that the lists beside this script have, with the
verbs' inflections, and words whose ending tells what they are (-ly, -ing, -ed).
"""
import collections
import gzip
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
MIN_ARTICLES = 6
CHUNK = 3900  # bytes of one string literal; C promises 4,095
WORD = re.compile(r"(?<![\w'’@#/.-])[A-Za-z]{3,}(?![\w@/-]|['’.]\w)")


def listed():
    words = set()
    for name in ("words.c", "gazetteer.c", "names.c", "cues.c"):
        for text in re.findall(r'"([^"]*)"', (HERE / name).read_text()):
            words.update(text.split())
    for text in re.findall(r'"([^"]*)"', (HERE / "verbs.c").read_text()):
        for verb in text.split():
            for form in verb.split("/"):
                form = form.rstrip("+*")
                words.update((form, form + "s", form + "es", form.removesuffix("y") + "ies"))
    return words


def count(paths):
    small, capital = collections.Counter(), collections.Counter()
    articles = collections.Counter()
    for path in paths:
        with gzip.open(path, "rt", encoding="utf8") as lines:
            for line in lines:
                body = json.loads(line).get("body") or ""
                seen = set()
                for m in WORD.finditer(body):
                    word = m[0]
                    if word.islower():
                        small[word] += 1
                        seen.add(word)
                    elif word[1:].islower() and re.search(r"[a-z,] $", body[max(0, m.start() - 2):m.start()]):
                        capital[word.lower()] += 1
                articles.update(seen)
    return {w for w, n in articles.items() if n >= MIN_ARTICLES and capital[w] * 10 < small[w]}


def main():
    words = sorted(w for w in count(sys.argv[1:]) - listed() if not w.endswith(("ly", "ing", "ed")))
    print("/* SPDX-License-Identifier: GPL-2.0-or-later */")
    print("/* Made by annotate/tables/make_common.py, which says how; not to be edited by hand. */")
    print('#include "annotate/tables/words.h"\n\nconst OnrWordList onr_common_lists[] = {')
    print(f"    /* words that news writes small: {len(words)} */")
    line, size = "", 0
    print("    {ONR_WORD_SMALL,")
    for word in words:
        if size + len(word) + 1 > CHUNK:
            print(f'     "{line.rstrip()}"}},\n    {{ONR_WORD_SMALL,')
            line, size = "", 0
        elif len(line) + len(word) > 118:
            print(f'     "{line}"')
            line = ""
        line += word + " "
        size += len(word) + 1
    print(f'     "{line.rstrip()}"}},')
    print("};\nconst guint onr_n_common_lists = G_N_ELEMENTS(onr_common_lists);")


main()
