"""The hand-made tables: tab-separated, one row a line, `#` for comments, `; ` between names."""
from dataclasses import dataclass, field


@dataclass
class Row:
    name: str
    description: str = ""
    aliases: list = field(default_factory=list)
    weak: list = field(default_factory=list)
    weight: float = 1.0
    listed: bool = False
    capital: str = ""
    nations: list = field(default_factory=list)
    main: str = ""


def split(cell):
    return [name.strip() for name in cell.split(";") if name.strip()]


def read_table(path, plain=False, cities=False):
    """The rows of a table; a leading "+" marks a row whose names are one entity each.

    `plain` reads states.tsv (code, capital, nationality, names, weak names), with `cities` cities.tsv.
    """
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t") + [""] * 5
        if cities:
            rows.append(Row(cells[0], cells[1], split(cells[3]), main=cells[2]))
        elif plain:
            rows.append(Row(cells[0], aliases=split(cells[3]), weak=split(cells[4]), capital=cells[1], nations=split(cells[2])))
        else:
            try:
                weight = float(cells[4])
            except ValueError:
                raise SystemExit(f"{path.name} line {number}: weight {cells[4]!r} is not a number; accepted is the fifth column, such as 2 or 0.5")
            name = cells[0].removeprefix("+")
            weak = split(cells[3])
            if path.stem == "people":
                weak = [] if weak == ["-"] else weak or [surname(name)]
            rows.append(Row(name, cells[1], expand(name, split(cells[2])), weak, weight, cells[0].startswith("+")))
    return rows


def surname(name):
    words = [word for word in name.split() if word not in ("Jr.", "II", "III")]
    return words[-1]


def expand(name, aliases):
    """Fills in "{US}" and "{UN}"."""
    full = []
    for alias in aliases:
        if alias == "{US}":
            full += [f"U.S. {name}", f"US {name}"]
        elif alias == "{UN}":
            full += [f"U.N. {name}", f"UN {name}", f"United Nations {name}"]
        else:
            full.append(alias)
    return full


def list_rows(row, kind):
    """The entities of a row: (name, further names) each."""
    if not row.listed and kind != "nationality":
        return [(row.name, [*row.aliases])]
    groups = []
    for name in [row.name, *row.aliases]:
        for head, forms in groups:
            if belongs(name, head, forms, kind):
                forms.append(name)
                break
        else:
            groups.append((name, []))
    return [(head, forms) for head, forms in groups]


def belongs(name, head, forms, kind):
    """Whether a name is a form of an entity that the row has named: its plural, or of one root as peoples' names are."""
    if any(name == known + "s" or name == known.replace("man", "men") for known in [head, *forms]):
        return True
    if kind != "nationality" or len(name.split()) != len(head.split()) or len(name.split()) > 1 or "-" in name:
        return False
    return name.replace("'", "").casefold()[:4] == head.replace("'", "").casefold()[:4]
