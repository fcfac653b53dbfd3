const SERIES_TERMS = 12;

/**
 * ln(x) for positive finite x, in nothing but exactly rounded operations (+ − × ÷), so that every
 * engine returns the same bits; `Math.log` may differ in the last one. Accurate to about 1e-15.
 *
 * With x = m·2^e and m in [√½,√2): ln x = e·ln 2 + 2·artanh((m−1)/(m+1)), artanh by its series.
 */
export function naturalLog(x: number): number {
  let mantissa = x;
  let exponent = 0;
  for (; mantissa >= Math.SQRT2; exponent++) mantissa /= 2;
  for (; mantissa < Math.SQRT1_2; exponent--) mantissa *= 2;
  const ratio = (mantissa - 1) / (mantissa + 1);
  const squared = ratio * ratio;
  let sum = 0;
  for (let term = SERIES_TERMS; term >= 0; term--) sum = sum * squared + 1 / (2 * term + 1);
  return exponent * Math.LN2 + 2 * ratio * sum;
}
