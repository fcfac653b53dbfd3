/**
 * IEEE 754 binary16 and back, by tables indexed with sign and exponent. Reading follows J. van der Zijp,
 * "Fast Half Float Conversions"; writing rounds to nearest, ties to even.
 */
const tables = /* @__PURE__ */ createTables();

/** The largest finite half. */
export const maxHalf = 65504;

/** The values of halves given by their bits; exact. */
export function halfToFloat32(halves: Uint16Array): Float32Array {
  const values = new Float32Array(halves.length);
  const bits = new Uint32Array(values.buffer);
  const { significands, exponents, offsets } = tables;
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i] ?? 0;
    const top = half >>> 10;
    bits[i] = (significands[(offsets[top] ?? 0) + (half & 0x3ff)] ?? 0) + (exponents[top] ?? 0);
  }
  return values;
}

/** The bits of the nearest halves, ties to even; what lies beyond the largest half becomes infinite. */
export function float32ToHalf(values: Float32Array): Uint16Array {
  const halves = new Uint16Array(values.length);
  const floats = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const { bases, hiddenBits, shifts } = tables;
  for (let i = 0; i < floats.length; i++) {
    const float = floats[i] ?? 0;
    const top = float >>> 23;
    const fraction = float & 0x7fffff;
    if ((top & 0xff) === 0xff) {
      // A NaN must stay one, even if only bits that a half lacks say so.
      halves[i] = (bases[top] ?? 0) | (fraction === 0 ? 0 : 0x200 | (fraction >>> 13));
      continue;
    }
    const significand = fraction | (hiddenBits[top] ?? 0);
    const shift = shifts[top] ?? 0;
    const kept = significand >>> shift;
    const lost = significand & ((1 << shift) - 1);
    const middle = 1 << (shift - 1);
    const up = lost > middle || (lost === middle && (kept & 1) === 1) ? 1 : 0;
    halves[i] = (bases[top] ?? 0) + kept + up;
  }
  return halves;
}

interface Tables {
  readonly significands: Uint32Array;
  readonly exponents: Uint32Array;
  readonly offsets: Uint16Array;
  readonly bases: Uint16Array;
  readonly hiddenBits: Uint32Array;
  readonly shifts: Uint8Array;
}

function createTables(): Tables {
  return { ...createReadingTables(), ...createWritingTables() };
}

function createReadingTables(): Pick<Tables, 'significands' | 'exponents' | 'offsets'> {
  const significands = new Uint32Array(2048);
  const exponents = new Uint32Array(64);
  const offsets = new Uint16Array(64).fill(1024);
  for (let i = 1; i < 1024; i++) {
    // Subnormal halves i · 2^-24 are normal floats: shift the leading one out and lower the exponent.
    const zeros = Math.clz32(i) - 21;
    significands[i] = ((i << (zeros + 13)) & 0x7fffff) | ((113 - zeros) << 23);
  }
  for (let i = 1024; i < 2048; i++) significands[i] = (i - 1024) << 13;
  for (let i = 0; i < 64; i++) {
    const exponent = i & 31;
    const sign = i < 32 ? 0 : 0x80000000;
    const float = exponent === 31 ? 255 : exponent === 0 ? 0 : exponent + 112;
    exponents[i] = sign + float * 0x800000;
  }
  offsets[0] = 0;
  offsets[32] = 0;
  return { significands, exponents, offsets };
}

/** A float's significand, with its hidden bit where the half has none, loses `shift` bits onto `base`. */
function createWritingTables(): Pick<Tables, 'bases' | 'hiddenBits' | 'shifts'> {
  const bases = new Uint16Array(512);
  const hiddenBits = new Uint32Array(512);
  const shifts = new Uint8Array(512);
  for (let i = 0; i < 512; i++) {
    const sign = i < 256 ? 0 : 0x8000;
    const exponent = (i & 0xff) - 127;
    if (exponent > 15) {
      bases[i] = sign | 0x7c00;
      shifts[i] = 31;
    } else if (exponent >= -14) {
      bases[i] = sign | ((exponent + 15) << 10);
      shifts[i] = 13;
    } else {
      bases[i] = sign;
      hiddenBits[i] = 0x800000;
      shifts[i] = Math.min(25, -1 - exponent);
    }
  }
  return { bases, hiddenBits, shifts };
}
