"""The published PyTorch networks at full size, for use as peers in speed comparisons.

Nothing of the published code is included: its modules are imported from a checkout of it
(https://github.com/Zj-BinXia/DiffIR), and what they import for training only is replaced by stand-ins.
Needs torch >= 1.13, numpy and einops.
"""
import importlib
import importlib.util
import sys
import types
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping

import torch

COMMON = dict(heads=[1, 2, 4, 8], bias=False, n_denoise_res=1, linear_start=0.1, linear_end=0.99, timesteps=4)


@dataclass(frozen=True)
class Preset:
    folder: str
    module: str
    side: int
    channels: int
    parameters: int
    options: Mapping[str, object]


# The values of the published option files; `parameters` counts shared tensors once.
PRESETS = {
    "deblur": Preset(
        "DiffIR-demotionblur", "DiffIR.archs.S2_arch", 256, 3, 26_911_934,
        dict(COMMON, n_encoder_res=5, inp_channels=3, dim=48, num_blocks=[3, 5, 6, 6],
             num_refinement_blocks=4, ffn_expansion_factor=2, LayerNorm_type="WithBias"),
    ),
    "inpaint": Preset(
        "DiffIR-inpainting", "archs.S2_arch", 256, 4, 26_402_474,
        dict(COMMON, n_encoder_res=5, inp_channels=4, dim=52, num_blocks=[1, 1, 1, 9],
             num_refinement_blocks=0, ffn_expansion_factor=1.8, LayerNorm_type="WithBias"),
    ),
    "sr": Preset(
        "DiffIR-SRGAN", "DiffIR.archs.S2_arch", 64, 3, 24_971_206,
        dict(COMMON, n_encoder_res=9, inp_channels=3, scale=4, dim=64, num_blocks=[13, 1, 1, 1],
             num_refinement_blocks=13, ffn_expansion_factor=2.2, LayerNorm_type="BiasFree"),
    ),
}


class Inference(torch.nn.Module):
    """What the published evaluation does, with the noise that it draws inside as a second input."""

    def __init__(self, network: torch.nn.Module):
        super().__init__()
        self.network = network

    def prior(self, image: torch.Tensor, noise: torch.Tensor):
        diffusion = self.network.diffusion
        condition = self.network.condition(image)
        ipr = noise
        for step in reversed(range(diffusion.num_timesteps)):
            t = torch.full((image.shape[0],), step, dtype=torch.long)
            ipr = diffusion.p_mean_variance(x=ipr, t=t, c=condition, clip_denoised=False)[0]
        return condition, ipr

    def forward(self, image: torch.Tensor, noise: torch.Tensor) -> torch.Tensor:
        return self.network.G(image, self.prior(image, noise)[1])


def build(checkout: str, name: str, seed: int = 0) -> Inference:
    """A network with seeded random weights. One preset per process: the folders' module names clash."""
    preset = PRESETS[name]
    module = import_arch(checkout, preset, preset.module)
    torch.manual_seed(seed)
    network = module.DiffIRS2(**preset.options).eval()
    with torch.no_grad():
        # LayerNorm weights and temperatures start as ones and would hide a mix-up.
        for parameter in network.parameters():
            if parameter.numel() < 4096:
                parameter.add_(0.1 * torch.randn_like(parameter))
    count = sum(parameter.numel() for parameter in network.parameters())
    if count != preset.parameters:
        raise SystemExit(f"{name}: {count} parameters instead of {preset.parameters}")
    return Inference(network).eval()


def example(name: str, seed: int = 0):
    """An image with values in [0,1] and a noise vector."""
    preset = PRESETS[name]
    generator = torch.Generator().manual_seed(seed)
    image = torch.rand((1, preset.channels, preset.side, preset.side), generator=generator)
    return image, torch.randn((1, 256), generator=generator)


class _Registry:
    def register(self):
        return lambda registered: registered


def import_arch(checkout: str, preset: Preset, module: str):
    """A module of the published code, by its name within the preset's folder."""
    folder = Path(checkout) / preset.folder
    if not folder.is_dir():
        raise SystemExit(f"{folder}: no such folder; give a checkout of the published code")
    sys.path.insert(0, str(folder))
    for package in {module.split(".")[0], module.rpartition(".")[0]}:
        # As plain folders: the packages' own __init__ imports everything that trains.
        _stand_in(package).__path__ = [str(folder.joinpath(*package.split(".")))]
    _stand_in("ldm.ddim", DDIMSampler=None)
    _stand_in("basicsr")
    _stand_in("basicsr.utils")
    _stand_in("basicsr.utils.registry", ARCH_REGISTRY=_Registry())
    for absent, names in {"tqdm": ["tqdm"], "PIL": ["Image", "ImageDraw", "ImageFont"]}.items():
        if absent not in sys.modules and importlib.util.find_spec(absent) is None:
            _stand_in(absent, **dict.fromkeys(names))
    return importlib.import_module(module)


def _stand_in(name: str, **contents) -> types.ModuleType:
    module = types.ModuleType(name)
    module.__dict__.update(contents)
    sys.modules[name] = module
    return module
