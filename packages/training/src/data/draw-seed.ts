/**
 * A 32-bit seed out of several whole numbers (FNV-1a over their bytes): other numbers, or the same ones in
 * another order, give an unrelated seed.
 */
export function drawSeed(...numbers: readonly number[]): number {
  let hash = 0x811c9dc5;
  for (const number of numbers) {
    for (const half of [number >>> 0, Math.floor(number / 2 ** 32) >>> 0]) {
      for (let shift = 0; shift < 32; shift += 8) {
        hash = Math.imul(hash ^ ((half >>> shift) & 0xff), 0x01000193);
      }
    }
  }
  return hash >>> 0;
}
