# SPDX-License-Identifier: GPL-2.0-or-later
"""Reprints, and reports of something else in the same words, made from the articles of a corpus: what scripts/measure duplicates looks for. Everything
follows from a seed. A reprint is cut at its end, has another headline, 5 % of its words changed, or an agency's line, one of these or several; a
report of something else has other numbers, other dates or another name, wherever they stand in the text, and nothing else."""
import datetime
import random
import re

CHANGED = 0.05
AGENCIES = ("Reuters", "AP", "AFP", "UPI", "Xinhua")
PLACES = ("MARENPORT", "LINDAHL", "Quellstadt", "Port Averil", "TARN")
NAMES = ("Ada", "Pavel", "Mira", "Dario", "Ines", "Tomas", "Greta", "Joran")
SURNAMES = ("Quellmann", "Dornfeld", "Zelenskaia", "Averil", "Tarnow", "Lindqvist", "Marenholt", "Osvaldt")
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NOT_NAMES = set("The This That These Those There They Their When Where What While With After Before But And For From His Her She You Our Its Not One Two In On At It He We If As By An A I "
                "No Associated Press President Senate House Congress Republican Republicans Democrat Democrats Democratic American Americans White Mr Mrs".split()) | set(MONTHS) | set(DAYS)


class Planter:
    def __init__(self, corpus, seed):
        self.random = random.Random(seed)
        self.words = [word for article in self.random.sample(corpus, min(400, len(corpus))) for word in article["body"].split()]

    # --- reprints ---

    def cut(self, article):
        """At the end of a word, from 35 to 90 % of the text."""
        pieces = re.findall(r"\S+\s*", article["body"])
        article["body"] = "".join(pieces[:max(20, int(len(pieces) * self.random.uniform(0.35, 0.9)))]).rstrip()

    def headline(self, article):
        article["title"] = " ".join(self.random.choice(self.words).strip(".,;:“”\"'") for _ in range(self.random.randint(5, 10)))

    def change(self, article):
        """One word in twenty: three of five become another word of the corpus, one goes, one comes."""
        out = []
        for piece in re.findall(r"\S+\s*", article["body"]):
            kind = self.random.random() if self.random.random() < CHANGED else 1.0
            if kind < 0.6:
                out.append(self.random.choice(self.words) + piece[len(piece.rstrip()):])
            elif kind < 0.8:
                continue
            elif kind < 1.0:
                out += [piece, self.random.choice(self.words) + " "]
            else:
                out.append(piece)
        article["body"] = "".join(out)

    def agency(self, article):
        agency, place = self.random.choice(AGENCIES), self.random.choice(PLACES)
        name = f"{self.random.choice(NAMES)} {self.random.choice(SURNAMES)}"
        front = self.random.choice((f"{place} ({agency}) - ", f"{place} — ", f"({agency}) — ", f"By {name}, {agency}\n\n", ""))
        behind = self.random.choice(("", f"\n\n(Reporting by {name}; Editing by Tomas Averil)", f"\n\n{agency} contributed to this report.")) if front else f"\n\n© {agency}"
        article["body"] = front + article["body"] + behind

    def later(self, original, least, most):
        """Its date, LEAST to MOST days later."""
        if not original.get("date"):
            return original.get("date")
        day = datetime.date.fromisoformat(original["date"][:10]) + datetime.timedelta(self.random.randint(least, most))
        return day.isoformat()

    def reprint(self, original, number):
        """The same day or one of the next two."""
        article = dict(original, id=f"reprint-{number}", source=f"Paper {self.random.randrange(40)}", date=self.later(original, 0, 2))
        ways = [way for way in (self.cut, self.change, self.agency, self.headline) if self.random.random() < 0.5]
        for way in ways or [self.random.choice((self.cut, self.headline, self.change, self.agency))]:
            way(article)
        return article

    # --- something else in the same words ---

    def other_numbers(self, body):
        found = sorted(set(re.findall(r"(?<![\w.,])\d{1,4}(?![\w]|[.,]\d)", body)))
        chosen = self.random.sample(found, min(len(found), self.random.randint(1, 4)))
        for old in chosen:
            new = str(int(old) + self.random.randint(1, 9))
            body = re.sub(rf"(?<![\w.,]){old}(?![\w]|[.,]\d)", new, body)
        return body

    def other_dates(self, body):
        for names in (MONTHS, DAYS):
            found = [name for name in names if name != "May" and re.search(rf"\b{name}\b", body)]
            for old in self.random.sample(found, min(len(found), 2)):
                body = re.sub(rf"\b{old}\b", self.random.choice([name for name in names if name not in found + ["May"]] or [names[0]]), body)
        return body

    def other_name(self, body):
        """The name and surname of somebody who is named more than once become others, and the surname alone too."""
        found = [pair for pair in re.findall(r"\b([A-Z][a-z]+) ([A-Z][a-z]{3,})\b", body)
                 if not NOT_NAMES & set(pair) and len(re.findall(rf"\b{pair[1]}\b", body)) > 1]
        if not found:
            return body
        name, surname = self.random.choice(found)
        body = re.sub(rf"\b{name} {surname}\b", f"{self.random.choice(NAMES)} {surname}", body)
        return re.sub(rf"\b{surname}\b", self.random.choice(SURNAMES), body)

    def other(self, original, number):
        """Five days later or more; None where the text has no fact of the kind that is drawn."""
        way = self.random.choice((self.other_numbers, self.other_dates, self.other_name))
        body = way(original["body"])
        if body == original["body"]:
            return None
        return dict(original, id=f"other-{number}", source=f"Paper {self.random.randrange(40)}", body=body, date=self.later(original, 5, 400), kind=way.__name__)
