import { ball, box, lathe, parallelogram, sheet } from './mesh';
import type { Triangle } from './surface';
import { bricks, plain, planks, sign, stripes } from './textures';
import type { Vector } from './vector';

interface Opening {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

const wall = { left: -4.8, right: 2.45, bottom: 0, top: 2.9 };
const barredWindow: Opening = { left: -2.85, right: -2.2, bottom: 1.12, top: 1.98 };
const shopWindow: Opening = { left: -1.8, right: 0.4, bottom: 0.72, top: 1.95 };
const door: Opening = { left: 0.94, right: 1.79, bottom: 0.1, top: 2.12 };
const openings = [barredWindow, shopWindow, door];
const recess = 0.16;

const brickwork = bricks(0.3, 0.125, [0.5, 0.2, 0.12], 'upright');
const stone = plain([0.5, 0.46, 0.4], 0.35);
const cream = plain([0.72, 0.66, 0.52], 0.12);
const darkIron = plain([0.03, 0.03, 0.035], 0.3);
const brass = plain([0.6, 0.42, 0.12]);
const glass = { ...plain([0, 0, 0]), glass: true };

/** The shop's front: wall, windows, door, sign and awning. */
export function facade(): Triangle[] {
  return [
    ...brickWall(),
    ...stonework(),
    ...barredWindowParts(),
    ...shopWindowParts(),
    ...doorParts(),
    ...signBoard(),
    ...awning(),
  ];
}

function brickWall(): Triangle[] {
  const edges = openings.flatMap(({ left, right }) => [left, right]);
  const columns = [wall.left, ...edges, wall.right].sort((a, b) => a - b);
  const panel = (left: number, right: number, bottom: number, top: number) =>
    parallelogram([left, bottom, 0], [right - left, 0, 0], [0, top - bottom, 0], brickwork);
  const front = columns.slice(1).flatMap((right, index) => {
    const left = columns[index] ?? right;
    const hole = openings.find((opening) => opening.left === left);
    if (hole === undefined) return panel(left, right, wall.bottom, wall.top);
    return [...panel(left, right, wall.bottom, hole.bottom), ...panel(left, right, hole.top, wall.top)];
  });
  const gable = parallelogram([wall.right, 0, -2.2], [0, 0, 2.2], [0, wall.top, 0], brickwork);
  return [...front, ...gable, ...openings.flatMap(reveal)];
}

/** The four sides of an opening's recess. */
function reveal({ left, right, bottom, top }: Opening): Triangle[] {
  const inwards: Vector = [0, 0, -recess];
  return [
    ...parallelogram([left, bottom, 0], inwards, [0, top - bottom, 0], brickwork),
    ...parallelogram([right, bottom, 0], inwards, [0, top - bottom, 0], brickwork),
    ...parallelogram([left, bottom, 0], [right - left, 0, 0], inwards, stone),
    ...parallelogram([left, top, 0], [right - left, 0, 0], inwards, stone),
  ];
}

function stonework(): Triangle[] {
  const sills = openings.map(({ left, right, bottom }) =>
    box([left - 0.08, bottom - 0.09, -0.02], [right + 0.08, bottom, 0.09], stone),
  );
  const lintels = [barredWindow, door].map(({ left, right, top }) =>
    box([left - 0.12, top, -0.02], [right + 0.12, top + 0.17, 0.025], stone),
  );
  const plinth = [
    box([wall.left, 0, 0], [door.left - 0.1, 0.3, 0.04], stone),
    box([door.right + 0.1, 0, 0], [wall.right, 0.3, 0.04], stone),
  ];
  const step = box([door.left - 0.15, 0, 0], [door.right + 0.15, 0.1, 0.36], stone);
  return [...sills, ...lintels, ...plinth, step].flat();
}

function frame({ left, right, bottom, top }: Opening, width: number): Triangle[] {
  const [back, front] = [-recess - 0.02, -recess + 0.05];
  return [
    ...box([left, bottom, back], [left + width, top, front], cream),
    ...box([right - width, bottom, back], [right, top, front], cream),
    ...box([left, bottom, back], [right, bottom + width, front], cream),
    ...box([left, top - width, back], [right, top, front], cream),
  ];
}

function pane({ left, right, bottom, top }: Opening): Triangle[] {
  return parallelogram([left, bottom, -recess], [right - left, 0, 0], [0, top - bottom, 0], glass);
}

function barredWindowParts(): Triangle[] {
  const { left, right, bottom, top } = barredWindow;
  const fold = (u: number) => 0.03 * Math.sin(2 * Math.PI * 7 * u + 2 * Math.sin(9 * u));
  const curtain = sheet(
    60,
    1,
    (u, v) => ({
      point: [left + u * (right - left), bottom + v * (top - bottom), -recess - 0.12 + fold(u)],
      u,
      v,
    }),
    plain([0.75, 0.72, 0.64], 0.1),
  );
  const bars = [0, 1, 2, 3, 4].flatMap((index) =>
    lathe(
      [left + 0.1 + (index * (right - left - 0.2)) / 4, bottom, 0],
      [
        [0.014, 0],
        [0.014, top - bottom],
      ],
      darkIron,
    ),
  );
  const rails = [0.25, 0.65].flatMap((height) =>
    box([left, bottom + height, -0.012], [right, bottom + height + 0.03, 0.012], darkIron),
  );
  return [...frame(barredWindow, 0.06), ...pane(barredWindow), ...curtain, ...bars, ...rails];
}

function shopWindowParts(): Triangle[] {
  const { left, right, bottom, top } = shopWindow;
  const [back, front] = [-recess - 0.01, -recess + 0.04];
  const mullions = [1, 2, 3].flatMap((index) => {
    const x = left + (index * (right - left)) / 4;
    return box([x - 0.025, bottom, back], [x + 0.025, top, front], cream);
  });
  const transom = box([left, top - 0.38, back], [right, top - 0.33, front], cream);
  return [...frame(shopWindow, 0.07), ...pane(shopWindow), ...mullions, ...transom];
}

function doorParts(): Triangle[] {
  const { left, right, bottom, top } = door;
  const [width, height] = [right - left, top - bottom];
  const boards = planks(6, height, [0.07, 0.2, 0.19], 0.45);
  const leaf = parallelogram([left, bottom, -recess + 0.02], [width, 0, 0], [0, height, 0], boards);
  const ledges = [0.18, 1.0].flatMap((y) =>
    box([left + 0.07, bottom + y, -recess], [right - 0.07, bottom + y + 0.12, -recess + 0.05], boards),
  );
  const light = { left: left + 0.25, right: right - 0.25, bottom: bottom + 1.35, top: bottom + 1.75 };
  const lightPane = parallelogram(
    [light.left, light.bottom, -recess + 0.04],
    [light.right - light.left, 0, 0],
    [0, light.top - light.bottom, 0],
    plain([0.06, 0.08, 0.1], 0.5, 8),
  );
  return [
    ...frame(door, 0.06),
    ...leaf,
    ...ledges,
    ...lightPane,
    ...box([light.left - 0.03, light.bottom - 0.03, -0.13], [light.right + 0.03, light.bottom, -0.1], cream),
    ...box([light.left - 0.03, light.top, -0.13], [light.right + 0.03, light.top + 0.03, -0.1], cream),
    ...box([light.left - 0.03, light.bottom, -0.13], [light.left, light.top, -0.1], cream),
    ...box([light.right, light.bottom, -0.13], [light.right + 0.03, light.top, -0.1], cream),
    ...ball([left + 0.14, bottom + 0.95, -0.07], [0.035, 0.035, 0.035], brass),
    ...houseNumber(),
  ];
}

function houseNumber(): Triangle[] {
  const plate = sign(0.3, 0.22, plain([0.03, 0.08, 0.3], 0.2), [
    { text: '27', x: 0.15, y: 0.11, height: 0.14, weight: 0.22, colour: [0.85, 0.85, 0.82] },
  ]);
  return parallelogram([1.88, 1.58, 0.012], [0.3, 0, 0], [0, 0.22, 0], plate);
}

function signBoard(): Triangle[] {
  const [left, bottom, width, height] = [-1.9, 2.28, 2.4, 0.48];
  const board = planks(1, width, [0.05, 0.09, 0.075], 0.25);
  const gold: Vector = [0.85, 0.6, 0.2];
  const painted = sign(width, height, board, [
    { text: 'BAKERY', x: width / 2, y: 0.295, height: 0.22, weight: 0.22, colour: gold, shadow: true },
    {
      text: 'BREAD & COFFEE',
      x: width / 2,
      y: 0.095,
      height: 0.095,
      weight: 0.2,
      colour: [0.75, 0.72, 0.62],
    },
  ]);
  const [right, top] = [left + width, bottom + height];
  return [
    ...parallelogram([left, bottom, 0.06], [width, 0, 0], [0, height, 0], painted),
    ...box([left - 0.04, bottom - 0.04, 0], [right + 0.04, bottom, 0.1], cream),
    ...box([left - 0.06, top, 0], [right + 0.06, top + 0.05, 0.14], cream),
    ...box([left - 0.04, bottom, 0], [left, top, 0.09], cream),
    ...box([right, bottom, 0], [right + 0.04, top, 0.09], cream),
  ];
}

function awning(): Triangle[] {
  const [left, width, count] = [-1.9, 2.4, 12];
  const cloth = stripes(count, [0.55, 0.06, 0.05], [0.8, 0.76, 0.66]);
  const [top, foot, depth] = [2.24, 1.94, 0.68];
  const slope = sheet(
    1,
    4,
    (u, v) => ({
      point: [
        left + u * width,
        foot + (top - foot) * v + 0.02 * Math.sin(Math.PI * v),
        0.03 + depth * (1 - v),
      ],
      u,
      v,
    }),
    cloth,
  );
  const valance = sheet(
    count * 8,
    1,
    (u, v) => {
      const scallop = 0.07 + 0.06 * Math.abs(Math.sin(Math.PI * count * u));
      return { point: [left + u * width, foot - (1 - v) * scallop, 0.03 + depth], u: u * 0.99999, v };
    },
    cloth,
  );
  return [...slope, ...valance];
}
