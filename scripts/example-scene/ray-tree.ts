import type { Material, Triangle } from './surface';
import { cross, dot, normalize, subtract, type Vector } from './vector';

/** The nearest surface a ray meets. */
export interface Hit {
  readonly distance: number;
  readonly point: Vector;
  /** Unit normals on the ray's side: of the flat triangle, and as shaded. */
  readonly flatNormal: Vector;
  readonly normal: Vector;
  readonly u: number;
  readonly v: number;
  readonly material: Material;
}

/** A scene made ready for ray queries: a tree of bounding boxes over its triangles. */
export interface RayTree {
  nearest(origin: Vector, direction: Vector): Hit | undefined;
  /** Whether anything lies in the way. */
  blocked(origin: Vector, direction: Vector): boolean;
}

interface Box {
  readonly low: Vector;
  readonly high: Vector;
}

interface Facet {
  readonly triangle: Triangle;
  readonly origin: Vector;
  readonly edge1: Vector;
  readonly edge2: Vector;
  readonly box: Box;
}

interface Node {
  readonly box: Box;
  /** The side along which the children were told apart, lower ones first. */
  readonly axis: Axis;
  readonly children: readonly [Node, Node] | undefined;
  readonly facets: readonly Facet[];
}

interface Best {
  distance: number;
  a: number;
  b: number;
  facet: Facet | undefined;
}

type Axis = 0 | 1 | 2;

const axes: readonly Axis[] = [0, 1, 2];
const nothing: Box = { low: [Infinity, Infinity, Infinity], high: [-Infinity, -Infinity, -Infinity] };
const closest = 1e-4;

export function buildRayTree(triangles: readonly Triangle[]): RayTree {
  const root = split(triangles.map(facetOf));
  return {
    nearest(origin, direction) {
      const best: Best = { distance: Number.POSITIVE_INFINITY, a: 0, b: 0, facet: undefined };
      search(root, origin, inverse(direction), direction, best, false);
      return best.facet === undefined ? undefined : describe(origin, direction, best, best.facet);
    },
    blocked(origin, direction) {
      const best: Best = { distance: Number.POSITIVE_INFINITY, a: 0, b: 0, facet: undefined };
      search(root, origin, inverse(direction), direction, best, true);
      return best.facet !== undefined;
    },
  };
}

function facetOf(triangle: Triangle): Facet {
  const [a, b, c] = triangle.vertices;
  const corners = [a, b, c].map(({ point }): Box => ({ low: point, high: point }));
  return {
    triangle,
    origin: a.point,
    edge1: subtract(b.point, a.point),
    edge2: subtract(c.point, a.point),
    box: corners.reduce(around),
  };
}

/** Cuts the facets in two where the surface area heuristic finds it cheapest, until few are left. */
function split(facets: readonly Facet[]): Node {
  const box = facets.map((facet) => facet.box).reduce(around, nothing);
  if (facets.length <= 3) return { box, axis: 0, children: undefined, facets };
  const cuts = axes.map((axis) => cheapestCut(facets, axis)).sort((a, b) => a.cost - b.cost);
  const { axis, sorted, at } = cuts[0] ?? { axis: 0, sorted: facets, at: facets.length >> 1 };
  return { box, axis, children: [split(sorted.slice(0, at)), split(sorted.slice(at))], facets: [] };
}

/** Cost of a cut: each half's number of facets times the area of its bounding box. */
function cheapestCut(facets: readonly Facet[], axis: Axis) {
  const middle = ({ box }: Facet) => box.low[axis] + box.high[axis];
  const sorted = [...facets].sort((a, b) => middle(a) - middle(b));
  const below = growingAreas(sorted);
  const above = growingAreas([...sorted].reverse()).reverse();
  let [cost, at] = [Number.POSITIVE_INFINITY, sorted.length >> 1];
  for (let count = 1; count < sorted.length; count++) {
    const total = count * (below[count - 1] ?? 0) + (sorted.length - count) * (above[count] ?? 0);
    if (total < cost) [cost, at] = [total, count];
  }
  return { axis, sorted, cost, at };
}

