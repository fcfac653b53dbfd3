import { ball, box, lathe, parallelogram } from './mesh';
import { randomStream } from './noise';
import type { Material, Triangle } from './surface';
import { bricks, cobbles, plain, planks, sign } from './textures';
import { add, mix, type Vector } from './vector';

const pine = planks(1, 0.7, [0.5, 0.34, 0.18], 0.6);
const chalk: Vector = [0.75, 0.74, 0.7];

/** What stands and lies in front of the house, and the garden wall beside it. */
export function street(): Triangle[] {
  const stone = plain([0.42, 0.4, 0.37], 0.4);
  const slabs = bricks(0.62, 0.31, [0.36, 0.34, 0.31], 'flat');
  const garden = bricks(0.42, 0.17, [0.4, 0.36, 0.3], 'upright');
  return [
    ...parallelogram([-9, 0, -0.5], [18, 0, 0], [0, 0, 1.45], slabs),
    ...parallelogram([-40, 0, -60], [80, 0, 0], [0, 0, 59.5], plain([0.15, 0.22, 0.06], 0.5, 3)),
    ...box([-9, -0.12, 0.95], [9, 0, 1.08], stone),
    ...parallelogram([-9, -0.12, 1.08], [18, 0, 0], [0, 0, 9], cobbles(0.21, [0.3, 0.29, 0.28])),
    ...parallelogram([2.45, 0, -0.5], [6, 0, 0], [0, 1.05, 0], garden),
    ...box([2.45, 1.05, -0.58], [8.5, 1.13, -0.42], stone),
    ...crate([-1.74, 0, 0.3], [0.8, 0.3, 0.03], 1),
    ...crate([-0.98, 0, 0.28], [0.3, 0.36, 0.06], 2),
    ...crate([-0.22, 0, 0.32], [0.5, 0.035, 0.03], 3),
    ...blackboard(),
  ];
}

/** An open box of slats, heaped with fruit. */
function crate(corner: Vector, fruit: Vector, seed: number): Triangle[] {
  const [width, height, depth] = [0.68, 0.36, 0.46];
  const slats = [0.02, 0.14, 0.26].flatMap((y) => [
    ...box(add(corner, [0, y, depth - 0.015]), add(corner, [width, y + 0.09, depth]), pine),
    ...box(add(corner, [0, y, 0]), add(corner, [0.015, y + 0.09, depth]), pine),
    ...box(add(corner, [width - 0.015, y, 0]), add(corner, [width, y + 0.09, depth]), pine),
  ]);
  const posts = [0.01, width - 0.05].flatMap((x) =>
    box(add(corner, [x, 0, depth - 0.05]), add(corner, [x + 0.04, height, depth - 0.016]), pine),
  );
  const dark = box(
    add(corner, [0.02, 0, 0.02]),
    add(corner, [width - 0.02, 0.24, depth - 0.03]),
    plain([0.05, 0.03, 0.02]),
  );
  return [...slats, ...posts, ...dark, ...heap(add(corner, [0.08, 0.28, 0.07]), fruit, seed)];
}

function heap(corner: Vector, colour: Vector, seed: number): Triangle[] {
  const random = randomStream(300 + seed);
  const layers = [
    [6, 4, 0],
    [5, 3, 0.075],
    [4, 2, 0.14],
  ] as const;
  return layers.flatMap(([columns, rows, y]) =>
    Array.from({ length: columns * rows }, (_, index) => {
      const [column, row] = [index % columns, Math.floor(index / columns)];
      const x = 0.26 + (column - (columns - 1) / 2) * 0.103 + 0.02 * (random() - 0.5);
      const z = 0.16 + (row - (rows - 1) / 2) * 0.1 + 0.02 * (random() - 0.5);
      const ripe = mix(colour, [colour[0] * 0.8, colour[1] * 1.35, colour[2] * 0.8], random());
      const radius = 0.05 + 0.008 * random();
      return ball(add(corner, [x, y, z]), [radius, radius * 0.94, radius], plain(ripe, 0.35));
    }).flat(),
  );
}

