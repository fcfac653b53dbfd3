/** A run of items. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Splits items into runs of nearly equal length, one for each thread at most, that begin at multiples of `unit`.
 * Fewer than `least` stay together, since it costs some microseconds to wake a thread.
 */
export function split(count: number, parts: number, { unit = 1, least = 1 } = {}): Range[] {
  const units = Math.ceil(count / unit);
  const wanted = count < least ? 1 : Math.max(1, Math.min(parts, units));
  return Array.from({ length: wanted }, (_, part) => ({
    start: unit * Math.floor((units * part) / wanted),
    end: Math.min(count, unit * Math.floor((units * (part + 1)) / wanted)),
  }));
}
