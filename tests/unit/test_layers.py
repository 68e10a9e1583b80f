"""The hand-written layers: forward against loops and `math.erf`, backward against autograd."""

import math

import pytest

from excolor.layers import ACTIVATIONS, Affine, Stack, TrainedStack
from excolor.streams import stream

import torch  # isort: skip  (after excolor, which pins its numerics)

SEEDS, ROWS = 3, 7
DEPTHS = [(3, 4), (3, 16, 5), (5, 16, 16, 3)]


def normal(purpose, *shape):
    return torch.from_numpy(stream(0, purpose).normal(size=shape)).float()


def layers(widths, make=normal):
    """One affine layer from each width to the next."""
    return [
        Affine(make(f"weight {i}", SEEDS, widths[i + 1], widths[i]), make(f"bias {i}", SEEDS, widths[i + 1]))
        for i in range(len(widths) - 1)
    ]


def unwritten(purpose, *shape):
    return torch.full(shape, math.nan)


class Chain:
    """The same function by torch alone, in float64, for one seed after the other; and its gradients by autograd."""

    def __init__(self, stacked, x):
        self.weights = [layer.weight.double().requires_grad_() for layer in stacked]
        self.biases = [layer.bias.double().requires_grad_() for layer in stacked]
        self.x = x.double().requires_grad_()
        self.y = torch.stack([self.one(seed, self.x[seed].T).T for seed in range(SEEDS)])

    def one(self, seed, x):
        for i, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            x = torch.nn.functional.linear(torch.nn.functional.gelu(x) if i else x, weight[seed], bias[seed])
        return x


def close(actual, expected):
    """Equal up to the rounding of float32, over sums of at most 16 terms of size 1 to 10."""
    torch.testing.assert_close(actual.double(), expected, rtol=1e-5, atol=3e-5)


@pytest.fixture(params=DEPTHS, ids=str)
def widths(request):
    return request.param


@pytest.fixture
def stacked(widths):
    return layers(widths)


@pytest.fixture
def x(widths):
    return normal("x", SEEDS, widths[0], ROWS)


class TestAffine:
    def test_knows_its_sizes(self):
        (layer,) = layers((3, 4))
        assert (layer.inputs, layer.outputs) == (3, 4)


class TestForward:
    def test_one_layer_is_a_weighted_sum_and_a_bias(self):
        (layer,) = layers((3, 4))
        x = normal("x", SEEDS, 3, ROWS)
        y = Stack([layer], SEEDS, ROWS).forward(x)
        for s in range(SEEDS):
            for o in range(4):
                for b in range(ROWS):
                    products = [float(layer.weight[s, o, i]) * float(x[s, i, b]) for i in range(3)]
                    assert float(y[s, o, b]) == pytest.approx(sum(products) + float(layer.bias[s, o]), abs=1e-6)

    def test_agrees_with_torch(self, stacked, x):
        close(Stack(stacked, SEEDS, ROWS).forward(x), Chain(stacked, x).y)

    def test_one_batch_serves_all_seeds(self, stacked, x):
        alike = x[:1].expand(SEEDS, -1, -1).contiguous()
        expected = Stack(stacked, SEEDS, ROWS).forward(alike)
        assert torch.equal(Stack(stacked, SEEDS, ROWS).forward(x[0]), expected)

    def test_leaves_inputs_and_weights_alone(self, stacked, x):
        before = [tensor.clone() for layer in stacked for tensor in (layer.weight, layer.bias)]
        kept = x.clone()
        Stack(stacked, SEEDS, ROWS).forward(x)
        assert torch.equal(x, kept)
        assert all(map(torch.equal, [t for layer in stacked for t in (layer.weight, layer.bias)], before))

    def test_follows_weights_that_are_changed_in_place(self, stacked, x):
        stack = Stack(stacked, SEEDS, ROWS)
        stack.forward(x)
        for layer in stacked:
            layer.weight.mul_(-0.5)
        close(stack.forward(x), Chain(stacked, x).y)

    @pytest.mark.parametrize("value", [-6.0, -1.0, -0.1, 0.0, 0.3, 1.0, 2.5, 6.0])
    def test_the_gelu_is_the_exact_one(self, value):
        """Between two identities: v Phi(v). The usual approximation by tanh differs by up to 5e-4."""
        identity = Affine(torch.eye(1)[None], torch.zeros(1, 1))
        y = Stack([identity, identity], 1, 1).forward(torch.full((1, 1, 1), value))
        assert y.item() == pytest.approx(value * (1 + math.erf(value / math.sqrt(2))) / 2, rel=1e-5, abs=1e-7)


