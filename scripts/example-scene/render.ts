import { hash } from './noise';
import { buildRayTree, type Hit, type RayTree } from './ray-tree';
import { sky, sunDirection, sunLight } from './sky';
import type { Triangle } from './surface';
import { add, cross, dot, mix, multiply, normalize, scale, subtract, tangents, type Vector } from './vector';

export interface Camera {
  readonly position: Vector;
  readonly target: Vector;
  /** Width of the picture at a distance of 1. */
  readonly fieldWidth: number;
}

export interface RenderOptions {
  readonly width: number;
  readonly height: number;
  readonly samples: number;
}

/** The trees light travels through: what is seen, and what throws shadows (panes do not). */
interface World {
  readonly seen: RayTree;
  readonly solid: RayTree;
}

/** The pairs of numbers in [0, 1) that one light path uses up, told apart by what they decide. */
type Draws = (pair: number) => readonly [number, number];

const [lens, sunPoint, bounce, farSunPoint] = [0, 1, 2, 3];

/**
 * Renders linear RGB, row by row: sunlight with soft shadows, skylight and one bounce of light between
 * surfaces, by Monte Carlo over evenly spread points. `samples` is a power of two.
 */
export function render(triangles: readonly Triangle[], camera: Camera, options: RenderOptions): Float32Array {
  const { width, height, samples } = options;
  const world: World = {
    seen: buildRayTree(triangles),
    solid: buildRayTree(triangles.filter(({ material }) => material.glass !== true)),
  };
  const rayThrough = pinhole(camera, width, height);
  const pixels = new Float32Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum: Vector = [0, 0, 0];
      for (let sample = 0; sample < samples; sample++) {
        const draws = drawsOf(x, y, sample, samples);
        const [dx, dy] = draws(lens);
        const direction = rayThrough(x + tent(dx), y + tent(dy));
        sum = add(sum, clampLight(radiance(world, camera.position, direction, draws)));
      }
      pixels.set(scale(sum, 1 / samples), (y * width + x) * 3);
    }
  }
  return pixels;
}

/**
 * Hammersley's point set for every pair, shifted at random per pixel; each pair walks through the set
 * in its own order (an odd stride), so that pairs do not depend on each other.
 */
function drawsOf(x: number, y: number, sample: number, samples: number): Draws {
  return (pair) => {
    const index = (sample * (2 * Math.floor((samples / 2) * hash(x, y, 3 * pair)) + 1)) % samples;
    const a = hash(x, y, 3 * pair + 1) + index / samples;
    const b = hash(x, y, 3 * pair + 2) + reverseBits(index);
    return [a % 1, b % 1];
  };
}

/** Van der Corput's sequence: the binary digits of `index` mirrored behind the point. */
function reverseBits(index: number): number {
  let [value, digit] = [0, 0.5];
  for (let rest = index; rest > 0; rest >>= 1) {
    if (rest & 1) value += digit;
    digit /= 2;
  }
  return value;
}

/** The offset from a pixel's corner at which a triangular filter two pixels wide looks. */
function tent(draw: number): number {
  return 0.5 + (draw < 0.5 ? Math.sqrt(2 * draw) - 1 : 1 - Math.sqrt(2 - 2 * draw));
}

/** Keeps single bright paths from leaving specks. */
function clampLight([r, g, b]: Vector): Vector {
  return [Math.min(r, 4), Math.min(g, 4), Math.min(b, 4)];
}

function pinhole(camera: Camera, width: number, height: number): (x: number, y: number) => Vector {
  const forward = normalize(subtract(camera.target, camera.position));
  const right = normalize(cross(forward, [0, 1, 0]));
  const up = cross(right, forward);
  const pixel = camera.fieldWidth / width;
  return (x, y) =>
    normalize(add(forward, add(scale(right, (x - width / 2) * pixel), scale(up, (height / 2 - y) * pixel))));
}

