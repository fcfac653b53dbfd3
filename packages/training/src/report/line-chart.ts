import { axisTicks, logarithmicTicks } from './axis-ticks';
import { escapeHtml } from './escape-html';

interface ChartPoint {
  readonly x: number;
  readonly y: number;
}

export interface ChartLine {
  readonly name: string;
  readonly points: readonly ChartPoint[];
  /** Drawn straight across: something to compare with. */
  readonly reference?: boolean;
}

export interface ChartOptions {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  /** Ticks at powers of ten. */
  readonly logarithmic?: boolean;
}

const WIDTH = 720;
const HEIGHT = 300;
const LEFT = 70;
const RIGHT = 16;
const TOP = 34;
const BOTTOM = 34;
/** More points than this are thinned out: a page must stay small. */
const MOST_POINTS = 1000;
const colours = ['#2563eb', '#dc2626', '#059669', '#d97706', '#7c3aed', '#475569'];

/** Lines over iterations as an SVG picture that needs nothing else. */
export function lineChart({ title, lines, logarithmic = false }: ChartOptions): string {
  const drawn = lines.map((line) => ({ ...line, points: thin(line.points.filter(isDrawable(logarithmic))) }));
  const points = drawn.flatMap((line) => line.points);
  if (points.length === 0) return '';
  const scaleY = logarithmic ? Math.log10 : (value: number) => value;
  const xs = range(points.map(({ x }) => x));
  const ys = range(points.map(({ y }) => scaleY(y)));
  const placeX = (x: number) => LEFT + ((x - xs.low) / (xs.high - xs.low)) * (WIDTH - LEFT - RIGHT);
  const placeY = (y: number) =>
    HEIGHT - BOTTOM - ((y - ys.low) / (ys.high - ys.low)) * (HEIGHT - TOP - BOTTOM);
  const gridX = axisTicks(xs.low, xs.high).map((tick) => {
    const x = placeX(tick).toFixed(1);
    return `<line x1="${x}" x2="${x}" y1="${TOP}" y2="${HEIGHT - BOTTOM}" class="grid"/><text x="${x}" y="${HEIGHT - 14}" text-anchor="middle">${tick}</text>`;
  });
  const ticks = logarithmic ? logarithmicTicks(ys.low, ys.high) : axisTicks(ys.low, ys.high, 5);
  const gridY = ticks.map((tick) => {
    const y = placeY(tick).toFixed(1);
    const label = logarithmic ? Number((10 ** tick).toPrecision(3)) : String(tick);
    return `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}" class="grid"/><text x="${LEFT - 6}" y="${Number(y) + 4}" text-anchor="end">${label}</text>`;
  });
  const paths = drawn.map(({ points: line, reference }, index) => {
    const places = line.map(({ x, y }) => `${placeX(x).toFixed(1)},${placeY(scaleY(y)).toFixed(1)}`);
    const dash = reference ? ' stroke-dasharray="6 4"' : '';
    return `<polyline points="${places.join(' ')}" fill="none" stroke="${colourOf(index)}" stroke-width="1.5"${dash}/>${line.length === 1 ? dot(places[0] ?? '', index) : ''}`;
  });
  const legend = drawn.map(({ name }, index) => {
    return `<tspan fill="${colourOf(index)}" dx="12">${escapeHtml(name)}</tspan>`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(title)}"><text x="${LEFT}" y="20"><tspan class="title">${escapeHtml(title)}</tspan>${legend.join('')}</text>${gridX.join('')}${gridY.join('')}${paths.join('')}</svg>`;
}

function isDrawable(logarithmic: boolean): (point: ChartPoint) => boolean {
  return ({ y }) => Number.isFinite(y) && (!logarithmic || y > 0);
}

function dot(place: string, index: number): string {
  const [x = '0', y = '0'] = place.split(',');
  return `<circle cx="${x}" cy="${y}" r="3" fill="${colourOf(index)}"/>`;
}

function colourOf(index: number): string {
  return colours[index % colours.length] ?? 'black';
}

/** Never empty: a single value gets room around it. */
function range(values: readonly number[]): { readonly low: number; readonly high: number } {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  if (high > low) return { low, high };
  const room = Math.abs(low) / 2 || 0.5;
  return { low: low - room, high: high + room };
}

/** Means over groups of neighbours. */
function thin(points: readonly ChartPoint[]): readonly ChartPoint[] {
  const size = Math.ceil(points.length / MOST_POINTS);
  if (size <= 1) return points;
  return Array.from({ length: Math.ceil(points.length / size) }, (_, index) => {
    const group = points.slice(index * size, (index + 1) * size);
    const mean = (of: (point: ChartPoint) => number) =>
      group.reduce((sum, point) => sum + of(point), 0) / group.length;
    return { x: mean(({ x }) => x), y: mean(({ y }) => y) };
  });
}
