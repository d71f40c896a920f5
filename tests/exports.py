"""Invented news in every kind of file that `usru.sources` reads, written as their programs do."""

import csv
import gzip
import json
from datetime import date
from typing import NamedTuple


class Story(NamedTuple):
    title: str
    outlet: str
    published: date
    author: str
    section: str
    paragraphs: tuple[str, ...]

    @property
    def text(self):
        return "\n\n".join(self.paragraphs) + "\n"


STORIES = (
    Story(
        "Norland reopens its strait to ferries", "Harbour Post", date(2018, 3, 12), "Ola Ness", "World",
        (
            "The government of Norland reopened the strait of Vik to ferries on Monday, two years after a dispute with Suvia closed it.",
            "“The first boats sail tonight, and nobody will stop them,” the transport minister, Ann Lee, told reporters in the port of Bergen.",
            "Suvia has said that it will send observers. Its ambassador, Ivo Marek, called the step “small but honest”.",
        ),
    ),
    Story(
        "Envoys of Norland and Suvia agree on maps", "The Suvia Times", date(2018, 3, 14), "Mira Kos", "Politics",
        (
            "Envoys of Norland and Suvia exchanged maps of the strait on Wednesday and agreed where the border runs, for the first time since 1994.",
            "“We argued about one rock for six hours,” said Ivo Marek, who led the delegation of Suvia. “Then we went to look at it.”",
            "The rock lies under water at high tide. The maps are to be signed in Lund on 3 April.",
        ),
    ),
    Story(
        "Fishermen of Vik fear for their catch", "Harbour Post", date(2018, 3, 19), "Tor Lind", "Business",
        (
            "Fishermen in Vik say that ferries will drive the herring out of the strait, and ask the government for money.",
            "“Last spring we landed ninety tons,” said Greta Holm, who owns two boats. “This spring we will be lucky to see thirty.”",
            "The ministry of fisheries said that it would count the fish in May before it paid anybody.",
        ),
    ),
    Story(
        "Bridge plan divides the council of Lund", "Norland Chronicle", date(2018, 3, 27), "Eva Brandt", "Local",
        (
            "The council of Lund voted by eleven to ten on Tuesday to plan a bridge across the strait, which would end the ferry line.",
            "Mayor Karl Sten said that the bridge was “the only honest answer to the traffic”. His deputy, Pia Roos, voted against it.",
            "A study last year put the cost at four billion crowns, more than the town spends in ten years.",
        ),
    ),
    Story(
        "Norland and Suvia sign border treaty in Lund", "Norland Chronicle", date(2018, 4, 3), "Eva Brandt", "World",
        (
            "The foreign ministers of Norland and Suvia signed a treaty on their border in Lund on Tuesday, and shook hands for a long time.",
            "“There is nothing left to quarrel about but football,” said the minister of Norland, Hanne Dahl.",
            "The treaty needs the consent of both parliaments. In Suvia the opposition has promised to vote against it in May.",
        ),
    ),
    Story(
        "Opposition in Suvia rejects the treaty", "The Suvia Times", date(2018, 4, 5), "Mira Kos", "Politics",
        (
            "The leader of the opposition in Suvia, Petra Vlk, said on Thursday that her party would reject the border treaty.",
            "“We gave away the rock, the herring and the bridge, and we got a handshake,” she told a rally in the capital.",
            "Polls say that most people in Suvia have no opinion of the rock. The vote is expected on 15 May.",
        ),
    ),
    Story(
        "First ferry in two years is an hour late", "Harbour Post", date(2018, 4, 13), "Ola Ness", "World",
        (
            "The first ferry to cross the strait of Vik in two years arrived an hour late on Friday, because too many people wanted to see it leave.",
            "“I would have swum,” said Jon Berg, a pensioner who had kept a ticket from 2016 in his wallet.",
            "The line carried four thousand passengers a day before it was closed.",
        ),
    ),
    Story(
        "Parliament of Norland approves the border", "Norland Chronicle", date(2018, 4, 25), "Tor Lind", "Politics",
        (
            "The parliament of Norland approved the border treaty with Suvia by a large majority on Wednesday.",
            "“It is a boring treaty, and boring is what a border should be,” said Hanne Dahl before the vote.",
            "Members from the coast abstained, for the sake of the herring.",
        ),
    ),
)  # fmt: skip

