"""The table that ASTRA publishes each year: completed first-instance proceedings by length band.

Completed cases only, so it makes proceedings look shorter than they are: always shown next to the Kaplan-Meier
figure. Plea agreements stand apart, because one of them may take a day.
Source: ASTRA, analyses of court practice in trafficking cases, 2014-2019; statistics.md, "Length indicators".
"""

from collections import Counter

from tracker.domain.clocks import FIRST_INSTANCE, Ending
from tracker.domain.codes.proceeding import DispositionMode
from tracker.domain.figure import Cohort, Figure, Indicator, Measured, Row

TABLE = "astra"
PLEA = "plea_agreement"
TRIAL = "trial"
ONE_YEAR = 365
THREE_YEARS = 1095


def measure(cohort: Cohort) -> Measured:
    """Return one row a year of judgment and one for all years, for trials (and unknown modes) and for plea agreements."""
    lengths: dict[tuple[str, int | None], Counter[int]] = {}
    for mode, spells in cohort.spells.items():
        way = PLEA if mode == DispositionMode.PLEA_AGREEMENT else TRIAL
        for spell, times in spells.items():
            if spell.ending is Ending.EVENT:
                for year in (spell.end_year, None):
                    lengths.setdefault((way, year), Counter())[spell.days] += times
    in_order = sorted(lengths, key=lambda key: (key[0] == PLEA, key[1] is None, key[1] or 0))
    return Measured(rows=tuple(_row(way, year, lengths[way, year]) for way, year in in_order))


def _row(way: str, year: int | None, lengths: Counter[int]) -> Row:
    n = lengths.total()
    short = sum(times for days, times in lengths.items() if days <= ONE_YEAR)
    long = sum(times for days, times in lengths.items() if days > THREE_YEARS)
    bands = (short, n - short - long, long)
    names = ("share_up_to_365", "share_366_to_1095", "share_over_1095")
    total = sum(days * times for days, times in lengths.items())
    cells = (
        *(Indicator(name, count / n, n, rests_on=bands) for name, count in zip(names, bands, strict=True)),
        Indicator("mean_days", total / n, n),
        Indicator("shortest_days", min(lengths), n),
        Indicator("longest_days", max(lengths), n),
    )
    return Row(TABLE, year, way, n, cells)


FIGURE = Figure("astra_bands", FIRST_INSTANCE, measure, by_group=False)
