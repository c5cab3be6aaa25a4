"""Plain ways: k-means on principal components, Ward's tree, one Leiden division of a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_array

COMPONENTS = 50
NEIGHBOURS = 15
CANDIDATES = (5, 8, 12, 18, 27, 40, 60, 80, 100, 130)
SAMPLE = 2000
MOST = 150


def find_kmeans(
    texts: list[str], vectors: np.ndarray, *, number: int | None = None, seed: int = 1
) -> np.ndarray:
    """k-means on 50 principal components; own choice: the candidate with the best silhouette."""
    from sklearn.cluster import KMeans

    points = _reduce(vectors, seed)
    count = number or _best_silhouette(points, seed)
    return KMeans(count, n_init=10, random_state=seed).fit_predict(points)


def find_ward(
    texts: list[str], vectors: np.ndarray, *, number: int | None = None, seed: int = 1
) -> np.ndarray:
    """Ward's tree on the vectors, cut at the spectral estimate of the number, or at the number."""
    from scipy.cluster.hierarchy import fcluster, ward

    count = number or estimate_number(vectors, seed=seed)
    return fcluster(ward(vectors.astype(np.float64)), count, criterion="maxclust") - 1


def find_leiden(
    texts: list[str], vectors: np.ndarray, *, number: int | None = None, seed: int = 1
) -> np.ndarray:
    """One Leiden division (Traag 2019) of the 15 nearest neighbours' graph.

    Own choice: resolution 1, the default of modularity. A number: the resolution by bisection.
    """
    graph = _adjacency(vectors)
    if number is None:
        return _divide(graph, 1.0, seed)
    low, high = -4.0, 7.0
    best = _divide(graph, 1.0, seed)
    for _ in range(18):
        middle = (low + high) / 2
        found = _divide(graph, float(np.exp(middle)), seed)
        if abs(found.max() + 1 - number) < abs(best.max() + 1 - number):
            best = found
        if best.max() + 1 == number:
            break
        low, high = (middle, high) if found.max() + 1 < number else (low, middle)
    return best


def estimate_number(vectors: np.ndarray, *, seed: int = 1) -> int:
    """Number of clusters at the largest gap of the Laplacian's eigenvalues, past the first two.

    After Neveditsin and others (arXiv 2511.19350): a normalised Laplacian of cosine similarities
    on a sample of at most 2,000 texts. The paper's adaptive sampling is not repeated here, and
    similarities are kept among neighbours alone, since the whole matrix shows no gap but the first.
    """
    from scipy.sparse import eye_array
    from scipy.sparse.csgraph import laplacian
    from scipy.sparse.linalg import eigsh

    random = np.random.default_rng(seed)
    rows = np.sort(random.permutation(len(vectors))[:SAMPLE])
    near = _adjacency(vectors[rows])
    wanted = min(MOST, len(rows) - 2)
    matrix = laplacian(near, normed=True)
    start = random.standard_normal(len(rows))
    # The smallest values of L are the largest of 2I - L, which Lanczos finds much sooner.
    turned = 2 * eye_array(len(rows), format="csr") - matrix
    values = 2 - np.sort(eigsh(turned, k=wanted, which="LA", v0=start)[0])[::-1]
    return int(np.argmax(np.diff(values)[2:]) + 3)


def _reduce(vectors: np.ndarray, seed: int) -> np.ndarray:
    from sklearn.decomposition import PCA

    wanted = min(COMPONENTS, *vectors.shape)
    return PCA(wanted, svd_solver="full", random_state=seed).fit_transform(vectors)


def _best_silhouette(points: np.ndarray, seed: int) -> int:
    from sklearn.cluster import KMeans
    from sklearn.metrics import silhouette_score

    def silhouette(count: int) -> float:
        found = KMeans(count, n_init=2, random_state=seed).fit_predict(points)
        size = min(SAMPLE, len(points))
        return silhouette_score(points, found, sample_size=size, random_state=seed)

    return max((count for count in CANDIDATES if count * 4 < len(points)), key=silhouette)


def _adjacency(vectors: np.ndarray) -> csr_array:
    """Cosine of each row to its nearest neighbours, made symmetric: CSR, shape ``(n, n)``."""
    from scipy.sparse import csr_array
    from sklearn.neighbors import NearestNeighbors

    wanted = min(NEIGHBOURS, len(vectors) - 1)
    distances, near = NearestNeighbors(metric="cosine").fit(vectors).kneighbors(n_neighbors=wanted)
    ends = np.arange(len(vectors) + 1) * wanted
    weights = np.clip(1 - distances.ravel(), 1e-6, None).astype(np.float64)
    one_way = csr_array((weights, near.ravel(), ends), shape=(len(vectors),) * 2)
    both = one_way.maximum(one_way.T).tocsr()
    both.sort_indices()
    return both


def _divide(graph: csr_array, resolution: float, seed: int) -> np.ndarray:
    from graspologic_native import leiden_csr

    indptr, indices = graph.indptr.astype(np.int64), graph.indices.astype(np.int32)
    _, found = leiden_csr(
        indptr, indices, graph.data, graph.shape[0], resolution=resolution, seed=seed
    )
    own = np.array([found[node] for node in range(graph.shape[0])])
    return np.unique(own, return_inverse=True)[1]
