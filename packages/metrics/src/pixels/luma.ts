/** Weights of R, G and B and the offset of luma, for samples in [0,1]; luma is in 8-bit levels, 16 to 235. */
export const lumaWeights = { red: 65.481, green: 128.553, blue: 24.966, offset: 16 } as const;

/**
 * Luma of ITU-R BT.601 as MATLAB's `rgb2ycbcr` defines it, without rounding, from samples in [0,1].
 * @returns 8-bit levels, 16 (black) to 235 (white)
 */
export function lumaOf(red: number, green: number, blue: number): number {
  const { red: r, green: g, blue: b, offset } = lumaWeights;
  return offset + r * red + g * green + b * blue;
}
