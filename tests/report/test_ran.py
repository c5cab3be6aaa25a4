"""What was run is named with its version and hash, and nothing that was not run."""

from __future__ import annotations

import hashlib

from tests.report.method_study import analysis_with, sections_with, study_with, words_of
from workbench.report.ran import notices, run_table


def test_models_come_with_versions_and_hashes_and_settings_beside(tmp_path):
    study = study_with(tmp_path, "[words]\nstop = ['Thing', 'thing', 'other']\n")
    (tmp_path / "cases.csv").write_text("id,day,words\n", encoding="utf-8")
    table = run_table(analysis_with(study))
    rows = {row["What"]: row for _, row in table.frame.iterrows()}
    from workbench.privacy.model import SHA256
    from workbench.text.vectors import WEIGHTS_SHA256

    assert rows["Vectors"]["SHA-256"] == WEIGHTS_SHA256[:16]
    assert rows["Names, by a model"]["SHA-256"] == SHA256["ner/model"][:16]
    assert "spaCy 3." in rows["Names, by a model"]["Which"]
    assert not any("VADER" in which for which in table.frame["Which"])  # no head was learnt
    assert rows["Themes asked for"]["Which"].startswith("main 5 to 9; sub-themes as found")
    assert "2 of the study's own" in rows["Stop words"]["Which"]
    assert rows["Seed"]["Which"] == "1"
    assert "bertopic" in rows["Software"]["Which"]
    assert set(table.numeric) == set()


def test_a_changed_input_changes_the_hash_of_all_and_not_of_the_description(tmp_path):
    study = study_with(tmp_path)
    hashes = []
    for words in ("a", "b"):
        (tmp_path / "cases.csv").write_text(f"id,day,words\n1,2023-01-01,{words}\n", "utf-8")
        frame = run_table(analysis_with(study)).frame.set_index("What")["SHA-256"]
        hashes.append((frame["Study"], frame["All inputs"]))
    assert hashes[0][0] == hashes[1][0]
    assert hashes[0][1] != hashes[1][1]


def test_what_redaction_does_not_use_is_not_named(tmp_path):
    study = study_with(tmp_path, "[redaction]\nnames = ['lists']\n")
    told = words_of(sections_with(study)["method"])
    assert "Names, by lists" in told
    assert "spaCy" not in told
    assert "Explosion" not in told
    assert "GeoNames" in notices(study).text
    study = study_with(tmp_path, "[redaction]\nnames = []\n")
    assert "GeoNames" not in words_of(sections_with(study)["method"])
    assert "those in lists" not in words_of(sections_with(study)["method"])


def test_heads_learnt_from_labels_are_named_with_their_hash(tmp_path):
    (tmp_path / "heads.npz").write_bytes(b"heads")
    study = study_with(tmp_path, "[tone]\nheads = 'heads.npz'\n")
    rows = run_table(analysis_with(study)).frame.set_index("What")["SHA-256"]
    assert len(rows["Heads of tone"]) == 16
    assert rows["Heads of tone"] != hashlib.sha256(b"").hexdigest()[:16]
    assert "no agreement between them is claimed" in words_of(sections_with(study)["method"])
