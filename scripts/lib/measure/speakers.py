# SPDX-License-Identifier: GPL-2.0-or-later
"""Who really speaks, pronouns, surnames and roles resolved: in 30 articles of PolNeAR's dev set, and in 112 of its train set
that a model of the other 728 has found the quotes of."""
import json
import os
import shutil
import sys

import common


def held_out(labels):
    """The articles with labels, the file of the others, and a file of labels as the scorer wants them."""
    names = {}
    for line in open(labels, encoding="utf8"):
        if not line.startswith("#"):
            article, number, kind, name = line.rstrip("\n").split("\t")
            names.setdefault(article, []).append((int(number), kind, name or None))
    paths = [os.path.join(common.WORK, f"speakers-train.{part}.jsonl") for part in ("read", "others", "labels")]
    with open(paths[0], "w") as read, open(paths[1], "w") as others, open(paths[2], "w") as scored:
        for article in common.articles(common.shared("data/polnear/train.jsonl.gz")):
            speakers = names.get(article["id"])
            (read if speakers else others).write(json.dumps(article) + "\n")
            if not speakers:
                continue
            sources = [" ".join(article["body"][b:e] for b, e in a["source"]) for a in article["attributions"]]
            scored.write(json.dumps({"id": article["id"], "speakers": [
                {"i": i, "type": kind, "name": name, "mention": sources[i]} for i, kind, name in speakers]}) + "\n")
    return paths


def trained_on(articles, fresh):
    """The folder of models of which the one of attribution is of these articles, kept for the next time."""
    folder = os.path.join(common.WORK, "speakers-train.models")
    model = os.path.join(folder, "attribution.model")
    names = os.path.join(common.ROOT, "models", "entities.model")
    os.makedirs(folder, exist_ok=True)
    if (fresh or not os.path.exists(model)
            or os.path.getmtime(model) < max(os.path.getmtime(common.TRAINER), os.path.getmtime(names))):
        shutil.copy(names, folder)
        common.run([common.TRAINER, "attribution", "-d", articles, "-o", model + ".part"])
        os.rename(model + ".part", model)
    return folder


def print_calibration(gold, labels, found):
    """Of the quotes that match an attribution, by the speaker's confidence: how many have the right speaker, or rightly none."""
    sys.path.insert(0, common.shared("eval"))
    import quotes_eval
    import speakers_eval
    bodies = {a["id"]: a for a in common.articles(gold)}
    quotes = {a["id"]: a for a in common.articles(found)}
    bins = {}
    for article in common.articles(labels):
        body = bodies[article["id"]]["body"]
        tokens = quotes_eval.tokens(body)
        shifted = quotes_eval.shift(quotes[article["id"]]["text"], body, quotes[article["id"]]["quotes"])
        covers = [(quotes_eval.covered(tokens, q["content"]), q) for q in shifted]
        for who in article["speakers"]:
            content = quotes_eval.covered(tokens, bodies[article["id"]]["attributions"][who["i"]]["content"])
            cover, quote = max(covers, key=lambda c: len(c[0] & content), default=(frozenset(), None))
            shared = len(cover & content)
            if not shared or 2 * shared < max(len(cover), len(content)):
                continue
            is_named = who["type"] in ("person", "org")
            right = is_named and speakers_eval.same(who["name"], quote["speaker"])[0] if quote["speaker"] else not is_named
            row = bins.setdefault(int(quote["speaker_confidence"] * 10), [0, 0])
            row[0] += right
            row[1] += 1
    for tenth, (right, n) in sorted(bins.items()):
        print(f"speaker confidence {tenth / 10:.1f}  right {right / n:.2f}  ({right} of {n})")


options = common.options()
gold = common.unpacked("data/polnear/dev.jsonl.gz")
found = common.annotated("polnear-dev.annotated.jsonl", gold)
print("dev, 30 articles")
common.score("speakers_eval.py", gold, common.shared("data/polnear/speakers-dev.jsonl"), found,
             "--misses", str(options.misses))
print_calibration(gold, common.shared("data/polnear/speakers-dev.jsonl"), found)
gold, others, labels = held_out(os.path.join(common.ROOT, "training", "speakers.tsv"))
os.environ["ONRECORD_MODELS"] = trained_on(others, options.fresh)
found = common.annotated("speakers-train.annotated.jsonl", gold)
print("train, 112 articles, by a model of the others")
common.score("speakers_eval.py", gold, labels, found, "--misses", str(options.misses))
print_calibration(gold, labels, found)
