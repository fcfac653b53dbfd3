import { fractalNoise } from './noise';
import { mix, normalize, smoothstep, type Vector } from './vector';

export const sunDirection = normalize([-0.62, 0.78, 0.72]);
export const sunLight: Vector = [2.5, 2.15, 1.7];

/** Light from where no surface is: a clear sky with thin clouds, hills on the horizon, and the street. */
export function sky(direction: Vector): Vector {
  const [x, y, z] = direction;
  const heading = Math.atan2(x, -z);
  const hills = 0.05 + 0.07 * fractalNoise(heading * 5, 0.5, 4, 201);
  const haze: Vector = [0.72, 0.84, 1];
  if (y < 0) return [0.26, 0.24, 0.22];
  if (y < hills) return mix([0.16, 0.25, 0.14], haze, 0.15 + 2.5 * y);
  const blue = mix(haze, [0.12, 0.32, 0.8], smoothstep(0, 0.6, y) ** 0.7);
  const cloud = fractalNoise((2.2 * x) / (y + 0.3) + 3, (1.2 * z) / (y + 0.3), 5, 211);
  return mix(blue, [1.05, 1.04, 1.02], 0.9 * smoothstep(0.5, 0.72, cloud));
}
