/** Bytes of a block. */
const BLOCK = 64;

/** First 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2). */
const ROUND_CONSTANTS = firstPrimes(64).map((prime) => fraction(Math.cbrt(prime)));

/** The same of the square roots of the first eight (FIPS 180-4, 5.3.3). */
const INITIAL = firstPrimes(8).map((prime) => fraction(Math.sqrt(prime)));

/** SHA-256 (FIPS 180-4), for pages where the browser does not lend its own. */
export function sha256InScript(bytes: Uint8Array): Uint8Array {
  const state = Uint32Array.from(INITIAL);
  const whole = bytes.length - (bytes.length % BLOCK);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const schedule = new Uint32Array(64);
  for (let offset = 0; offset < whole; offset += BLOCK) compress(state, view, offset, schedule);
  const tail = padded(bytes.subarray(whole), bytes.length);
  for (let offset = 0; offset < tail.byteLength; offset += BLOCK) compress(state, tail, offset, schedule);
  const digest = new DataView(new ArrayBuffer(32));
  for (const [index, word] of state.entries()) digest.setUint32(4 * index, word);
  return new Uint8Array(digest.buffer);
}

/** What is left, a one bit, zeros, and the length in bits (5.1.1). */
function padded(rest: Uint8Array, length: number): DataView {
  const size = rest.length + 9 <= BLOCK ? BLOCK : 2 * BLOCK;
  const tail = new Uint8Array(size);
  tail.set(rest);
  tail[rest.length] = 0x80;
  const view = new DataView(tail.buffer);
  view.setBigUint64(size - 8, BigInt(length) * 8n);
  return view;
}

/** One block (6.2.2). */
function compress(state: Uint32Array, block: DataView, offset: number, schedule: Uint32Array): void {
  for (let t = 0; t < 64; t++) {
    if (t < 16) {
      schedule[t] = block.getUint32(offset + 4 * t);
      continue;
    }
    const [early, late] = [schedule[t - 15] ?? 0, schedule[t - 2] ?? 0];
    const sigma0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const sigma1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    schedule[t] = (schedule[t - 16] ?? 0) + sigma0 + (schedule[t - 7] ?? 0) + sigma1;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let t = 0; t < 64; t++) {
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + sum1 + choice + (ROUND_CONSTANTS[t] ?? 0) + (schedule[t] ?? 0)) | 0;
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + sum0 + majority) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => {
    state[index] = (state[index] ?? 0) + word;
  });
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate++) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}

function fraction(value: number): number {
  return Math.floor((value % 1) * 2 ** 32);
}