function radiance(world: World, origin: Vector, direction: Vector, draws: Draws): Vector {
  const hit = world.seen.nearest(origin, direction);
  if (hit === undefined) return sky(direction);
  if (hit.material.glass !== true) return shade(world, hit, draws);
  const behind = world.solid.nearest(hit.point, direction);
  const through = behind === undefined ? sky(direction) : shade(world, behind, draws);
  const mirrored = subtract(direction, scale(hit.normal, 2 * dot(direction, hit.normal)));
  const before = world.solid.nearest(hit.point, mirrored);
  const reflection = before === undefined ? sky(mirrored) : shade(world, before, draws);
  const cosine = Math.abs(dot(direction, hit.normal));
  return mix(scale(through, 0.9), reflection, 0.07 + 0.93 * (1 - cosine) ** 5);
}

function shade(world: World, hit: Hit, draws: Draws): Vector {
  const normal = hit.material.relief === undefined ? hit.normal : reliefNormal(hit, hit.material.relief);
  const sun = sunOn(world, hit, normal, draws(sunPoint));
  const direction = cosineDirection(normal, draws(bounce));
  const around =
    dot(direction, hit.flatNormal) <= 0 ? ([0, 0, 0] as const) : lightFrom(world, hit, direction, draws);
  const light = multiply(hit.material.albedo(hit), add(sun, around));
  return add(light, hit.material.emission ?? [0, 0, 0]);
}

/** Light that arrives from a direction: the sky's, or what a surface there throws back. */
function lightFrom(world: World, from: Hit, direction: Vector, draws: Draws): Vector {
  const hit = world.solid.nearest(lifted(from, 1), direction);
  if (hit === undefined) return sky(direction);
  const sun = sunOn(world, hit, hit.normal, draws(farSunPoint));
  const near = Math.min(1, hit.distance / 1.5);
  const light = multiply(hit.material.albedo(hit), add(sun, scale([0.3, 0.33, 0.4], near)));
  return add(light, hit.material.emission ?? [0, 0, 0]);
}

function sunOn(world: World, hit: Hit, normal: Vector, [a, b]: readonly [number, number]): Vector {
  const [side, up] = tangents(sunDirection);
  const [radius, angle] = [0.022 * Math.sqrt(a), 2 * Math.PI * b];
  const towards = normalize(
    add(sunDirection, add(scale(side, radius * Math.cos(angle)), scale(up, radius * Math.sin(angle)))),
  );
  const facing = dot(hit.flatNormal, towards) > 0;
  const strength = facing
    ? Math.max(0, dot(normal, towards))
    : (hit.material.translucency ?? 0) * Math.abs(dot(normal, towards));
  if (strength === 0 || world.solid.blocked(lifted(hit, facing ? 1 : -1), towards)) return [0, 0, 0];
  return scale(sunLight, strength);
}

function lifted(hit: Hit, side: number): Vector {
  return add(hit.point, scale(hit.flatNormal, side * 1e-3));
}

/** Tilts the normal against the slope of the relief, measured over half a millimetre. */
function reliefNormal(hit: Hit, relief: (surface: Hit) => number): Vector {
  const step = 5e-4;
  const here = relief(hit);
  const [first, second] = tangents(hit.normal);
  const slope = (along: Vector) =>
    (relief({ ...hit, point: add(hit.point, scale(along, step)) }) - here) / step;
  const tilt = add(scale(first, slope(first)), scale(second, slope(second)));
  return normalize(subtract(hit.normal, scale(tilt, Math.min(1, 0.8 / Math.hypot(...tilt)))));
}

function cosineDirection(normal: Vector, [a, b]: readonly [number, number]): Vector {
  const [first, second] = tangents(normal);
  const [radius, angle] = [Math.sqrt(a), 2 * Math.PI * b];
  const flat = add(scale(first, radius * Math.cos(angle)), scale(second, radius * Math.sin(angle)));
  return add(flat, scale(normal, Math.sqrt(1 - a)));
}
