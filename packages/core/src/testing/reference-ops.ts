import type { LayerNormKind } from '../ops/normalize-channels';
import { at, type ReferenceArray, sum, tabulate } from './reference-array';
import { erf } from './reference-kernels';

/** `[N,H,W,C]`. */
export type Image = ReferenceArray<readonly [number, number, number, number]>;
type Matrix = ReferenceArray<readonly [number, number]>;
type Vector = ReferenceArray<readonly [number]>;

/** torch.nn.PixelShuffle, in NHWC. */
export function referencePixelShuffle(x: Image, r: number): Image {
  const [n, h, w, c] = x.shape;
  return tabulate([n, h * r, w * r, c / (r * r)], ([b, y, u, k]) =>
    at(x, [b, Math.floor(y / r), Math.floor(u / r), k * r * r + (y % r) * r + (u % r)]),
  );
}

/** torch.nn.PixelUnshuffle, in NHWC. */
export function referencePixelUnshuffle(x: Image, r: number): Image {
  const [n, h, w, c] = x.shape;
  return tabulate([n, h / r, w / r, c * r * r], ([b, y, u, k]) => {
    const within = k % (r * r);
    return at(x, [b, y * r + Math.floor(within / r), u * r + (within % r), Math.floor(k / (r * r))]);
  });
}

/** Layer norm over channels without learned parameters. */
export function referenceNormalize(x: Image, kind: LayerNormKind): Image {
  const [, , , c] = x.shape;
  return tabulate(x.shape, ([b, y, u, k]) => {
    const mean = sum(c, (i) => at(x, [b, y, u, i])) / c;
    const variance = sum(c, (i) => (at(x, [b, y, u, i]) - mean) ** 2) / c;
    const numerator = at(x, [b, y, u, k]) - (kind === 'WithBias' ? mean : 0);
    return numerator / Math.sqrt(variance + 1e-5);
  });
}

/** x·scale + shift per image and channel. */
export function referenceModulate(x: Image, scale: Matrix, shift: Matrix): Image {
  return tabulate(x.shape, ([b, y, u, k]) => at(x, [b, y, u, k]) * at(scale, [b, k]) + at(shift, [b, k]));
}

/** 1×1 convolution with a weight `[I,O]`. */
export function referencePointwise(x: Image, weight: Matrix, bias?: Vector): Image {
  const [n, h, w, c] = x.shape;
  const [, outputs] = weight.shape;
  return tabulate([n, h, w, outputs], ([b, y, u, o]) => {
    const product = sum(c, (i) => at(x, [b, y, u, i]) * at(weight, [i, o]));
    return product + (bias === undefined ? 0 : at(bias, [o]));
  });
}

export interface ReferenceAttention {
  readonly q: Image;
  readonly k: Image;
  readonly v: Image;
  readonly temperature: Vector;
  readonly weight: Matrix;
  readonly bias?: Vector;
}

/** Channel attention step by step as the paper writes it: normalise, product, softmax, apply, project. */
export function referenceChannelAttention({ q, k, v, temperature, weight, bias }: ReferenceAttention): Image {
  const [n, h, w, c] = q.shape;
  const [heads] = temperature.shape;
  const perHead = c / heads;
  const pixel = (x: Image, b: number, p: number, i: number) => at(x, [b, Math.floor(p / w), p % w, i]);
  const norm = (x: Image, b: number, i: number) =>
    Math.max(Math.sqrt(sum(h * w, (p) => pixel(x, b, p, i) ** 2)), 1e-12);
  const logit = (b: number, i: number, j: number) =>
    (sum(h * w, (p) => pixel(q, b, p, i) * pixel(k, b, p, j)) / (norm(q, b, i) * norm(k, b, j))) *
    at(temperature, [Math.floor(i / perHead)]);
  const logits = tabulate([n, c, perHead], ([b, i, j]) => logit(b, i, Math.floor(i / perHead) * perHead + j));
  const attended = tabulate(q.shape, ([b, y, u, i]) => {
    const total = sum(perHead, (j) => Math.exp(at(logits, [b, i, j])));
    const first = Math.floor(i / perHead) * perHead;
    return sum(perHead, (j) => (Math.exp(at(logits, [b, i, j])) / total) * at(v, [b, y, u, first + j]));
  });
  return referencePointwise(attended, weight, bias);
}

