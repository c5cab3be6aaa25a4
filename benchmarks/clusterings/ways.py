"""The ways of clustering that are compared, and how each is asked for a number of themes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Draws:
    """How many disturbed copies a way is tried on: of each share, for ``drops``."""

    shuffles: int = 5
    noise: int = 5
    drops: int = 5


@dataclass(frozen=True)
class Way:
    """One way: ``module:function`` carries it out, in our environment or the package ``peer``'s.

    ``asked`` says how it takes a number, "" if it cannot; ``draws`` is None where its stability
    is another way's.
    """

    name: str
    module: str
    function: str = "find"
    peer: str | None = None
    asked: str = ""
    draws: Draws | None = None


_OURS = "benchmarks.clusterings.ours"
_BERTOPIC = "benchmarks.clusterings.bertopic"
_PLAIN = "benchmarks.clusterings.plain"
_ENOUGH = "sizes that find enough, then reduce_topics"
_SLOW = Draws(shuffles=3, noise=3, drops=3)
_SLOWER = Draws(shuffles=3, noise=2, drops=2)

OURS = Way("workbench", _OURS, asked="finest", draws=Draws(shuffles=20))
BERTOPIC = Way("BERTopic defaults", _BERTOPIC, asked="reduce_topics", draws=_SLOW)
BERTOPIC_UNSEEDED = Way("BERTopic defaults, unseeded", _BERTOPIC, "find_unseeded")

WAYS = (
    OURS,
    Way("workbench, main themes", _OURS, "find_main"),
    Way("workbench, sub-themes", _OURS, "find_sub"),
    BERTOPIC,
    Way("BERTopic defaults, filled", _BERTOPIC, "find_filled", asked="reduce_topics"),
    Way("BERTopic tuned", _BERTOPIC, "find_tuned", asked=_ENOUGH),
    Way("BERTopic tuned, filled", _BERTOPIC, "find_tuned_filled", asked=_ENOUGH),
    Way("k-means on PCA", _PLAIN, "find_kmeans", asked="k", draws=_SLOW),
    Way("Ward, spectral number", _PLAIN, "find_ward", asked="cut of the tree", draws=_SLOW),
    Way("single Leiden", _PLAIN, "find_leiden", asked="resolution by bisection", draws=_SLOW),
    Way("TriTopic", "benchmarks.peers.tritopic", "find", "tritopic", "n_topics", _SLOWER),
    Way("Topeax", "benchmarks.peers.topeax", "find", "turftopic", "", _SLOWER),
    Way("EVoC", "benchmarks.peers.evoc", "find", "evoc", "approx_n_clusters", _SLOW),
)


def families(ways: tuple[Way, ...]) -> list[list[Way]]:
    """The ways that share a module, which share what is slow on one copy of a set."""
    modules = list(dict.fromkeys(way.module for way in ways))
    return [[way for way in ways if way.module == module] for module in modules]


def peers(ways: tuple[Way, ...]) -> list[str]:
    """The packages that need environments of their own."""
    return sorted({way.peer for way in ways if way.peer})
