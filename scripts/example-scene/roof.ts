import { box, lathe, parallelogram, sheet } from './mesh';
import { fractalNoise, hash } from './noise';
import type { Material, Triangle, Vertex } from './surface';
import { plain } from './textures';
import { scale } from './vector';

const [left, right] = [-4.9, 2.64];
const eaves = { y: 2.9, z: 0.34 };
const ridge = { y: 3.72, z: -1.5 };
const [columnWidth, rows] = [0.23, 9];

/** Fired clay; u counts the tiles, each has its own tone. */
const clay: Material = {
  albedo: ({ u, point: [x, y, z] }) => {
    const tone = 0.65 + 0.7 * hash(Math.floor(u), 3);
    const lichen = fractalNoise(x * 7, (y - z) * 7, 4, 101);
    const grain = 0.85 + 0.3 * fractalNoise(x * 25, (y - z) * 25, 2, 103);
    const pale = lichen > 0.58 ? 1.25 : 1;
    return scale([0.46 * pale, 0.19 * pale * pale, 0.11 * pale * pale], tone * grain);
  },
};
const wood = plain([0.3, 0.2, 0.12], 0.4);
const zinc = plain([0.25, 0.27, 0.29], 0.3);

/** A roof of barrel tiles with its gutter and downpipe. */
export function roof(): Triangle[] {
  return [...tiles(), ...eavesParts()];
}

function tiles(): Triangle[] {
  const columns = Math.floor((right - left) / columnWidth);
  const triangles: Triangle[] = parallelogram(
    [left, eaves.y - 0.03, eaves.z],
    [right - left, 0, 0],
    [0, ridge.y - eaves.y, ridge.z - eaves.z],
    clay,
  );
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) triangles.push(...tile(row, column));
  }
  const ridgeTiles = sheet(
    8,
    1,
    (u, v) => {
      const angle = Math.PI * u;
      return {
        point: [
          left + v * (right - left),
          ridge.y - 0.03 + 0.13 * Math.sin(angle),
          ridge.z + 0.16 * Math.cos(angle),
        ],
        u: 9001,
        v,
        normal: [0, Math.sin(angle), Math.cos(angle)],
      };
    },
    clay,
  );
  return [...triangles, ...ridgeTiles];
}

/** Half a cone: its lower end is wider and lies on the tile below. */
function tile(row: number, column: number): Triangle[] {
  const id = row * 97 + column;
  const slip = 0.02 * (hash(id, 5) - 0.5);
  const middle = left + (column + 0.5) * columnWidth + 0.012 * (hash(id, 7) - 0.5);
  const vertex = (u: number, v: number): Vertex => {
    const angle = Math.PI * u;
    const share = (row + 1.18 * v) / rows + slip;
    const radius = 0.108 - 0.016 * v;
    const lift = 0.02 + 0.045 * (1 - v) + radius * 0.75 * Math.sin(angle);
    return {
      point: [
        middle + radius * Math.cos(angle),
        eaves.y + share * (ridge.y - eaves.y) + 0.88 * lift,
        eaves.z + share * (ridge.z - eaves.z) + 0.47 * lift,
      ],
      u: id + 0.5,
      v,
      normal: [Math.cos(angle), 0.88 * Math.sin(angle), 0.47 * Math.sin(angle)],
    };
  };
  return sheet(6, 1, vertex, clay);
}

function eavesParts(): Triangle[] {
  const gutter = sheet(
    8,
    1,
    (u, v) => {
      const angle = Math.PI * (1 + u);
      return {
        point: [
          left + v * (right - left),
          eaves.y + 0.02 + 0.075 * Math.sin(angle),
          eaves.z + 0.1 + 0.075 * Math.cos(angle),
        ],
        u,
        v,
        normal: [0, Math.sin(angle), Math.cos(angle)],
      };
    },
    zinc,
  );
  const rafters = Array.from({ length: 19 }, (_, index) => {
    const x = left + 0.2 + index * 0.4;
    return box([x - 0.035, eaves.y - 0.13, 0], [x + 0.035, eaves.y - 0.05, eaves.z - 0.02], wood);
  });
  const soffit = box([left, eaves.y - 0.05, 0], [right, eaves.y - 0.03, eaves.z], wood);
  const pipe = lathe(
    [2.32, 0, 0.09],
    [
      [0.045, 0],
      [0.045, 2.4],
      [0.06, 2.42],
      [0.06, 2.5],
      [0.045, 2.52],
      [0.045, 2.85],
    ],
    zinc,
  );
  return [...gutter, ...rafters.flat(), ...soffit, ...pipe];
}
