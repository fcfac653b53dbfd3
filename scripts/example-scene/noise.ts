/** A repeatable pseudo-random number in [0, 1) for three integers. */
export function hash(x: number, y = 0, z = 0): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(z, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

/** A stream of repeatable numbers in [0, 1). */
export function randomStream(seed: number): () => number {
  let count = 0;
  return () => hash(count++, seed, 1);
}

/** Smoothly varying noise in [0, 1), about one bump per unit. */
export function valueNoise(x: number, y: number, seed = 0): number {
  const [ix, iy] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [fade(x - ix), fade(y - iy)];
  const below = lerp(hash(ix, iy, seed), hash(ix + 1, iy, seed), u);
  const above = lerp(hash(ix, iy + 1, seed), hash(ix + 1, iy + 1, seed), u);
  return lerp(below, above, v);
}

/** Value noise of `octaves` scales, each twice as fine and half as strong; in [0, 1). */
export function fractalNoise(x: number, y: number, octaves: number, seed = 0): number {
  let [sum, weight, total] = [0, 1, 0];
  for (let octave = 0; octave < octaves; octave++) {
    sum += weight * valueNoise(x * 2 ** octave, y * 2 ** octave, seed + octave);
    total += weight;
    weight /= 2;
  }
  return sum / total;
}

/** The cell of a jittered grid that holds (x, y), and the distance to the border with its neighbour. */
export interface Cell {
  readonly id: number;
  readonly border: number;
}

/** Worley noise on a unit grid. */
export function cellNoise(x: number, y: number, seed = 0): Cell {
  const [ix, iy] = [Math.floor(x), Math.floor(y)];
  let [nearest, second, id] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0];
  for (let cy = iy - 1; cy <= iy + 1; cy++) {
    for (let cx = ix - 1; cx <= ix + 1; cx++) {
      const dx = cx + 0.2 + 0.6 * hash(cx, cy, seed) - x;
      const dy = cy + 0.2 + 0.6 * hash(cx, cy, seed + 1) - y;
      const distance = Math.hypot(dx, dy);
      if (distance < nearest) {
        second = nearest;
        nearest = distance;
        id = hash(cx, cy, seed + 2);
      } else if (distance < second) second = distance;
    }
  }
  return { id, border: (second - nearest) / 2 };
}

function fade(t: number): number {
  return t * t * (3 - 2 * t);
}

function lerp(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}
