"""Learning: loss, optimizer, model and loop do what they say, on the CPU and in fp32 unless it is about bf16."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the learning half of the recipe needs torch: pip install '.[training]'")

from toolkit.errors import InputError
from training import loss as loss_module
from training.batches import assemble, pack
from training.checkpoint import Checkpoint, Progress
from training.config import ModelConfig, OptimizerConfig, ScheduleConfig, TrainingConfig
from training.export import _sinusoids
from training.loss import compiled_kernel, smoothed_cross_entropy
from training.model import Translator, attend, sinusoids
from training.optimizer import Optimizer, orthogonalize
from training.train import Learner, TensorBatch, begin, feed, pick_precision, rate_factor, train

TINY = ModelConfig(vocabulary=50, width=16, heads=2, hidden=32, encoder_layers=2, decoder_layers=2, max_length=32)
PLAIN = TrainingConfig(precision="float32", device="cpu", threads=1, batch_tokens=60, log_every=1000)
RNG = np.random.default_rng(0)
PAIRS = pack(
    [RNG.integers(4, 50, size=RNG.integers(2, 8)).tolist() for _ in range(60)],
    [RNG.integers(4, 50, size=RNG.integers(2, 8)).tolist() for _ in range(60)],
    [1.0] * 60,
    20,
)


def start(seed: int = 0) -> Checkpoint:
    return begin(Path("no such file"), None, TINY, seed)


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_the_loss_is_pytorchs_own(smoothing: float, dtype: torch.dtype) -> None:
    generator = torch.Generator().manual_seed(0)
    hidden = torch.randn(37, 16, generator=generator).to(dtype).requires_grad_()
    weight = (torch.randn(301, 16, generator=generator) * 0.3).to(dtype).requires_grad_()
    target = torch.randint(0, 301, (37,), generator=generator)
    loss, nll = smoothed_cross_entropy(hidden, weight, target, smoothing)
    loss.backward()
    own = hidden.grad, weight.grad
    hidden.grad = weight.grad = None
    logits = (hidden @ weight.t()).float()
    expected = torch.nn.functional.cross_entropy(logits, target, label_smoothing=smoothing)
    expected.backward()
    close = {"atol": 1e-5, "rtol": 1e-4} if dtype == torch.float32 else {"atol": 3e-3, "rtol": 0.05}
    assert torch.allclose(loss, expected, atol=1e-3)
    assert torch.allclose(nll, torch.nn.functional.cross_entropy(logits, target), atol=1e-3)
    assert all(torch.allclose(a, b, **close) for a, b in zip(own, (hidden.grad, weight.grad), strict=True))


def test_the_c_kernel_gives_pytorchs_numbers() -> None:
    kernel = compiled_kernel()
    if kernel is None:
        pytest.skip("no C compiler with OpenMP on this machine")
    logits = (torch.randn(64, 1003, generator=torch.Generator().manual_seed(1)) * 4).bfloat16()
    target = torch.randint(0, 1003, (64,), generator=torch.Generator().manual_seed(2))
    in_c, in_torch = logits.clone(), logits.clone()
    first = loss_module._in_c(kernel, in_c, target, 0.1)
    second = loss_module._in_torch(in_torch, target, 0.1)
    assert all(torch.allclose(a, b, atol=1e-4) for a, b in zip(first, second, strict=True))
    assert torch.allclose(in_c.float(), in_torch.float(), atol=1e-5, rtol=0.01)


def test_without_a_compiler_the_loss_is_pytorchs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loss_module.shutil, "which", lambda name: None)
    compiled_kernel.cache_clear()
    assert compiled_kernel() is None
    compiled_kernel.cache_clear()


def test_attention_is_pytorchs() -> None:
    query, key, value = torch.randn(3, 2, 4, 5, 8, generator=torch.Generator().manual_seed(0))
    mask = torch.full((5, 5), -1e4).triu(1)
    expected = torch.nn.functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
    assert torch.allclose(attend(query, key, value, mask), expected, atol=1e-5)


def test_a_target_token_sees_only_earlier_ones() -> None:
    model = Translator(TINY)
    source, target = torch.randint(4, 50, (1, 6)), torch.randint(4, 50, (1, 7))
    changed = target.clone()
    changed[0, 4] = (target[0, 4] + 1) % 46 + 4
    before, after = model(source, target), model(source, changed)
    assert torch.equal(before[:, :4], after[:, :4])
    assert not torch.allclose(before[:, 4:], after[:, 4:])


def test_exported_positions_are_the_trained_ones() -> None:
    assert np.allclose(_sinusoids(ModelConfig()), sinusoids(512, 384).numpy(), atol=1e-4)


def test_orthogonalized_matrices_have_singular_values_near_one() -> None:
    for shape in ((3, 20, 30), (2, 30, 20)):
        values = torch.linalg.svdvals(orthogonalize(torch.randn(shape, generator=torch.Generator().manual_seed(0))))
        assert values.min() > 0.3
        assert values.max() < 1.3


def test_the_optimizers_form_of_the_weights_can_be_undone() -> None:
    model = Translator(TINY)
    optimizer = Optimizer(model, OptimizerConfig())
    named = optimizer.named(optimizer.masters)
    state = model.state_dict()
    assert named.keys() == state.keys()
    assert all(torch.equal(named[name], state[name]) for name in named)
    stacked = optimizer.stacked(named)
    assert all(torch.equal(a, b) for a, b in zip(stacked, optimizer.masters, strict=True))


def test_published_weights_are_the_models() -> None:
    model = Translator(TINY)
    optimizer = Optimizer(model, OptimizerConfig())
    optimizer.publish([torch.zeros_like(tensor) for tensor in optimizer.masters])
    assert all(not parameter.any() for parameter in model.parameters())
    optimizer.publish(optimizer.masters)
    assert all(torch.equal(p, optimizer.named(optimizer.masters)[n]) for n, p in model.named_parameters())


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_a_batch_can_be_learnt_by_heart(precision: str) -> None:
    training = replace(PLAIN, precision=precision, label_smoothing=0.0)
    learner = Learner(start(), training, OptimizerConfig(muon_rate=0.02, adam_rate=0.01, momentum_warmup=10))
    batch = TensorBatch.of(assemble(PAIRS, np.flatnonzero(PAIRS.source_lengths == 5)), learner.device)
    losses = [float(learner.step(batch, 1.0)) for _ in range(60)]
    assert losses[0] > 3.5
    assert losses[-1] < 0.5


@pytest.mark.parametrize(
    ("schedule", "progress", "factor"),
    [
        (ScheduleConfig(warmup=0, decay=0.0), Progress(), 1.0),
        (ScheduleConfig(seconds=10, warmup=4, decay=0.0), Progress(0, 0.0), 0.25),
        (ScheduleConfig(seconds=10, warmup=1, decay=1.0), Progress(5, 2.5), 0.75),
        (ScheduleConfig(seconds=10, warmup=1, decay=1.0), Progress(5, 10.0), None),
        (ScheduleConfig(seconds=10, steps=100, warmup=1, decay=0.5), Progress(75, 1.0), 0.5),
    ],
)
def test_rate(schedule: ScheduleConfig, progress: Progress, factor: float | None) -> None:
    assert rate_factor(schedule, progress) == factor


def run(path: Path, first: Checkpoint, steps: int, whole: int = 12) -> Checkpoint:
    schedule = ScheduleConfig(steps=whole, warmup=2, decay=0.0)
    if steps < whole:
        schedule = replace(schedule, steps=steps)
    return train(PAIRS, first, path, PLAIN, OptimizerConfig(), schedule)


def test_a_run_that_goes_on_continues_where_it_stopped(tmp_path: Path) -> None:
    path = tmp_path / "run.pt"
    stopped = run(path, start(), 5)
    resumed = begin(path, None, TINY, 0)
    assert resumed.progress.steps == 5
    assert resumed.progress.tokens == stopped.progress.tokens > 0
    learner = Learner(resumed, PLAIN, OptimizerConfig())
    assert learner.optimizer.steps == 5
    assert all(torch.equal(learner.checkpoint().live[name], stopped.live[name]) for name in stopped.live)
    last = run(path, begin(path, None, TINY, 0), 12)
    assert last.progress.steps == 12
    assert sorted(file.name for file in tmp_path.iterdir()) == ["run.pt"]


def test_two_equal_runs_end_with_equal_weights(tmp_path: Path) -> None:
    first, second = (run(tmp_path / f"{name}.pt", start(), 6) for name in "ab")
    assert all(torch.equal(first.average[name], second.average[name]) for name in first.average)


def test_a_new_run_takes_only_the_weights_of_another(tmp_path: Path) -> None:
    old = run(tmp_path / "old.pt", start(), 12)
    new = begin(tmp_path / "new.pt", tmp_path / "old.pt", ModelConfig(), 0)
    assert new.config == TINY
    assert new.progress == Progress()
    assert not new.optimizer
    assert all(torch.equal(new.live[name], old.average[name]) for name in old.average)


def test_the_average_lags_behind_the_weights(tmp_path: Path) -> None:
    first, last = start(), run(tmp_path / "a.pt", start(), 12)
    name = "encoder.0.feed_forward.up.weight"
    assert not torch.equal(last.average[name], first.average[name])
    assert (last.average[name] - first.live[name]).norm() < (last.live[name] - first.live[name]).norm()


def test_a_stop_file_ends_the_run_saved(tmp_path: Path) -> None:
    (tmp_path / "run.pt.stop").touch()
    assert run(tmp_path / "run.pt", start(), 12).progress.steps == 0
    assert [file.name for file in tmp_path.iterdir()] == ["run.pt"]


def test_validation_is_of_the_average_and_leaves_the_weights_alone() -> None:
    learner = Learner(start(), PLAIN, OptimizerConfig())
    before = {name: weight.clone() for name, weight in learner.model.state_dict().items()}
    assert learner.validate(PAIRS) == pytest.approx(np.log(50), rel=0.3)
    assert all(torch.equal(before[name], weight) for name, weight in learner.model.state_dict().items())


def test_a_fault_in_the_feeding_thread_is_raised_in_the_loop() -> None:
    broken = replace(PAIRS, target=PAIRS.target[:0])
    with pytest.raises(IndexError):
        next(feed(broken, PLAIN, torch.device("cpu"), 0))


@pytest.mark.parametrize("content", [None, b"", b"no checkpoint", b"PK\x03\x04"])
def test_a_file_that_is_no_checkpoint_is_an_input_error(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "run.pt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"run\.pt"):
        Checkpoint.load(path)


def test_precision_can_be_chosen() -> None:
    device = torch.device("cpu")
    assert pick_precision("float32", device) == torch.float32
    assert pick_precision("bfloat16", device) == torch.bfloat16
    assert pick_precision("auto", device) in {torch.float32, torch.bfloat16}
