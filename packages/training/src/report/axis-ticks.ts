/** A few round numbers from `low` to `high`, at steps of 1, 2 or 5 times a power of ten. */
export function axisTicks(low: number, high: number, most = 6): number[] {
  const span = high - low;
  if (!(span > 0)) return [low];
  const rough = span / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  // Multiplied rather than summed up; rounded to what the step can tell apart.
  return Array.from({ length: count }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/**
 * Logarithms of round numbers from 10^low to 10^high: 1, 2 and 5 times powers of ten, over many decades only
 * the powers; where fewer than two of them lie there, logarithms at even steps.
 */
export function logarithmicTicks(low: number, high: number): number[] {
  const factors = high - low > 3 ? [1] : [1, 2, 5];
  const decades = Array.from(
    { length: Math.ceil(high) - Math.floor(low) + 1 },
    (_, index) => Math.floor(low) + index,
  );
  const ticks = decades.flatMap((decade) => factors.map((factor) => decade + Math.log10(factor)));
  const inside = ticks.filter((tick) => tick >= low && tick <= high);
  return inside.length >= 2 ? inside : axisTicks(low, high, 5);
}
