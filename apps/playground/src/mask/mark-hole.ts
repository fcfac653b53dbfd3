/**
 * Turns the pixels (RGBA) of a mask into its hole: opaque white where it is, transparent elsewhere. White
 * marks the hole; in a mask with varying transparency, opaque does. Values are split at one half.
 */
export function markHole(pixels: Uint8ClampedArray): void {
  const byAlpha = hasTransparency(pixels);
  for (let start = 0; start < pixels.length; start += 4) {
    const value = byAlpha ? (pixels[start + 3] ?? 0) : brightness(pixels, start);
    pixels.fill(value >= 127.5 ? 255 : 0, start, start + 4);
  }
}

function hasTransparency(pixels: Uint8ClampedArray): boolean {
  for (let index = 3; index < pixels.length; index += 4) {
    if (pixels[index] !== 255) return true;
  }
  return false;
}

function brightness(pixels: Uint8ClampedArray, start: number): number {
  const [red, green, blue] = [pixels[start] ?? 0, pixels[start + 1] ?? 0, pixels[start + 2] ?? 0];
  return (red + green + blue) / 3;
}
