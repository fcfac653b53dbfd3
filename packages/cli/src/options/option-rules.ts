/** What values an option takes, and how to say so after "must be". */
export interface NumberRule {
  readonly says: string;
  accepts(value: number): boolean;
}

/** The numeric options of the command, the configuration file and the library. */
export const numberRules = {
  quality: {
    says: 'a whole number from 1 to 100',
    accepts: (value) => Number.isInteger(value) && value >= 1 && value <= 100,
  },
  seed: {
    says: 'a whole number from 0 to 4294967295',
    accepts: (value) => Number.isInteger(value) && value >= 0 && value <= 0xffffffff,
  },
  outscale: {
    says: 'a number above 0 and at most 16',
    accepts: (value) => value > 0 && value <= 16,
  },
  tile: {
    says: 'auto, 0 (the whole picture at once) or a whole number of pixels',
    accepts: (value) => Number.isInteger(value) && value >= 0,
  },
  overlap: {
    says: 'a whole number of pixels',
    accepts: (value) => Number.isInteger(value) && value >= 0,
  },
  maxMemory: {
    says: 'a size like 800M or 2G',
    accepts: (value) => value >= 1,
  },
  workers: {
    says: 'auto, 0 (no threads of their own) or a whole number up to 64',
    accepts: (value) => Number.isInteger(value) && value >= 0 && value <= 64,
  },
  tolerance: {
    says: 'a number of at least 0',
    accepts: (value) => value >= 0 && value < Number.POSITIVE_INFINITY,
  },
} as const satisfies Readonly<Record<string, NumberRule>>;

const units: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** Bytes as people write them (800M, 1.5G, 2GiB), or NaN. */
export function parseBytes(text: string): number {
  const [, number = '', unit = ''] = /^\s*([\d.]+)\s*([kmgt]?)(?:i?b)?\s*$/i.exec(text) ?? [];
  return Math.floor(parseNumber(number) * (units[unit.toLowerCase()] ?? Number.NaN));
}

/** A number as people write it, or NaN; the empty string is none. */
export function parseNumber(text: string): number {
  return /^\s*$/.test(text) ? Number.NaN : Number(text);
}
