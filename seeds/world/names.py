"""How names are spelt and how annotated news uses them."""
import gzip
import json
import re
import unicodedata
from collections import Counter

KINDS = {"LOC": "place", "ORG": "organization", "PER": "person", "NORP": "nationality", "EVENT": "event", "WORK": "work", "PRODUCT": "product"}
FILES = ("voa_news.jsonl", "wikigold.jsonl", "wnut17.train.jsonl", "wnut17.dev.jsonl", "btc.a.jsonl", "btc.b.jsonl", "btc.f.jsonl", "btc.g.jsonl", "btc.h.jsonl")
# The last third of the project's own news sentences stays unread, to measure the catalog on.
VOA_READ = 12_000
UNMARKED = str.maketrans("øØłŁıđĐ", "oOlLidD")
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")


def fold(name):
    """Lower case without accents, apostrophes and hyphens."""
    return " ".join(re.sub(r"[-–—]", " ", re.sub(r"['’‘`ʼʻ]", "'", plain(name).casefold())).split())


def plain(name):
    """A name without accents: what text that has lost them shows."""
    letters = unicodedata.normalize("NFKD", name.translate(UNMARKED))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def slug(name):
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")


def clean_alias(alias):
    """Whether a listed alias is a plain name in Latin letters."""
    if not alias[:1].isupper() or re.search(r"[(),/0-9:;]", alias) or (alias.isupper() and len(alias) > 4):
        return False
    return all("LATIN" in unicodedata.name(letter, "") for letter in alias if letter.isalpha())


class Usage:
    """Counts of what a surface stands for in annotated text, and of words as written."""

    def __init__(self, folder, lists):
        self.kinds = {kind: Counter() for kind in KINDS.values()}
        self.words, self.person_words = Counter(), Counter()
        for file in FILES:
            with open(folder / file, encoding="utf-8") as lines:
                for number, line in enumerate(lines):
                    if file == "voa_news.jsonl" and number >= VOA_READ:
                        break
                    self.read(json.loads(line))
        with gzip.open(folder / "gmb_voa_notitle.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                self.words.update(WORD.findall(json.loads(line)["text"]))
        self.given = self.ranks(lists / "given_names.txt")
        self.surnames = self.ranks(lists / "surnames.txt")

    def read(self, row):
        text = row["text"]
        for span in row["spans"]:
            kind = KINDS.get(span["type"])
            if kind:
                self.kinds[kind][text[span["start"]:span["end"]]] += 1
            if kind == "person":
                self.person_words.update(text[span["start"]:span["end"]].split())
        self.words.update(WORD.findall(text))

    @staticmethod
    def ranks(path):
        names = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        return {name: rank for rank, name in enumerate(names)}

    def places(self, name):
        return self.kinds["place"][name]

    def is_word(self, name):
        """Whether running text has the name in lower case at least half as often as with a capital."""
        return self.words[name.lower()] >= 3 and 2 * self.words[name.lower()] > self.words[name] and name[:1].isupper() and not name.isupper()

    def doubtful(self, name, kind):
        """Whether a bare name more likely means something else than an entity of this kind."""
        name = plain(name)
        same = self.kinds[kind][name]
        others = max(count[name] for other, count in self.kinds.items() if other != kind)
        if self.is_word(name) and self.words[name.lower()] > same:
            return True
        if same >= 3 and same >= 2 * others:
            return False
        if others >= 3 and others > 2 * same:
            return True
        if " " in name or "-" in name:
            return False
        if self.is_word(name) or len(name) < 3 and not name.isupper():
            return True
        if kind == "place" and (self.person_words[name] >= 2 and self.person_words[name] > same or len(name) < 4):
            return True
        return kind == "place" and (self.given.get(name, 9_999) < 3_000 or self.surnames.get(name, 99_999) < 8_000)