class TestBackward:
    def test_gradients_agree_with_autograd(self, widths, stacked, x):
        slope = normal("slope", SEEDS, widths[-1], ROWS)
        gradients = layers(widths, make=unwritten)
        stack = TrainedStack(stacked, gradients, SEEDS, ROWS)
        stack.forward(x)
        dx = stack.backward(slope)

        chain = Chain(stacked, x)
        chain.y.backward(slope.double())
        close(dx, chain.x.grad)
        for gradient, weight, bias in zip(gradients, chain.weights, chain.biases, strict=True):
            close(gradient.weight, weight.grad)
            close(gradient.bias, bias.grad)

    def test_belongs_to_the_last_forward(self, widths, stacked, x):
        slope = normal("slope", SEEDS, widths[-1], ROWS)

        def gradients_after(*inputs):
            gradients = layers(widths, make=unwritten)
            stack = TrainedStack(stacked, gradients, SEEDS, ROWS)
            for each in inputs:
                stack.forward(each)
            stack.backward(slope, to_inputs=False)
            return [tensor for gradient in gradients for tensor in (gradient.weight, gradient.bias)]

        assert all(map(torch.equal, gradients_after(-x, x), gradients_after(x)))

    @pytest.mark.parametrize("value", [-3.0, -0.7, 0.0, 0.4, 3.0])
    def test_slope_of_the_gelu(self, value):
        """Phi(v) + v phi(v)."""
        identity = Affine(torch.eye(1)[None], torch.zeros(1, 1))
        gradients = [Affine(torch.empty(1, 1, 1), torch.empty(1, 1)) for _ in range(2)]
        stack = TrainedStack([identity, identity], gradients, 1, 1)
        stack.forward(torch.full((1, 1, 1), value))
        dx = stack.backward(torch.ones(1, 1, 1))
        density = math.exp(-value * value / 2) / math.sqrt(2 * math.pi)
        assert dx.item() == pytest.approx((1 + math.erf(value / math.sqrt(2))) / 2 + value * density, abs=1e-6)


class TestRelu:
    @pytest.mark.parametrize(("value", "expected", "slope"), [(-1.5, 0, 0), (0.0, 0, 0), (2.5, 2.5, 1)])
    def test_and_its_slope(self, value, expected, slope):
        """Between two identities: max(v, 0), and no slope at 0."""
        identity = Affine(torch.eye(1)[None], torch.zeros(1, 1))
        gradients = [Affine(torch.empty(1, 1, 1), torch.empty(1, 1)) for _ in range(2)]
        stack = TrainedStack([identity, identity], gradients, 1, 1, ACTIVATIONS["relu"])
        assert stack.forward(torch.full((1, 1, 1), value)).item() == expected
        assert stack.backward(torch.ones(1, 1, 1)).item() == slope


class TestSeeds:
    def test_bits_of_a_seed_do_not_depend_on_the_others(self, widths, stacked, x):
        slope = normal("slope", SEEDS, widths[-1], ROWS)

        def worked(chosen):
            own = [Affine(layer.weight[chosen], layer.bias[chosen]) for layer in stacked]
            gradients = [Affine(torch.empty_like(layer.weight), torch.empty_like(layer.bias)) for layer in own]
            stack = TrainedStack(own, gradients, len(chosen), ROWS)
            y = stack.forward(x[chosen]).clone()
            stack.backward(slope[chosen])
            return [y, *(tensor for gradient in gradients for tensor in (gradient.weight, gradient.bias))]

        together = worked([0, 1, 2])
        for seed in range(SEEDS):
            assert all(torch.equal(all_[seed], one[0]) for all_, one in zip(together, worked([seed]), strict=True))
