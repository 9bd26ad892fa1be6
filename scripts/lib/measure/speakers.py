# SPDX-License-Identifier: GPL-2.0-or-later
"""Who really speaks in 30 articles of PolNeAR's dev set, pronouns, surnames and roles resolved."""
import common

options = common.options()
gold = common.unpacked("data/polnear/dev.jsonl.gz")
found = common.annotated("polnear-dev.annotated.jsonl", gold)
common.score("speakers_eval.py", gold, common.shared("data/polnear/speakers-dev.jsonl"), found,
             "--misses", str(options.misses))
