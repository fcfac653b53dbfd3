/** A whole number with separators: 26,911,934. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** A large number in three significant digits or more: 120.99 G. */
export function formatMagnitude(value: number): string {
  const [divisor, unit] = value >= 1e12 ? [1e12, 'T'] : value >= 1e9 ? [1e9, 'G'] : [1e6, 'M'];
  return `${(value / divisor).toFixed(2)} ${unit}`;
}

/** Bytes in binary units: 12.0 MiB. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, bytes > 0 ? Math.floor(Math.log2(bytes) / 10) : 0);
  return `${(bytes / 1024 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}
