/**
 * A stroke alphabet of the letters in use, so that the lettering needs no font. Each glyph is a list of strokes in a box of
 * width 1 and height 1 (y up); a stroke is a list of points, rounded off between its ends after `~`.
 */
const glyphs: Readonly<Record<string, readonly string[]>> = {
  A: ['0,0 .5,1 1,0', '.2,.36 .8,.36'],
  B: ['0,0 0,1', '~0,1 .55,1 .9,.98 .9,.55 .55,.53 0,.53', '~0,.53 .6,.53 1,.5 1,.02 .6,0 0,0'],
  C: ['~.95,.8 .8,1 .45,1 .05,.95 .05,.05 .45,0 .8,0 .95,.2'],
  D: ['0,0 0,1', '~0,1 .4,1 .95,1 .95,0 .4,0 0,0'],
  E: ['.9,0 0,0 0,1 .9,1', '0,.53 .75,.53'],
  F: ['0,0 0,1 .9,1', '0,.53 .75,.53'],
  K: ['0,0 0,1', '.9,1 0,.42', '.3,.62 1,0'],
  O: ['~.5,1 .02,1 .02,0 .98,0 .98,1 .5,1'],
  P: ['0,0 0,1', '~0,1 .6,1 1,.98 1,.5 .6,.46 0,.46'],
  R: ['0,0 0,1', '~0,1 .6,1 1,.98 1,.54 .6,.5 0,.5', '.45,.5 1,0'],
  S: ['~.92,.82 .8,1 .5,1 .05,1 .05,.55 .5,.53 .95,.5 .95,0 .5,0 .15,0 .05,.2'],
  T: ['.5,0 .5,1', '0,1 1,1'],
  U: ['~0,1 0,.5 0,0 .5,0 1,0 1,.5 1,1'],
  Y: ['0,1 .5,.48 1,1', '.5,.48 .5,0'],
  2: ['~.1,.8 .15,1 .5,1 .95,1 .9,.6 .5,.35 .08,0', '.08,0 .92,0'],
  4: ['.75,0 .75,1 .05,.3 1,.3'],
  7: ['.05,1 .95,1 .35,0'],
  '&': ['~1,0 .55,.5 .2,.75 .25,1 .55,1 .75,.75 .2,.55 -.1,.2 .2,-.05 .75,0 .95,.45'],
};

type Point = readonly [number, number];

/** Width of a glyph and the gap behind it, as shares of the lettering's height. */
const glyphWidth = 0.62;
const advance = 0.88;

/** A line of lettering: the distance from any place to its nearest stroke. */
export interface Lettering {
  /** In heights of a letter. */
  readonly width: number;
  /** Distance in letter heights from (x, y), measured from the foot of the first letter. */
  distance(x: number, y: number): number;
}

export function lettering(text: string): Lettering {
  const strokes = [...text].map((letter) => (glyphs[letter] ?? []).map(pointsOf));
  const distanceTo = (index: number, x: number, y: number) =>
    Math.min(
      Number.POSITIVE_INFINITY,
      ...(strokes[index] ?? []).map((points) => polylineDistance(points, x - index * advance, y)),
    );
  return {
    width: (text.length - 1) * advance + glyphWidth,
    distance(x, y) {
      const index = Math.floor(x / advance);
      return Math.min(distanceTo(index - 1, x, y), distanceTo(index, x, y), distanceTo(index + 1, x, y));
    },
  };
}

function pointsOf(stroke: string): readonly Point[] {
  const rounded = stroke.startsWith('~');
  const corners = stroke
    .replace('~', '')
    .split(' ')
    .map((pair): Point => {
      const [x = 0, y = 0] = pair.split(',').map(Number);
      return [x * glyphWidth, y];
    });
  return rounded ? cutCorners(cutCorners(corners)) : corners;
}

/** Chaikin's corner cutting; the ends stay. */
function cutCorners(points: readonly Point[]): readonly Point[] {
  const [first, last] = [points[0], points[points.length - 1]];
  if (first === undefined || last === undefined) return points;
  const between = ([ax, ay]: Point, [bx, by]: Point, t: number): Point => [
    ax + (bx - ax) * t,
    ay + (by - ay) * t,
  ];
  const cut = points.slice(1).flatMap((point, index) => {
    const before = points[index] ?? point;
    return [between(before, point, 0.25), between(before, point, 0.75)];
  });
  return [first, ...cut, last];
}

function polylineDistance(points: readonly Point[], x: number, y: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let index = 1; index < points.length; index++) {
    const [from, to] = [points[index - 1], points[index]];
    if (from !== undefined && to !== undefined) nearest = Math.min(nearest, segmentDistance(from, to, x, y));
  }
  return nearest;
}

function segmentDistance([ax, ay]: Point, [bx, by]: Point, x: number, y: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}
