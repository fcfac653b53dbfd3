"""Times a joint step of stage 2 in PyTorch (eager), for the published deblurring network at the small model's size.

    python3 bench/peers/time_training.py <checkout> [threads] [steps] [batch] [patch]

A step is what the published trainer does: the teacher's IPR, T reverse steps and DIRformer, L1 of picture and IPR,
gradients clipped, Adam. Prints the median of the steps after the first. Needs what published_network.py needs.
"""
import statistics
import sys
import time

import torch

from published_network import COMMON, PRESETS, import_arch

OPTIONS = dict(COMMON, n_encoder_res=2, inp_channels=3, dim=16, num_blocks=[2, 2, 2, 3],
               num_refinement_blocks=1, ffn_expansion_factor=2, LayerNorm_type="WithBias")


def main() -> None:
    checkout, *rest = sys.argv[1:]
    threads, steps, batch, patch = [int(value) for value in rest] + [2, 6, 8, 64][len(rest):]
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    preset = PRESETS["deblur"]
    network = import_arch(checkout, preset, preset.module).DiffIRS2(**OPTIONS).train()
    teacher = import_arch(checkout, preset, "DiffIR.archs.S1_arch").CPEN(64, OPTIONS["n_encoder_res"]).eval()
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-4, betas=(0.9, 0.99))
    lq, gt = torch.rand(batch, 3, patch, patch), torch.rand(batch, 3, patch, patch)
    seconds = []
    for _ in range(steps):
        start = time.perf_counter()
        with torch.no_grad():
            ipr = teacher(lq, gt)[0]
        output, predicted = network(lq, ipr)
        loss = (output - gt).abs().mean() + (predicted[-1] - ipr).abs().mean()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1)
        optimiser.step()
        seconds.append(time.perf_counter() - start)
    print(f"PyTorch {torch.__version__}, {threads} threads, batch {batch}, {patch}²: "
          f"{statistics.median(seconds[1:]):.2f} s a step")


if __name__ == "__main__":
    main()
