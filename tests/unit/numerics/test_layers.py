"""The hand-written layers: forward against loops and `math.erf`, backward against autograd."""

import math
import re

import numpy as np
import pytest
import torch

from excolor.numerics.layers import Affine, LayerError, Stack, TrainedStack, joined
from excolor.numerics.streams import stream

SEEDS, ROWS = 3, 21  # so many rows that some are worked on sixteen at a time, and some alone
DEPTHS = [(3, 4), (3, 16, 5), (5, 16, 16, 3), (2, 7, 1)]
IDENTITY = Affine(torch.eye(1)[None], torch.zeros(1, 1))


def normal(purpose, *shape):
    return torch.from_numpy(stream(0, purpose).normal(size=shape)).float()


def layers(widths):
    """One affine layer from each width to the next."""
    return [
        Affine(normal(f"weight {i}", SEEDS, widths[i + 1], widths[i]), normal(f"bias {i}", SEEDS, widths[i + 1]))
        for i in range(len(widths) - 1)
    ]


def trained(stacked, widths, rows=ROWS, activation="gelu"):
    """(the stack, its gradient, unwritten)."""
    parameters = joined(stacked)
    gradient = torch.full_like(parameters, math.nan)
    return TrainedStack(parameters, gradient, widths, rows, activation), gradient


class Chain:
    """The same function by torch alone, in float64, for one seed after the other; and its gradients by autograd."""

    def __init__(self, stacked, x):
        self.weights = [layer.weight.double().requires_grad_() for layer in stacked]
        self.biases = [layer.bias.double().requires_grad_() for layer in stacked]
        self.x = torch.from_numpy(x).double().requires_grad_()
        self.y = torch.stack([self.one(seed, self.x[seed].T).T for seed in range(SEEDS)])

    def one(self, seed, x):
        for i, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            x = torch.nn.functional.linear(torch.nn.functional.gelu(x) if i else x, weight[seed], bias[seed])
        return x

    def gradient(self):
        """As `joined` lays the layers out."""
        return joined([Affine(w.grad, b.grad) for w, b in zip(self.weights, self.biases, strict=True)])


def close(actual, expected):
    """Equal up to the rounding of float32, over sums of at most 21 terms of size 1 to 10."""
    torch.testing.assert_close(torch.as_tensor(actual).double(), expected.detach(), rtol=1e-5, atol=3e-5)


@pytest.fixture(params=DEPTHS, ids=str)
def widths(request):
    return request.param


@pytest.fixture
def stacked(widths):
    return layers(widths)


@pytest.fixture
def x(widths):
    return normal("x", SEEDS, widths[0], ROWS).numpy()


class TestAffine:
    def test_knows_its_sizes(self):
        (layer,) = layers((3, 4))
        assert (layer.inputs, layer.outputs) == (3, 4)


