#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Turns PolNeAR's automatic entity tags into what `onrecord-train entities --silver` reads.

usage: silver.py ARTICLES.jsonl.gz TOKENS.tsv.gz > SILVER.jsonl

The tags are CoreNLP's, token by token. A single word is a person wherever its article has it as a person's last
word: "Trump" is no organisation beside "Donald Trump"."""
import gzip
import json
import sys

TYPES = {"PERSON": "person", "ORGANIZATION": "org", "LOCATION": "place", "MISC": "misc"}


def read_entities(path):
    """Of each article, by id: entities as runs of tokens of one tag within a sentence."""
    found, entities, last = {}, None, None
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if line.startswith("# article "):
                entities = found.setdefault(line[len("# article "):].rstrip("\n"), [])
            if entities is None or len(fields) < 6 or not fields[1].isdigit():
                last = None
                continue
            kind = TYPES.get(fields[5])
            if kind and last and last["type"] == kind:
                last["end"] = int(fields[2])
                continue
            last = {"begin": int(fields[1]), "end": int(fields[2]), "type": kind} if kind else None
            if last:
                entities.append(last)
    return found


def mend(body, entities):
    words = [body[e["begin"]:e["end"]].split() for e in entities]
    surnames = {w[-1] for e, w in zip(entities, words) if e["type"] == "person" and len(w) > 1}
    for entity, word in zip(entities, words):
        if len(word) == 1 and word[0] in surnames:
            entity["type"] = "person"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    found = read_entities(sys.argv[2])
    with gzip.open(sys.argv[1], "rt", encoding="utf8") as lines:
        for line in lines:
            article = json.loads(line)
            entities = found.get(article["id"], [])
            mend(article["body"], entities)
            print(json.dumps({"id": article["id"], "title": article["title"], "body": article["body"],
                              "entities": entities}))


if __name__ == "__main__":
    main()
