"""Every regularizer against its definition in plain Python, its closed forms, its symmetries, and its gradient."""

import math
import re

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from excolor.conditions.regularizers import (
    Anchor,
    AngularAnchor,
    AntiAnchor,
    AxisAlignedSubspace,
    Crowding,
    Planarity,
    Regularizer,
    RegularizerError,
    Separate,
    Unitarity,
    unit_vector,
)
from excolor.numerics.streams import stream

WIDTH = 4
POINT = (0.5, -1.0, 0.0, 2.0)

# On a lattice duplicates, parallel rows, right angles and zeros are common, and no cosine is within rounding of the
# limit above which two rows count as duplicates.
lattice = st.integers(-16, 16).map(lambda n: n / 8)


def rows(least=1, zero=True, leading=()):
    batch = hnp.arrays(
        np.float64, st.tuples(*map(st.just, leading), st.integers(least, 6), st.just(WIDTH)), elements=lattice
    )
    return batch if zero else batch.filter(lambda z: (np.abs(z).max(-1) > 0).all())


powers = st.sampled_from([1, 2, 3, 10, 100])
separations = st.builds(Separate, powers, st.booleans())
anything = st.one_of(
    st.just(Unitarity()),
    st.just(Anchor(POINT)),
    st.just(AngularAnchor(POINT)),
    st.builds(AntiAnchor, st.just(POINT), st.booleans()),
    st.builds(
        AxisAlignedSubspace,
        st.sets(st.integers(0, WIDTH - 1), min_size=1).map(lambda dims: tuple(sorted(dims))),
        st.booleans(),
    ),
    st.just(Planarity()),
    st.just(Crowding((0, 2))),
    separations,
)
EACH = [
    Unitarity(),
    Anchor(POINT),
    AngularAnchor(POINT),
    AntiAnchor(POINT),
    AntiAnchor(POINT, hemi=False),
    AxisAlignedSubspace((1, 3)),
    AxisAlignedSubspace((0,), invert=True),
    Planarity(),
    Crowding(),
    *(Separate(power, shift) for power in (1, 2, 10, 100) for shift in (True, False)),
]
each = pytest.mark.parametrize("regularizer", EACH, ids=str)


def measured(regularizer, z):
    return regularizer(torch.as_tensor(np.asarray(z, np.float64))).numpy()


# The definitions, a row at a time -------------------------------------------------------------------------------------


def length(z):
    return math.sqrt(sum(x * x for x in z))


def cosine(a, b):
    return sum(x * y for x, y in zip(a, b, strict=True)) / (max(length(a), 1e-12) * max(length(b), 1e-12))


def defined(regularizer, z):
    """The losses of the rows of z, a list of lists."""
    match regularizer:
        case Unitarity():
            return [(length(row) - 1) ** 2 for row in z]
        case Anchor(point):
            return [sum((x - p) ** 2 for x, p in zip(row, point, strict=True)) for row in z]
        case AngularAnchor(point):
            return [1 - cosine(row, point) for row in z]
        case AntiAnchor(point, hemi=True):
            return [max(cosine(row, point), 0) for row in z]
        case AntiAnchor(point, hemi=False):
            return [(cosine(row, point) + 1) / 2 for row in z]
        case Planarity():
            return [sum(x**2 for x in row[2:]) for row in z]
        case AxisAlignedSubspace(dims, invert):
            return [sum(x**2 for i, x in enumerate(row) if (i in dims) == invert) for row in z]
        case Crowding(dims):
            return [
                sum(1 / (sum((row[i] - other[i]) ** 2 for i in dims) + 1e-6) for k, other in enumerate(z) if k != j)
                / len(z)
                for j, row in enumerate(z)
            ]
        case Separate(power, shift):
            return [sum(crowding(cosine(row, other), power, shift) for other in z) for row in z]


def crowding(c, power, shift):
    if math.isclose(c, 1, rel_tol=0, abs_tol=1e-5 + 1e-8):
        c = 0
    return ((c + 1) / 2 if shift else c) ** power


