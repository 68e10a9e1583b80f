"""Faults in numerics: sampling, streams, functions, layers, kernels and their cache."""

from fault import Fault

FAULTS = [
    Fault(
        "excolor/numerics/sampling.py",
        "int(place < boundary[cell])",
        "int(place > boundary[cell])",
        "tests/unit/numerics/test_sampling.py::TestExactness::test_an_even_comb_of_uniforms_meets_every_row_in_proportion",
    ),
    Fault(
        "excolor/numerics/sampling.py",
        "share[giver] -= 1 - share[row]",
        "share[giver] -= share[row]",
        "tests/unit/numerics/test_sampling.py::TestExactness::test_shares_of_the_cells_add_up_to_the_weights",
    ),
    Fault(
        "excolor/numerics/sampling.py",
        'uniforms * self._cumulative[-1], side="right"',
        'uniforms * self._cumulative[-1], side="left"',
        "tests/unit/numerics/test_sampling.py::TestSearch::test_never_picks_a_row_of_weight_0",
    ),
    Fault(
        "excolor/numerics/sampling.py",
        'uniforms * self._cumulative[-1], side="right"',
        'uniforms, side="right"',
        "tests/unit/numerics/test_sampling.py::TestSearch::test_picks_each_row_in_proportion_to_its_weight",
    ),
    Fault(
        "excolor/numerics/functions.py",
        "for n in range(22, 0, -1)])  # arctan s",
        "for n in range(12, 0, -1)])  # arctan s",
        "tests/unit/numerics/test_functions.py::TestAngles::test_angle_of_a_point",
    ),
    Fault(
        "excolor/numerics/functions.py",
        "return 0.0 if found == 1.0 else found",
        "return found",
        "tests/unit/numerics/test_functions.py::TestAngles::test_angle_of_a_point",
    ),
    Fault(
        "excolor/numerics/functions.py",
        "if x > MOST:",
        "if x > 80.0:",
        "tests/unit/numerics/test_functions.py::TestExp::test_value",
    ),
    Fault(
        "excolor/numerics/layers.py",
        "to_source = back.spare[i % 2, : inputs * rows]",
        "to_source = back.spare[0, : inputs * rows]",
        "tests/unit/numerics/test_layers.py::TestBackward::test_gradient_agrees_with_autograd",
    ),
    Fault(
        "excolor/numerics/layers.py",
        '{"gelu": False, "relu": True}',
        '{"gelu": True, "relu": False}',
        "tests/unit/numerics/test_layers.py::TestForward::test_agrees_with_torch",
    ),
    Fault(
        "excolor/numerics/layers.py",
        "to_y[n] *= y[n] * (ONE - y[n])",
        "to_y[n] *= ONE - y[n]",
        "tests/unit/numerics/test_layers.py::TestLearning::test_error_and_its_gradients_agree_with_autograd",
    ),
    Fault(
        "excolor/numerics/layers.py",
        "for part in (layer.weight, layer.bias)",
        "for part in (layer.bias, layer.weight)",
        "tests/unit/numerics/test_layers.py::TestForward::test_one_layer_is_a_weighted_sum_and_a_bias",
    ),
    Fault(
        "excolor/numerics/elementwise.py",
        "parameters[i] -= rate * m / (np.sqrt(v) + epsilon)",
        "parameters[i] -= rate * m / np.sqrt(v + epsilon)",
        "tests/unit/training/test_loop.py::TestAdam::test_agrees_with_torchs_own",
    ),
    Fault(
        "excolor/numerics/elementwise.py",
        "(gradient[s, k, i] - code[s, k, i] * along[i]) / length[s, i]",
        "gradient[s, k, i] - code[s, k, i] * along[i]",
        "tests/unit/numerics/test_elementwise.py::TestNormalize::test_gradient_is_that_of_autograd",
    ),
    Fault(
        "excolor/numerics/elementwise.py",
        "gradient[i] = TWO * share * error",
        "gradient[i] = share * error",
        "tests/unit/numerics/test_elementwise.py::TestSquaredError::test_and_its_gradient",
    ),
    Fault(
        "excolor/numerics/elementwise.py",
        "x[i] = ZERO if x[i] <= 0 else ONE",
        "x[i] = ZERO if x[i] < 0 else ONE",
        "tests/unit/numerics/test_elementwise.py::TestRelu::test_is_torchs_and_so_is_its_derivative_at_0",
    ),
    Fault(
        "excolor/numerics/elementwise.py",
        "found[s, i] /= float32(answer.shape[1])",
        "found[s, i] /= float32(answer.shape[0])",
        "tests/unit/measures/test_errors.py::TestReconstructionError::test_of_what_is_answered_exactly_is_0",
    ),
    Fault(
        "excolor/numerics/elementwise.py",
        "FARTHEST = float32(13)",
        "FARTHEST = float32(6)",
        "tests/unit/numerics/test_elementwise.py::TestGelu::test_value_to_the_last_digits_even_where_it_is_tiny",
    ),
    Fault(
        "excolor/numerics/matmul.py",
        "sum_n = bias[o]",
        "sum_n = ZERO",
        "tests/unit/numerics/test_matmul.py::TestAgreeWithNumpy::test_product",
    ),
    Fault(
        "excolor/numerics/matmul.py",
        "to_bias[o] += to_y[o * rows + n]",
        "to_bias[o] = to_y[o * rows + n]",
        "tests/unit/numerics/test_matmul.py::TestAgreeWithNumpy::test_product_over_rows",
    ),
    Fault(
        "excolor/numerics/matmul.py",
        "to_weight[o, i], to_weight[o, j] = total(sum_oi), total(sum_oj)",
        "to_weight[o, i], to_weight[o, j] = total(sum_oi), total(sum_oi)",
        "tests/unit/numerics/test_matmul.py::TestAgreeWithNumpy::test_product_over_rows",
    ),
    Fault(
        "excolor/numerics/simd.py",
        "half = LANES // 2",
        "half = LANES // 4",
        "tests/unit/numerics/test_simd.py::test_total_adds_halves_of_halves",
    ),
    Fault(
        "excolor/numerics/arithmetic.py",
        "clamp_min_(NORM_FLOOR**2)",
        "clamp_min_(NORM_FLOOR)",
        "tests/unit/numerics/test_arithmetic.py::TestNorm::test_is_the_hypotenuse",
    ),
    Fault(
        "excolor/numerics/cache_key.py",
        "return code.co_code, code.co_exceptiontable, counts, names, constants",
        "return code.co_code, code.co_exceptiontable, counts, names",
        "tests/unit/numerics/test_cache_key.py::TestTellsApart::test_inner_functions",
    ),
]
