"""No instrument takes more than linear time, whatever a text repeats."""

from growth import READERS, SHORT, TIMES, growths


def test_time_grows_with_the_length_of_a_text_and_no_faster():
    for read in READERS.values():
        read("Two envoys met.", [])
    slow = [
        f"{reader} on {name}: {growth:.0f} times the time for {TIMES} times the text"
        for reader, name, _, growth in growths()
        if growth > 4 * TIMES
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