class TestDefinitions:
    @given(anything, rows())
    def test_agree_with_a_loop(self, regularizer, z):
        np.testing.assert_allclose(measured(regularizer, z), defined(regularizer, z.tolist()), rtol=1e-10, atol=1e-10)

    @given(rows(zero=False))
    def test_the_published_1e8_is_nothing_at_unit_length(self, z):
        """The published code adds 1e-8 to a norm that divides; a cosine moves by less than float32 can show."""
        z /= np.linalg.norm(z, axis=-1, keepdims=True)
        point = np.array(POINT)
        published = z @ point / ((np.linalg.norm(z, axis=-1) + 1e-8) * (np.linalg.norm(point) + 1e-8))
        np.testing.assert_allclose(1 - measured(AngularAnchor(POINT), z), published, rtol=0, atol=2.0**-25)

    @each
    def test_float32_agrees_with_float64(self, regularizer):
        z = torch.from_numpy(stream(0, "rows").normal(size=(64, WIDTH)))
        # A cosine of float32 is off by 1e-7, its hundredth power by a hundred times as much of itself.
        torch.testing.assert_close(regularizer(z.float()).double(), regularizer(z), rtol=5e-5, atol=2e-6)


class TestClosedForms:
    def test_unitarity(self):
        assert measured(Unitarity(), [[3, 4], [0.6, -0.8], [0, 0.5]]) == pytest.approx([16, 0, 0.25])
        assert measured(Unitarity(), [[0, 0]]) == pytest.approx([1])

    def test_anchor(self):
        assert measured(Anchor((0, 2)), [[1, 0], [0, 2], [0, 0]]) == pytest.approx([5, 0, 4])

    def test_angular_anchor(self):
        z = [[5, 0], [0, 1], [-3, 0], [1, math.sqrt(3)]]
        assert measured(AngularAnchor((2, 0)), z) == pytest.approx([0, 1, 2, 0.5], abs=1e-12)

    def test_anti_anchor_spares_the_hemisphere_that_faces_away(self):
        z = [[5, 0], [0, 1], [-3, 0], [1, math.sqrt(3)], [-1, 1]]
        assert measured(AntiAnchor((2, 0)), z) == pytest.approx([1, 0, 0, 0.5, 0], abs=1e-12)

    def test_anti_anchor_of_the_whole_sphere(self):
        z = [[5, 0], [0, 1], [-3, 0], [1, math.sqrt(3)]]
        assert measured(AntiAnchor((2, 0), hemi=False), z) == pytest.approx([1, 0.5, 0, 0.75], abs=1e-12)

    def test_subspace(self):
        z = [[1, 2, 3, 4]]
        assert measured(AxisAlignedSubspace((1, 3)), z) == [1 + 9]
        assert measured(AxisAlignedSubspace((1, 3), invert=True), z) == [4 + 16]
        assert measured(AxisAlignedSubspace((0, 1, 2, 3)), z) == [0]
        assert measured(Planarity(), z) == [9 + 16]

    def test_planarity_is_0_in_a_plane_that_is_all_there_is(self):
        assert measured(Planarity(), [[1, 2]]) == [0]

    @pytest.mark.parametrize("power", [1, 2, 10, 100])
    def test_separate_rows_at_60_degrees(self, power):
        z = [[1, 0], [1, math.sqrt(3)]]
        assert measured(Separate(power, shift=False), z) == pytest.approx([0.5**power] * 2, rel=1e-12)
        assert measured(Separate(power), z) == pytest.approx([0.75**power + 0.5**power] * 2, rel=1e-12)

    def test_separate_rows_at_10_degrees(self):
        """arXiv 2512.12469 has the term felt below about 20 degrees: .9924^100 = .466 at 10."""
        z = [[1, 0], [math.cos(math.pi / 18), math.sin(math.pi / 18)]]
        assert measured(Separate(100), z) == pytest.approx([0.466, 0.466], abs=5e-4)

    def test_separate_opposites(self):
        z = [[1, 0], [-1, 0]]
        assert measured(Separate(3, shift=False), z) == pytest.approx([-1, -1])
        assert measured(Separate(3), z) == pytest.approx([0.5**3] * 2)

    def test_separate_a_row_alone(self):
        assert measured(Separate(2, shift=False), [[0.3, -2]]) == [0]
        assert measured(Separate(2), [[0.3, -2]]) == [0.25]

    def test_crowding(self):
        """Two rows half a unit apart, and a third far from both, in the dimensions that count."""
        z = [[0, 7, 0], [0.5, -7, 0], [0, 0, 2000]]
        assert measured(Crowding((0, 2)), z) == pytest.approx([4 / 3, 4 / 3, 0], abs=1e-5)


