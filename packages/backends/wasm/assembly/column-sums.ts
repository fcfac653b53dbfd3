import { FLOAT, LANES } from './vector';

/**
 * Adds up rows: `x` [rows,columns] to `sums` [columns], in double precision. `totals` is room for a vector
 * of doubles, `columns` of them rounded up to four.
 */
export function columnSums(x: usize, sums: usize, rows: i32, columns: i32, totals: usize): void {
  memory.fill(totals, 0, ((<usize>columns + 3) & ~3) * 8);
  const whole = columns & ~(LANES - 1);
  for (let row = 0; row < rows; row++) {
    let total = totals;
    for (let column = 0; column < whole; column += LANES) {
      const values = v128.load(x);
      const low = f64x2.promote_low_f32x4(values);
      const high = f64x2.promote_low_f32x4(i32x4.shuffle(values, values, 2, 3, 2, 3));
      v128.store(total, f64x2.add(v128.load(total), low));
      v128.store(total, f64x2.add(v128.load(total, 16), high), 16);
      x += 16;
      total += 32;
    }
    for (let column = whole; column < columns; column++) {
      store<f64>(total, load<f64>(total) + <f64>load<f32>(x));
      x += FLOAT;
      total += 8;
    }
  }
  for (let column = 0; column < columns; column++) {
    store<f32>(sums, <f32>load<f64>(totals));
    sums += FLOAT;
    totals += 8;
  }
}