COLUMNS = ("headline", "outlet", "date", "author", "section", "text")


def _english(day):
    return f"{day:%B} {day.day}, {day.year}"


def rows(stories=STORIES):
    return [
        dict(zip(COLUMNS, (s.title, s.outlet, s.published.isoformat(), s.author, s.section, s.text), strict=True))
        for s in stories
    ]  # fmt: skip


# Tables -------------------------------------------------------------------------------------


def write_csv(path, table=None, delimiter=",", encoding="utf-8"):
    table = rows() if table is None else table
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.DictWriter(file, list(table[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(table)
    return path


def write_jsonl(path, table=None):
    table = rows() if table is None else table
    lines = (json.dumps(row, ensure_ascii=False) for row in table)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def write_json(path, table=None):
    table = rows() if table is None else table
    path.write_text(json.dumps(table, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def write_xlsx(path, table=None, sheets=("News",)):
    import xlsxwriter

    table = rows() if table is None else table
    with xlsxwriter.Workbook(path) as book:
        format_of_dates = book.add_format({"num_format": "yyyy-mm-dd"})
        for name in sheets:
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, list(table[0]))
            for number, row in enumerate(table, start=1):
                for column, cell in enumerate(row.values()):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, column, cell, format_of_dates)
                    else:
                        sheet.write(number, column, cell)
    return path


def write_parquet(path, table=None, row_group_size=3):
    import pyarrow as pa
    import pyarrow.parquet

    table = rows() if table is None else table
    pyarrow.parquet.write_table(pa.Table.from_pylist(table), path, row_group_size=row_group_size)
    return path


# Pages --------------------------------------------------------------------------------------


def page_text(story):
    day = f"{story.published:%A}, {story.published.day} {story.published:%B} {story.published.year}"
    furniture = ["World", "Business", "Sport", "Weather", "Contact"]
    head = [story.outlet, *furniture, story.title, f"By {story.author}", day]
    foot = ["Share this article", "Copyright. All rights reserved."]
    return "\n\n".join([*head, *story.paragraphs, *foot])


def page_html(story, charset="utf-8"):
    paragraphs = "\n".join(f"<p>{paragraph}</p>" for paragraph in story.paragraphs)
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="{charset}"><title>{story.title} - {story.outlet}</title>
<meta property="og:title" content="{story.title}"><meta property="og:site_name" content="{story.outlet}">
<meta name="author" content="{story.author}">
<meta property="article:published_time" content="{story.published}T23:30:00-05:00"></head>
<body><nav><ul><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>{story.title}</h1>
{paragraphs}
</article><footer><p>Subscribe to our newsletter</p></footer></body></html>
"""


def write_html(path, story=STORIES[0], charset="utf-8"):
    path.write_bytes(page_html(story, charset).encode(charset))
    return path


def write_warc(path, stories=STORIES):
    """Between the pages of the stories lie a picture and a redirect, as in any crawl."""
    answers = [
        ("text/html; charset=utf-8", "200 OK", page_html(story).encode()) for story in stories
    ]
    answers[1:1] = [("image/png", "200 OK", b"\x89PNG"), ("text/html", "301 Moved", b"")]
    with path.open("wb") as file:
        for number, answer in enumerate(answers):
            record = _warc_record(f"https://news.example/{number}", *answer)
            file.write(gzip.compress(record, mtime=0) if path.suffix.lower() == ".gz" else record)
    return path


def _warc_record(url, kind, status, content):
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + content
    head = [
        "WARC/1.0", "WARC-Type: response", f"WARC-Target-URI: {url}", "WARC-Date: 2018-05-01T00:00:00Z",
        "Content-Type: application/http; msgtype=response", f"Content-Length: {len(http)}", "", "",
    ]  # fmt: skip
    return "\r\n".join(head).encode() + http + b"\r\n\r\n"


# Exports of news archives -------------------------------------------------------------------


def nexis_lines(story):
    day = f"{_english(story.published)} {story.published:%A}"
    return [
        "", story.title, story.outlet, day, "", f"\nCopyright {story.published.year} {story.outlet} All Rights Reserved", "\n",
        f"Section:\xa0{story.section}; Pg. 4", f"Length:\xa0{len(story.text.split())} words", f"Byline:\xa0{story.author}",
        "Body", "", *story.paragraphs, "Classification", "", "Language:\xa0ENGLISH", "\nPublication-Type:\xa0Newspaper",
        "\nSubject:\xa0BORDERS (90%); FERRIES (75%)", f"\nLoad-Date:\xa0{_english(story.published)}", "", "\nEnd of Document", "",
    ]  # fmt: skip


def write_nexis_docx(path, stories=STORIES, contents=True):
    from docx import Document

    document = Document()
    if contents:
        for line in ("Date and Time: Friday, May 4, 2018 10:00:00 AM CEST", f"Documents ({len(stories)})"):  # fmt: skip
            document.add_paragraph(line)
        for number, story in enumerate(stories, start=1):
            document.add_paragraph(f"{number}. {story.title}")
            document.add_paragraph("Client/Matter: -None-")
            document.add_paragraph("Search Terms: strait")
    for story in stories:
        for line in nexis_lines(story):
            document.add_paragraph(line)
    document.save(str(path))
    return path


def lexisnexis_text(stories=STORIES):
    parts = ["\n\nDownload Request: Select Items: 1-8\nTerms: (strait)\n\n\n"]
    for number, story in enumerate(stories, start=1):
        day = f"{_english(story.published)} {story.published:%A}"
        head = [
            f"{number} of {len(stories)} DOCUMENTS".center(79), story.outlet.center(79),
            f"{day}\n{'Late Edition'.center(79)}".center(79), story.title, f"BYLINE: {story.author}",
            f"SECTION: {story.section}; Pg. 4", f"LENGTH: {len(story.text.split())} words", *story.paragraphs,
            f"LOAD-DATE: {_english(story.published)}", "LANGUAGE: ENGLISH", "PUBLICATION-TYPE: Newspaper",
            f"Copyright {story.published.year} {story.outlet}\n{'All Rights Reserved'.center(79)}".center(79),
        ]  # fmt: skip
        parts.append("\n\n".join(head) + "\n\n")
    return "".join(parts)


def proquest_text(stories=STORIES):
    line = "_" * 60
    parts = []
    for number, story in enumerate(stories, start=1):
        day = f"{story.published:%b} {story.published.day}, {story.published.year}"
        fields = [
            f"{line}\n", story.title, f"Author: {story.author}", f"Publication info: {story.outlet} ; Lund [Lund]{day}: A.{number}.",
            *(f"Abstract: {paragraph}" for paragraph in story.paragraphs[:1]), "Links: none", f"Full text: {story.text.rstrip()}", "Subject: Borders; Ferries",
            f"Title: {story.title}", f"Publication title: {story.outlet}", f"Pages: A.{number}", f"Publication year: {story.published.year}",
            f"Publication date: {day}", f"Section: {story.section}", "Publisher: Invented Press", "Source type: Newspapers",
            "Language of publication: English", f"ProQuest document ID: 20000000{number}",
            f"Document URL: https://archive.example/docview/{number}", "Database: Invented Newsstream",
        ]  # fmt: skip
        parts.append("\n\n".join(fields) + "\n\n")
    return "".join(parts) + f"{line}\n\nContact us at: https://archive.example/contact\n"


def factiva_lines(story, number):
    day = f"{story.published.day} {story.published:%B} {story.published.year}"
    return [
        story.section, story.title, f"By {story.author}", f"{len(story.text.split())} words", day, story.outlet, "INVNEW",
        "First", "4", "English", f"(c) {story.published.year} {story.outlet}", *story.paragraphs,
        f"Document INVNEW0020180401ee3c0000{number}",
    ]  # fmt: skip


def factiva_fields(story, number):
    day = f"{story.published.day} {story.published:%B} {story.published.year}"
    return {
        "SE": [story.section], "HD": [story.title], "BY": [f"By {story.author}"], "WC": [f"{len(story.text.split())} words"],
        "PD": [day], "SN": [story.outlet], "SC": ["INVNEW"], "PG": ["4"], "LA": ["English"],
        "CY": [f"(c) {story.published.year} {story.outlet}"], "LP": list(story.paragraphs[:1]), "TD": list(story.paragraphs[1:]),
        "AN": [f"Document INVNEW0020180401ee3c0000{number}"],
    }  # fmt: skip


def _rtf(text):
    return "".join(char if char.isascii() else f"\\u{ord(char)}?" for char in text)


def write_factiva_rtf(path, stories=STORIES, fields=False):
    parts = ["{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}"]
    for number, story in enumerate(stories):
        if fields:
            for code, lines in factiva_fields(story, number).items():
                cell = "\\par ".join(map(_rtf, lines))
                parts.append(f"\\trowd\\cellx800\\cellx9000 {code}\\cell {cell}\\cell\\row")
            parts.append("\\pard\\page")
        else:
            parts += [f"\\pard {_rtf(line)}\\par" for line in factiva_lines(story, number)]
    path.write_text("\n".join([*parts, "}"]), encoding="ascii")
    return path


def write_factiva_html(path, stories=STORIES, fields=False):
    parts = []
    for number, story in enumerate(stories):
        if fields:
            lines = "".join(
                f"<tr><td><b>{code}</b>&nbsp;</td><td>{''.join(f'<p>{line}</p>' for line in held)}</td></tr>"
                for code, held in factiva_fields(story, number).items()
            )
            lines = f"<table>{lines}</table>"
        else:
            section, title, author, *imprint = factiva_lines(story, number)[:11]
            lines = (
                f'<div>{section}</div><div id="hd"><span class="enHeadline">{title}</span></div>'
                f'<div class="author">{author}</div>'
                + "".join(f"<div>{line}</div>" for line in imprint)
                + "".join(f'<p class="articleParagraph enarticleParagraph">{p}</p>' for p in story.paragraphs)
                + f"<p>{factiva_lines(story, number)[-1]}</p>"
            )  # fmt: skip
        parts.append(f'<div id="article-{number}" class="article"><div class="article enArticle">{lines}</div></div>')  # fmt: skip
    page = f"<html><head><title>Factiva</title></head><body>{''.join(parts)}</body></html>"
    path.write_text(page, encoding="utf-8")
    return path


WRITERS = {
    "articles.csv": write_csv,
    "articles.tsv": lambda path: write_csv(path, delimiter="\t"),
    "articles.jsonl": write_jsonl,
    "articles.json": write_json,
    "articles.xlsx": write_xlsx,
    "articles.parquet": write_parquet,
    "page.html": write_html,
    "pages.warc": write_warc,
    "pages.warc.gz": write_warc,
    "page.txt": lambda path: path.write_text(page_text(STORIES[0]), encoding="utf-8"),
    "nexis.docx": write_nexis_docx,
    "nexis.txt": lambda path: path.write_text(lexisnexis_text(), encoding="utf-8"),
    "proquest.txt": lambda path: path.write_text(proquest_text(), encoding="utf-8"),
    "factiva.rtf": write_factiva_rtf,
    "factiva-fields.rtf": lambda path: write_factiva_rtf(path, fields=True),
    "factiva.html": write_factiva_html,
    "factiva-fields.html": lambda path: write_factiva_html(path, fields=True),
}
"""A file of each kind by its name, and what writes it to a path."""


def write_all(folder):
    """Write a file of every kind into a folder."""
    for name, writer in WRITERS.items():
        writer(folder / name)
    return folder