/** gelu(gate)·value with the exact GELU. */
export function referenceGatedGelu(gate: Image, value: Image): Image {
  return tabulate(gate.shape, (index) => {
    const g = at(gate, index);
    return 0.5 * g * (1 + erf(g / Math.SQRT2)) * at(value, index);
  });
}

/** Pads bottom and right: reflection where it fits, else the border repeated. */
export function referencePad(x: Image, height: number, width: number): Image {
  const [n, h, w, c] = x.shape;
  const source = (i: number, length: number, padded: number) => {
    if (i < length) return i;
    return padded - length < length ? 2 * (length - 1) - i : length - 1;
  };
  return tabulate([n, height, width, c], ([b, y, u, k]) =>
    at(x, [b, source(y, h, height), source(u, w, width), k]),
  );
}

/** Every pixel repeated. */
export function referenceUpsample(x: Image, factor: number): Image {
  const [n, h, w, c] = x.shape;
  return tabulate([n, h * factor, w * factor, c], ([b, y, u, k]) =>
    at(x, [b, Math.floor(y / factor), Math.floor(u / factor), k]),
  );
}

/** The sum of two images. */
export function referenceAdd(a: Image, b: Image): Image {
  return tabulate(a.shape, (index) => at(a, index) + at(b, index));
}

/** The hole filled by pull and push, one pixel at a time. */
export function referenceFillHole(image: Image, hole: Image): Image {
  const [n, h, w, c] = image.shape;
  const covered = tabulate([n, h, w, c + 1], ([b, y, u, k]) => {
    const known = 1 - at(hole, [b, y, u, 0]);
    return k === c ? known : known * at(image, [b, y, u, k]);
  });
  const result = pullAndPush(covered, 3);
  return tabulate(image.shape, (index) => at(result, index));
}

function pullAndPush(covered: Image, halvings: number): Image {
  const [n, h, w, planes] = covered.shape;
  if (halvings > 0) {
    const half = tabulate([n, h / 2, w / 2, planes], ([b, y, u, k]) =>
      sum(16, (tap) => {
        const [row, column] = [Math.floor(tap / 4), tap % 4];
        const weight = (([1, 3, 3, 1][row] ?? 0) * ([1, 3, 3, 1][column] ?? 0)) / 64;
        return weight * at(covered, [b, 2 * y + row - 1, 2 * u + column - 1, k]);
      }),
    );
    const smaller = pullAndPush(saturated(half), halvings - 1);
    return completed(covered, smoothed(referenceUpsample(smaller, 2), 1));
  }
  const spread = [1, 2, 4, 8].reduce((coarse, dilation) => {
    const near = saturated(smoothed(coarse, dilation));
    return tabulate(coarse.shape, (index) => {
      const [b, y, u] = index;
      return at(coarse, index) + (1 - at(coarse, [b, y, u, planes - 1])) * at(near, index);
    });
  }, covered);
  const total = tabulate(spread.shape, ([b, , , k]) =>
    sum(h * w, (p) => at(spread, [b, Math.floor(p / w), p % w, k])),
  );
  return completed(spread, total);
}

function smoothed(x: Image, dilation: number): Image {
  return tabulate(x.shape, ([b, y, u, k]) =>
    sum(9, (tap) => {
      const [row, column] = [Math.floor(tap / 3) - 1, (tap % 3) - 1];
      const weight = ((2 - Math.abs(row)) * (2 - Math.abs(column))) / 16;
      return weight * at(x, [b, y + dilation * row, u + dilation * column, k]);
    }),
  );
}

function saturated(covered: Image): Image {
  const planes = covered.shape[3];
  return tabulate(covered.shape, (index) => {
    const coverage = at(covered, [index[0], index[1], index[2], planes - 1]);
    return coverage === 0 ? 0 : at(covered, index) * Math.min(4, 1 / coverage);
  });
}

function completed(covered: Image, filling: Image): Image {
  const planes = covered.shape[3];
  return tabulate(covered.shape, (index) => {
    const [b, y, u] = index;
    const coverage = at(filling, [b, y, u, planes - 1]);
    const colour = coverage === 0 ? 0 : at(filling, index) / coverage;
    return at(covered, index) + (1 - at(covered, [b, y, u, planes - 1])) * colour;
  });
}