class TestForward:
    def test_one_layer_is_a_weighted_sum_and_a_bias(self):
        (layer,) = layers((3, 4))
        x = normal("x", SEEDS, 3, ROWS).numpy()
        y = Stack.of([layer], ROWS).forward(x)
        for s in range(SEEDS):
            for o in range(4):
                for b in range(ROWS):
                    products = [float(layer.weight[s, o, i]) * float(x[s, i, b]) for i in range(3)]
                    assert float(y[s, o, b]) == pytest.approx(sum(products) + float(layer.bias[s, o]), abs=1e-6)

    def test_agrees_with_torch(self, stacked, x):
        close(Stack.of(stacked, ROWS).forward(x), Chain(stacked, x).y)

    def test_one_batch_serves_all_seeds(self, stacked, x):
        alike = x[:1].repeat(SEEDS, 0)
        assert np.array_equal(Stack.of(stacked, ROWS).forward(x[:1]), Stack.of(stacked, ROWS).forward(alike))

    def test_one_batch_for_each_seed_serves_several_conditions(self, stacked, x):
        twice = [Affine(*(torch.cat([part, -part]) for part in (layer.weight, layer.bias))) for layer in stacked]
        apart = Stack.of(twice, ROWS).forward(np.concatenate([x, x]))
        assert np.array_equal(Stack.of(twice, ROWS).forward(x), apart)

    def test_leaves_inputs_and_weights_alone(self, stacked, x):
        before = joined(stacked)
        kept = x.copy()
        Stack.of(stacked, ROWS).forward(x)
        assert np.array_equal(x, kept)
        assert torch.equal(joined(stacked), before)

    def test_follows_parameters_that_are_changed_in_place(self, widths, stacked, x):
        parameters = joined(stacked)
        stack = Stack(parameters, widths, ROWS)
        stack.forward(x)
        parameters.mul_(-0.5)
        halved = [Affine(-0.5 * layer.weight, -0.5 * layer.bias) for layer in stacked]
        close(stack.forward(x), Chain(halved, x).y)

    def test_layers_may_begin_anywhere_among_the_parameters(self, widths, stacked, x):
        between = torch.cat([torch.full((SEEDS, 2), math.nan), joined(stacked), torch.full((SEEDS, 1), math.nan)], 1)
        close(Stack(between, widths, ROWS, first=2).forward(x), Chain(stacked, x).y)

    @pytest.mark.parametrize("value", [-6.0, -1.0, -0.1, 0.0, 0.3, 1.0, 2.5, 6.0])
    def test_the_gelu_is_the_exact_one(self, value):
        """Between two identities: v Phi(v). The usual approximation by tanh differs by up to 5e-4."""
        y = Stack.of([IDENTITY, IDENTITY], 1).forward(np.full((1, 1, 1), value, np.float32))
        assert y.item() == pytest.approx(value * (1 + math.erf(value / math.sqrt(2))) / 2, rel=1e-5, abs=1e-7)


class TestInputs:
    @pytest.mark.parametrize("shape", [(SEEDS, 3, ROWS + 1), (SEEDS, 4, ROWS), (2, 3, ROWS), (3, ROWS)])
    def test_of_another_shape_are_refused(self, shape):
        stack, _ = trained(layers((3, 4)), (3, 4))
        wrong = np.zeros(shape, np.float32)
        fits = r"these layers take \(3, 3, 21\), or \(1, 3, 21\) for all seeds alike$"
        for use in (stack.forward, lambda x: stack.backward(x, x), lambda x: stack.learn(x, x, False, x)):
            with pytest.raises(ValueError, match=fits):
                use(wrong)


