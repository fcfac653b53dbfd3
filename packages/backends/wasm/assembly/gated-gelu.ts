import { density, distribution } from './normal-distribution';
import { LANES } from './vector';

/** gelu(gate)·value with gelu(g) = g·Φ(g), over `count` floats. */
export function gatedGelu(gate: usize, value: usize, output: usize, count: i32): void {
  const whole = count & ~(LANES - 1);
  const end = output + ((<usize>whole) << 2);
  while (output < end) {
    v128.store(output, gated(v128.load(gate), v128.load(value)));
    gate += 16;
    value += 16;
    output += 16;
  }
  for (let i = whole; i < count; i++) {
    const result = gated(v128.load32_zero(gate), v128.load32_zero(value));
    v128.store_lane<f32>(output, result, 0);
    gate += 4;
    value += 4;
    output += 4;
  }
}

@inline
function gated(gate: v128, value: v128): v128 {
  return f32x4.mul(f32x4.mul(gate, value), distribution(gate));
}

/** The gradients of that by gate and by value: dy·value·(Φ(g) + g·φ(g)) and dy·g·Φ(g). */
export function gatedGeluGradient(
  dy: usize,
  gate: usize,
  value: usize,
  dGate: usize,
  dValue: usize,
  count: i32,
): void {
  const whole = count & ~(LANES - 1);
  const end = dy + ((<usize>whole) << 2);
  while (dy < end) {
    const gradient = v128.load(dy);
    const g = v128.load(gate);
    const below = distribution(g);
    v128.store(dGate, byGate(gradient, v128.load(value), g, below));
    v128.store(dValue, f32x4.mul(f32x4.mul(gradient, g), below));
    dy += 16;
    gate += 16;
    value += 16;
    dGate += 16;
    dValue += 16;
  }
  for (let i = whole; i < count; i++) {
    const gradient = v128.load32_zero(dy);
    const g = v128.load32_zero(gate);
    const below = distribution(g);
    v128.store_lane<f32>(dGate, byGate(gradient, v128.load32_zero(value), g, below), 0);
    v128.store_lane<f32>(dValue, f32x4.mul(f32x4.mul(gradient, g), below), 0);
    dy += 4;
    gate += 4;
    value += 4;
    dGate += 4;
    dValue += 4;
  }
}

@inline
function byGate(dy: v128, value: v128, gate: v128, below: v128): v128 {
  return f32x4.mul(f32x4.mul(dy, value), f32x4.add(below, f32x4.mul(gate, density(gate))));
}
