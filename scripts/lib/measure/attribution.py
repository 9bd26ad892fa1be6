# SPDX-License-Identifier: GPL-2.0-or-later
"""Quotes, cues and sources against PolNeAR's annotators: the dev articles, never tuned on."""
import common

options = common.options()
gold = common.unpacked("data/polnear/dev.jsonl.gz")
found = common.annotated("polnear-dev.annotated.jsonl", gold)
common.score("quotes_eval.py", gold, found, "--misses", str(options.misses))