class TestShapes:
    """What kernels would read past, or write past: refused before they are called."""

    def test_gradients_of_the_outputs(self):
        stack, _ = trained(layers((3, 4)), (3, 4))
        x = np.zeros((SEEDS, 3, ROWS), np.float32)
        stack.forward(x)
        for shape in [(SEEDS, 4, ROWS - 1), (SEEDS, 3, ROWS), (SEEDS - 1, 4, ROWS), (SEEDS + 1, 4, ROWS), (4, ROWS)]:
            message = f"gradients of the outputs of shape {shape}: these layers take, for example, {(SEEDS, 4, ROWS)}"
            with pytest.raises(LayerError, match=re.escape(message)):
                stack.backward(x, np.zeros(shape, np.float32))

    def test_truth_and_losses(self):
        stack, _ = trained(layers((3, 4)), (3, 4))
        x, truth, losses = (np.zeros(shape, np.float32) for shape in ((SEEDS, 3, ROWS), (SEEDS, 4, ROWS), SEEDS))
        stack.learn(x, truth, False, losses)
        for wrong, message in [
            (
                (x[:1], truth, losses),
                "inputs to learn from of shape (1, 3, 21): these layers take, for example, (3, 3,",
            ),
            (
                (x, truth[:2], losses),
                "a truth of shape (2, 4, 21): these layers take (3, 4, 21), or (1, 4, 21) for all seeds alike",
            ),
            ((x, truth[:0], losses), "a truth of shape (0, 4, 21): these layers take (3, 4, 21)"),
            ((x, x, losses), "a truth of shape (3, 3, 21): these layers take (3, 4, 21)"),
            ((x, truth, losses[:2]), "losses of shape (2,): these layers take, for example, (3,)"),
        ]:
            with pytest.raises(LayerError, match=re.escape(message)):
                stack.learn(wrong[0], wrong[1], False, wrong[2])

    def test_memory(self):
        stack, _ = trained(layers((3, 4)), (3, 4))
        double = np.zeros((SEEDS, 3, ROWS))
        with pytest.raises(
            LayerError, match=r"inputs of float64: kernels take float32 that is, for example np\.asconti"
        ):
            stack.forward(double)
        turned = np.zeros((SEEDS, ROWS, 3), np.float32).transpose(0, 2, 1)
        with pytest.raises(LayerError, match="inputs of float32, not side by side in memory: kernels take"):
            stack.forward(turned)

    @pytest.mark.parametrize(
        ("weight", "bias"), [((2, 3, 4), (2, 2)), ((2, 3, 4), (1, 3)), ((3, 4), (3,)), ((2, 3, 4), (2, 3, 1))]
    )
    def test_biases(self, weight, bias):
        message = (
            f"a layer with weights {weight} and biases {bias}: they must be [S, out, in] and [S, out], for example"
        )
        with pytest.raises(LayerError, match=re.escape(message)):
            Affine(torch.zeros(weight), torch.zeros(bias))

    def test_layers_that_do_not_fit_each_other(self):
        (first, second) = layers((3, 4, 2))
        for above in (first, Affine(second.weight[:1], second.bias[:1])):
            message = (
                f"a layer with weights (3, 4, 3) under one with {tuple(above.weight.shape)}: the outputs of one are"
            )
            with pytest.raises(LayerError, match=re.escape(message)):
                Stack.of((first, above), ROWS)

    def test_parameters(self):
        parameters = joined(layers((3, 4)))
        for wrong, first in ((parameters[:, :-1], 0), (parameters, 1), (parameters, -1), (parameters[0], 0)):
            with pytest.raises(LayerError, match=r"layers of the widths \[3, 4\] take those from .* for example \("):
                Stack(wrong.contiguous(), (3, 4), ROWS, first=first)
        with pytest.raises(
            LayerError, match=r"a gradient of shape \(3, 15\): these layers take, for example, \(3, 16\)"
        ):
            TrainedStack(parameters, torch.zeros(3, 15), (3, 4), ROWS)
        with pytest.raises(LayerError, match="parameters of float64: kernels take float32"):
            Stack(parameters.double(), (3, 4), ROWS)

    @pytest.mark.parametrize(("widths", "rows"), [((3,), 5), ((3, 0), 5), ((3, 4), 0), ((), 5)])
    def test_sizes(self, widths, rows):
        message = f"layers of the widths {list(widths)} for {rows} rows: there must be two widths or more, all of them"
        with pytest.raises(LayerError, match=re.escape(message)):
            Stack(torch.zeros(1, 16), widths, rows)

    def test_activation(self):
        with pytest.raises(LayerError, match="the activation 'tanh': it is one of gelu, relu, for example 'gelu'"):
            Stack(torch.zeros(1, 16), (3, 4), ROWS, "tanh")