class TestSymmetries:
    @given(st.one_of(st.just(Unitarity()), separations), rows(zero=False), st.integers(0, 20))
    def test_no_direction_is_special(self, regularizer, z, seed):
        turn, _ = np.linalg.qr(stream(seed, "rotation").normal(size=(WIDTH, WIDTH)))
        np.testing.assert_allclose(measured(regularizer, z @ turn), measured(regularizer, z), rtol=1e-9, atol=1e-9)

    @given(
        st.one_of(st.just(AngularAnchor(POINT)), st.builds(AntiAnchor, st.just(POINT), st.booleans()), separations),
        rows(zero=False),
        st.data(),
    )
    def test_angular_terms_do_not_see_the_length(self, regularizer, z, data):
        scale = data.draw(hnp.arrays(np.float64, (len(z), 1), elements=st.floats(0.01, 100)))
        np.testing.assert_allclose(measured(regularizer, z * scale), measured(regularizer, z), rtol=1e-9, atol=1e-12)

    @pytest.mark.parametrize("scale", [1e-3, 1e3])
    def test_angular_anchors_do_not_see_the_length_of_their_point(self, scale):
        z = stream(0, "rows").normal(size=(5, WIDTH))
        point = tuple(scale * p for p in POINT)
        for kind in (AngularAnchor, AntiAnchor):
            np.testing.assert_allclose(measured(kind(point), z), measured(kind(POINT), z), atol=1e-12)

    @given(anything, rows(), st.randoms(use_true_random=False))
    def test_order_of_the_rows_is_nothing(self, regularizer, z, random):
        order = random.sample(range(len(z)), len(z))
        np.testing.assert_allclose(measured(regularizer, z[order]), measured(regularizer, z)[order], atol=1e-12)

    @given(anything, st.lists(st.integers(1, 3), max_size=3), st.data())
    def test_leading_axes_are_batches_of_their_own(self, regularizer, leading, data):
        z = data.draw(rows(leading=tuple(leading)))
        losses = measured(regularizer, z)
        assert losses.shape == z.shape[:-1]
        for at in np.ndindex(*leading):
            np.testing.assert_allclose(losses[at], measured(regularizer, z[at]), rtol=1e-12, atol=1e-12)

    @given(anything.filter(lambda regularizer: not isinstance(regularizer, Separate | Crowding)), rows())
    def test_only_separation_compares_rows(self, regularizer, z):
        alone = np.concatenate([measured(regularizer, row[None]) for row in z])
        np.testing.assert_allclose(measured(regularizer, z), alone, rtol=1e-12, atol=1e-12)

    @given(anything, rows())
    def test_pure(self, regularizer, z):
        latents = torch.from_numpy(z.copy())
        first, second = regularizer(latents), regularizer(latents)
        assert torch.equal(first, second)
        assert np.array_equal(latents.numpy(), z)