/** An A-board with the day's prices. */
function blackboard(): Triangle[] {
  const [width, height] = [0.66, 0.86];
  const slate = plain([0.035, 0.04, 0.04], 0.8, 12);
  const line = (text: string, y: number, size: number) => ({
    text,
    x: width / 2,
    y,
    height: size,
    weight: 0.17,
    colour: chalk,
  });
  const face = sign(width, height, slate, [
    line('TODAY', 0.7, 0.125),
    line('SOUP 4', 0.46, 0.11),
    line('TART 2', 0.26, 0.11),
  ]);
  const [foot, along, up]: Vector[] = [
    [-2.52, 0.06, 0.86],
    [0.64, 0, -0.16],
    [0, 0.84, -0.2],
  ];
  if (foot === undefined || along === undefined || up === undefined) return [];
  const back: Vector = [0, 0, -0.03];
  const edge = (from: Vector, side: Vector, wide: Vector): Triangle[] =>
    parallelogram(from, side, wide, pine);
  const inFront = (point: Vector): Vector => add(point, [0, 0, 0.012]);
  return [
    ...parallelogram(foot, along, up, face),
    ...parallelogram(add(foot, back), along, up, pine),
    ...edge(inFront(add(foot, [-0.03, -0.04, 0])), [0.7, 0, -0.17], [0, 0.045, -0.01]),
    ...edge(inFront(add(add(foot, up), [-0.03, 0, 0])), [0.7, 0, -0.17], [0, 0.045, -0.01]),
    ...edge(inFront(add(foot, [-0.035, -0.06, 0])), [0.035, 0, 0], [0, 0.93, -0.21]),
    ...edge(inFront(add(add(foot, along), [0, -0.06, 0])), [0.035, 0, 0], [0, 0.93, -0.21]),
  ];
}

/** The shop seen through its window: shelves with bread and jars in warm light. */
export function shopInside(): Triangle[] {
  const plaster: Material = { ...plain([0.6, 0.45, 0.28], 0.25, 6), emission: [0.16, 0.1, 0.05] };
  const [left, right, bottom, top, back] = [-2.1, 0.6, 0.3, 2.2, -1.1];
  const room = [
    ...parallelogram([left, bottom, back], [right - left, 0, 0], [0, top - bottom, 0], plaster),
    ...parallelogram([left, bottom, back], [0, 0, -back - 0.2], [0, top - bottom, 0], plaster),
    ...parallelogram([right, bottom, back], [0, 0, -back - 0.2], [0, top - bottom, 0], plaster),
    ...parallelogram([left, bottom, back], [right - left, 0, 0], [0, 0, -back - 0.2], pine),
    ...parallelogram([left, top, back], [right - left, 0, 0], [0, 0, -back - 0.2], plaster),
  ];
  const shelves = [0.76, 1.16].flatMap((y) => [
    ...box([-1.8, y, -0.5], [0.4, y + 0.03, -0.22], pine),
    ...goods(y + 0.03, y * 100),
  ]);
  return [...room, ...shelves];
}

function goods(y: number, seed: number): Triangle[] {
  const random = randomStream(Math.round(seed));
  return Array.from({ length: 10 }, (_, index) => {
    const foot: Vector = [-1.68 + index * 0.215, y, -0.36 + 0.08 * (random() - 0.5)];
    return random() < 0.6 ? loaf(foot, random()) : jar(foot, random());
  }).flat();
}

function loaf(foot: Vector, tone: number): Triangle[] {
  const crust = plain(mix([0.5, 0.25, 0.08], [0.65, 0.42, 0.18], tone), 0.7, 25);
  return ball(add(foot, [0, 0.06, 0]), [0.1, 0.07 + 0.04 * tone, 0.09], crust);
}

function jar(foot: Vector, tone: number): Triangle[] {
  const jam = plain(mix([0.45, 0.03, 0.04], [0.6, 0.4, 0.05], tone), 0.3);
  const body = [
    [0.07, 0],
    [0.075, 0.02],
    [0.075, 0.16],
    [0.055, 0.2],
  ] as const;
  const lid = [
    [0.062, 0.2],
    [0.062, 0.235],
    [0, 0.235],
  ] as const;
  return [...lathe(foot, body, jam), ...lathe(foot, lid, plain([0.8, 0.78, 0.7]))];
}
