const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** A number of bytes for people, in decimal units: `6.3 MB`. */
export function formatBytes(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  const digits = step > 0 && value < 9.95 ? 1 : 0;
  // What rounds up to a thousand is one of the next unit.
  if (Number(value.toFixed(digits)) >= 1000 && step < units.length - 1) return `1.0 ${units[step + 1]}`;
  return `${value.toFixed(digits)} ${units[step]}`;
}
