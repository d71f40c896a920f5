"""No instrument takes more than linear time, whatever a text repeats."""

from growth import HOSTILE, READERS, SHORT, TIMES, growths

LONG = "told", "lines of a word"  # many clauses in a sentence, many paragraphs


def test_time_grows_with_the_length_of_a_text_and_no_faster():
    for read in READERS.values():
        read("Two envoys met.", [])
    slow = [
        f"{reader} on {name}: {growth:.0f} times the time for {TIMES} times the text"
        for reader, name, _, growth in growths()
        if growth > 4 * TIMES
    ]
    assert not slow


def test_a_text_as_long_as_a_book_takes_as_much_longer(monkeypatch):
    reader = "clauses, quotations"
    monkeypatch.setattr("growth.HOSTILE", {name: HOSTILE[name] for name in LONG})
    monkeypatch.setattr("growth.READERS", {reader: READERS[reader]})
    READERS[reader]("Two envoys met.", [])
    times = 10 * TIMES
    slow = [
        f"{name}: {growth:.0f} times"
        for _, name, _, growth in growths(times)
        if growth > 2.5 * times
    ]
    assert not slow


def test_a_reader_that_looks_back_at_all_it_read_is_found(monkeypatch):
    def quadratic(raw, found):
        return sum(raw[:place].count("a") for place in range(0, len(raw), 2))

    monkeypatch.setattr("growth.READERS", {"quadratic": quadratic})
    monkeypatch.setattr("growth.HOSTILE", {"long word": "a"})
    monkeypatch.setattr("growth.SHORT", SHORT)
    [(_, _, _, growth)] = growths()
    assert growth > 40
