"""What expressions point to, kind by kind: neighbours of each, and near misses."""

from datetime import date

import pandas as pd
import pytest

from usru.text import dates

PUBLISHED = date(2018, 6, 13)  # a Wednesday


def found(text, published=PUBLISHED):
    block = pd.DataFrame([{"block": 0, "kind": "body", "start": 0, "end": len(text)}])
    rows = dates.find(text, block, published).itertuples()
    return {
        row.text: "open" if pd.isna(row.earliest) else _printed(row.earliest, row.latest)
        for row in rows
    }


def _printed(first, last):
    return f"{first:%Y-%m-%d}" if first == last else f"{first:%Y-%m-%d} {last:%Y-%m-%d}"


KINDS = {
    "days beside yesterday and tomorrow": {
        "It sank the day before yesterday.": {"the day before yesterday": "2018-06-11"},
        "Day after tomorrow they sail.": {"Day after tomorrow": "2018-06-15"},
        "They spoke last evening.": {"last evening": "2018-06-12"},
        "They spoke the night before last.": {"the night before last": "2018-06-11"},
        "They will sail tomorrow week.": {"tomorrow week": "2018-06-21"},
        "The film “The Day After Tomorrow” ran.": {},
    },
    "weekdays before last and after next": {
        "They met the Monday before last.": {"the Monday before last": "2018-06-04"},
        "They met the Wednesday before last.": {"the Wednesday before last": "2018-05-30"},
        "They meet the Friday after next.": {"the Friday after next": "2018-06-22"},
        "It fell the week before last.": {"the week before last": "2018-05-28 2018-06-03"},
        "It was the Monday before the vote.": {"the Monday": "open"},
    },
    "weekdays of another week": {
        "It shut on Thursday last week.": {"Thursday last week": "2018-06-07"},
        "It opens on Tuesday of next week.": {"Tuesday of next week": "2018-06-19"},
        "Last week, on Tuesday, it shut.": {"Last week, on Tuesday": "2018-06-05"},
        "It opens a week from Friday.": {"a week from Friday": "2018-06-22"},
        "It opens Friday week.": {"Friday week": "2018-06-22"},
        "It shut two weeks ago on Monday.": {"two weeks ago on Monday": "2018-05-28"},
        "It opens on Thursday next week's eve.": {"Thursday next week": "2018-06-21"},
        "It opens next week, Thursday.": {"next week, Thursday": "2018-06-21"},
        "It opens Friday fortnight.": {"Friday fortnight": "2018-06-29"},
        "It opens a week from Wednesday.": {"a week from Wednesday": "open"},  # today, or in a week?
        "The Friday of Fashion Week was wet.": {"The Friday": "open"},
    },
    "a weekday beside its date": {
        "In a note of Tuesday, May 29: the port is shut.": {"Tuesday, May 29": "2018-05-29"},
        "It shut on Monday (June 4).": {"Monday (June 4)": "2018-06-04"},
        "It shut on Friday the 8th.": {"Friday the 8th": "2018-06-08"},
        "It shut on Tuesday, October 31.": {"Tuesday, October 31": "2017-10-31"},
        "It shut on June 4, a Monday, for good.": {"June 4, a Monday": "2018-06-04"},
        "It shut on Monday, June 5.": {"Monday, June 5": "2017-06-05"},  # of the year that it fits
        "It shut on Monday, June 8.": {"Monday, June 8": "open"},  # of no year near
    },
    "numbers": {
        "on 28-05-2018 and 05-28-2018": {"28-05-2018": "2018-05-28", "05-28-2018": "2018-05-28"},
        "on 28-May-2018": {"28-May-2018": "2018-05-28"},
        "on 28. May 2018": {"28. May 2018": "2018-05-28"},
        "Oslo, 28. May 2018": {"28. May 2018": "2018-05-28"},
        "on 28 - May - 2018 and May-29-2018": {"28 - May - 2018": "2018-05-28", "May-29-2018": "2018-05-29"},
        "on 28/05/18 and 05.28.2018": {"28/05/18": "2018-05-28", "05.28.2018": "2018-05-28"},
        "on 2018/05/28": {"2018/05/28": "2018-05-28"},
        "on 04-05-2018 and 4/5/18": {"04-05-2018": "open", "4/5/18": "open"},
        "It won 28. May 2018 was warm.": {"May 2018": "2018-05-01 2018-05-31"},
        "a 24/7 line, 3-2-1 and version 4.5.18": {},
    },
    "pairs and lists of days": {
        "on June 4 and 5 in Oslo": {"June 4": "2018-06-04", "5": "2018-06-05"},
        "on 4, 5 and 7 June 2016": {"4": "2016-06-04", "5": "2016-06-05", "7 June 2016": "2016-06-07"},
        "on 4, 5 and 7 June": {"4": "2018-06-04", "5": "2018-06-05", "7 June": "2018-06-07"},
        "on June 4, 5, the envoys": {"June 4": "2018-06-04", "5": "2018-06-05"},
        "on June 4 and 5, 2016": {"June 4": "2016-06-04", "5, 2016": "2016-06-05"},
        "on 4/5 June": {"4/5 June": "2018-06-04 2018-06-05"},
        "between 4 and 6 June": {"4 and 6 June": "2018-06-04 2018-06-06"},
        "between June 4 and 6": {"June 4 and 6": "2018-06-04 2018-06-06"},
        "on June 4, 12 ships sank": {"June 4": "2018-06-04"},
        "on June 4 and 12 others sank": {"June 4": "2018-06-04"},
    },
    "runs of weekdays": {
        "It rained from Sunday to Tuesday.": {"Sunday to Tuesday": "2018-06-10 2018-06-12"},
        "It will rain from Friday to Sunday.": {"Friday to Sunday": "2018-06-15 2018-06-17"},
        "It rained between Monday and Tuesday.": {"Monday and Tuesday": "2018-06-11 2018-06-12"},
        "The museum is open Tuesday to Friday.": {"Tuesday to Friday": "open"},
    },
    "what lies ahead by its clause": {
        "Deputies will vote on Saturday.": {"Saturday": "2018-06-16"},
        "The bank wants its answer by Monday.": {"Monday": "2018-06-18"},
        "The trial opens on Thursday.": {"Thursday": "2018-06-14"},
        "They will vote today, Wednesday.": {"today": "2018-06-13", "Wednesday": "2018-06-13"},
        "Deputies who will vote met on Saturday.": {"Saturday": "2018-06-09"},
        "On Thursday the bank said that it will close.": {"Thursday": "2018-06-07"},
    },
    "months by their clause": {
        "In September the fund sold the mine.": {"September": "2017-09-01 2017-09-30"},
        "The fund sold the mine in July.": {"July": "2017-07-01 2017-07-31"},
        "The mine is expected to open in January.": {"January": "2019-01-01 2019-01-31"},
        "The vote is set for October.": {"October": "2018-10-01 2018-10-31"},
        "The fund offered a sale in August.": {"August": "2018-08-01 2018-08-31"},
    },
    "months before nouns": {
        "The October ballot will be free.": {"October": "2018-10-01 2018-10-31"},
        "A January protest was banned.": {"January": "2018-01-01 2018-01-31"},
        "Before February's vote they met.": {"February": "2018-02-01 2018-02-28"},
        "The May government fell, and the March on Rome began.": {},
        "It was meant for May Webb and for June Hart.": {},
        "Mrs May came; after May left, it rained in May.": {"May": "2018-05-01 2018-05-31"},
    },
    "months with a word in front": {
        "The vote is due this November.": {"this November": "2018-11-01 2018-11-30"},
        "She died last Sept. 9 at sea.": {"last Sept. 9": "2017-09-09"},
        "He left last May.": {"last May": "open"},  # the one just gone, or of last year?
        "He died last March, 12 people said.": {"last March": "2018-03-01 2018-03-31"},
    },
    "against another date": {
        "It began in May 2015 and ended the following year.": {
            "May 2015": "2015-05-01 2015-05-31", "the following year": "2016-01-01 2016-12-31"},
        "It began on 3 May and ended two days later.": {"3 May": "2018-05-03", "two days later": "2018-05-05"},
        "On Tuesday it rose from the previous Friday.": {"Tuesday": "2018-06-12", "the previous Friday": "2018-06-08"},
        "It was less than a year earlier.": {"a year earlier": "open"},
        "It ended on 3 May. Two days later it began.": {"3 May": "2018-05-03", "Two days later": "open"},
        "It will be no later than that.": {},
    },
    "counted from publication": {
        "It ends in three weeks.": {"in three weeks": "2018-07-02 2018-07-08"},
        "It will end in two weeks' time.": {"in two weeks' time": "2018-06-25 2018-07-01"},
        "It began a fortnight ago.": {"a fortnight ago": "2018-05-28 2018-06-03"},
        "It began half a year ago.": {"half a year ago": "2017-12-01 2017-12-31"},
        "It began two or three days ago.": {"two or three days ago": "open"},
        "It rained over the past two weeks.": {"the past two weeks": "open"},
        "It was the third flood in two weeks.": {},
        "It was built in two weeks.": {},
        "They met in the last week of the war.": {},
    },
    "ordinals in words": {
        "on the first of June": {"the first of June": "2018-06-01"},
        "the twenty-second of May, 2017": {"the twenty-second of May, 2017": "2017-05-22"},
        "on June the third": {"June the third": "2018-06-03"},
        "on the first Monday in June": {"the first Monday in June": "2018-06-04"},
        "the last Friday of the month": {"the last Friday of the month": "2018-06-29"},
        "the first of May's ministers": {},
    },
    "quarters and halves": {
        "Sales rose in the first quarter.": {"first quarter": "2018-01-01 2018-03-31"},
        "Sales will rise in the third quarter.": {"third quarter": "2018-07-01 2018-09-30"},
        "fourth-quarter sales rose": {"fourth-quarter": "2017-10-01 2017-12-31"},
        "in Q2 2016": {"Q2 2016": "2016-04-01 2016-06-30"},
        "the second half of 2016": {"second half of 2016": "2016-07-01 2016-12-31"},
        "the third quarter of fiscal 2016": {"third quarter of fiscal 2016": "open"},
        "the first fiscal quarter": {"first fiscal quarter": "open"},
        "He scored twice in the third quarter.": {},
        "in the quarter-finals, a quarter of them": {},
    },
    "seasons": {
        "in spring 2016": {"spring 2016": "2016-03-01 2016-05-31"},
        "It shut last autumn.": {"last autumn": "2017-09-01 2017-11-30"},
        "It will open in the autumn.": {"the autumn": "2018-09-01 2018-11-30"},
        "It shut last spring.": {"last spring": "open"},  # the one just gone, or of last year?
        "the Prague Spring, the fall in prices": {},
    },
    "decades and old years": {
        "in the 1980s": {"1980s": "1980-01-01 1989-12-31"},
        "in the late nineties": {"nineties": "1990-01-01 1999-12-31"},
        "in the early '70s": {"'70s": "1970-01-01 1979-12-31"},
        "The canal opened in 1869.": {"1869": "1869-01-01 1869-12-31"},
        "It opened in nineteen seventy-four.": {"nineteen seventy-four": "1974-01-01 1974-12-31"},
        "since two thousand and eleven": {"two thousand and eleven": "2011-01-01 2011-12-31"},
        "In fiscal 2016 it earned more.": {"2016": "2016-01-01 2016-12-31"},
        "a man in his nineties, temperatures in the 90s": {},
        "in 1500 villages, a crew of 1200": {},
    },
    "the current year and its ends": {
        "in the current month": {"the current month": "2018-06-01 2018-06-30"},
        "It will close by the end of the year.": {"the end of the year": "2018-01-01 2018-12-31"},
        "It should close by year-end.": {"year-end": "2018-01-01 2018-12-31"},
        "It closed at the end of the year.": {"the end of the year": "open"},
        "At the end of the day it closed.": {},
    },
    "the week of a day": {
        "the week of May 29": {"the week of May 29": "2018-05-28 2018-06-03"},
        "the week beginning 29 May": {"the week beginning 29 May": "2018-05-29 2018-06-04"},
        "the week ended May 29": {"the week ended May 29": "2018-05-23 2018-05-29"},
        "the second week of May": {"the second week of May": "open"},
    },
    "numbers of telephones and files": {
        "Witnesses may ring 555-06-2018.": {},
        "Tel: 0512 – 20 – 2017, fax +46 8 555 2016": {},
        "Serial 03-05-2017 and docket 2017/03/25 were lost.": {},
        "The desk is at (212) 555–2014.": {},
        "They wrote on 25-05-2018 and called 2016-18 lost.": {"25-05-2018": "2018-05-25"},
        "The call of 25/05/2018 was short.": {"25/05/2018": "2018-05-25"},
    },
    "what was expected in the past": {
        "The canal was due to open in January, but it rained.": {"January": "2018-01-01 2018-01-31"},
        "The canal was to have opened in August.": {"August": "2017-08-01 2017-08-31"},
        "They had planned to dig in September, but money ran out.": {"September": "2017-09-01 2017-09-30"},
        "It was expected to open in November; it sank.": {"November": "2017-11-01 2017-11-30"},
        "It is expected to open in November, but slowly.": {"November": "2018-11-01 2018-11-30"},
        "It was due to open in July, but he said it may rain.": {"July": "2018-07-01 2018-07-31"},
        "A ruling was due on Friday.": {"Friday": "2018-06-15"},  # weekdays are near enough to come
    },
    "years of earlier centuries behind an event": {
        "The flood of 1824 ruined the mill.": {"1824": "1824-01-01 1824-12-31"},
        "The great earthquake of 1755 struck.": {"1755": "1755-01-01 1755-12-31"},
        "The Peace of Lund of 1679 held.": {"1679": "1679-01-01 1679-12-31"},
        "since the 1848 uprising": {"1848": "1848-01-01 1848-12-31"},
        "a force of 1800 horse, a crew of 1250 sailed, a campaign of 1500 days": {},
    },
    "days before a preposition": {
        "A ferry sank last Nov. 3 near Visby.": {"last Nov. 3": "2017-11-03"},
        "The fire last Feb. 9 killed two.": {"last Feb. 9": "2018-02-09"},
        "He said that last March 12 people left.": {"last March": "2018-03-01 2018-03-31"},
        "Last March 12 boats sank.": {"Last March": "2018-03-01 2018-03-31"},
    },
    "holidays": {
        "A barn burned on Boxing Day outside Lund.": {"Boxing Day": "2017-12-26"},
        "It sank on New Year’s Eve near Visby.": {"New Year’s Eve": "2017-12-31"},
        "On Christmas Eve two barns burned.": {"Christmas Eve": "2017-12-24"},
        "It snowed. On New Year's Eve guards slept.": {"New Year's Eve": "2017-12-31"},
        "The ban on New Year's Eve fireworks holds.": {"New Year's Eve": "open"},
        "It burned on Christmas Eve.": {"Christmas Eve": "2017-12-24"},
        "They stay at home this Easter.": {"this Easter": "2018-04-01"},
        "It shut at Easter 2016.": {"Easter 2016": "2016-03-27"},
        "They will meet on Bastille Day.": {"Bastille Day": "2018-07-14"},
        "It rained on Independence Day.": {"Independence Day": "open"},  # whose?
        "the Greek Good Friday": {"Good Friday": "open"},
        "the Boxing Day tsunami": {"Boxing Day": "open"},
        "Christmas trees and Easter eggs": {},
    },
    "capitals": {
        "PORT SHUT ON TUESDAY": {"TUESDAY": "2018-06-12"},
        "THEY MET ON MONDAY, JUNE 4, AND MAY MEET AGAIN.": {"MONDAY, JUNE 4": "2018-06-04"},
        "SHIPS SAILED YESTERDAY AND LAST WEEK": {"YESTERDAY": "2018-06-12", "LAST WEEK": "2018-06-04 2018-06-10"},
    },
    "names in quotation marks": {
        "She sang on the show “Friday Night”.": {},
        "They read the paper 'Tomorrow' and the weekly “Islands on Sunday”.": {},
        "The “Monday Club” magazine and “Weekend Today” are old.": {},
        "She left the programme Today in a rage; the show today was short.": {"today": "2018-06-13"},
        "He has “Sunday Morning Walk” on his wall.": {},
        "The «Monday Club» magazine is old; she has «Sunday Morning Walk» and «Ruby Tuesday».": {},
        "They met on «Monday», she said, «next Friday».": {"Monday": "2018-06-11", "next Friday": "2018-06-15"},
        "The doors shut (Island Weekend Today) at noon.": {"Today": "2018-06-13"},
        "“Tomorrow,” she said, “we leave.”": {"Tomorrow": "2018-06-14"},
        "“Next Friday”, he wrote.": {"Next Friday": "2018-06-15"},
        "He told the paper: “Yesterday it rained.”": {"Yesterday": "2018-06-12"},
        "She read the news “on Monday” again.": {"Monday": "2018-06-11"},
    },
    "words of an age": {
        "Today's young adults read little.": {},
        "In today’s busy world, today's society and tomorrow's fans": {},
        "Today's world record is hers.": {"Today": "2018-06-13"},
        "Today's women's final was short.": {"Today": "2018-06-13"},
        "Today's meeting of young people": {"Today": "2018-06-13"},
    },
    "names and habits": {
        "Friday prayers, the Sunday papers, Saturday nights": {},
        "on Black Friday, on Bloody Sunday, Man Friday": {},
        "USA Today and tomorrow's leaders": {},
        "every Tuesday, on a Monday, on Thursdays": {},
        "the Good Friday Agreement, USA TODAY, a Monday-to-Friday week": {},
        "in a Monday statement": {"Monday": "2018-06-11"},
        "since the Sept. 11 attacks": {},
        "as of today": {"today": "2018-06-13"},
        "the youth of today.": {},
    },
    "holidays with a word in front": {
        "The fair opens this Christmas.": {"this Christmas": "2018-12-25"},
        "A barn burned last Christmas.": {"last Christmas": "2017-12-25"},
        "A barn burned last Easter.": {"last Easter": "2018-04-01"},
        "A barn burned last Memorial Day.": {"last Memorial Day": "open"},
        "They meet next Christmas.": {"next Christmas": "2018-12-25"},
        "They meet next Bastille Day.": {"next Bastille Day": "open"},
        "Fireworks, Bastille Day": {"Bastille Day": "2018-07-14"},
        "It burned on Bastille Day.": {"Bastille Day": "2017-07-14"},
    },
    "seasons by their clause": {
        "It shut last summer.": {"last summer": "2017-06-01 2017-08-31"},
        "It shut last winter.": {"last winter": "open"},
        "It opens next spring.": {"next spring": "2019-03-01 2019-05-31"},
        "It opens next autumn.": {"next autumn": "open"},
        "It opens the coming winter.": {"the coming winter": "2018-12-01 2019-02-28"},
        "It shut the past winter.": {"the past winter": "2017-12-01 2018-02-28"},
        "It shut this spring.": {"this spring": "2018-03-01 2018-05-31"},
        "It will snow this winter.": {"this winter": "2018-12-01 2019-02-28"},
        "It snowed this winter.": {"this winter": "2017-12-01 2018-02-28"},
        "It shut in winter 2016.": {"winter 2016": "open"},
        "It will open in the summer.": {"the summer": "2018-06-01 2018-08-31"},
        "It shut in the winter.": {"the winter": "2017-12-01 2018-02-28"},
        "It shut in winter.": {"winter": "open"},
        "It shut in the summer of last year.": {"summer of last year": "2017-06-01 2017-08-31"},
    },
    "quarters by their clause": {
        "Sales rose in the second quarter.": {"second quarter": "open"},
        "Sales will rise in the second quarter.": {"second quarter": "2018-04-01 2018-06-30"},
        "the last half of 2016": {"last half of 2016": "2016-07-01 2016-12-31"},
        "the third quarter of last year": {"third quarter of last year": "2017-07-01 2017-09-30"},
        "Sales will rise in the first quarter.": {"first quarter": "2019-01-01 2019-03-31"},
        "It fell in the 4th quarter of 2016.": {"4th quarter of 2016": "2016-10-01 2016-12-31"},
        "It fell in the latter half of 2016.": {"latter half of 2016": "2016-07-01 2016-12-31"},
    },
    "the weekend of a day": {
        "the weekend of May 24": {"the weekend of May 24": "2018-05-26 2018-05-27"},
        "the weekend of May 26": {"the weekend of May 26": "2018-05-26 2018-05-27"},
        "the weekend of May 27": {"the weekend of May 27": "2018-05-26 2018-05-27"},
    },
    "months to come and gone": {
        "It opens next July.": {"next July": "open"},
        "It opens next August.": {"next August": "2018-08-01 2018-08-31"},
        "It opens next March.": {"next March": "2019-03-01 2019-03-31"},
        "It opens next June.": {"next June": "2019-06-01 2019-06-30"},
        "It opens next May 5.": {"next May 5": "2019-05-05"},
        "It shut this past May.": {"this past May": "2018-05-01 2018-05-31"},
        "It shut last June.": {"last June": "2017-06-01 2017-06-30"},
        "It shut last July.": {"last July": "2017-07-01 2017-07-31"},
    },
    "against a month or a day": {
        "It began on 3 May and ended the following day.": {"3 May": "2018-05-03", "the following day": "2018-05-04"},
        "It began in May 2015 and ended the following March.": {"May 2015": "2015-05-01 2015-05-31", "the following March": "2016-03-01 2016-03-31"},
        "It began in May 2015 and ended the following May.": {"May 2015": "2015-05-01 2015-05-31", "the following May": "2016-05-01 2016-05-31"},
        "It began in May 2015 and ended the following June.": {"May 2015": "2015-05-01 2015-05-31", "the following June": "2015-06-01 2015-06-30"},
        "It ended in May 2015 and began the previous March.": {"May 2015": "2015-05-01 2015-05-31", "the previous March": "2015-03-01 2015-03-31"},
        "It ended in May 2015 and began the previous May.": {"May 2015": "2015-05-01 2015-05-31", "the previous May": "2014-05-01 2014-05-31"},
        "It ended on 3 May and began two weeks earlier.": {"3 May": "2018-05-03", "two weeks earlier": "2018-04-16 2018-04-22"},
        "It began in May 2015 and ended two days later.": {"May 2015": "2015-05-01 2015-05-31", "two days later": "open"},
        "It began on 3 May and ended the following Thursday.": {"3 May": "2018-05-03", "the following Thursday": "2018-05-10"},
        "It ended on 3 May and began the previous Thursday.": {"3 May": "2018-05-03", "the previous Thursday": "2018-04-26"},
        "It ended on 3 May and began the previous month.": {"3 May": "2018-05-03", "the previous month": "2018-04-01 2018-04-30"},
    },
    "decades of two digits": {
        "in the 1900s": {"1900s": "open"},
        "in the 2000s": {"2000s": "2000-01-01 2009-12-31"},
        "in the '20s": {"'20s": "1920-01-01 1929-12-31"},
    },
    "days and months in any order": {
        "on 12.13.2017": {"12.13.2017": "2017-12-13"},
        "on 5/5/2018": {"5/5/2018": "2018-05-05"},
        "on 6/13/2018": {"6/13/2018": "2018-06-13"},
    },
    "weekdays with a word in front": {
        "They meet this Friday.": {"this Friday": "2018-06-15"},
        "They met this Monday.": {"this Monday": "2018-06-11"},
        "They met last Wednesday.": {"last Wednesday": "2018-06-06"},
        "They met last Monday.": {"last Monday": "2018-06-11"},
        "They meet next Wednesday.": {"next Wednesday": "2018-06-20"},
        "They met a week ago Friday.": {"a week ago Friday": "2018-06-01"},
        "They meet two weeks from Friday.": {"two weeks from Friday": "2018-06-29"},
        "They met the Tuesday before last.": {"the Tuesday before last": "2018-06-05"},
        "They meet the Wednesday after next.": {"the Wednesday after next": "2018-06-27"},
    },
    "weekdays of a month": {
        "They met on the first Monday of May.": {"the first Monday of May": "2018-05-07"},
        "They met on the fourth Thursday of November 2016.": {"the fourth Thursday of November 2016": "2016-11-24"},
        "They met on the second Thursday of November 2016.": {"the second Thursday of November 2016": "2016-11-10"},
        "They met on the third Thursday in November 2016.": {"the third Thursday in November 2016": "2016-11-17"},
        "They meet on the last Friday of next month.": {"the last Friday of next month": "2018-07-27"},
        "They met on the first Monday of last month.": {"the first Monday of last month": "2018-05-07"},
    },
    "counted from today": {
        "It sank a year ago today.": {"a year ago today": "2017-06-13"},
        "It sails a week from tomorrow.": {"a week from tomorrow": "2018-06-21"},
        "It sank a month ago today.": {"a month ago today": "2018-05-13"},
        "It sank two weeks ago yesterday.": {"two weeks ago yesterday": "2018-05-29"},
        "It sails a fortnight from today.": {"a fortnight from today": "2018-06-27"},
        "It sails a month from tomorrow.": {"a month from tomorrow": "2018-07-14"},
        "It sank yesterday week.": {"yesterday week": "2018-06-05"},
        "It sails today week.": {"today week": "2018-06-20"},
    },
    "weeks and years around": {
        "later this week": {"later this week": "2018-06-14 2018-06-17"},
        "earlier this month": {"earlier this month": "2018-06-01 2018-06-12"},
        "the year before last": {"the year before last": "2016-01-01 2016-12-31"},
        "the month after next": {"the month after next": "2018-08-01 2018-08-31"},
        "the weekend before last": {"the weekend before last": "2018-06-02 2018-06-03"},
        "the weekend after next": {"the weekend after next": "2018-06-23 2018-06-24"},
        "It rained last weekend.": {"last weekend": "2018-06-09 2018-06-10"},
        "It opens next weekend.": {"next weekend": "2018-06-16 2018-06-17"},
        "They will meet at the weekend.": {"the weekend": "2018-06-16 2018-06-17"},
        "They will meet this weekend.": {"this weekend": "2018-06-16 2018-06-17"},
        "It began a year and a half ago.": {"a year and a half ago": "2016-12-01 2016-12-31"},
        "It began two years ago.": {"two years ago": "2016-01-01 2016-12-31"},
        "It began half a month ago.": {"half a month ago": "open"},
        "It began a decade ago.": {"a decade ago": "open"},
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("published", "christmas"),
    [("10-26", 2017), ("10-27", 2018), ("12-25", 2018), ("12-26", 2018)],
    ids=["in-sixty-days", "sooner", "that-day", "a-day-ago"],
)
def test_a_holiday_of_a_clause_without_a_verb_is_ahead_when_it_is_near(published, christmas):
    day = date.fromisoformat(f"2018-{published}")
    assert found("A card for Christmas.", day) == {"Christmas": f"{christmas}-12-25"}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_points_where_it_should(kind):
    wrong = {}
    for text, wanted in KINDS[kind].items():
        got = found(text)
        if got != wanted:
            wrong[text] = got
    assert not wrong


MONDAY, SATURDAY, SUNDAY = date(2018, 6, 11), date(2018, 6, 16), date(2018, 6, 17)


@pytest.mark.parametrize(
    ("text", "published", "days", "why"),
    [
        ("earlier this week", MONDAY, "2018-06-11 2018-06-17", "nothing of it is earlier"),
        ("later this week", SUNDAY, "2018-06-11 2018-06-17", "nothing of it is later"),
        ("last weekend", SATURDAY, "2018-06-09 2018-06-10", "not that which has begun"),
        ("the weekend before last", SATURDAY, "2018-06-02 2018-06-03", "last is that of a week ago"),
        ("the weekend after next", SATURDAY, "2018-06-23 2018-06-24", "next is that which has begun"),
        ("They will meet at the weekend.", SATURDAY, "2018-06-16 2018-06-17", "it has begun"),
        ("It snowed this winter.", date(2018, 1, 10), "2017-12-01 2018-02-28", "the running one"),
        ("It rained in summer.", date(2018, 6, 13), "open", "the running one or any"),
        ("in the '20s", date(2030, 5, 1), "open", "those of a century ago, or those just gone"),
        ("in the '80s", date(1995, 5, 1), "1980-01-01 1989-12-31", "nobody lived in the others"),
        ("A ballot in October", date(2018, 6, 17), "2018-10-01 2018-10-31", "its middle is in 120 days"),
        ("A ballot in October", date(2018, 6, 16), "2017-10-01 2017-10-31", "its middle is in 121 days"),
        ("It rained in June.", date(2018, 6, 1), "2018-06-01 2018-06-30", "it has begun today"),
        ("It will open in April.", date(2018, 6, 27), "2018-04-01 2018-04-30", "gone for 60 days"),
        ("It will open in April.", date(2018, 6, 28), "2019-04-01 2019-04-30", "gone for 61 days"),
        ("It opens this January.", date(2017, 11, 20), "2018-01-01 2018-01-31", "it is to come"),
        ("It opened this January.", date(2017, 11, 20), "2017-01-01 2017-01-31", "it is over"),
        ("It opens this May.", date(2017, 11, 20), "2017-05-01 2017-05-31", "of this year, half a year ago"),
    ],
)  # fmt: skip
def test_the_day_of_publication_may_be_at_an_edge(text, published, days, why):
    assert list(found(text, published).values()) == [days], why
