#!/usr/bin/env python3
"""Makes the built-in world catalog.

    python3 seeds/world/make_world.py SOURCES [OUT]

SOURCES is a folder with `catalogs/` (territories.jsonl, geonames_cities15000.jsonl.gz, world_leaders.jsonl) and `ner/` (annotated
sentences, which tell how a name is used); `seeds/SOURCES.md` names origins and licences. OUT is `core/src/catalog/world` unless given.
The same sources give the same bytes. Tables written by hand lie beside this program, name lists in `seeds/names`.
"""
import gzip
import json
import re
import sys
from pathlib import Path

from names import Usage, clean_alias, fold, slug
from tables import list_rows, read_table

HERE = Path(__file__).resolve().parent
OUT = HERE.parents[1] / "core" / "src" / "catalog" / "world"

# Cities are listed from this population on; smaller ones when annotated news names them as a place at least twice.
LARGE_CITY = 100_000
# So many of the largest listed companies are looked at.
LISTED_COMPANIES = 600
COMPANY_FORM = re.compile(r"(&|\b(Inc|Corp|Plc|Ltd|Etf|Nv|Sa|Co|Trust|TRUST|ETF|FUND|Fund|Group|Holdings?|Sab De Cv)\.?)$")

# A namesake of a larger city is kept when it has this share of its population.
NAMESAKE_SHARE = 0.2
# A city of this size, or a capital of a fifth of it, is meant more often than the person of the same name.
FAMOUS_CITY = 1_000_000

COUNTRY_WEIGHT, TERRITORY_WEIGHT, REGION_WEIGHT, FORMER_WEIGHT, CAPITAL_WEIGHT = 12.0, 5.0, 3.0, 4.0, 8.0
MAIN_REGIONS = {"us", "ca", "gb", "au"}
FORMER = {"suhh": "former state", "yucs": "former state", "cshh": "former state", "zr": "former state", "dd": "former state", "csxx": "former state"}
SKIPPED = {"zz", "ip", "un", "eu", "cp", "us-dc", "ua-dpr", "ua-lpr", "aq-aq", "aq"}
# The names that English news prefers where the territory list has another.
RENAMED = {
    "cd": "Democratic Republic of Congo", "cg": "Republic of Congo", "ci": "Ivory Coast", "cv": "Cape Verde", "cz": "Czech Republic",
    "hk": "Hong Kong", "mo": "Macau", "nr": "Nauru", "tl": "East Timor", "tr": "Turkey", "va": "Vatican City", "sz": "Eswatini",
}


def kind_word(alias, kind):
    """Whether a name ends in a common noun, as "Fatah party" does."""
    last = alias.rsplit(" ", 1)[-1]
    return kind in ("place", "organization", "event") and " " in alias and last.islower() and last not in ("industrial", "average", "index", "games")


TITLES = {"Pope", "King", "Queen", "Prince", "Princess", "Emperor", "Prophet", "Mullah", "Ayatollah", "Sheikh", "Chairman", "Sir", "Senior", "General", "Grand", "Daw"}


def untitled(name):
    """A person's name without its titles, which are not part of mentions."""
    words = name.split()
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    return " ".join(words)


class World:
    """The entities by id, each a dictionary in the catalog format, in order of arrival."""

    def __init__(self, usage):
        self.usage, self.rows, self.by_name, self.taken, self.people = usage, {}, {}, set(), set()

    def add(self, ident, name, kind, description, weight, aliases=(), weak=(), famous=False):
        if name.startswith("The ") and name != "The Hague":
            name = name[4:]
        row = self.by_name.get((fold(name), kind))
        if row is not None and ident and not row["id"].startswith("world:"):
            row = None  # two listed things of one name stay two
        elif row is not None and ident:
            self.rename(row, ident)
        if row is None:
            ident = self.free(ident or "world:" + slug(name), kind)
            row = {"id": ident, "name": name, "kind": kind, "description": description, "weight": weight, "aliases": [], "weak": []}
            self.rows[ident] = row
            self.by_name[fold(name), kind] = row
            row["name_is_doubtful"] = not famous and self.usage.doubtful(name, kind)
        for alias in aliases:
            self.name(row, alias, not famous and self.usage.doubtful(alias, kind))
        for alias in weak:
            self.name(row, alias, True)
        return row

    def person(self, name, surname):
        """Whether a person of this given name and surname, spelt alike, is known."""
        given = fold(name.split()[0])
        key = (given[:3], fold(surname or name.split()[-1]).replace(" ", "").replace("al-", ""))
        known = key in self.people
        self.people.add(key)
        return known

    def rename(self, row, ident):
        """Gives a hand-made row the id that a list has for it."""
        del self.rows[row["id"]]
        row["id"] = ident
        self.rows[ident] = row

    def free(self, ident, kind):
        if ident in self.rows:
            ident += "-" + kind
        while ident in self.rows:
            ident += "-2"
        return ident

    def name(self, row, alias, doubtful):
        alias = alias.strip()
        if alias.startswith("The ") or kind_word(alias, row["kind"]):
            return  # spans begin after the article and end before a common noun
        if not alias or alias == row["name"] or alias in row["aliases"] or alias in row["weak"]:
            return
        row["weak" if doubtful else "aliases"].append(alias)


