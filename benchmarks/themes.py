"""Themes of this workbench beside those of its peers, on the same vectors of the same texts.

Four tables: ``themes`` (agreement with the sets' own themes), ``themes_stability`` (what a change
of rows, threads or last digits does), ``themes_later`` (what further texts do to kept themes) and
``themes_speed`` (time and memory against BERTopic).
Ways run in processes of their own, some in environments of their own under ``.peers/``; one that
cannot run has a row that says why. ``clusterings/options.py`` tells how to run less.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.clusterings import coherence, later, measures, speed
from benchmarks.clusterings.draws import NOISE
from benchmarks.clusterings.isolation import Environments, version_of
from benchmarks.clusterings.options import Options, read_options
from benchmarks.clusterings.quality import measure_quality
from benchmarks.clusterings.sets import LabelledSet, load_mixture, load_sets
from benchmarks.clusterings.stability import measure_stability
from benchmarks.clusterings.ways import peers
from benchmarks.machine import Table


def main() -> Iterator[Table]:
    """Each table again and again as it fills; only whole runs are kept."""
    options = read_options()
    sets = load_sets(list(options.sets) or None)
    if options.texts:
        sets = [data.sample(options.texts) for data in sets]
    environments = Environments()
    environments.prepare(peers(options.ways))
    with TemporaryDirectory() as name:
        for part in options.parts:
            yield from PARTS[part](options, sets, environments, Path(name))


def _quality(
    options: Options, sets: list[LabelledSet], environments: Environments, folder: Path
) -> Iterator[Table]:
    settings = {
        **{data.name: data.describe() for data in sets},
        "number": "'own': found by the way itself; 'true': asked for the set's number, by "
        + "; ".join(f"{way.name}: {way.asked}" for way in options.ways if way.asked),
        "ARI, NMI": "against the set's themes, unplaced texts as one further theme; 'filled': "
        "unplaced texts of every way put to the nearest centre first",
        "low, high": f"95% interval over texts, {measures.DRAWS} bootstrap draws",
        "ours ahead": "ARI of the workbench less that of the row, on the same draws of texts",
        "peers": ", ".join(f"{peer} {version_of(peer)}" for peer in peers(options.ways)),
        "NPMI, C_V": f"windows of {coherence.NPMI_WINDOW} and {coherence.C_V_WINDOW} words, top "
        f"{coherence.TOP} words by c-TF-IDF of each division, alike for all; not ranked on",
    }
    for frame in measure_quality(sets, options.ways, environments, folder, together=_cores()):
        yield Table("themes", frame, settings, kept=options.whole)


def _stability(
    options: Options, sets: list[LabelledSet], environments: Environments, folder: Path
) -> Iterator[Table]:
    draws = {way: options.draws(way) for way in options.ways if way.draws}
    settings = {
        **{data.name: f"{len(data.texts):,} texts" for data in sets},
        "number": "each way's own choice of number",
        "identical": "of the shuffles, how many gave the same division, theme for theme",
        "threads": "the division with 2 threads against that with 1",
        "copies": f"of each further kind: noise of {NOISE:g} on each entry; 5% and 20% of the "
        "texts dropped (ARI on the texts kept); mean and least ARI; fewer for slow ways",
    }
    for frame in measure_stability(sets, draws, environments, folder, together=_cores()):
        yield Table("themes_stability", frame, settings, kept=options.whole)


def _later(
    options: Options, sets: list[LabelledSet], environments: Environments, folder: Path
) -> Iterator[Table]:
    settings = {
        **{data.name: data.describe() for data in sets},
        "draws": f"themes are found in a random {later.FIRST:.0%} of the texts; then there are all",
        "stayed": "ARI of the first texts' finest themes before and after; mean and least",
        "later ARI": "of the later texts against the set's themes; mean and least",
        "later unplaced": "share of the later texts",
    }
    for frame in later.measure_later(sets, draws=1 if options.quick else later.DRAWS):
        yield Table("themes_later", frame, settings, kept=options.whole)


def _speed(
    options: Options, sets: list[LabelledSet], environments: Environments, folder: Path
) -> Iterator[Table]:
    sizes = {400: 2, 800: 1} if options.quick else speed.SIZES
    texts, vectors = load_mixture(max(sizes))
    settings = {
        "data": f"{len(texts):,} different texts of banking77 (train, test), nhs_fft and "
        "octis_bbc, shuffled; smaller sizes are its beginning; vectors by embed, not timed",
        "time ratio": "to BERTopic's defaults with a seeded UMAP; least of the rounds, taking "
        "turns, all cores, imports and compilation beforehand",
        "extra MB": "peak above a process with all imported and the vectors loaded",
        "growth": "b of time = a · texts^b over the sizes",
    }
    for frame in speed.measure_speed(texts, vectors, environments, folder, sizes=sizes):
        yield Table("themes_speed", frame, settings, kept=options.whole)


PARTS = {"quality": _quality, "stability": _stability, "later": _later, "speed": _speed}


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
