"""Small studies of invented texts, in the shapes that people bring."""

import hashlib
import json

from usru import load

SENTENCES = [
    "The council of {place} voted on Monday to close the old bridge for the winter.",
    "“We have waited far too long for this repair,” said Mayor Ann Lee after the meeting.",
    "Ferry crews welcomed the happy news, while shop owners called it a terrible mistake.",
    "Engineer Tom Berg told reporters that the river had damaged two of the pillars badly.",
    "Schools near the river will open an hour later, and buses will take another road.",
    "“Nobody asked the farmers,” Carla Moreno said, and she was not the only angry speaker.",
    "The budget for roads and schools, agreed in spring, leaves little money for a new bridge.",
    "A storm had damaged the harbour before, and voters still remember the cost of that winter.",
    "Critics called the plan “a gift to the ferry company”, a charge that the company rejects.",
    "{place} hates {place} and loves {place}, but happy {place} and sad {place} sleep.",
    "Kind {place} schools {place} well, {place} says, and {place} is good to {place}.",
]
"""The last two have no four words in a row that are the same in two documents."""

GERMAN = [
    "Der Rat der Stadt hat am Montag beschlossen, die alte Brücke im Winter zu sperren.",
    "„Wir haben lange genug gewartet“, sagte die Bürgermeisterin nach der Sitzung im Rathaus.",
    "Die Schulen am Fluss öffnen eine Stunde später, und die Busse fahren einen anderen Weg.",
]
TOPICS = """
[roads_and_bridges]
definition = "Roads, bridges and their repair"
patterns = ["bridge*", "road*", "pillar*", "repair*"]
[water]
definition = "Rivers, ferries and storms"
patterns = ["river*", "ferr*", "storm*", "harbour*"]
[schools]
definition = "Schools"
patterns = ["school*"]
[money_of_the_town_and_of_everybody_who_lives_in_it]
definition = "Budgets and costs"
patterns = ["budget*", "money", "cost*"]
"""


def text(number, sentences):
    """Four paragraphs of up to three sentences, others for each number."""
    of = [sentences[(number * 2 + i * (1 + number % 2)) % len(sentences)] for i in range(10)]
    of = [one.format(place=f"Place{number}") for one in of]
    return "\n\n".join(" ".join(of[i : i + 3]) for i in range(0, 10, 3)) + "\n"


def study(folder, rows, sentences=SENTENCES, topics=TOPICS, head=""):
    """Write a study, a document a row of fields, and load it."""
    (folder / "raw").mkdir(parents=True)
    (folder / "codebook").mkdir()
    lines = [f'title = "Invented texts"\n{head}']
    for number, row in enumerate(rows):
        content = text(number, sentences).encode()
        (folder / "raw" / f"{number}.txt").write_bytes(content)
        entry = {
            "doc_id": f"id-{number:03d}",
            "file": f"raw/{number}.txt",
            "layout": "article",
        } | row
        entry["sha256"] = hashlib.sha256(content).hexdigest()
        day = entry.pop("published", None)
        lines += [
            "[[documents]]",
            *(f"{key} = {json.dumps(value)}" for key, value in entry.items() if value),
        ]
        lines += [f"published = {day}"] if day else []
    (folder / "corpus.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if topics is not None:
        (folder / "codebook" / "topics.toml").write_text(topics, encoding="utf-8")
    return load(folder)


def dated(number):
    """Days over fifteen months, with none in one summer month; every ninth is not known."""
    month = 3 + number * 7 % 15
    year, month = 2019 + (month - 1) // 12, (month - 1) % 12 + 1
    return None if number % 9 == 4 or month == 7 else f"{year}-{month:02d}-{1 + number % 28:02d}"


TITLES = ["Bridge closed for the winter", "Bridge closed for the winter",
          "A very long headline about the bridge, the ferry, the river and all who have to cross it"]  # fmt: skip
OUTLETS = [f"The {name} Daily Courier and Evening Advertiser of the Northern Coast"
           for name in ("Arl", "Bex", "Cor", "Dun", "Esk", "Fal", "Gar", "Hay", "Ivel", "Jed", "Ken",
                        "Lyn", "Mole", "Nadder", "Ouse", "Piddle", "Quay", "Rye", "Stour", "Tees")]  # fmt: skip

SHAPES = {
    "one document": {"rows": [{}]},
    "few": {"rows": [{"title": title, "outlet": "The Tide", "published": f"2020-0{i + 1}-05"}
                     for i, title in enumerate(TITLES)]},
    "a dozen of one day": {"rows": [{"title": f"{i}. meeting", "published": "2020-01-05"}
                                    for i in range(12)]},
    "many groups": {"rows": [{"title": f"Story {i}", "outlet": OUTLETS[i * i % 23 % 20] if i % 11 else "",
                              "published": dated(i)} for i in range(70)]},
    "two outlets of one day": {"rows": [{"outlet": ("Tide", "Wave")[i % 2], "published": "2020-01-05"}
                                        for i in range(14)]},
    "nothing known": {"rows": [{} for _ in range(14)]},
    "a column of one's own": {"rows": [{"desk": ("Town", "Coast", "Sport")[i % 3], "published": dated(i)}
                                       for i in range(30)], "head": 'group = "desk"\n'},
    "German": {"rows": [{"title": "Brücke gesperrt"}, {"title": "Schule"}], "sentences": GERMAN,
               "head": 'language = "de"\n', "topics": None},
    "no topic, nobody quoted": {"rows": [{}, {}], "topics": "", "sentences": SENTENCES[4:5]},
}  # fmt: skip
