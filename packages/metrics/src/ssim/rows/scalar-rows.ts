import { halfWindow, KEPT_ROWS, keepLast, LINE, MAPS, ROW, type SsimRows, STRIP } from './ssim-rows';

const [w0 = 0, w1 = 0, w2 = 0, w3 = 0, w4 = 0, w5 = 0] = halfWindow;

/** The window in plain JavaScript, where WebAssembly is not to be had. */
export function scalarRows(): SsimRows {
  const lines = Array.from({ length: MAPS }, () => new Float64Array(LINE));
  const none = new Float64Array(LINE);
  const [x = none, y = none, squares = none, product = none] = lines;
  const rows = new Float64Array(KEPT_ROWS * ROW);
  const means = new Float64Array(ROW);
  return {
    x,
    y,
    means,
    along(row, count) {
      for (let i = 0; i < LINE; i++) {
        const u = x[i] ?? 0;
        const v = y[i] ?? 0;
        squares[i] = u * u + v * v;
        product[i] = u * v;
      }
      for (const [map, line] of lines.entries()) {
        filter(line, rows, { from: 0, to: row * ROW + map * STRIP, step: 1, count });
      }
    },
    down(row, count) {
      for (let map = 0; map < MAPS; map++) {
        filter(rows, means, { from: row * ROW + map * STRIP, to: map * STRIP, step: ROW, count });
      }
    },
    restart: () => keepLast(rows),
  };
}

interface Run {
  readonly from: number;
  readonly to: number;
  /** How far the samples under the window lie from each other. */
  readonly step: number;
  readonly count: number;
}

function filter(s: Float64Array, target: Float64Array, { from, to, step, count }: Run): void {
  const at = (n: number) => s[n] ?? 0;
  for (let i = 0; i < count; i++) {
    const c = from + i + 5 * step;
    target[to + i] =
      w0 * at(c) +
      w1 * (at(c - step) + at(c + step)) +
      w2 * (at(c - 2 * step) + at(c + 2 * step)) +
      w3 * (at(c - 3 * step) + at(c + 3 * step)) +
      w4 * (at(c - 4 * step) + at(c + 4 * step)) +
      w5 * (at(c - 5 * step) + at(c + 5 * step));
  }
}