def load(path):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def add_tables(world):
    """The hand-made tables: places first, so that cities and territories find them."""
    for file, kind in (
        ("places", "place"), ("organizations", "organization"), ("groups", "nationality"), ("events", "event"), ("works", "work"),
        ("products", "product"), ("people", "person"),
    ):
        for row in read_table(HERE / f"{file}.tsv"):
            for name, aliases in list_rows(row, kind):
                weak = row.weak if name == row.name else []
                if kind == "person":
                    plain = [untitled(alias) for alias in [name, *aliases]]
                    weak = weak + [alias for alias in plain if " " not in alias and alias in [untitled(titled) for titled in [name, *aliases] if titled != untitled(titled)]]
                    name, *aliases = plain
                    aliases = [alias for alias in aliases if alias not in weak]
                entity = world.add(None, name, kind, row.description, row.weight, aliases, weak)
                if kind == "person":
                    for spelling in [name, *aliases]:
                        world.person(spelling, None)
                world.taken.update((fold(taken), kind) for taken in [name, *aliases, *(weak if kind == "organization" else [])])
                if name in weak:
                    entity["name_is_doubtful"] = True
                elif name == row.name and not world.usage.is_word(name.removeprefix("The ")):
                    entity["name_is_doubtful"] = False


def add_territories(world, sources):
    details = {row.name: row for row in read_table(HERE / "states.tsv", plain=True)}
    countries = {}
    for row in load(sources / "catalogs" / "territories.jsonl"):
        code = row["code"]
        if code in SKIPPED or code.startswith("su-"):
            continue
        country, _, region = code.partition("-")
        name = RENAMED.get(code, row["name"].split(" (")[0])
        detail = details.pop(code, None)
        if row["subtype"] == "country":
            countries[country] = name
        elif not region or country == region:
            countries.setdefault(country, name)
        weight, description = rank(code, row["subtype"], countries.get(country))
        aliases = [row["name"].split(" (")[0]]
        aliases += [alias for alias in row["aliases"] if clean_alias(alias) and len(alias) > 3 and (fold(alias), "place") not in world.taken and not world.usage.is_word(alias)]
        if detail:
            nations = [nation for nation in detail.nations]
            aliases = detail.aliases + [alias for alias in aliases if alias not in nations]
            add_nationality(world, nations, name)
        famous = row["subtype"] == "country" or country in MAIN_REGIONS
        weak = detail.weak if detail else []
        if weak:
            aliases = [alias for alias in aliases if alias not in weak]
        entity = world.add(row["id"], name, "place", description, weight, aliases, weak, famous=famous)
        entity["country"], entity["territory"], entity["by_hand"] = country.upper(), True, detail.aliases if detail else []
    if details:
        sys.exit(f"states.tsv: no territory has the code {sorted(details)}")
    return countries


def rank(code, subtype, country):
    region = code.partition("-")[2]
    if code in FORMER:
        return FORMER_WEIGHT, FORMER[code]
    if subtype == "country":
        return (6.0 if code == "cg" else COUNTRY_WEIGHT), "country"
    if code.partition("-")[0] in MAIN_REGIONS and region:
        return TERRITORY_WEIGHT, f"{'state' if code[:2] in ('us', 'au') else 'part'} of {country}" if country else "territory"
    return REGION_WEIGHT, f"region of {country}" if country and region else "territory"