class TestDuplicates:
    @given(powers, rows(zero=False))
    def test_a_color_is_not_repelled_by_its_duplicate(self, power, z):
        twice = np.concatenate([z, 3 * z[:1]])
        once = measured(Separate(power, shift=False), z)
        np.testing.assert_allclose(measured(Separate(power, shift=False), twice)[0], once[0], atol=1e-12)

    @given(powers, rows(zero=False))
    def test_with_shift_a_duplicate_counts_as_a_right_angle(self, power, z):
        twice = np.concatenate([z, 3 * z[:1]])
        more = measured(Separate(power), twice)[0] - measured(Separate(power), z)[0]
        assert more == pytest.approx(0.5**power, abs=1e-12)

    @pytest.mark.parametrize(("degrees", "loss"), [(0.25, 0), (0.26, 1)])
    def test_rows_are_duplicates_below_a_quarter_of_a_degree(self, degrees, loss):
        """1 - cos is 1.001e-5 at 0.2564 degrees."""
        z = [[1, 0], [math.cos(math.radians(degrees)), math.sin(math.radians(degrees))]]
        assert measured(Separate(1, shift=False), z) == pytest.approx([loss, loss], abs=2e-5)

    def test_crowding_counts_a_duplicate_that_has_no_gradient(self):
        z = torch.tensor([[0.3, -0.2], [0.3, -0.2], [1.3, -0.2]], requires_grad=True)
        losses = Crowding()(z)
        (gradient,) = torch.autograd.grad(losses.sum(), z)
        assert losses.tolist() == pytest.approx([1e6 / 3, 1e6 / 3, 2 / 3], rel=1e-5)
        # The third row alone pushes: 2 / d^3, from either side, over 3 rows.
        assert gradient[:, 0].tolist() == pytest.approx([4 / 3, 4 / 3, -8 / 3], rel=1e-4)


class TestGradients:
    @each
    def test_agree_with_finite_differences(self, regularizer):
        # Rows near enough to each other for a hundredth power to be felt, two of them duplicates.
        cone = unit_vector(1, WIDTH) + 0.4 * stream(1, "rows").normal(size=(2, 5, WIDTH))
        cone[:, 1] = 2 * cone[:, 0]
        z = torch.from_numpy(cone).requires_grad_()
        assert torch.autograd.gradcheck(regularizer, z)

    @pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
    @each
    def test_finite_where_latents_are_0(self, regularizer, dtype):
        z = torch.tensor([[0.0] * WIDTH, [0.0] * WIDTH, [1.0, 2.0, -1.0, 0.5]], dtype=dtype, requires_grad=True)
        (gradient,) = torch.autograd.grad(regularizer(z).sum(), z)
        assert regularizer(z).isfinite().all()
        assert gradient.isfinite().all()

    def test_anti_anchor_leaves_the_other_hemisphere_alone(self):
        z = torch.tensor([[-1.0, 0.3], [1.0, 0.3]], requires_grad=True)
        AntiAnchor((1, 0))(z).sum().backward()
        assert z.grad[0].tolist() == [0, 0]
        assert z.grad[1].abs().min() > 0

    def test_angular_terms_pull_sideways_only(self):
        z = torch.from_numpy(stream(4, "rows").normal(size=(6, WIDTH))).requires_grad_()
        for regularizer in (AngularAnchor(POINT), AntiAnchor(POINT, hemi=False), Separate(3)):
            (gradient,) = torch.autograd.grad(regularizer(z).sum(), z)
            assert (gradient * z).sum(-1).abs().max() < 1e-14 < gradient.abs().max()


