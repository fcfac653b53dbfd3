type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** An object without the keys whose value is undefined: what an optional property wants. */
export function defined<T extends object>(values: T): Defined<T> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  const result: Defined<T> = {};
  return Object.assign(result, Object.fromEntries(entries));
}
