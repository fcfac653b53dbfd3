/**
 * Keys' cubic convolution kernel, which reaches 2 samples to either side (R. Keys, "Cubic convolution
 * interpolation for digital image processing", 1981): MATLAB has a = −0.5, PyTorch and OpenCV a = −0.75.
 */
export function cubicKernel(x: number, a: number): number {
  const t = Math.abs(x);
  if (t >= 2) return 0;
  if (t > 1) return a * (((t - 5) * t + 8) * t - 4);
  return ((a + 2) * t - (a + 3)) * t * t + 1;
}
