/** One channel, row by row. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array;
}

/** The rectangle of a plane that starts at (x, y). */
export function cutPlane(
  { width, values }: Plane,
  {
    x,
    y,
    ...size
  }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): Plane {
  const cut = new Float64Array(size.width * size.height);
  for (let row = 0; row < size.height; row++) {
    const start = (y + row) * width + x;
    cut.set(values.subarray(start, start + size.width), row * size.width);
  }
  return { ...size, values: cut };
}

/** A plane with rows and columns exchanged. */
export function transposePlane({ width, height, values }: Plane): Plane {
  const result = new Float64Array(values.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) result[x * height + y] = values[y * width + x] ?? 0;
  }
  return { width: height, height: width, values: result };
}
