import { matProblem } from './mat-problem';

/** One element of a MATLAB 5 file: a type and its data. */
export interface MatElement {
  readonly type: number;
  readonly data: Uint8Array;
}

/** Types of elements that are no numbers. */
export const matTypes = { matrix: 14, compressed: 15 } as const;

const TAG_BYTES = 8;

/**
 * The elements that lie one behind the other in a file, a matrix or decompressed data, as views of it.
 * @param aligned whether elements are padded to multiples of 8 bytes, as all are but those of a file
 * @throws OptionError where an element claims more bytes than there are
 */
export function* matElements(
  bytes: Uint8Array,
  { aligned = true }: { readonly aligned?: boolean } = {},
): Generator<MatElement> {
  const view = viewOf(bytes);
  let at = 0;
  while (at < bytes.length) {
    if (at + TAG_BYTES > bytes.length) throw matProblem('it ends in the middle of an element');
    const tag = view.getUint32(at, true);
    // Data of up to four bytes may share the tag: its length is then in the upper half of the type.
    const small = tag >>> 16;
    const length = small > 0 ? small : view.getUint32(at + 4, true);
    const start = small > 0 ? at + 4 : at + TAG_BYTES;
    if (small > 4 || start + length > bytes.length) {
      throw matProblem(`an element claims ${length} bytes, more than there are`);
    }
    yield { type: tag & 0xffff, data: bytes.subarray(start, start + length) };
    const end = small > 0 ? at + TAG_BYTES : start + length;
    at = aligned ? Math.ceil(end / 8) * 8 : end;
  }
}

interface NumberType {
  readonly bytes: number;
  read(view: DataView, at: number): number;
}

const numberTypes: Readonly<Record<number, NumberType>> = {
  1: { bytes: 1, read: (view, at) => view.getInt8(at) },
  2: { bytes: 1, read: (view, at) => view.getUint8(at) },
  3: { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  4: { bytes: 2, read: (view, at) => view.getUint16(at, true) },
  5: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  6: { bytes: 4, read: (view, at) => view.getUint32(at, true) },
  7: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  9: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
};

/**
 * The numbers of an element.
 * @throws OptionError if it is of another type, or its length is not a multiple of a number's
 */
export function matNumbers({ type, data }: MatElement): Float64Array {
  const kind = numberTypes[type];
  if (kind === undefined) throw matProblem(`it has numbers of type ${type}, which diffir does not read`);
  if (data.length % kind.bytes !== 0) throw matProblem('an element ends in the middle of a number');
  const view = viewOf(data);
  return Float64Array.from({ length: data.length / kind.bytes }, (_, i) => kind.read(view, i * kind.bytes));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
