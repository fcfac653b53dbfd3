import type { Vector } from './vector';

/** Where a ray met the scene. */
export interface Surface {
  readonly point: Vector;
  /** Texture coordinates of the mesh. */
  readonly u: number;
  readonly v: number;
}

/** How a surface looks. */
export interface Material {
  /** Linear RGB reflectance. */
  readonly albedo: (surface: Surface) => Vector;
  /** Relief in metres, seen only in the shading. */
  readonly relief?: (surface: Surface) => number;
  /** Light the surface gives off by itself. */
  readonly emission?: Vector;
  /** Share of the sun's light that shines through, as through a leaf. */
  readonly translucency?: number;
  /** A clear pane: light passes straight through or is mirrored. */
  readonly glass?: boolean;
}

export interface Vertex {
  readonly point: Vector;
  readonly u: number;
  readonly v: number;
  /** Where given, shading turns smoothly from vertex to vertex. */
  readonly normal?: Vector;
}

export interface Triangle {
  readonly vertices: readonly [Vertex, Vertex, Vertex];
  readonly material: Material;
}
