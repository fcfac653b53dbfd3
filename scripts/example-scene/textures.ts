import { type Lettering, lettering } from './lettering';
import { cellNoise, fractalNoise, hash, valueNoise } from './noise';
import type { Material, Surface } from './surface';
import { add, mix, scale, smoothstep, type Vector } from './vector';

/** One colour with large soft stains and a fine grain. */
export function plain(colour: Vector, variation = 0.15, grain = 20): Material {
  return {
    albedo: ({ point: [x, y, z] }) => {
      const stains = fractalNoise(x * 3 + z * 2, y * 3 + z, 3, 5) - 0.5;
      const fine = fractalNoise(x * grain + z * 17, y * grain + z * 23, 2, 9) - 0.5;
      return scale(colour, 1 + variation * (1.5 * stains + fine));
    },
  };
}

/** Bricks or slabs in running bond, each with its own tint, in rough mortar. */
export function bricks(length: number, height: number, tint: Vector, lies: 'upright' | 'flat'): Material {
  const mortar: Vector = [0.42, 0.38, 0.33];
  const place = ({ point: [x, y, z] }: Surface) => {
    const [across, up] = lies === 'upright' ? [x + z, y] : [x, z];
    const row = Math.floor(up / height);
    const along = across / length + (row & 1) * 0.5;
    const column = Math.floor(along);
    const wobble = 0.012 * (fractalNoise(across * 12, up * 12, 2, 3) - 0.5);
    const edgeX = Math.min(along - column, column + 1 - along) * length;
    const edgeY = Math.min(up / height - row, row + 1 - up / height) * height;
    const brick = smoothstep(0.006, 0.013, Math.min(edgeX, edgeY) + wobble);
    return { across, up, brick, tone: hash(column, row, 1), hue: hash(column, row, 2) };
  };
  return {
    albedo: (surface) => {
      const { across, up, brick, tone, hue } = place(surface);
      const speckle = 0.82 + 0.36 * fractalNoise(across * 30, up * 30, 2, 11);
      const weather = 0.8 + 0.4 * fractalNoise(across * 1.3, up * 1.3, 3, 17);
      const own = mix(tint, [tint[0] * 0.75, tint[1] * 0.95, tint[2] * 1.25], hue);
      const colour = scale(own, (0.6 + 0.75 * tone * tone) * speckle);
      return scale(mix(scale(mortar, 0.4 + 0.6 * speckle), colour, brick), weather);
    },
    relief: (surface) => {
      const { across, up, brick } = place(surface);
      return 0.012 * brick + 0.006 * fractalNoise(across * 25, up * 25, 2, 23);
    },
  };
}

/** Planks that run along the v of the mesh, `count` side by side, with grain and a few knots. */
export function planks(count: number, length: number, colour: Vector, contrast = 0.5): Material {
  const seam = (u: number) => {
    const position = u * count;
    const column = Math.floor(position);
    return { column, gap: Math.min(position - column, column + 1 - position) };
  };
  return {
    albedo: ({ u, v, point: [x, y] }) => {
      const { column, gap } = seam(u);
      const offset = 20 * hash(column, 7);
      const along = v * length;
      const bend = 2 * fractalNoise(along * 1.5 + offset, u * count * 1.5, 2, 31);
      const rings = 0.5 + 0.5 * Math.sin(2 * Math.PI * (u * count * 3.5 + bend * 1.6 + offset));
      const fibre = valueNoise(u * count * 22 + offset, along * 5, 37);
      const tone = 0.75 + 0.4 * hash(column, 13);
      const worn = 0.85 + 0.3 * fractalNoise(x * 2.5, y * 2.5, 3, 41);
      const grain = 1 - contrast * (0.55 * rings * rings + 0.45 * fibre);
      return scale(colour, tone * worn * grain * smoothstep(0, 0.05, gap) + 0.02);
    },
    relief: ({ u }) => 0.006 * smoothstep(0, 0.07, seam(u).gap),
  };
}

