import { concat, split, type Tensor, type Tensor4D } from '@tensorflow/tfjs';

/**
 * Applies `compute` to each image of a batch, together with that image's slice of every companion
 * (all `[N,…]`, handed over as `[1,…]`). A batch of one passes through untouched. Image by image
 * because WebAssembly multiplies single matrices ten times faster than batches of them.
 */
export function mapImages<T extends { readonly [name: string]: Tensor }>(
  x: Tensor4D,
  companions: T,
  compute: (image: Tensor4D, companions: T) => Tensor4D,
): Tensor4D {
  const count = x.shape[0];
  if (count === 1) return compute(x, companions);
  const images = split<Tensor4D>(x, count);
  const slices = Object.entries(companions).map(([name, tensor]) => [name, split(tensor, count)] as const);
  return concat(
    images.map((image, index) => {
      const own = Object.fromEntries(slices.map(([name, parts]) => [name, parts[index]]));
      return compute(image, own as T);
    }),
  );
}
