"""What an alignment of themes and codes comes to, in plain words with its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from workbench.themes.alignment import FEWEST, MEETS, MET
from workbench.themes.found import NO_THEME

if TYPE_CHECKING:
    import pandas as pd

_Row: TypeAlias = "Mapping[Any, Any]"
_Finding: TypeAlias = "tuple[Any, ...]"
KINDS = (
    "match",
    "theme without code",
    "code without theme",
    "theme joins codes",
    "code split",
    "too few",
)
COLUMNS = ("kind", "theme", "label", "code", "name", "n", "share", "low", "high", "says")
SEVERAL = 2


def summarise_alignment(frame: pd.DataFrame) -> pd.DataFrame:
    """What an alignment (``align_codebook``) comes to: one row a finding, in plain words.

    Columns ``kind``, ``theme``, ``label``, ``code``, ``name`` (missing where the finding is not
    about one), ``n`` texts, ``share`` with ``low`` and ``high`` (95%), ``says``. A code that
    ``MEETS`` a theme and is on at least that share of it is the theme's own. Kinds, in this order
    and by n within:
    "match": a theme and its own code, when neither meets another (n and share of the theme that
    bear the code);
    "theme without code": no code of its own, and not several that it meets, so the codebook may
    miss what it is about (n of the theme; share with its most frequent code);
    "code without theme": no theme's own (n of the code; share in the theme that holds most);
    "theme joins codes": it meets several (n of the theme; share with the most frequent of them);
    "code split": it meets several themes (n of the code; share in all of them together);
    "too few": a theme or code of which nothing can be said (its n; no share).
    A code that is split and no theme's own gives two findings.
    """
    import pandas as pd

    themes = [part for number, part in frame.groupby("theme", sort=False) if number != NO_THEME]
    codes = [part for _, part in frame.groupby("code", sort=False)]
    rows = [
        *_find_matches(frame),
        *(_miss_theme(part) for part in themes if _owns_none(part) and _count_met(part) < SEVERAL),
        *(_miss_code(part) for part in codes if _owns_none(part)),
        *(_join(part) for part in themes if _count_met(part) >= SEVERAL),
        *(_split(part) for part in codes if _count_met(part) >= SEVERAL),
        *(_too_few(part, "theme", "size") for part in themes if part["size"].iloc[0] < FEWEST),
        *(_too_few(part, "code", "total") for part in codes if part["total"].iloc[0] < FEWEST),
    ]
    found = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"theme": "Int64"})
    place = found["kind"].map(KINDS.index)
    ranked = found.assign(place=place).sort_values(
        ["place", "n"], ascending=[True, False], kind="stable"
    )
    return ranked.drop(columns="place").reset_index(drop=True)


def _owns(frame: pd.DataFrame) -> pd.Series:
    return frame["relation"].isin(MET) & (frame["share_of_theme"] >= MEETS)


def _owns_none(part: pd.DataFrame) -> bool:
    told = part["relation"].isin((*MET, "apart")).any()
    return bool(told and not _owns(part).any())


def _count_met(part: pd.DataFrame) -> int:
    return int(part["relation"].isin(MET).sum())


def _find_matches(frame: pd.DataFrame) -> list[_Finding]:
    met = frame[frame["relation"].isin(MET)]
    alone = ~met["theme"].duplicated(keep=False) & ~met["code"].duplicated(keep=False)
    found = []
    for row in met[alone & _owns(met)].to_dict("records"):
        says = (
            f"Theme '{row['label']}' goes with code '{row['name']}': "
            f"{_share(row, 'share_of_theme')} of {_texts(row['size'])} in the theme bear the code, "
            f"and {_share(row, 'share_of_code')} of {_texts(row['total'])} with the code lie there."
        )
        about = (row["theme"], row["label"], row["code"], row["name"], row["n"])
        share = (row["share_of_theme"], row["low"], row["high"])
        found.append(("match", *about, *share, says))
    return found


def _miss_theme(part: pd.DataFrame) -> _Finding:
    best = _largest(part, "share_of_theme")[0]
    says = (
        f"The codebook may miss what theme '{best['label']}' ({_texts(best['size'])}) is about: "
        f"its most frequent code, '{best['name']}', is on {_share(best, 'share_of_theme')} of it, "
        f"against {_percent(best['share_of_all'])} of all."
    )
    return _of_theme("theme without code", best, says)


def _miss_code(part: pd.DataFrame) -> _Finding:
    ranked = _largest(part[part["theme"] != NO_THEME], "share_of_code")
    best, nowhere = ranked[0], part[part["theme"] == NO_THEME].iloc[0]
    says = (
        f"Code '{best['name']}' ({_texts(best['total'])}) has no theme of its own: theme "
        f"'{best['label']}' holds the largest part, {_share(best, 'share_of_code')}"
    )
    out = _percent(nowhere["share_of_code"])
    says += "." if out == _percent(0) else f"; {out} of its texts are in no theme."
    share = (best["share_of_code"], best["code_low"], best["code_high"])
    return _of_code("code without theme", best, share, says)


def _join(part: pd.DataFrame) -> _Finding:
    ranked = _largest(part[part["relation"].isin(MET)], "share_of_theme")
    parts = "; ".join(f"'{row['name']}' {_share(row, 'share_of_theme')}" for row in ranked)
    best = ranked[0]
    says = (
        f"Theme '{best['label']}' ({_texts(best['size'])}) joins {len(ranked)} codes, each on this "
        f"share of it: {parts}."
    )
    return _of_theme("theme joins codes", best, says)


def _split(part: pd.DataFrame) -> _Finding:
    from statsmodels.stats.proportion import proportion_confint

    ranked = _largest(part[part["relation"].isin(MET)], "share_of_code")
    total, n = ranked[0]["total"], sum(row["n"] for row in ranked)
    low, high = proportion_confint(n, total, method="wilson")
    together = {"share": n / total, "low": low, "high": high}
    parts = "; ".join(f"'{row['label']}' {_share(row, 'share_of_code')}" for row in ranked)
    says = (
        f"Code '{ranked[0]['name']}' ({_texts(total)}) is spread over {len(ranked)} themes, which "
        f"hold {_share(together, 'share')} of it together: {parts}."
    )
    return _of_code("code split", ranked[0], (n / total, low, high), says)


def _too_few(part: pd.DataFrame, what: str, size: str) -> _Finding:
    row = part.iloc[0]
    nothing = (float("nan"),) * 3
    if what == "theme":
        says = f"Too few texts in theme '{row['label']}' are coded to tell ({_texts(row[size])})."
        about = (row["theme"], row["label"], None, None)
    else:
        says = f"Too few texts bear code '{row['name']}' to tell ({_texts(row[size])})."
        about = (None, None, row["code"], row["name"])
    return ("too few", *about, float(row[size]), *nothing, says)


def _of_theme(kind: str, row: _Row, says: str) -> _Finding:
    share = (row["share_of_theme"], row["low"], row["high"])
    return (kind, row["theme"], row["label"], None, None, row["size"], *share, says)


def _of_code(kind: str, row: _Row, share: tuple[float, float, float], says: str) -> _Finding:
    return (kind, None, None, row["code"], row["name"], row["total"], *share, says)


def _largest(part: pd.DataFrame, share: str) -> list[_Row]:
    """The rows, that with the largest ``share`` first."""
    ranked = part.sort_values(share, ascending=False, kind="stable")
    return list(ranked.to_dict("records"))


def _share(row: _Row, share: str) -> str:
    """A share with its interval: ``34.2% (30.1% to 38.5%)``."""
    low, high = ("code_low", "code_high") if share == "share_of_code" else ("low", "high")
    return f"{_percent(row[share])} ({_percent(row[low])} to {_percent(row[high])})"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def _texts(n: float) -> str:
    """A number of texts; one that is expected, and not counted, is said to be about so many."""
    return f"{'' if float(n).is_integer() else 'about '}{n:,.0f} texts"
