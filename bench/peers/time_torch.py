"""Serves forward passes of a published network in PyTorch (eager), for bench/compare.ts to time.

    python3 bench/peers/time_torch.py <checkout> <deblur|inpaint|sr> <weights.pth> <recorded.safetensors> [threads]

Writes one line of JSON when ready. Each line on stdin runs one forward pass of the recorded input and
noise; the answer is one line of JSON: {"seconds": ..., "peakBytes": ...}. A line {"outputFile": path}
also writes the output there as little-endian float32, N,C,H,W. Ends with stdin.
"""
import json
import resource
import sys
import time
from pathlib import Path

import numpy
import torch

from published_network import build


def main() -> None:
    checkout, preset, weights, recorded, *rest = sys.argv[1:]
    torch.set_num_threads(int(rest[0]) if rest else 2)
    # The published code prints while it builds; stdout is for answers.
    answers, sys.stdout = sys.stdout, sys.stderr
    inference = build(checkout, preset)
    inference.network.load_state_dict(torch.load(weights))
    image, noise = (torch.from_numpy(values) for values in read_safetensors(Path(recorded), "input", "noise"))
    answer(answers, {"ready": f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads"})
    for line in sys.stdin:
        request = json.loads(line)
        start = time.perf_counter()
        with torch.no_grad():
            output = inference(image, noise)
        seconds = time.perf_counter() - start
        if "outputFile" in request:
            output.numpy().astype("<f4").tofile(request["outputFile"])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        answer(answers, {"seconds": seconds, "peakBytes": peak})


def answer(stream, message) -> None:
    stream.write(json.dumps(message) + "\n")
    stream.flush()


def read_safetensors(path: Path, *names: str):
    data = path.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    for name in names:
        begin, end = header[name]["data_offsets"]
        values = numpy.frombuffer(data[start + begin:start + end], "<f4").copy()
        yield values.reshape(header[name]["shape"])


if __name__ == "__main__":
    main()
