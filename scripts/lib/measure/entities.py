# SPDX-License-Identifier: GPL-2.0-or-later
"""Persons, organisations and places against CoNLL-2003's dev set: exact span and type."""
import common

options = common.options()
gold = common.unpacked("data/conll2003/dev.jsonl.gz")
found = common.annotated("conll2003-dev.annotated.jsonl", gold)
common.score("entities_eval.py", gold, found, "--misses", str(options.misses))
