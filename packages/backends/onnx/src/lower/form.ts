import type { Rows } from './rows';

/**
 * How a value lies in the graph: `planar` images `[N,C,H,W]` band by band, or any tensor in the order that
 * TensorFlow.js code sees, images as `[N,H,W,C]`.
 */
export type Form =
  | { readonly layout: 'planar'; readonly rows: Rows }
  | { readonly layout: 'plain'; readonly name: () => string };

export function planar(rows: Rows): Form {
  return { layout: 'planar', rows };
}

/** @param compute called at most once, when the tensor is needed */
export function plain(compute: () => string): Form {
  let name: string | undefined;
  return {
    layout: 'plain',
    name: () => {
      name ??= compute();
      return name;
    },
  };
}
