import { relaxedSimdCode, simdCode } from './simd-code';

/** The best of our modules that the engine takes; undefined without SIMD. */
export async function compileKernels({
  shared,
}: {
  shared: boolean;
}): Promise<WebAssembly.Module | undefined> {
  const codes = [relaxedSimdCode, simdCode].map(decodeKernels);
  const code = (shared ? codes.map(withSharedMemory) : codes).find((bytes) => WebAssembly.validate(bytes));
  return code && WebAssembly.compile(code);
}

/** The module that `simd-code.ts` holds in base64. */
export function decodeKernels(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

// A memory without lower and upper bound, and one to be shared, of which the latter must be said: 65536 pages.
const anyMemory = [0x02, 0x00, 0x00];
const sharedMemory = [0x02, 0x03, 0x00, 0x80, 0x80, 0x04];

/** The same module for a memory that threads share, which an import has to say. */
export function withSharedMemory(code: Uint8Array): Uint8Array<ArrayBuffer> {
  // Section 2 holds the only import: its number, its length of one byte, "env" "memory" and the memory's bounds.
  const section = [...sectionStarts(code)].find((at) => code[at] === 2) ?? 0;
  const length = code[section + 1] ?? 0;
  const end = section + 2 + length;
  return Uint8Array.of(
    ...code.subarray(0, section + 1),
    length - anyMemory.length + sharedMemory.length,
    ...code.subarray(section + 2, end - anyMemory.length),
    ...sharedMemory,
    ...code.subarray(end),
  );
}

/** Where the sections of a module begin: at a number for their kind, before their length. */
export function* sectionStarts(code: Uint8Array): Generator<number> {
  const header = 8;
  for (let at = header; at < code.length; ) {
    yield at++;
    let [length, shift, byte] = [0, 0, 0x80];
    while (byte & 0x80) {
      byte = code[at++] ?? 0;
      length |= (byte & 0x7f) << shift;
      shift += 7;
    }
    at += length;
  }
}
