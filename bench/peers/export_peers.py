"""Exports the published networks to ONNX as their users would, with weights and recorded results.

    python3 bench/peers/export_peers.py <checkout of the published code> <output folder> [deblur inpaint sr]

Writes for each preset: <name>.pth (state dict), <name>.onnx (inputs `input` [1,C,H,W] and `noise`
[1,256], output `output`, fixed shapes, torch.onnx.export's defaults), <name>.safetensors (input, noise,
condition, ipr and output of PyTorch, for `diffir verify --expected` and bench/compare.ts); for deblur
also deblur-dynamic.onnx with free height and width. Needs what published_network.py needs.
"""
import argparse
import json
import subprocess
import sys
from pathlib import Path

import torch

from published_network import PRESETS, build, example

# The newest that torch 1.13 writes.
OPSET = 16


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkout")
    parser.add_argument("output", type=Path)
    parser.add_argument("presets", nargs="*", default=list(PRESETS), metavar="preset")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    if len(arguments.presets) == 1:
        export(arguments.checkout, arguments.output, arguments.presets[0])
        return
    for preset in arguments.presets:
        command = [sys.executable, __file__, arguments.checkout, str(arguments.output), preset]
        subprocess.run(command, check=True)


def export(checkout: str, folder: Path, name: str) -> None:
    inference = build(checkout, name)
    image, noise = example(name)
    torch.save(inference.network.state_dict(), folder / f"{name}.pth")
    with torch.no_grad():
        condition, ipr = inference.prior(image, noise)
        output = inference(image, noise)
    recorded = dict(input=image, noise=noise, condition=condition, ipr=ipr, output=output)
    write_safetensors(folder / f"{name}.safetensors", recorded)
    write_onnx(folder / f"{name}.onnx", inference, (image, noise))
    if name == "deblur":
        axes = {2: "height", 3: "width"}
        dynamic = dict(dynamic_axes={"input": axes, "output": axes})
        write_onnx(folder / f"{name}-dynamic.onnx", inference, (image, noise), **dynamic)
    finite = bool(torch.isfinite(output).all())
    print(f"{name}: {PRESETS[name].parameters:,} parameters, finite={finite}, std={output.std():.4f}, "
          f"std of output - input={(output - image[:, :3]).std() if name != 'sr' else float('nan'):.4f}")


def write_onnx(path: Path, inference, inputs, **options) -> None:
    torch.onnx.export(inference, inputs, str(path), opset_version=OPSET, input_names=["input", "noise"],
                      output_names=["output"], **options)


def write_safetensors(path: Path, tensors) -> None:
    """Little-endian float32, the header padded to eight bytes."""
    header, blobs, offset = {}, [], 0
    for name, tensor in tensors.items():
        blob = tensor.contiguous().numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [offset, offset + len(blob)]}
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + b"".join(blobs))


if __name__ == "__main__":
    main()