/** Area of the box around the first one, two, three … facets. */
function growingAreas(facets: readonly Facet[]): number[] {
  let box = nothing;
  return facets.map((facet) => {
    box = around(box, facet.box);
    const [x, y, z] = subtract(box.high, box.low);
    return x * y + y * z + z * x;
  });
}

function around(a: Box, b: Box): Box {
  return {
    low: [Math.min(a.low[0], b.low[0]), Math.min(a.low[1], b.low[1]), Math.min(a.low[2], b.low[2])],
    high: [Math.max(a.high[0], b.high[0]), Math.max(a.high[1], b.high[1]), Math.max(a.high[2], b.high[2])],
  };
}

function search(
  node: Node,
  origin: Vector,
  inverted: Vector,
  direction: Vector,
  best: Best,
  anyWillDo: boolean,
): void {
  if (anyWillDo && best.facet !== undefined) return;
  if (!entersBefore(node.box, origin, inverted, best.distance)) return;
  if (node.children !== undefined) {
    const [lower, upper] = node.children;
    const [near, far] = direction[node.axis] > 0 ? [lower, upper] : [upper, lower];
    search(near, origin, inverted, direction, best, anyWillDo);
    search(far, origin, inverted, direction, best, anyWillDo);
    return;
  }
  for (const facet of node.facets) meet(facet, origin, direction, best);
}

/** The slab test. */
function entersBefore({ low, high }: Box, origin: Vector, inverted: Vector, limit: number): boolean {
  const x1 = (low[0] - origin[0]) * inverted[0];
  const x2 = (high[0] - origin[0]) * inverted[0];
  const y1 = (low[1] - origin[1]) * inverted[1];
  const y2 = (high[1] - origin[1]) * inverted[1];
  const z1 = (low[2] - origin[2]) * inverted[2];
  const z2 = (high[2] - origin[2]) * inverted[2];
  const enter = Math.max(Math.min(x1, x2), Math.min(y1, y2), Math.min(z1, z2), 0);
  return enter <= Math.min(Math.max(x1, x2), Math.max(y1, y2), Math.max(z1, z2), limit);
}

/** Möller and Trumbore's intersection of a ray and a triangle. */
function meet(facet: Facet, origin: Vector, direction: Vector, best: Best): void {
  const { edge1, edge2 } = facet;
  const p = cross(direction, edge2);
  const determinant = dot(edge1, p);
  if (Math.abs(determinant) < 1e-12) return;
  const offset = subtract(origin, facet.origin);
  const a = dot(offset, p) / determinant;
  if (a < 0 || a > 1) return;
  const q = cross(offset, edge1);
  const b = dot(direction, q) / determinant;
  if (b < 0 || a + b > 1) return;
  const distance = dot(edge2, q) / determinant;
  if (distance < closest || distance >= best.distance) return;
  best.distance = distance;
  best.a = a;
  best.b = b;
  best.facet = facet;
}

function describe(origin: Vector, direction: Vector, best: Best, facet: Facet): Hit {
  const { distance, a, b } = best;
  const [first, second, third] = facet.triangle.vertices;
  const blend = (x: number, y: number, z: number) => x * (1 - a - b) + y * a + z * b;
  const facing = (normal: Vector, other: Vector): Vector =>
    dot(normal, other) > 0 ? normal : [-normal[0], -normal[1], -normal[2]];
  const towards: Vector = [-direction[0], -direction[1], -direction[2]];
  const flatNormal = facing(normalize(cross(facet.edge1, facet.edge2)), towards);
  const [n1, n2, n3] = [first.normal, second.normal, third.normal];
  const smooth = (axis: Axis) => blend(n1?.[axis] ?? 0, n2?.[axis] ?? 0, n3?.[axis] ?? 0);
  return {
    distance,
    point: [
      origin[0] + distance * direction[0],
      origin[1] + distance * direction[1],
      origin[2] + distance * direction[2],
    ],
    flatNormal,
    normal: n1 === undefined ? flatNormal : facing(normalize([smooth(0), smooth(1), smooth(2)]), flatNormal),
    u: blend(first.u, second.u, third.u),
    v: blend(first.v, second.v, third.v),
    material: facet.triangle.material,
  };
}

function inverse([x, y, z]: Vector): Vector {
  return [1 / x, 1 / y, 1 / z];
}
