import { ball, lathe } from './mesh';
import { randomStream } from './noise';
import type { Triangle, Vertex } from './surface';
import { foliage, plain, planks } from './textures';
import { add, normalize, scale, tangents, type Vector } from './vector';

interface Leaves {
  readonly seed: number;
  readonly count: number;
  /** Length of a leaf in metres. */
  readonly size: number;
  readonly colour: Vector;
  /** Where the leaf with these three random numbers in [0, 1) grows, and which way it faces at most. */
  readonly place: (a: number, b: number, c: number) => { readonly point: Vector; readonly facing: Vector };
}

const darkGreen: Vector = [0.07, 0.17, 0.03];
const brightGreen: Vector = [0.14, 0.26, 0.05];
const terracotta = plain([0.52, 0.24, 0.14], 0.3);
const bark = planks(5, 2, [0.22, 0.16, 0.11], 0.7);

/** The potted plants by the door, the ivy on the corner and the tree behind the garden wall. */
export function plants(): Triangle[] {
  return [
    ...pottedPlant([0.66, 0, 0.42], 1, [0.75, 0.08, 0.1]),
    ...pottedPlant([2.06, 0, 0.5], 2, [0.8, 0.7, 0.75]),
    ...ivy(),
    ...tree([3.6, 0, -1.7], [1.15, 1, 0.9], 2.5, 3, 4200),
    ...tree([5.6, 0, -4.5], [1.7, 1.3, 1.2], 2.3, 4, 2600),
    ...tree([3.6, 0, -5.5], [1.5, 0.9, 0.8], 0.8, 5, 2200),
  ];
}

function pottedPlant(foot: Vector, seed: number, flowers: Vector): Triangle[] {
  const pot = lathe(
    foot,
    [
      [0.13, 0],
      [0.19, 0.3],
      [0.215, 0.3],
      [0.215, 0.37],
      [0.18, 0.37],
      [0, 0.33],
    ],
    terracotta,
  );
  const middle = add(foot, [0, 0.58, 0]);
  const bush = crown(middle, [0.29, 0.27, 0.27]);
  const random = randomStream(500 + seed);
  const blossoms = Array.from({ length: 16 }, () => {
    const { point } = bush(random(), 0.35 + 0.65 * random(), 0.97);
    return ball(point, [0.034, 0.028, 0.034], plain(flowers, 0.3));
  });
  return [
    ...pot,
    ...leaves({ seed, count: 420, size: 0.095, colour: brightGreen, place: bush }),
    ...blossoms.flat(),
  ];
}

function ivy(): Triangle[] {
  const place = (a: number, b: number, c: number) => {
    const y = 0.4 + 2.5 * a;
    const reach = 0.08 + 0.2 * (0.5 + 0.5 * Math.sin(5 * y)) * (0.4 + 0.6 * a);
    const point: Vector = [2.47 - reach * b * b * 1.2, y, 0.03 + 0.07 * c];
    return { point, facing: normalize([0.2 * (b - 0.5), 0.45, 1]) };
  };
  return leaves({ seed: 9, count: 620, size: 0.1, colour: darkGreen, place });
}

function tree(foot: Vector, radii: Vector, height: number, seed: number, count: number): Triangle[] {
  const trunk = lathe(
    foot,
    [
      [0.16, 0],
      [0.11, 1.2],
      [0.09, height],
    ],
    bark,
  );
  const place = crown(add(foot, [0, height, 0]), radii);
  return [...trunk, ...leaves({ seed, count, size: 0.16, colour: scale(brightGreen, 0.8), place })];
}

/** Leaves of a lumpy ellipsoid: most of them near its surface. */
function crown(middle: Vector, radii: Vector): Leaves['place'] {
  return (a, b, c) => {
    const [longitude, height] = [2 * Math.PI * a, 2 * b - 1];
    const ring = Math.sqrt(1 - height * height);
    const facing: Vector = [ring * Math.cos(longitude), height, ring * Math.sin(longitude)];
    const lumps = 1 + 0.16 * Math.sin(5 * longitude + 3 * height) * Math.cos(4 * height + longitude);
    const depth = lumps * (1 - 0.55 * (1 - c) ** 2);
    return {
      point: add(middle, [
        facing[0] * radii[0] * depth,
        facing[1] * radii[1] * depth,
        facing[2] * radii[2] * depth,
      ]),
      facing,
    };
  };
}

function leaves({ seed, count, size, colour, place }: Leaves): Triangle[] {
  const random = randomStream(seed);
  const material = foliage(colour);
  return Array.from({ length: count }, (_, index) => {
    const { point, facing } = place(random(), random(), random());
    const wild: Vector = [random() - 0.5, random() - 0.5, random() - 0.5];
    const normal = normalize(add(facing, scale(wild, 1.6)));
    const [side, along] = tangents(normal);
    const turn = 2 * Math.PI * random();
    const tip = add(scale(along, Math.cos(turn)), scale(side, Math.sin(turn)));
    const across = add(scale(side, Math.cos(turn)), scale(along, -Math.sin(turn)));
    const length = size * (0.6 + 0.6 * random());
    const vertex = (x: number, y: number): Vertex => ({
      point: add(point, add(scale(across, x * length), scale(tip, y * length))),
      u: index + 0.5 + x,
      v: y,
    });
    const [stem, leftSide, end, rightSide] = [
      vertex(0, -0.5),
      vertex(-0.3, -0.05),
      vertex(0, 0.5),
      vertex(0.3, -0.05),
    ];
    return [
      { vertices: [stem, leftSide, end] as const, material },
      { vertices: [stem, end, rightSide] as const, material },
    ];
  }).flat();
}