def add_nationality(world, forms, territory):
    """One entity a people; forms of several words ("Bosnian Serbs") are peoples of their own."""
    plain = [form for form in forms if " " not in form or form.split()[0] in ("South", "North", "Sri", "New", "Costa", "Saudi")]
    if plain:
        world.add(None, plain[0], "nationality", f"of {territory}", 6.0, plain[1:], famous=True)
    head = None
    for form in forms:
        if form in plain:
            continue
        if head and form == head["name"] + "s":
            world.name(head, form, False)
        else:
            head = world.add(None, form, "nationality", f"of {territory}", 3.0, famous=True)


def add_cities(world, sources, countries):
    capitals = {(row.name.upper()[:2], fold(row.capital)) for row in read_table(HERE / "states.tsv", plain=True) if row.capital}
    known = {(row.name, fold(row.description)): row for row in read_table(HERE / "cities.tsv", plain=True, cities=True)}
    known_names = world.taken | set(world.by_name)
    seen = {}
    cities = load(sources / "catalogs" / "geonames_cities15000.jsonl.gz")
    for city in sorted(cities, key=lambda city: (-city["pop"], city["id"])):
        country, population = city["country"], city["pop"]
        spellings = {fold(name) for name in [city["name"], *city["aliases"]]}
        nation = countries.get(country.lower(), country)
        table = known.pop((country, fold(city["name"])), None)
        name = table.main if table else city["name"]
        capital = any((country, spelling) in capitals for spelling in spellings) and population > 1_000
        if capital:
            capitals.discard(next((country, spelling) for spelling in sorted(spellings) if (country, spelling) in capitals))
        placed = handmade(world, spellings, nation)
        if placed is not None:
            claim(world, placed, city)
            continue
        key = fold(name)
        if not (table or capital or population >= LARGE_CITY or world.usage.places(name) >= 2):
            continue
        if key in seen and population < NAMESAKE_SHARE * seen[key] and not (table or capital):
            continue
        if key in seen and population < LARGE_CITY and not (table or capital):
            continue
        seen.setdefault(key, population)
        weight = CAPITAL_WEIGHT if capital else round(min(max(population / 500_000, 0.3), 7.0), 1)
        if key == fold(nation):
            if not capital:
                continue  # a city state, listed as a state
            name = f"{nation} City"
        famous = population >= FAMOUS_CITY or (capital and population >= FAMOUS_CITY // 5)
        aliases = [alias for alias in city["aliases"] if clean_alias(alias) and world.usage.places(alias) >= 2 and fold(alias) not in seen and (fold(alias), "place") not in known_names]
        row = {"id": city["id"], "name": name, "kind": "place", "country": country, "aliases": [], "weak": [], "weight": weight}
        row["description"] = f"capital of {nation}" if capital else f"city in {nation}"
        row["name_is_doubtful"] = not famous and world.usage.doubtful(name, "place")
        world.rows[city["id"]] = row
        for alias in (table.aliases if table else []) + aliases:
            world.name(row, alias, not table and world.usage.doubtful(alias, "place"))
    for country, name in known:
        print(f"cities.tsv: GeoNames has no {name} in {country}", file=sys.stderr)


def handmade(world, spellings, nation):
    """The place of a hand-made table that this city is."""
    for spelling in sorted(spellings):
        row = world.by_name.get((spelling, "place"))
        if row and row["id"].startswith("world:") and (nation in row["description"] or fold(nation) in fold(row["description"])):
            return row
        if row and row["id"].startswith("world:") and ("West Bank" in row["description"] or "Gaza" in row["description"]) and nation == "Palestine":
            return row
    return None


def claim(world, row, city):
    """Gives a hand-made place the GeoNames id of the first, hence largest, city of its name."""
    if city["id"] not in world.rows:
        world.rename(row, city["id"])


def add_regions(world, countries):
    """First-level regions that no other table has; one that bears the name of a city speaks through the city."""
    cities = {(fold(row["name"]), row.get("country")) for row in world.rows.values()}
    for line in (HERE / "regions.tsv").read_text(encoding="utf-8").splitlines():
        country, _, name = line.partition("\t")
        if line.startswith("#") or (fold(name), country) in cities or (fold(name), "place") in world.by_name or (fold(name), "place") in world.taken:
            continue
        world.add(None, name, "place", f"region of {countries.get(country.lower(), country)}", 1.0)


def drop_doubles(world):
    """Takes away regions that bear the name of their own city, and listed aliases that are the main name of something else."""
    mains = {(fold(row["name"]), row["kind"]) for row in world.rows.values()}
    for row in world.rows.values():
        if row.get("territory"):
            row["aliases"] = [alias for alias in row["aliases"] if (fold(alias), "place") not in mains or row["by_hand"] and alias in row["by_hand"]]
    cities = {(fold(row["name"]), row.get("country")) for row in world.rows.values() if row["id"].startswith("gn:")}
    for ident in [
        row["id"] for row in world.rows.values() if row.get("territory") and row["description"] != "country" and (fold(row["name"]), row["country"]) in cities
    ]:
        if ident != "Q1384":  # New York State keeps its name beside the city's
            del world.rows[ident]


def add_leaders(world, sources):
    for leader in load(sources / "catalogs" / "world_leaders.jsonl"):
        name, surname = leader["name"], leader["surname"]
        words = name.split()
        short = f"{words[0]} {surname}" if surname and not name.startswith(surname) and len(words) > 2 else None
        if short is None and len(words) < 2:
            continue
        role = leader["title"] or "leader"
        main = short if short and len(words) > 2 else name
        aliases = [name] if main != name else []
        if world.person(main, surname):
            continue
        world.add(None, main, "person", f"{role} of {leader['country']}", 2.0, aliases, [surname] if surname else [], famous=True)


def add_companies(world, sources):
    """The largest listed companies that no table has, in the order of the list."""
    for company in load(sources / "catalogs" / "sec_companies.jsonl")[:LISTED_COMPANIES]:
        names = [name for name in company["aliases"] if not name.isupper() and len(name) > 3 and not COMPANY_FORM.search(name)]
        if not names or COMPANY_FORM.search(company["name"].split(",")[0] + "."):
            continue
        name = min(names, key=lambda name: (len(name), name))
        if any((fold(other), kind) in world.taken for other in names for kind in ("organization", "place", "product")):
            continue
        row = world.add(company["id"], name, "organization", "listed company", 1.0)
        usage = world.usage
        if " " not in name and (usage.is_word(name) or usage.given.get(name, 9_999) < 3_000 or usage.surnames.get(name, 99_999) < 8_000):
            row["name_is_doubtful"] = True
        elif " " in name and all(usage.is_word(word) for word in name.split()):
            row["name_is_doubtful"] = True


def write(world, out):
    out.mkdir(parents=True, exist_ok=True)
    files = {"place": "places", "organization": "organizations", "person": "people", "nationality": "nationalities"}
    texts = {name: [] for name in [*files.values(), "others"]}
    for row in sorted(world.rows.values(), key=lambda row: (row["kind"], row["name"], row["id"])):
        doubtful = row["name_is_doubtful"]
        entry = {"id": row["id"], "name": row["name"], "kind": row["kind"]}
        weak = list(row["weak"])
        if doubtful:
            # The main name is always matched, so a doubtful one is told apart by its description and listed as weak.
            qualified = qualify(row)
            entry["name"] = qualified
            weak.insert(0, row["name"])
        aliases = [alias for alias in row["aliases"] if alias != entry["name"]]
        weak = [alias for alias in weak if alias not in aliases and alias != entry["name"]]
        if aliases:
            entry["aliases"] = aliases
        if weak:
            entry["weak_aliases"] = weak
        entry["description"], entry["weight"] = row["description"], row["weight"]
        texts[files.get(row["kind"], "others")].append(json.dumps(entry, ensure_ascii=False, separators=(",", ":")))
    for name, lines in texts.items():
        (out / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return {name: len(lines) for name, lines in texts.items()}


def qualify(row):
    """A name that cannot be mistaken: "Nice, France", "Prestige (ship)"."""
    description = row["description"]
    for word in (" in ", " of "):
        if row["kind"] == "place" and word in description:
            return f"{row['name']}, {description.split(word, 1)[1]}"
    return f"{row['name']} ({description})"


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sources = Path(sys.argv[1])
    out = Path(sys.argv[2]) if len(sys.argv) == 3 else OUT
    world = World(Usage(sources / "ner", HERE.parent / "names"))
    add_tables(world)
    countries = add_territories(world, sources)
    add_cities(world, sources, countries)
    add_regions(world, countries)
    drop_doubles(world)
    add_leaders(world, sources)
    add_companies(world, sources)
    counts = write(world, out)
    print(", ".join(f"{count} {name}" for name, count in counts.items()), "=", sum(counts.values()), "entities")


if __name__ == "__main__":
    main()
