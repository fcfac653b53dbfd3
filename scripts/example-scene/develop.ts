export interface DevelopOptions {
  readonly width: number;
  readonly height: number;
  /** Factor on the light before the film curve. */
  readonly exposure: number;
}

/** Linear RGB light to 8-bit sRGB: exposure, a film curve, a little vignetting. */
export function develop(linear: Float32Array, { width, height, exposure }: DevelopOptions): Uint8Array {
  return Uint8Array.from(linear, (light, index) => {
    const pixel = Math.floor(index / 3);
    const x = (2 * (pixel % width)) / width - 1;
    const y = (2 * Math.floor(pixel / width)) / height - 1;
    const vignette = 1 - 0.09 * (x * x + y * y);
    return Math.round(255 * encode(filmCurve(light * exposure * vignette)));
  });
}

/** Narkowicz's fit of the ACES curve: deepens the shadows, rolls off towards white. */
function filmCurve(light: number): number {
  return Math.min(1, (light * (2.51 * light + 0.03)) / (light * (2.43 * light + 0.59) + 0.14));
}

/** The sRGB transfer function (IEC 61966-2-1). */
function encode(light: number): number {
  return light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
}
