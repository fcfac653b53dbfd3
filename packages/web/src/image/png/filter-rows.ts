import type { Image } from '@diffir/core';

const PAETH = 4;

/**
 * Some rows of an image as PNG compresses them: samples big-endian, each byte less what its neighbours foretell
 * (filter type 4, Paeth).
 */
export function filterRows(
  { data, width, channels }: Image,
  firstRow: number,
  count: number,
): Uint8Array<ArrayBuffer> {
  const sampleBytes = data instanceof Uint16Array ? 2 : 1;
  const rowLength = width * channels;
  const step = channels * sampleBytes;
  const lineLength = rowLength * sampleBytes;
  const filtered = new Uint8Array(count * (1 + lineLength));
  let above = new Uint8Array(lineLength);
  let line = new Uint8Array(lineLength);
  if (firstRow > 0) writeLine(above, data.subarray((firstRow - 1) * rowLength, firstRow * rowLength));
  for (let row = 0; row < count; row++) {
    const start = (firstRow + row) * rowLength;
    writeLine(line, data.subarray(start, start + rowLength));
    const to = row * (1 + lineLength);
    filtered[to] = PAETH;
    for (let index = 0; index < lineLength; index++) {
      const left = line[index - step] ?? 0;
      const foretold = paeth(left, above[index] ?? 0, above[index - step] ?? 0);
      filtered[to + 1 + index] = (line[index] ?? 0) - foretold;
    }
    [above, line] = [line, above];
  }
  return filtered;
}

/** Samples as bytes; those in [0,1] become 8 bits. */
function writeLine(line: Uint8Array, samples: Image['data']): void {
  if (samples instanceof Uint8Array) line.set(samples);
  else if (samples instanceof Float32Array) line.set(Uint8ClampedArray.from(samples, (value) => value * 255));
  else {
    const view = new DataView(line.buffer);
    for (const [index, value] of samples.entries()) view.setUint16(2 * index, value);
  }
}

/** Whichever of the three is nearest to left + above − corner (PNG specification, 9.4). */
function paeth(left: number, above: number, corner: number): number {
  const estimate = left + above - corner;
  const [toLeft, toAbove] = [Math.abs(estimate - left), Math.abs(estimate - above)];
  const toCorner = Math.abs(estimate - corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
