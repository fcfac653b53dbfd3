import { CheckpointError } from '../errors/checkpoint-error';
import type { ByteSource } from './byte-source';
import type { CheckpointFormat } from './checkpoint';
import { readRange } from './read-range';

const headLength = 512;
/** The first instruction of any pickle in a binary protocol. */
const pickleStart = 0x80;
const expected = 'give a .pth, .ckpt or .safetensors file';
const downloadAgain = 'download the file itself';

/**
 * Tells a checkpoint's format from its first bytes.
 * @throws {CheckpointError} that says what else it looks like
 */
export async function recogniseFormat(source: ByteSource): Promise<CheckpointFormat> {
  if (source.size === 0) {
    throw new CheckpointError({ subject: source.name, problem: 'an empty file', remedy: expected });
  }
  const head = await readRange(source, 0, Math.min(headLength, source.size));
  if (startsWith(head, 'PK\x03\x04')) return 'zip';
  // Before pickles: a header's length may well begin with their first byte.
  if (looksLikeSafetensors(head, source.size)) return 'safetensors';
  if (head[0] === pickleStart) return 'legacy';
  if (isTar(head)) {
    throw new CheckpointError({
      subject: source.name,
      problem: 'a torch file in the tar form of before 2017, which is not supported',
      remedy: 'load and save it again with a current torch',
    });
  }
  throw unrecognised(source.name, head);
}

/** A header length that fits into the file, then a JSON object. */
function looksLikeSafetensors(head: Uint8Array, size: number): boolean {
  if (head.length < 9) return false;
  const headerLength = new DataView(head.buffer, head.byteOffset).getBigUint64(0, true);
  return head[8] === 0x7b && headerLength <= BigInt(size - 8);
}

function isTar(head: Uint8Array): boolean {
  return startsWith(head.subarray(257), 'ustar');
}

function unrecognised(subject: string, head: Uint8Array): CheckpointError {
  const start = Array.from(head.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const kind = knownKinds.find(({ signature }) => startsWith(head, signature));
  const guess = kind === undefined ? '' : `, ${kind.name}?`;
  return new CheckpointError({
    subject,
    problem: `not a checkpoint (starts with ${start}${guess})`,
    remedy: kind?.remedy ?? expected,
  });
}

interface KnownKind {
  /** One character for each byte. */
  readonly signature: string;
  readonly name: string;
  readonly remedy?: string;
}

/** What people give in a checkpoint's place. */
const knownKinds: readonly KnownKind[] = [
  { signature: '\x89PNG', name: 'a PNG image' },
  { signature: '\xff\xd8\xff', name: 'a JPEG image' },
  { signature: 'RIFF', name: 'a WebP image' },
  { signature: 'II*\0', name: 'a TIFF image' },
  { signature: 'MM\0*', name: 'a TIFF image' },
  { signature: '\x89HDF', name: 'an HDF5 file' },
  { signature: 'GGUF', name: 'a GGUF file' },
  { signature: '\x93NUMPY', name: 'a NumPy array' },
  { signature: 'PK\x05\x06', name: 'an empty zip archive' },
  { signature: '\x1f\x8b', name: 'a gzip archive', remedy: 'unpack it first' },
  { signature: '7z\xbc\xaf', name: 'a 7-Zip archive', remedy: 'unpack it first' },
  { signature: 'Rar!', name: 'a RAR archive', remedy: 'unpack it first' },
  { signature: 'version https://git-lfs', name: 'a Git LFS pointer', remedy: downloadAgain },
  { signature: '<', name: 'a web page', remedy: downloadAgain },
  { signature: '{', name: 'a JSON file' },
];

function startsWith(bytes: Uint8Array, signature: string): boolean {
  return (
    bytes.length >= signature.length &&
    Array.from(signature).every((character, index) => bytes[index] === character.charCodeAt(0))
  );
}
