import numpy as np
import pytest

SUBJECTS = {
    "camera": ["camera", "cameras", "lens", "photo", "tripod"],
    "garden": ["garden", "spade", "rose", "soil", "hedge"],
    "train": ["train", "platform", "ticket", "delay", "carriage"],
}


@pytest.fixture(scope="session")
def sample():
    """Texts of three plain subjects with vectors that lie near three directions."""
    random = np.random.default_rng(5)
    texts, rows, subjects = [], [], []
    for number, (subject, words) in enumerate(SUBJECTS.items()):
        for copy in range(60):
            chosen = random.choice(words, size=3)
            texts.append(f"The {chosen[0]} and the {chosen[1]} by the {chosen[2]}, note {copy}.")
            direction = np.zeros(16)
            direction[[number, 3 + 2 * number + copy % 2]] = 1.0, 0.6
            rows.append(direction + random.normal(scale=0.08, size=16))
            subjects.append(subject)
    vectors = np.array(rows, dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return texts, vectors, np.array(subjects)
