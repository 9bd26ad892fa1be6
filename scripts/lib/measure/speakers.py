# SPDX-License-Identifier: GPL-2.0-or-later
"""Who really speaks, pronouns, surnames and roles resolved: in 30 articles of PolNeAR's dev set, and in 112 of its train set
that a model of the other 728 has found the quotes of."""
import json
import os

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
    """A model of these articles, kept for the next time."""
    model = os.path.join(common.WORK, "speakers-train.model")
    if fresh or not os.path.exists(model) or os.path.getmtime(model) < os.path.getmtime(common.TRAINER):
        common.run([common.TRAINER, "-d", articles, "-o", model + ".part"])
        os.rename(model + ".part", model)
    return model


options = common.options()
gold = common.unpacked("data/polnear/dev.jsonl.gz")
found = common.annotated("polnear-dev.annotated.jsonl", gold)
print("dev, 30 articles")
common.score("speakers_eval.py", gold, common.shared("data/polnear/speakers-dev.jsonl"), found,
             "--misses", str(options.misses))
gold, others, labels = held_out(os.path.join(common.ROOT, "training", "speakers.tsv"))
os.environ["ONRECORD_MODEL"] = trained_on(others, options.fresh)
found = common.annotated("speakers-train.annotated.jsonl", gold)
print("train, 112 articles, by a model of the others")
common.score("speakers_eval.py", gold, labels, found, "--misses", str(options.misses))
