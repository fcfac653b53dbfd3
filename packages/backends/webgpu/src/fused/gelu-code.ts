/**
 * The exact GELU x·Φ(x) in WGSL, for four values: `gelu(x)`. erf by Abramowitz & Stegun 7.1.26, off by
 * at most 1.5e-7, as TensorFlow.js's own WebGPU kernel has it.
 */
export const geluCode = `
fn erfOf(x : vec4<f32>) -> vec4<f32> {
  let size = abs(x);
  let t = 1.0 / (1.0 + 0.3275911 * size);
  let series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return sign(x) * (1.0 - series * exp(-size * size));
}

fn gelu(x : vec4<f32>) -> vec4<f32> {
  return x * (0.5 + 0.5 * erfOf(x * ${Math.SQRT1_2}));
}
`;
