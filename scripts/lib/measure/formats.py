# SPDX-License-Identifier: GPL-2.0-or-later
"""What every file of data/formats (feeds, newsml-g2, ninjs) gives: items, titles and dates, or the reason why there are none, against
what a reading of the files by Python's own XML and JSON says, which knows the standards and nothing of Onrecord's code."""
import email.utils
import glob
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import datetime, timezone

import common

NEVER = {"picture", "graphic", "animation", "event", "planning"}  # whatever is said of them
WORDLESS = {"video", "audio", "composite", "package"}  # unless they come with a text


def words(text):
    return " ".join(text.split()) if text else None


def instant(text):
    """A date as a UTC time, whatever its form; a day without a time is its midnight."""
    if not text or not text.strip():
        return None
    text = text.strip()
    if re.match(r"\d{8}T\d{6}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:11]}:{text[11:13]}:{text[13:]}"
    text = re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", text) if "T" in text else text
    try:
        time = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        time = email.utils.parsedate_to_datetime(text)
    return (time if time.tzinfo else time.replace(tzinfo=timezone.utc)).astimezone(timezone.utc)


def article(title, date):
    return ("article", words(title), instant(date))


def refused(why):
    """WHY: a pattern that the reason must match."""
    return ("refused", why, None)


def local(element):
    return element.tag.rsplit("}", 1)[-1]


def find(element, *path):
    """Down by local names; None."""
    for name in path:
        element = next((child for child in element if local(child) == name), None) if element is not None else None
    return element


def text_of(element):
    return words("".join(element.itertext())) if element is not None else None


# --- the formats ---

def read_rss(root):
    return [article(text_of(find(item, "title")), text_of(find(item, "pubDate"))) for item in root.iter("item")]


def read_news_item(item):
    meta, content = find(item, "itemMeta"), find(item, "contentMeta")
    item_class = find(meta, "itemClass") if meta is not None else None
    kind = re.split("[:/]", item_class.get("qcode", item_class.get("uri", "")))[-1] if item_class is not None else "text"
    inline = [e for e in item.iter() if local(e) in ("inlineXML", "inlineData")]
    paragraphs = [text_of(e) for body in inline for e in body.iter() if local(e) == "p" and text_of(e)]
    if kind in NEVER or (kind in ("video", "audio") and not paragraphs):
        return refused(kind if kind != "audio" else "recording")
    title = text_of(find(item, "contentMeta", "headline")) or text_of(find(item, "itemMeta", "title"))
    if not title and not paragraphs and not text_of(find(item, "contentMeta", "description")):
        return refused("no title and no text")
    dates = [find(item, "itemMeta", "firstCreated"), find(item, "contentMeta", "contentCreated"), find(item, "itemMeta", "versionCreated")]
    return article(title, next((text_of(d) for d in dates if d is not None), None))


def read_g2(root):
    items = [e for e in root.iter() if local(e) in ("newsItem", "packageItem", "conceptItem", "knowledgeItem", "catalogItem", "planningItem")]
    return [read_news_item(e) if local(e) == "newsItem" else refused(local(e).removesuffix("Item")) for e in items]


def read_newsml(root):
    return [article(next((text_of(e) for e in item.iter("HeadLine")), None), item.findtext("NewsManagement/FirstCreated"))
            for item in root.findall("NewsItem")]


def get(item, name):
    return item.get(name, item.get(name.lower()))


def read_ninjs(item):
    if "$schema" in item:
        return refused("JSON schema")
    kind = item.get("type")
    if "eventDetails" in item and kind != "text":
        kind = "event"
    has_body = bool(item.get("bodies")) or any(item.get(name) for name in ("body_text", "body_xhtml", "body_html"))
    if kind in NEVER or (kind in WORDLESS and not has_body):
        return refused({"audio": "recording", "composite": "package", "planning": "plan"}.get(kind, kind))
    heads = item.get("headlines", [])
    title = next((h["value"] for h in heads if h.get("role") == "main"), heads[0]["value"] if heads else item.get("headline") or item.get("title"))
    dates = [get(item, name) for name in ("firstCreated", "contentCreated", "versionCreated")]
    return article(title, next((date for date in dates if date), None))


def expected(path):
    with open(path, "rb") as file:
        data = file.read()
    if not data:
        return [refused("empty file")]
    if path.endswith(".json"):
        top = json.loads(data.decode("utf-8-sig"))
        return [read_ninjs(item) for item in (top if isinstance(top, list) else [top])]
    root = ET.fromstring(data.strip())
    readers = {"rss": read_rss, "NewsML": read_newsml, "schema": lambda _: [refused("XML schema")],
               **{name: read_g2 for name in ("newsItem", "packageItem", "conceptItem", "knowledgeItem", "catalogItem", "planningItem", "newsMessage")}}
    return readers.get(local(root), lambda _: [refused(f"XML with root <{local(root)}>")])(root)


# --- what Onrecord gives ---

def found(path):
    """The same list, by the items' places: articles from standard output, reasons from standard error."""
    run = subprocess.run([common.ONRECORD, "annotate", "--format", "jsonl", path], capture_output=True, text=True, check=False)
    items = [(int(a["member"] or 1), ("article", words(a["title"]), instant(a["published"]))) for a in map(json.loads, run.stdout.splitlines())]
    for line in run.stderr.splitlines():
        rest = line.split(path, 1)[1]
        place = re.match(r":(\d+): (.*)", rest)
        items.append((int(place[1]), refused(place[2])) if place else (1, refused(rest.removeprefix(": "))))
    return [item for _, item in sorted(items, key=lambda pair: pair[0])]


def agrees(want, got):
    if want[0] == "refused":
        return got[0] == "refused" and re.search(re.escape(want[1]), got[1]) is not None
    return want == got


def shown(item):
    if item[0] == "refused":
        return item[1]
    date = item[2].strftime("%Y-%m-%dT%H:%MZ") if item[2] else "no date"
    return f"{date}  {(item[1] or 'no title')[:70]}"


def main():
    common.options()
    base = common.shared("data/formats")
    paths = sorted(p for part in ("feeds", "newsml-g2", "ninjs") for p in glob.glob(os.path.join(base, part, "**", "*"), recursive=True)
                   if os.path.splitext(p)[1] in (".xml", ".xsd", ".json"))
    n_wrong = n_items = n_articles = n_titles = n_dates = 0
    for path in paths:
        want, got = expected(path), found(path)
        pairs = list(zip(want, got))
        is_right = len(want) == len(got) and all(agrees(w, g) for w, g in pairs)
        n_wrong += not is_right
        n_items += len(want)
        n_articles += sum(w[0] == g[0] == "article" for w, g in pairs)
        n_titles += sum(w[0] == g[0] == "article" and w[1] == g[1] for w, g in pairs)
        n_dates += sum(w[0] == g[0] == "article" and w[2] == g[2] for w, g in pairs)
        print(f"{'right' if is_right else 'WRONG'}  {len(got):3} of {len(want):3}  {os.path.relpath(path, base)}\n       {shown(got[0]) if got else 'nothing'}")
        for number, (w, g) in enumerate(pairs, 1):
            if not agrees(w, g):
                print(f"       item {number}: {shown(g)}\n       but it is: {shown(w)}")
    print(f"{len(paths)} files, {len(paths) - n_wrong} right; {n_items} items, {n_articles} articles, {n_titles} titles and {n_dates} dates right")
    sys.exit(1 if n_wrong else 0)


main()
