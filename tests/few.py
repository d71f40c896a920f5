"""Corpora with few things: some stories of a corpus, and of some frames the first rows only."""

from dataclasses import replace

from usru.corpus import Corpus

STORIES = {
    "readers": ["bonn-sputnik-awkward"],
    "monologue": ["moscow-econotimes"],
    "outlet": ["bonn-sputnik-thaw", "bonn-sputnik-awkward"],
    "meeting": ["manila-zerohedge", "manila-breitbart"],
    "meetings": ["bonn-sputnik-thaw", "moscow-econotimes"],
}
"""Stories of the shipped corpus: one with comments, one that quotes one speaker, and some two."""


ON_PAGES = ("blocks", "lines", "sentences", "quotations", "clauses", "dates", "comments", "topics")
"""Frames of what is found on a page, whatever the rows of others are."""


class Few(Corpus):
    """Some stories of another corpus, and of named frames and codings only the first rows.

    Parameters
    ----------
    whole : Corpus
        The other corpus.
    doc_ids : iterable of str, optional
        Its stories that are kept; all by default.
    **rows : int
        How many rows are kept of each frame and coding, by its name with underscores.
    """

    def __init__(self, whole, doc_ids=None, **rows):
        self.whole = whole if doc_ids is None else None
        self.first = {name.replace("_", " "): n for name, n in rows.items()}
        kept = {*(whole.texts if doc_ids is None else doc_ids)}
        listed = tuple(one for one in whole.manifest.documents if one.doc_id in kept)
        places = {one.meeting for one in listed}
        meetings = tuple(one for one in whole.manifest.meetings if one.id in places)
        super().__init__(
            replace(whole.manifest, documents=listed, meetings=meetings),
            replace(whole.codebook, events=_events(whole.codebook.events, kept)),
        )
        self.setting = whole.setting  # of which the codings still are

    def _cut(self, name, table):
        return table.head(self.first[name]) if name in self.first else table

    def kept(self, name, find, *given):
        shared = self.whole is not None and name in ON_PAGES
        of = self.whole if shared else super()
        return self._cut(name, of.kept(name, find, *given))

    def coding(self, name, reading="reference"):
        table = super().coding(name, reading)
        return self._cut(name, table[table["doc_id"].isin([*self.texts])].reset_index(drop=True))


def _events(events, kept):
    """The events that stories which are kept mention, and the points on which two of them differ."""

    def own(passages):
        return tuple(one for one in passages if one.doc_id in kept)

    return replace(
        events,
        anchors=own(events.anchors),
        events=tuple(
            replace(one, passages=own(one.passages)) for one in events.events if own(one.passages)
        ),
        differences=tuple(
            replace(one, accounts=own(one.accounts))
            for one in events.differences
            if len(own(one.accounts)) > 1
        ),
    )
