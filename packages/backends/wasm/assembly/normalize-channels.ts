import { FLOAT, LANES, multiplyAdd, sumLanes } from './vector';

const EPSILON: f32 = 1e-5;

@inline
function sumOf(x: usize, channels: i32): f32 {
  const whole = channels & ~(LANES - 1);
  let sums = f32x4.splat(0);
  for (let i = 0; i < whole; i += LANES) sums = f32x4.add(sums, v128.load(x + (<usize>i) * FLOAT));
  let sum = sumLanes(sums);
  for (let i = whole; i < channels; i++) sum += load<f32>(x + (<usize>i) * FLOAT);
  return sum;
}

/** Σ (x − μ)². */
@inline
function squaresAbout(x: usize, channels: i32, mean: f32): f32 {
  const whole = channels & ~(LANES - 1);
  const means = f32x4.splat(mean);
  let sums = f32x4.splat(0);
  for (let i = 0; i < whole; i += LANES) {
    const distance = f32x4.sub(v128.load(x + (<usize>i) * FLOAT), means);
    sums = multiplyAdd(distance, distance, sums);
  }
  let sum = sumLanes(sums);
  for (let i = whole; i < channels; i++) {
    const distance = load<f32>(x + (<usize>i) * FLOAT) - mean;
    sum += distance * distance;
  }
  return sum;
}

/** Σ a·(b − shift). */
@inline
function productWith(a: usize, b: usize, channels: i32, shift: f32): f32 {
  const whole = channels & ~(LANES - 1);
  const shifts = f32x4.splat(shift);
  let sums = f32x4.splat(0);
  for (let i = 0; i < whole; i += LANES) {
    const at = (<usize>i) * FLOAT;
    sums = multiplyAdd(v128.load(a + at), f32x4.sub(v128.load(b + at), shifts), sums);
  }
  let sum = sumLanes(sums);
  for (let i = whole; i < channels; i++) {
    const at = (<usize>i) * FLOAT;
    sum += load<f32>(a + at) * (load<f32>(b + at) - shift);
  }
  return sum;
}

/** (x − shift)·r for each pixel, r = 1/√(σ²+ε); the shift is the mean, or 0 where `withBias` is 0. */
export function normalizeChannels(x: usize, y: usize, pixels: i32, channels: i32, withBias: i32): void {
  const whole = channels & ~(LANES - 1);
  const row = (<usize>channels) * FLOAT;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const mean = sumOf(x, channels) / <f32>channels;
    const r: f32 = 1 / sqrt<f32>(squaresAbout(x, channels, mean) / <f32>channels + EPSILON);
    const shift: f32 = withBias ? mean : 0;
    const shifts = f32x4.splat(shift);
    const factors = f32x4.splat(r);
    for (let i = 0; i < whole; i += LANES) {
      const at = (<usize>i) * FLOAT;
      v128.store(y + at, f32x4.mul(f32x4.sub(v128.load(x + at), shifts), factors));
    }
    for (let i = whole; i < channels; i++) {
      const at = (<usize>i) * FLOAT;
      store<f32>(y + at, (load<f32>(x + at) - shift) * r);
    }
    x += row;
    y += row;
  }
}

/**
 * The gradient of that by x. With the mean taken off: r·(dy − mean(dy) − ŷ·mean(dy·ŷ)), ŷ = (x−μ)·r; without:
 * r·(dy − ŷ·r·mean(dy·x)).
 */
export function normalizeChannelsGradient(
  dy: usize,
  x: usize,
  dx: usize,
  pixels: i32,
  channels: i32,
  withBias: i32,
): void {
  const whole = channels & ~(LANES - 1);
  const row = (<usize>channels) * FLOAT;
  const count = <f32>channels;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const mean = sumOf(x, channels) / count;
    const r: f32 = 1 / sqrt<f32>(squaresAbout(x, channels, mean) / count + EPSILON);
    const along: f32 = (productWith(dy, x, channels, withBias ? mean : 0) / count) * r * r;
    const taken: f32 = withBias ? sumOf(dy, channels) / count : 0;
    // r·(dy − taken) − (x − mean)·r·along
    const factors = f32x4.splat(r);
    const takens = f32x4.splat(taken);
    const means = f32x4.splat(mean);
    const slopes = f32x4.splat(along);
    for (let i = 0; i < whole; i += LANES) {
      const at = (<usize>i) * FLOAT;
      const direct = f32x4.sub(v128.load(dy + at), takens);
      const through = f32x4.mul(f32x4.sub(v128.load(x + at), means), slopes);
      v128.store(dx + at, f32x4.mul(f32x4.sub(direct, through), factors));
    }
    for (let i = whole; i < channels; i++) {
      const at = (<usize>i) * FLOAT;
      store<f32>(dx + at, (load<f32>(dy + at) - taken - (load<f32>(x + at) - mean) * along) * r);
    }
    dy += row;
    x += row;
    dx += row;
  }
}