/** Rounded stones of about `size` metres on the ground. */
export function cobbles(size: number, tint: Vector): Material {
  const stone = ({ point: [x, , z] }: Surface) => cellNoise(x / size, z / size, 51);
  return {
    albedo: (surface) => {
      const { id, border } = stone(surface);
      const [x, , z] = surface.point;
      const speckle = 0.8 + 0.4 * fractalNoise(x * 25, z * 25, 2, 53);
      const patch = 0.75 + 0.5 * fractalNoise(x * 0.9, z * 0.9, 3, 59);
      const own = mix(tint, [tint[0] * 1.2, tint[1] * 1.05, tint[2] * 0.85], id);
      const colour = scale(own, (0.65 + 0.6 * id) * speckle * patch);
      return mix([0.09, 0.08, 0.06], colour, smoothstep(0.02, 0.1, border));
    },
    relief: (surface) => 0.05 * size * 6 * smoothstep(0, 0.35, stone(surface).border),
  };
}

/** Stripes across the u of the mesh. */
export function stripes(count: number, one: Vector, other: Vector): Material {
  return {
    albedo: ({ u, v, point: [x, y] }) => {
      const weave = 0.92 + 0.16 * fractalNoise(x * 60, y * 60, 2, 61);
      const faded = 0.85 + 0.25 * fractalNoise(u * 9, v * 2, 3, 67);
      return scale(Math.floor(u * count) % 2 === 0 ? one : other, weave * faded);
    },
    translucency: 0.25,
  };
}

/** A line of lettering on a sign, placed in the mesh's u and v. */
export interface SignLine {
  readonly text: string;
  /** Middle of the line and height of its letters, in metres from the sign's lower left corner. */
  readonly x: number;
  readonly y: number;
  readonly height: number;
  /** Width of the strokes in letter heights. */
  readonly weight: number;
  readonly colour: Vector;
  /** A dark copy a little below and to the right. */
  readonly shadow?: boolean;
}

/** A board of `width` × `height` metres with lettering painted on another material. */
export function sign(width: number, height: number, board: Material, lines: readonly SignLine[]): Material {
  const set = lines.map((line) => ({ line, letters: lettering(line.text) }));
  return {
    ...board,
    albedo: (surface) =>
      set.reduce((colour, { line, letters }) => {
        const x = surface.u * width - line.x;
        const y = surface.v * height - line.y;
        const shade = line.shadow === true ? 0.75 * ink(letters, line, x - 0.012, y + 0.012) : 0;
        return mix(scale(colour, 1 - shade), line.colour, ink(letters, line, x, y));
      }, board.albedo(surface)),
  };
}

/** How much paint lies at (x, y) from the middle of the line; edges are a few millimetres soft. */
function ink(letters: Lettering, { height, weight }: SignLine, x: number, y: number): number {
  if (Math.abs(y) > height) return 0;
  const distance = letters.distance(x / height + letters.width / 2, y / height + 0.5) * height;
  return 1 - smoothstep(-0.002, 0.002, distance - (weight * height) / 2);
}

/** Leaves of mixed greens, each leaf with one tone and a lighter rib. */
export function foliage(colour: Vector): Material {
  return {
    albedo: ({ u, v, point: [x, y, z] }) => {
      const tone = 0.55 + 0.9 * hash(Math.floor(u), 71);
      const yellow = hash(Math.floor(u), 73);
      const rib = 1 + 0.35 * (1 - smoothstep(0, 0.12, Math.abs(u - Math.floor(u) - 0.5)));
      const vein = 0.9 + 0.2 * valueNoise(x * 60 + z * 40, y * 60 + v, 79);
      return scale(add(colour, scale([0.1, 0.07, 0], yellow * yellow)), tone * rib * vein);
    },
    translucency: 0.45,
  };
}
