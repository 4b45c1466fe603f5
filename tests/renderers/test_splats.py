"""Gaussians as they are seen, against numbers that are known without the code."""

from dataclasses import replace

import numpy as np
import pytest

from renderers.assets import Splats
from renderers.splats import covariances, filtered, logits, opacities, product, rdf, rgb, rotations, shadow, turned


def some(count: int = 50) -> Splats:
    rng = np.random.default_rng(1)
    q = rng.normal(size=(count, 4))
    parts = (rng.normal(size=(count, 3)), rng.uniform(-5, -1, (count, 3)), q / np.linalg.norm(q, axis=1, keepdims=True),
             rng.normal(size=count), rng.normal(size=(count, 3)))
    return Splats(*(part.astype(np.float32) for part in parts), pixel=0.05)


def test_a_quarter_turn_swaps_the_axes_of_the_covariance():
    q = np.float32([[np.sqrt(0.5), 0, 0, np.sqrt(0.5)]])                # about z
    one = Splats(np.zeros((1, 3), np.float32), np.log(np.float32([[1, 2, 3]])), q, np.zeros(1, np.float32),
                 np.zeros((1, 3), np.float32))
    np.testing.assert_allclose(covariances(one)[0], np.diag([4, 1, 9]), atol=1e-5)


def test_a_rotation_turns_a_vector_as_its_quaternion_does():
    q, v = some().quaternions, np.float32([0.3, -0.5, 0.8])
    pure = np.tile(np.float32([0, *v]), (len(q), 1))
    turned_by_hand = product(product(q, pure), q * np.float32([1, -1, -1, -1]))
    np.testing.assert_allclose(rotations(q) @ v, turned_by_hand[:, 1:], atol=1e-6)


def test_an_object_turned_has_positions_and_covariances_turned():
    q = some().quaternions[7]
    R = rotations(q[None])[0]
    after = turned(some(), tuple(q))
    np.testing.assert_allclose(after.positions, some().positions @ R.T, atol=1e-5)
    np.testing.assert_allclose(covariances(after), R @ covariances(some()) @ R.T, atol=1e-6)


def test_the_axes_of_captures_have_y_down_and_lead_back():
    there = rdf(some())
    np.testing.assert_array_equal(there.positions, some().positions * np.float32([1, -1, -1]))
    np.testing.assert_allclose(covariances(rdf(there)), covariances(some()), atol=1e-7)


def test_color_and_opacity_are_what_the_record_says():
    one = replace(some(1), colors=np.float32([[0, 1, 9]]), opacity_logits=np.float32([np.log(3)]))
    np.testing.assert_allclose(rgb(one), [[0.5, 0.5 + 0.28209479, 1]], atol=1e-6)
    np.testing.assert_allclose(opacities(one), [0.75], atol=1e-6)
    np.testing.assert_allclose(logits(np.array([0.0, 0.75, 1.0])), [-16.118, np.log(3), 16.118], atol=1e-3)
    assert opacities(replace(some(2), opacity_logits=np.float32([-200, 200]))).tolist() == [0, 1]


def test_the_shadow_is_the_largest_over_directions():
    """Half axes a b c seen along u cast an ellipse of area pi sqrt((b c u_x)^2 + (a c u_y)^2 + (a b u_z)^2)."""
    s = np.array([[1, 1, 1], [1, 1, 0], [0.2, 3, 1], [0.1, 0.1, 5]])
    u = np.random.default_rng(0).normal(size=(20_000, 3))
    u /= np.linalg.norm(u, axis=1, keepdims=True)
    others = np.stack([s[:, 1] * s[:, 2], s[:, 0] * s[:, 2], s[:, 0] * s[:, 1]], 1)
    largest = np.sqrt((others[:, None] ** 2 * u ** 2).sum(-1)).max(1)
    np.testing.assert_allclose(shadow(s), largest, rtol=1e-3)


def test_the_filter_widens_a_ball_and_keeps_what_it_casts():
    ball = replace(some(1), log_scales=np.log(np.full((1, 3), 0.01, np.float32)))
    wide, variance = filtered(ball), 0.01 ** 2 + 0.1 * 0.05 ** 2
    np.testing.assert_allclose(np.exp(wide.log_scales), np.full((1, 3), variance ** 0.5), rtol=1e-5)
    np.testing.assert_allclose(opacities(wide), opacities(ball) * 0.01 ** 2 / variance, rtol=1e-4)
    assert wide.pixel == 0 and filtered(wide) is wide


def test_a_flat_gaussian_survives_the_filter():
    """By the ratio of volumes, which is Mip-Splatting's, it would have no opacity at all."""
    flat = replace(some(1), log_scales=np.log(np.float32([[0.1, 0.1, 1e-7]])), opacity_logits=np.float32([2]))
    assert opacities(filtered(flat))[0] > 0.7 * opacities(flat)[0]


@pytest.mark.parametrize("size", [1e-6, 1.0])
def test_what_is_much_larger_than_a_pixel_stays_and_what_is_smaller_fades(size):
    one = replace(some(1), log_scales=np.full((1, 3), np.log(size), np.float32))
    ratio = opacities(filtered(one)) / opacities(one)
    assert (ratio > 0.999) if size == 1 else (ratio < 1e-3)
