"""When enquiries arrive and replies go out: terms, weekdays, hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from workbench.demo.dice import Dice

# English school holidays and bank holidays within the two years, both days included.
_HOLIDAYS = (
    (date(2022, 9, 19), date(2022, 9, 19)),
    (date(2022, 10, 24), date(2022, 10, 28)),
    (date(2022, 12, 19), date(2023, 1, 3)),
    (date(2023, 2, 13), date(2023, 2, 17)),
    (date(2023, 4, 3), date(2023, 4, 14)),
    (date(2023, 5, 1), date(2023, 5, 1)),
    (date(2023, 5, 8), date(2023, 5, 8)),
    (date(2023, 5, 29), date(2023, 6, 2)),
    (date(2023, 7, 24), date(2023, 9, 3)),
    (date(2023, 10, 23), date(2023, 10, 27)),
    (date(2023, 12, 21), date(2024, 1, 5)),
    (date(2024, 2, 12), date(2024, 2, 16)),
    (date(2024, 3, 29), date(2024, 4, 12)),
    (date(2024, 5, 6), date(2024, 5, 6)),
    (date(2024, 5, 27), date(2024, 5, 31)),
    (date(2024, 7, 24), date(2024, 9, 1)),
)
# Hour of the day -> weight; mostly in school hours, with a tail into the evening.
_HOURS = {6: 0.5, 7: 3, 8: 10, 9: 12, 10: 12, 11: 11, 12: 10, 13: 10, 14: 10, 15: 12, 16: 10} | {
    17: 5, 18: 3, 19: 2.5, 20: 2.5, 21: 2, 22: 1.2, 23: 0.5
}  # fmt: skip
_EVENING = {8: 1, 9: 3, 10: 4, 11: 4, 13: 2, 15: 2, 17: 3, 19: 5, 20: 5, 21: 4, 22: 3}
OPEN, CLOSE = 10, 16


def is_holiday(day: date) -> bool:
    """Whether schools are closed on a day for a holiday (weekends apart)."""
    return any(first <= day <= last for first, last in _HOLIDAYS)


def draw_received(start: date, months: Sequence[float], dice: Dice) -> datetime:
    """A moment in the school year that begins on `start`, by the weights of its twelve months."""
    month = dice.weighted(dict(enumerate(months)))
    first = date(
        start.year + (start.month - 1 + month) // 12, (start.month - 1 + month) % 12 + 1, 1
    )
    following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    days = [first + timedelta(days=number) for number in range((following - first).days)]
    day = dice.weighted({day: _day_weight(day) for day in days})
    hours = _EVENING if day.weekday() >= 5 else _HOURS
    return datetime.combine(day, time(dice.weighted(hours), dice.below(60)))


def to_staffed(moment: datetime, dice: Dice) -> datetime:
    """The same day, or the working day after, at an hour when the telephone is answered."""
    day = moment.date()
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return datetime.combine(day, time(dice.between(OPEN, CLOSE - 1), dice.below(60)))


def add_working(moment: datetime, minutes: int) -> datetime:
    """`minutes` of staffed time later (Monday to Friday, 10 to 16 h)."""
    current = moment
    while True:
        if current.weekday() >= 5 or current.hour >= CLOSE:
            current = datetime.combine(current.date() + timedelta(days=1), time(OPEN))
            continue
        if current.hour < OPEN:
            current = datetime.combine(current.date(), time(OPEN))
        left = int((datetime.combine(current.date(), time(CLOSE)) - current).total_seconds() // 60)
        if minutes <= left:
            return current + timedelta(minutes=minutes)
        minutes -= left
        current = datetime.combine(current.date() + timedelta(days=1), time(OPEN))


def _day_weight(day: date) -> float:
    weekend = (1.0, 1.05, 1.0, 1.0, 0.85, 0.07, 0.09)[day.weekday()]
    return weekend * (0.16 if is_holiday(day) else 1.0)
