"""Computes adversarial-reference.json with PyTorch: three steps of a network against a discriminator.

Run: python3 adversarial-reference.py > adversarial-reference.json

The network is one convolution; what is checked is the adversary: the U-Net with spectral normalisation and
vanilla losses, and the N-layer discriminator with batch normalisation, the hole as target, R1 and feature
matching. Both take their gradients before either takes its step, and the singular vectors advance once a step.
"""
import json

import torch
import torch.nn.functional as F

torch.manual_seed(0)
F4 = 4  # features of the discriminators


def sines(shapes):
    """0.3·sin(0.7·i + n) for value i of the n-th parameter by name."""
    values = {}
    for n, name in enumerate(sorted(shapes)):
        size = torch.Size(shapes[name]).numel()
        values[name] = (0.3 * torch.sin(0.7 * torch.arange(size, dtype=torch.float64) + n)).float().view(shapes[name])
    return values


def wave(shape, rate, phase):
    return (0.5 + 0.5 * torch.sin(rate * torch.arange(torch.Size(shape).numel(), dtype=torch.float64) + phase)).float().view(shape)


UNET = {"conv0.weight": (F4, 3, 3, 3), "conv0.bias": (F4,), "conv9.weight": (1, F4, 3, 3), "conv9.bias": (1,)}
for index, (o, i, k) in {1: (8, 4, 4), 2: (16, 8, 4), 3: (32, 16, 4), 4: (16, 32, 3), 5: (8, 16, 3), 6: (4, 8, 3), 7: (4, 4, 3), 8: (4, 4, 3)}.items():
    UNET[f"conv{index}.weight_orig"] = (o, i, k, k)
    UNET[f"conv{index}.weight_u"] = (o,)
    UNET[f"conv{index}.weight_v"] = (i * k * k,)

WIDTHS = [4, 8, 16, 32, 64]
PATCH = {"model0.0.weight": (4, 3, 4, 4), "model0.0.bias": (4,), "model5.0.weight": (1, 64, 4, 4), "model5.0.bias": (1,)}
for index in range(1, 5):
    o, i = WIDTHS[index], WIDTHS[index - 1]
    PATCH[f"model{index}.0.weight"] = (o, i, 4, 4)
    PATCH[f"model{index}.0.bias"] = (o,)
    PATCH[f"model{index}.1.weight"] = (o,)
    PATCH[f"model{index}.1.bias"] = (o,)


def iterate(weight, u):
    matrix = weight.flatten(1)
    v = F.normalize(u @ matrix, dim=0, eps=1e-12)
    return F.normalize(matrix @ v, dim=0, eps=1e-12), v


def unet(p, x):
    def act(y):
        return F.leaky_relu(y, 0.2)

    def conv(index, y, stride=1):
        weight = p[f"conv{index}.weight_orig"]
        with torch.no_grad():
            u, v = iterate(weight, p[f"conv{index}.weight_u"])
        return act(F.conv2d(y, weight / torch.dot(u, weight.flatten(1) @ v), None, stride, 1))

    def double(y):
        return F.interpolate(y, scale_factor=2, mode="bilinear", align_corners=False)

    levels = [act(F.conv2d(x, p["conv0.weight"], p["conv0.bias"], 1, 1))]
    for index in (1, 2, 3):
        levels.append(conv(index, levels[-1], 2))
    y = levels[3]
    for index, skip in ((4, levels[2]), (5, levels[1]), (6, levels[0])):
        y = conv(index, double(y)) + skip
    y = conv(8, conv(7, y))
    return F.conv2d(y, p["conv9.weight"], p["conv9.bias"], 1, 1), levels


def patch(p, x):
    features = [F.leaky_relu(F.conv2d(x, p["model0.0.weight"], p["model0.0.bias"], 2, 2), 0.2)]
    for index in range(1, 5):
        y = F.conv2d(features[-1], p[f"model{index}.0.weight"], p[f"model{index}.0.bias"], 2 if index < 4 else 1, 2)
        y = F.batch_norm(y, None, None, p[f"model{index}.1.weight"], p[f"model{index}.1.bias"], True, 0.1, 1e-5)
        features.append(F.leaky_relu(y, 0.2))
    return F.conv2d(features[-1], p["model5.0.weight"], p["model5.0.bias"], 1, 2), features