class TestDescriptions:
    def test_equal_and_hashed_by_content(self):
        assert Anchor((1, 0)) == Anchor((1.0, 0.0)) != AngularAnchor((1, 0))
        assert len({Separate(100), Separate(100, shift=True), Separate(100, False), Unitarity(), Unitarity()}) == 3

    def test_axis(self):
        assert unit_vector(1, 3) == (0, 1, 0)

    def test_a_new_one_is_a_formula(self):
        class Height(Regularizer):
            def penalty(self, z):
                return z[..., 1]

        assert measured(Height(), [[1, 2], [3, 4]]).tolist() == [2, 4]

    def test_without_a_formula_it_says_so(self):
        with pytest.raises(NotImplementedError, match=r"Regularizer has no formula: define penalty\(self, z\)"):
            Regularizer()(torch.zeros(1, 2))

    @pytest.mark.parametrize("kind", [Anchor, AngularAnchor, AntiAnchor])
    def test_points_follow_the_width(self, kind):
        assert kind((-1, 0, 0)).resized(2) == kind((-1, 0))
        assert kind((-1, 0, 0)).resized(5) == kind((-1, 0, 0, 0, 0))

    def test_anti_anchors_keep_their_hemisphere_when_resized(self):
        assert AntiAnchor((1, 0), hemi=False).resized(3) == AntiAnchor((1, 0, 0), hemi=False)

    def test_what_has_no_point_stays_as_it_is(self):
        for regularizer in (Unitarity(), Separate(100), Planarity(), AxisAlignedSubspace((0, 2))):
            assert regularizer.resized(3) == regularizer


class TestRefusals:
    @pytest.mark.parametrize("kind", [Anchor, AngularAnchor, AntiAnchor])
    def test_point_of_another_width(self, kind):
        message = (
            rf"{kind.__name__} has a point of 2 coordinates, \(1, 0\), but the latents have 3 dimensions: "
            r"give one coordinate each, for example \(1\.0, 0\.0, 0\.0\)"
        )
        with pytest.raises(RegularizerError, match=message):
            kind((1, 0))(torch.zeros(4, 3))

    def test_point_outside_the_narrower_space(self):
        message = r"AngularAnchor has the point \(0, 0, 1\), which does not lie in the first 2 dimensions"
        with pytest.raises(RegularizerError, match=message):
            AngularAnchor((0, 0, 1)).resized(2)

    def test_crowding_in_dims_that_are_not_there(self):
        with pytest.raises(RegularizerError, match=r"Crowding has the dims \(0, 3\): they must be different and from"):
            Crowding((0, 3))(torch.zeros(4, 3))

    @pytest.mark.parametrize(
        "point",
        [
            (),
            [1, 0, 0],
            "100",
            ("1", 0, 0),
            (None, 0),
            (math.nan, 0),
            (1, math.inf),
            (True, 0),
            1,
            None,
            np.ones(3),
            (10**400, 0),
        ],
        ids=repr,
    )
    @pytest.mark.parametrize("kind", [Anchor, AngularAnchor, AntiAnchor])
    def test_points_that_are_none(self, kind, point):
        message = f"{kind.__name__} has the point {point!r}: it must be a tuple of numbers, for example (1.0, 0.0, 0.0"
        with pytest.raises(RegularizerError, match=re.escape(message)):
            kind(point)

    @pytest.mark.parametrize("point", [(0, 0, 0), (1e-9, 0), (1e7, 1), (1e308, 1e308)])
    def test_points_without_a_direction(self, point):
        message = f"AngularAnchor has the point {point!r}, {math.hypot(*point):g} from 0: it must be 1e-06 to 1e+06 fro"
        with pytest.raises(RegularizerError, match=re.escape(message)):
            AngularAnchor(point)

    @pytest.mark.parametrize(
        "dims", [(), (0, 0), (1, 1), (-1,), 1, (1.0,), ("0",), [0, 1], "01", None, (True,)], ids=repr
    )
    @pytest.mark.parametrize("kind", [AxisAlignedSubspace, Crowding, Planarity])
    def test_dims_that_are_none(self, kind, dims):
        message = (
            f"{kind.__name__} has the dims {dims!r}: they must be a tuple of different whole numbers, 0 or above, for "
            "example (0, 1), or (0,) for one"
        )
        with pytest.raises(RegularizerError, match=re.escape(message)):
            kind(dims)

    @pytest.mark.parametrize(
        "make",
        [lambda x: AntiAnchor((1, 0), hemi=x), lambda x: AxisAlignedSubspace((0,), invert=x), lambda x: Separate(2, x)],
        ids=["hemi", "invert", "shift"],
    )
    @pytest.mark.parametrize("flag", ["no", 0, None])
    def test_flags(self, make, flag):
        with pytest.raises(RegularizerError, match=rf"{flag!r}: it is True or False, for example \w+=True"):
            make(flag)

    @pytest.mark.parametrize(("dim", "width"), [(3, 3), (-1, 3), (0, 0), (1.0, 3), ("0", 3), (0, None)])
    def test_axes_that_are_not_there(self, dim, width):
        with pytest.raises(RegularizerError, match=rf"there is no axis {dim!r} in {width!r} dimensions: they are coun"):
            unit_vector(dim, width)

    @pytest.mark.parametrize("dims", [(3,), (0, 7)])
    def test_dims_that_are_not_there(self, dims):
        with pytest.raises(RegularizerError, match=r"they must be different and from 0 to 2, for example \(0, 1\)"):
            AxisAlignedSubspace(dims)(torch.zeros(4, 3))

    def test_no_plane_on_a_line(self):
        with pytest.raises(RegularizerError, match=r"Planarity has the dims \(0, 1\)"):
            Planarity()(torch.zeros(4, 1))

    @pytest.mark.parametrize("power", [0, -1, 2.5, 100.0, "100", True, None])
    def test_powers_that_are_not_whole(self, power):
        with pytest.raises(RegularizerError, match=r"must be a whole number, 1 or above, for example 100"):
            Separate(power)

    def test_are_value_errors(self):
        assert issubclass(RegularizerError, ValueError)


