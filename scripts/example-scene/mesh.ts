import type { Material, Triangle, Vertex } from './surface';
import { add, scale, subtract, type Vector } from './vector';

/** The parallelogram origin + u·along + v·up; texture coordinates run 0–1 along both sides. */
export function parallelogram(origin: Vector, along: Vector, up: Vector, material: Material): Triangle[] {
  const corner = (u: number, v: number): Vertex => ({
    point: add(origin, add(scale(along, u), scale(up, v))),
    u,
    v,
  });
  return quad([corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)], material);
}

/** A box between two opposite corners, its sides parallel to the axes. */
export function box(low: Vector, high: Vector, material: Material): Triangle[] {
  const [dx, dy, dz] = subtract(high, low);
  const [x, y, z]: Vector[] = [
    [dx, 0, 0],
    [0, dy, 0],
    [0, 0, dz],
  ];
  if (x === undefined || y === undefined || z === undefined) return [];
  return [
    ...parallelogram(low, x, y, material),
    ...parallelogram(add(low, z), x, y, material),
    ...parallelogram(low, z, y, material),
    ...parallelogram(add(low, x), z, y, material),
    ...parallelogram(low, x, z, material),
    ...parallelogram(add(low, y), x, z, material),
  ];
}

/** A curved sheet: `at` gives the vertex for u, v in 0–1, sampled on a grid of columns × rows. */
export function sheet(
  columns: number,
  rows: number,
  at: (u: number, v: number) => Vertex,
  material: Material,
): Triangle[] {
  const triangles: Triangle[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const corner = (du: number, dv: number) => at((column + du) / columns, (row + dv) / rows);
      triangles.push(...quad([corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)], material));
    }
  }
  return triangles;
}

/** A turned body on a vertical axis; `profile` lists radius and height from the bottom up. */
export function lathe(
  foot: Vector,
  profile: readonly (readonly [number, number])[],
  material: Material,
): Triangle[] {
  const ring = (v: number): readonly [number, number] => {
    const position = v * (profile.length - 1);
    const index = Math.min(profile.length - 2, Math.floor(position));
    const [lower, upper] = [profile[index] ?? [0, 0], profile[index + 1] ?? [0, 0]];
    const share = position - index;
    return [lower[0] + (upper[0] - lower[0]) * share, lower[1] + (upper[1] - lower[1]) * share];
  };
  const vertex = (u: number, v: number): Vertex => {
    const angle = 2 * Math.PI * u;
    const [radius, height] = ring(v);
    const side: Vector = [Math.cos(angle), 0, Math.sin(angle)];
    return { point: add(foot, [radius * side[0], height, radius * side[2]]), u, v, normal: side };
  };
  return sheet(16, profile.length - 1, vertex, material);
}

export function ball(centre: Vector, radii: Vector, material: Material): Triangle[] {
  const vertex = (u: number, v: number): Vertex => {
    const [longitude, latitude] = [2 * Math.PI * u, Math.PI * (v - 0.5)];
    const ring = Math.cos(latitude);
    const normal: Vector = [ring * Math.cos(longitude), Math.sin(latitude), ring * Math.sin(longitude)];
    const point = add(centre, [normal[0] * radii[0], normal[1] * radii[1], normal[2] * radii[2]]);
    return { point, u, v, normal };
  };
  return sheet(12, 8, vertex, material);
}

function quad(corners: readonly [Vertex, Vertex, Vertex, Vertex], material: Material): Triangle[] {
  const [a, b, c, d] = corners;
  return [
    { vertices: [a, b, c], material },
    { vertices: [a, c, d], material },
  ];
}
