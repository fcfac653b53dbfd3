/** A tuple of the same length as `T` with items of type `U`. */
export type SameLength<T extends readonly unknown[], U> = { readonly [K in keyof T]: U };

/** `Array.map` that keeps the length in the type, so that destructuring needs no checks. */
export function mapTuple<const T extends readonly unknown[], U>(
  items: T,
  convert: (item: T[number], index: number) => U,
): SameLength<T, U> {
  return items.map((item, index) => convert(item, index)) as SameLength<T, U>;
}

/** Pairs the items of two tuples of one length. */
export function zipTuples<T extends readonly unknown[], U>(
  first: T,
  second: SameLength<T, U>,
): { readonly [K in keyof T]: readonly [T[K], U] } {
  const pairs = first.map((item, index) => [item, second[index]]);
  return pairs as { [K in keyof T]: readonly [T[K], U] };
}