def run(judge, shapes, masked):
    channels = 4 if masked else 3
    g = sines({"G.weight": (3, channels, 3, 3), "G.bias": (3,)})
    d = sines(shapes)
    trained = {name: value for name, value in d.items() if not name.endswith(("_u", "_v"))}
    for value in [*g.values(), *trained.values()]:
        value.requires_grad_()
    adam_g = torch.optim.Adam(g.values(), lr=1e-3, betas=(0.9, 0.99))
    adam_d = torch.optim.Adam(trained.values(), lr=2e-3, betas=(0.9, 0.99))
    lq, gt = wave((2, 3, 16, 16), 0.3, 0), wave((2, 3, 16, 16), 0.17, 1)
    hole = torch.zeros(2, 1, 16, 16)
    hole[0, :, 2:9, 3:12] = 1
    hole[1, :, 7:15, 0:6] = 1
    inputs = torch.cat([lq * (1 - hole), hole], 1) if masked else lq
    steps = []
    for _ in range(3):
        output = F.conv2d(inputs, g["G.weight"], g["G.bias"], 1, 1)
        score, features = judge(d, output)
        terms = {"adversarial": F.softplus(-score).mean()}
        if masked:
            _, expected = judge(d, gt)
            terms["pixel"] = ((output - gt).abs() * (1 - hole)).mean()
            terms["featureMatching"] = sum(F.mse_loss(a, b) for a, b in zip(features, expected)) / len(features)
            total = 10 * terms["pixel"] + 10 * terms["adversarial"] + 100 * terms["featureMatching"]
        else:
            terms["pixel"] = F.l1_loss(output, gt)
            total = terms["pixel"] + 0.5 * terms["adversarial"]
        gradients_g = torch.autograd.grad(total, list(g.values()))

        real_gt = gt.clone().requires_grad_()
        real_score = judge(d, real_gt)[0]
        fake_score = judge(d, output.detach())[0]
        real = F.softplus(-real_score).mean()
        fake = F.softplus(fake_score)
        losses = {"discriminatorReal": real}
        if masked:
            target = F.interpolate(hole, size=fake.shape[-2:], mode="nearest")
            losses["discriminatorFake"] = (fake * target + F.softplus(-fake_score) * (1 - target)).mean()
            slope = torch.autograd.grad(real_score.sum(), real_gt, create_graph=True)[0]
            losses["discriminatorPenalty"] = slope.flatten(1).square().sum(1).mean()
        else:
            losses["discriminatorFake"] = fake.mean()
        told = real + losses["discriminatorFake"] + 0.001 * losses.get("discriminatorPenalty", 0)
        gradients_d = torch.autograd.grad(told, list(trained.values()))

        advanced = {}
        for name in shapes:
            if name.endswith("_u"):
                with torch.no_grad():
                    u, v = iterate(d[name.replace("_u", "_orig")], d[name])
                advanced[name], advanced[name.replace("_u", "_v")] = u, v
        for parameters, gradients, optimiser in ((g, gradients_g, adam_g), (trained, gradients_d, adam_d)):
            for value, gradient in zip(parameters.values(), gradients):
                value.grad = gradient
            optimiser.step()
        d.update(advanced)
        every = {**terms, "total": total, **losses, "discriminator": told}
        norm = lambda gradients: torch.sqrt(sum(x.square().sum() for x in gradients)).item()
        steps.append({
            "losses": {name: value.item() for name, value in every.items()},
            "gradientNorm": norm(gradients_g),
            "discriminatorNorm": norm(gradients_d),
        })
    first = sorted(name for name in shapes if name.endswith("weight_u"))
    return {"steps": steps, "vectors": {name: d[name][:4].tolist() for name in first[:2]}}


print(json.dumps({"unet": run(unet, UNET, False), "patch": run(patch, PATCH, True)}, indent=2))
