const NODES = 64;

/**
 * The Bessel function of the first kind and order 1, by its integral
 * J₁(x) = 1/π ∫₀^π cos(θ − x·sin θ) dθ (DLMF 10.9.2). The trapezoidal rule converges faster than any
 * power on this periodic integrand: with 64 nodes the error is below 1e-14 for |x| ≤ 80.
 */
export function besselJ1(x: number): number {
  let sum = 0;
  for (let node = 0; node < NODES; node++) {
    const theta = (Math.PI * (node + 0.5)) / NODES;
    sum += Math.cos(theta - x * Math.sin(theta));
  }
  return sum / NODES;
}