class TestBackward:
    def test_gradient_agrees_with_autograd(self, widths, stacked, x):
        to_y = normal("slope", SEEDS, widths[-1], ROWS)
        stack, gradient = trained(stacked, widths)
        stack.forward(x)
        stack.backward(x, to_y.numpy())

        chain = Chain(stacked, x)
        chain.y.backward(to_y.double())
        close(gradient, chain.gradient())

    def test_goes_forward_as_what_goes_no_way_back(self, widths, stacked, x):
        """But for the last digits of the GELU."""
        found = trained(stacked, widths)[0].forward(x)
        np.testing.assert_allclose(found, Stack.of(stacked, ROWS).forward(x), rtol=0, atol=1e-5)

    def test_belongs_to_the_last_forward(self, widths, stacked, x):
        to_y = normal("slope", SEEDS, widths[-1], ROWS).numpy()

        def gradient_after(*inputs):
            stack, gradient = trained(stacked, widths)
            for each in inputs:
                stack.forward(each)
            stack.backward(x, to_y)
            return gradient

        assert torch.equal(gradient_after(-x, x), gradient_after(x))

    def test_leaves_other_parameters_gradient_alone(self, widths, stacked, x):
        parameters = torch.cat([joined(stacked), torch.zeros(SEEDS, 2)], 1)
        gradient = torch.full_like(parameters, 7.0)
        stack = TrainedStack(parameters, gradient, widths, ROWS)
        stack.forward(x)
        stack.backward(x, normal("slope", SEEDS, widths[-1], ROWS).numpy())
        assert (gradient[:, -2:] == 7).all()


class TestLearning:
    @pytest.mark.parametrize("squash", [False, True])
    def test_error_and_its_gradients_agree_with_autograd(self, widths, stacked, x, squash):
        truth = normal("truth", SEEDS, widths[-1], ROWS)
        stack, gradient = trained(stacked, widths)
        losses = np.full(SEEDS, np.nan, np.float32)
        to_inputs = stack.learn(x, truth.numpy(), squash, losses)

        chain = Chain(stacked, x)
        answer = torch.sigmoid(chain.y) if squash else chain.y
        errors = (answer - truth).square().mean((1, 2))
        errors.sum().backward()
        close(losses, errors.detach())
        close(gradient, chain.gradient())
        close(to_inputs, chain.x.grad)

    @pytest.mark.parametrize("value", [-3.0, -0.7, 0.0, 0.4, 3.0])
    def test_derivative_of_the_gelu(self, value):
        """Between two identities the error's gradient 2 (y - t), here 1, times Phi(v) + v phi(v)."""
        stack, _ = trained([IDENTITY, IDENTITY], (1, 1, 1), rows=1)
        x = np.full((1, 1, 1), value, np.float32)
        dx = stack.learn(x, stack.forward(x) - np.float32(0.5), False, np.zeros(1, np.float32))
        density = math.exp(-value * value / 2) / math.sqrt(2 * math.pi)
        assert dx.item() == pytest.approx((1 + math.erf(value / math.sqrt(2))) / 2 + value * density, abs=1e-6)


class TestRelu:
    @pytest.mark.parametrize(("value", "expected", "derivative"), [(-1.5, 0, 0), (0.0, 0, 0), (2.5, 2.5, 1)])
    def test_and_its_derivative(self, value, expected, derivative):
        """Between two identities: max(v, 0), and no derivative at 0."""
        stack, _ = trained([IDENTITY, IDENTITY], (1, 1, 1), rows=1, activation="relu")
        x = np.full((1, 1, 1), value, np.float32)
        y = stack.forward(x).copy()
        assert y.item() == expected
        assert stack.learn(x, y - np.float32(0.5), False, np.zeros(1, np.float32)).item() == derivative


class TestSeeds:
    def test_bits_of_a_seed_do_not_depend_on_the_others(self, widths, stacked, x):
        to_y, truth = (normal(name, SEEDS, widths[-1], ROWS).numpy() for name in ("slope", "truth"))

        def worked(chosen):
            own = [Affine(layer.weight[chosen], layer.bias[chosen]) for layer in stacked]
            stack, gradient = trained(own, widths)
            y = stack.forward(x[chosen]).copy()
            stack.backward(x[chosen], to_y[chosen])
            by_gradient, losses = gradient.clone(), np.empty(len(chosen), np.float32)
            dx = stack.learn(x[chosen], truth[chosen], True, losses)
            return [y, by_gradient.numpy(), gradient.numpy(), losses, dx]

        together = worked([0, 1, 2])
        for seed in range(SEEDS):
            alone = worked([seed])
            assert all(np.array_equal(all_[seed], one[0]) for all_, one in zip(together, alone, strict=True))
