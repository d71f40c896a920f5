"""The page's clock: what is read as UTC, and what is no clock."""

from datetime import UTC, datetime

import pytest

from usru.text.dates import page_clock


@pytest.mark.parametrize(
    ("printed", "moment"),
    [
        ("09:03 GMT +319 August 2019", (2019, 8, 19, 6, 3)),
        ("01:51 GMT +330 March 2017", (2017, 3, 29, 22, 51)),
        ("09:03 GMT +306 December 2016", (2016, 12, 6, 6, 3)),
        ("18:07 (GMT +5) 22 May 2016", (2016, 5, 22, 13, 7)),
        ("23:59 UTC 31 December 2016", (2016, 12, 31, 23, 59)),
        ("01:00 GMT -82 May 2016", (2016, 5, 2, 9, 0)),
        ("01:00 GMT +1231 May 2016", (2016, 5, 30, 13, 0)),
    ],
)
def test_a_clock_is_read_as_utc(printed, moment):
    assert page_clock(printed) == datetime(*moment, tzinfo=UTC)


@pytest.mark.parametrize(
    "printed",
    ["", "Published 3 March 2017", "25:00 GMT +319 August 2019", "09:03 GMT +330 February 2019",
     "09:03 GMT +319 Augustus 2019", "March 3, 2017 10:02", "09:03 GMT +3"],
)  # fmt: skip
def test_what_is_no_clock_is_none(printed):
    assert page_clock(printed) is None