class TestLatents:
    @pytest.mark.parametrize(
        "z",
        [None, 1.0, np.zeros((2, 3)), torch.zeros(3), torch.zeros(2, 3, dtype=torch.int64), torch.zeros(2, 3).bool()],
    )
    def test_that_are_none(self, z):
        with pytest.raises(
            RegularizerError, match=r"it takes latents \[..., B, K\], a tensor of floating point numbers"
        ):
            Unitarity()(z)

    def test_a_formula_of_another_shape(self):
        class Whole(Regularizer):
            def penalty(self, z):
                return z.square()

        message = r"Whole makes a Tensor of .*, of shape \(2, 3\) of latents of shape \(2, 3\): its penalty must be one"
        with pytest.raises(RegularizerError, match=message):
            Whole()(torch.zeros(2, 3))

    @pytest.mark.parametrize(
        ("penalty", "made"),
        [
            (lambda z: torch.from_numpy(z.detach().numpy().sum(-1)), "float32 without a gradient"),
            (lambda z: torch.ones(z.shape[:-1]), "float32 without a gradient"),
            (lambda z: z.double().sum(-1), "float64"),
        ],
        ids=["by numpy", "constant", "of another precision"],
    )
    def test_a_formula_that_nothing_is_trained_by(self, penalty, made):
        class Lost(Regularizer):
            def penalty(self, z):
                return penalty(z)

        message = (
            f"Lost makes a tensor of torch.{made} of latents of torch.float32: its penalty must be made of z by "
            "torch's own functions, or nothing could be trained by it, for example z.square().sum(-1)"
        )
        with pytest.raises(RegularizerError, match=re.escape(message)):
            Lost()(torch.zeros(2, 3, requires_grad=True))

    def test_a_formula_without_a_gradient_can_be_measured(self):
        with torch.no_grad():
            assert Unitarity()(torch.zeros(2, 3, requires_grad=True)).tolist() == [1, 1]

    @pytest.mark.parametrize("width", [0, -1, 1001, 10**12, 2.0, None])
    def test_a_width_that_is_none(self, width):
        with pytest.raises(RegularizerError, match=f"of width {width}: it must be a whole number from 1 to 1000, for"):
            Anchor((1.0, 0.0)).resized(width)
