"""Eigenvalues and eigenvectors against matrices made of known ones."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from excolor.numerics.eigen import symmetric_eigen
from excolor.numerics.streams import stream

ROUNDING = 1e-13


def made(width, values, seed=0):
    """A matrix with these eigenvalues, and the eigenvectors: an orthogonal matrix at random."""
    q, _ = np.linalg.qr(stream(seed, "matrix").normal(size=(width, width)))
    return (q * values) @ q.T, q


def test_by_hand():
    values, vectors = symmetric_eigen(np.array([[[2.0, 1.0], [1.0, 2.0]], [[1.0, 0.0], [0.0, 5.0]]]))
    assert values.tolist() == [pytest.approx([3, 1]), [5, 1]]
    half = np.sqrt(0.5)
    # Of (half, -half) the first of two equals is positive.
    np.testing.assert_allclose(vectors[0], [[half, half], [half, -half]], atol=ROUNDING)
    assert vectors[1].tolist() == [[0, 1], [1, 0]]


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=6), st.integers(0, 20))
def test_finds_the_values_that_a_matrix_was_made_of(given_values, seed):
    matrix, _ = made(len(given_values), np.array(given_values), seed)
    values, vectors = symmetric_eigen(matrix[np.newaxis])
    scale = max(1, *np.abs(given_values))
    np.testing.assert_allclose(values[0], sorted(given_values, reverse=True), atol=10 * scale * ROUNDING)
    np.testing.assert_allclose(vectors[0].T @ vectors[0], np.eye(len(given_values)), atol=10 * ROUNDING)
    np.testing.assert_allclose((vectors[0] * values[0]) @ vectors[0].T, matrix, atol=10 * scale * ROUNDING)


def test_finds_the_vectors_where_values_differ():
    matrix, q = made(5, np.array([9.0, 4.0, 1.0, 0.0, -2.0]))
    _, vectors = symmetric_eigen(matrix[np.newaxis])
    np.testing.assert_allclose(np.abs((vectors[0] * q).sum(0)), np.ones(5), atol=10 * ROUNDING)


@pytest.mark.parametrize("width", [2, 3, 5, 8])
def test_the_largest_coordinate_is_positive(width):
    _, vectors = symmetric_eigen(np.stack([made(width, np.arange(width, dtype=float), seed)[0] for seed in range(9)]))
    largest = np.take_along_axis(vectors, np.abs(vectors).argmax(1)[:, np.newaxis], 1)
    assert (largest > 0).all()


def test_a_matrix_has_the_same_bits_alone_as_among_others():
    matrices = np.stack([made(5, np.arange(5.0), seed)[0] for seed in range(9)])
    together, alone = symmetric_eigen(matrices), symmetric_eigen(matrices[4:5])
    for many, one in zip(together, alone, strict=True):
        assert many[4].tobytes() == one[0].tobytes()


def test_what_is_given_stays_as_it_was():
    matrix = made(4, np.arange(4.0))[0][np.newaxis]
    before = matrix.copy()
    symmetric_eigen(matrix)
    assert (matrix == before).all()


def test_numbers_that_are_none_come_to_an_end():
    values, _ = symmetric_eigen(np.full((1, 3, 3), np.nan))
    assert np.isnan(values).all()


@pytest.mark.parametrize("shape", [(3, 3), (2, 3, 4), (9,)])
def test_what_is_no_row_of_matrices(shape):
    with pytest.raises(ValueError, match=re.escape(f"matrices of shape {shape}: they must be [S, K, K], for example")):
        symmetric_eigen(np.ones(shape))
