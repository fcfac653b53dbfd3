import { CheckpointError, type StoredTensor } from '@diffir/core';

const MAGIC = '\x93NUMPY';
/** Types that have values DiffIR can use, as NumPy names them. Objects would be pickles: never read. */
const types = {
  '<f8': { dtype: 'f64', bytes: 8, read: (view: DataView, at: number) => view.getFloat64(at, true) },
  '<f4': { dtype: 'f32', bytes: 4, read: (view: DataView, at: number) => view.getFloat32(at, true) },
} as const;

/**
 * A NumPy array file (`.npy`, format 1.0 to 3.0) of little-endian float64 or float32.
 * @param subject what errors call it
 * @throws CheckpointError when it is damaged or holds something else
 */
export function readNpy(subject: string, bytes: Uint8Array): StoredTensor {
  const { header, start } = readHeader(subject, bytes);
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1] ?? '';
  const fortran = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const shape = parseShape(/'shape':\s*\(([^)]*)\)/.exec(header)?.[1]);
  if (!isKnown(descr)) {
    throw new CheckpointError({
      subject,
      problem: `its values are of type ${JSON.stringify(descr.slice(0, 20))}`,
      remedy: 'store them as float64 or float32',
    });
  }
  if (fortran === undefined || shape === undefined) throw damaged(subject, 'its header is incomplete');
  if (fortran === 'True' && shape.length > 2) {
    throw new CheckpointError({
      subject,
      problem: `its ${shape.length} axes are stored in reverse order`,
      remedy: 'store numpy.ascontiguousarray of it',
    });
  }
  const { dtype, bytes: size, read } = types[descr];
  const count = shape.reduce((product, length) => product * length, 1);
  const data = bytes.subarray(start);
  if (data.length !== count * size) {
    throw damaged(subject, `${data.length} bytes of data where [${shape}] needs ${count * size}`);
  }
  const rows = fortran === 'True' ? byRows(data, shape, size) : data.slice();
  const view = new DataView(rows.buffer);
  return {
    dtype,
    shape,
    load: async () => Float32Array.from({ length: count }, (_, index) => read(view, index * size)),
    loadBytes: async () => rows.slice(),
  };
}

/** A matrix that is stored column by column, row by row; vectors are both. */
function byRows(data: Uint8Array, shape: readonly number[], size: number): Uint8Array<ArrayBuffer> {
  const [rows = 1, columns = 1] = shape;
  const result = new Uint8Array(data.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const from = (column * rows + row) * size;
      result.set(data.subarray(from, from + size), (row * columns + column) * size);
    }
  }
  return result;
}

function readHeader(subject: string, bytes: Uint8Array): { readonly header: string; readonly start: number } {
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (bytes.length < 12 || text(0, 6) !== MAGIC) throw damaged(subject, 'it is no NumPy array');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const old = bytes[6] === 1;
  const first = old ? 10 : 12;
  const start = first + (old ? view.getUint16(8, true) : view.getUint32(8, true));
  // Far more than the three entries of a header take.
  if (start > Math.min(bytes.length, 65536)) throw damaged(subject, 'its header leaves the file');
  return { header: text(first, start), start };
}

function parseShape(text: string | undefined): readonly number[] | undefined {
  const lengths = text
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (lengths === undefined || lengths.some((length) => !/^\d{1,9}$/.test(length))) return undefined;
  return lengths.map(Number);
}

function isKnown(descr: string): descr is keyof typeof types {
  return Object.hasOwn(types, descr);
}

function damaged(subject: string, problem: string): CheckpointError {
  return new CheckpointError({ subject, problem: `damaged: ${problem}`, remedy: 'get the file again' });
}
