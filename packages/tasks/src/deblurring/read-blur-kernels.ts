import type { BlurKernel } from '@diffir/core';
import { OptionError } from '@diffir/core';
import { inflate } from './mat/inflate';
import { type MatElement, matElements, matTypes } from './mat/mat-elements';
import { type MatMatrix, matMatrices } from './mat/mat-matrices';
import { matProblem } from './mat/mat-problem';

const HEADER_BYTES = 128;
/** Far more than any set of kernels takes; little enough to hold. */
const MOST_BYTES = 64 * 2 ** 20;
const LARGEST_SIDE = 255;

/**
 * Reads blur kernels from a MATLAB 5 file (as MATLAB's `save` and SciPy's `savemat` write it): every
 * matrix of numbers in it, be it in a cell array, compressed or not. Each is divided by its sum.
 *
 * @param name what errors call the file
 * @throws OptionError if it is no such file, is damaged, or a matrix in it is no kernel: not square, of
 *   even side, larger than 255, with values that are not finite, or without a positive sum
 */
export async function readBlurKernels(bytes: Uint8Array, name: string): Promise<BlurKernel[]> {
  try {
    const kernels: BlurKernel[] = [];
    for (const element of await arrays(bytes)) {
      for (const matrix of matMatrices(element)) kernels.push(toKernel(matrix));
    }
    if (kernels.length === 0) throw matProblem('no matrix is in it');
    return kernels;
  } catch (error) {
    if (!OptionError.isInstance(error) || error.details.subject !== undefined) throw error;
    throw new OptionError({ ...error.details, subject: name });
  }
}

/** The array elements of a file, decompressed. */
async function arrays(bytes: Uint8Array): Promise<MatElement[]> {
  // The header ends with the version, and with "MI" as a number, which shows the order of bytes.
  const [versionLow, versionHigh, ...order] = bytes.subarray(HEADER_BYTES - 4, HEADER_BYTES);
  const littleEndian = String.fromCharCode(...order) === 'IM';
  if (versionLow !== 0 || versionHigh !== 1 || !littleEndian) {
    throw matProblem('it is no MATLAB 5 file in little-endian order');
  }
  const found: MatElement[] = [];
  let left = MOST_BYTES;
  for (const element of matElements(bytes.subarray(HEADER_BYTES), { aligned: false })) {
    if (element.type === matTypes.matrix) found.push(element);
    if (element.type !== matTypes.compressed) continue;
    const inflated = await inflate(element.data, left);
    left -= inflated.length;
    for (const inner of matElements(inflated)) if (inner.type === matTypes.matrix) found.push(inner);
  }
  return found;
}

function toKernel({ rows, columns, values }: MatMatrix): BlurKernel {
  if (rows !== columns || rows % 2 === 0 || rows > LARGEST_SIDE) {
    throw matProblem(`a kernel must be square, of odd side up to ${LARGEST_SIDE}, not ${rows}×${columns}`);
  }
  const sum = values.reduce((total, value) => total + value, 0);
  if (!(sum > 0 && Number.isFinite(sum)) || !values.every(Number.isFinite)) {
    throw matProblem('the values of a kernel must be finite, with a sum above 0');
  }
  // MATLAB keeps a matrix column after column.
  const weights = values.map((_, i) => (values[(i % rows) * rows + Math.floor(i / rows)] ?? 0) / sum);
  return { size: rows, weights };
}
