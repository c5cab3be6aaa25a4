"""A first look at a mailbox: the study.toml that would read it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from workbench.cases.inspect import guess_head, guess_periods
from workbench.cases.mail import Mail
from workbench.cases.mailbox import kind_of, read_mailbox
from workbench.dates import ISO, read_dates
from workbench.errors import SourceError


def inspect_mail(path: Path | str) -> str:
    """The study.toml that would read the mails of ``path``, with guesses marked for checking.

    The helpline's own domain is guessed: most mails come from it or go to it. Raises
    ``SourceError`` where no mail can be read.
    """
    import pandas as pd

    place = Path(path)
    items = list(read_mailbox(place))
    mails = [item.mail for item in items if item.mail is not None]
    if not mails:
        raise SourceError(f"{place} holds no mail that can be read. Export the mailbox again.")
    dates = read_dates(pd.Series([mail.sent for mail in mails], dtype="str"))
    noted = sum(bool(mail.notes) for mail in mails)
    source = f"{place.name}/" if place.is_dir() else place.name
    source = f"{place.name}/" if place.is_dir() else place.name
    read = f"{kind_of(place)}, {len(items):,} mails: {len(items) - len(mails):,} cannot be read,"
    lines = [
        guess_head(place, ISO, None),
        guess_periods(dates),
        f"# Read as {read}",
        f"# {noted:,} hold something doubtful. Reading the study will say which and why.",
        "[[sources]]",
        f"path = {json.dumps(source)}",
        "# Each thread is a case. Where a table holds the cases and subjects carry their numbers:",
        '# holds = "messages"',
        "# case_pattern = '\\[(P[0-9]+)\\]'",
        "",
        "[messages]",
        "# Whoever writes from here is the helpline; all others enquire.",
        f"addresses = [{json.dumps(_own_domain(mails))}]",
    ]
    return "\n".join(lines) + "\n"


def _own_domain(mails: list[Mail]) -> str:
    """The domain that takes part in most mails, as "@example.org"."""
    taking_part: Counter[str] = Counter()
    for mail in mails:
        people = (mail.sender, *mail.people)
        taking_part.update({p.address.rpartition("@")[2] for p in people if "@" in p.address})
    domains = sorted(taking_part, key=lambda domain: (-taking_part[domain], domain))
    return f"@{domains[0]}" if domains else "@example.org"
