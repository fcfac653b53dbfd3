import { halfWindow, KEPT_ROWS, keepLast, LINE, MAPS, ROW, type SsimRows, STRIP } from './ssim-rows';
import {
  add,
  addInteger,
  type Code,
  get,
  integer,
  load,
  multiply,
  repeat,
  set,
  splat,
  store,
  wasmModule,
} from './wasm-code';

const PAGE = 2 ** 16;
const BYTES = Float64Array.BYTES_PER_ELEMENT;
/** A pair of doubles is worked on at a time. */
const PAIR = 2 * BYTES;
const LINE_BYTES = LINE * BYTES;
const STRIP_BYTES = STRIP * BYTES;
const ROW_BYTES = ROW * BYTES;
/** Memory: four lines, the means, the kept rows. */
const MEANS = MAPS * LINE_BYTES;
const ROWS = MEANS + ROW_BYTES;
const PAGES = Math.ceil((ROWS + KEPT_ROWS * ROW_BYTES) / PAGE);

// Locals: the parameters, the address within the loop, the six weights.
const [ROW_PARAMETER, LENGTH, AT, FIRST_WEIGHT] = [0, 1, 2, 3];

/** The window on two columns at a time; undefined where WebAssembly, or its SIMD, is not to be had. */
export function wasmRows(): SsimRows | undefined {
  const instance = instantiate();
  if (instance === undefined) return undefined;
  const { memory, along, down } = instance.exports;
  if (!(memory instanceof WebAssembly.Memory) || !isCallable(along) || !isCallable(down)) return undefined;
  const view = (start: number, length: number) => new Float64Array(memory.buffer, start, length);
  const rows = view(ROWS, KEPT_ROWS * ROW);
  return {
    x: view(0, LINE),
    y: view(LINE_BYTES, LINE),
    means: view(MEANS, ROW),
    along: (row, count) => along(row * ROW_BYTES, count * BYTES),
    down: (row, count) => down(row * ROW_BYTES, count * BYTES),
    restart: () => keepLast(rows),
  };
}

function instantiate(): WebAssembly.Instance | undefined {
  if (typeof WebAssembly !== 'object') return undefined;
  try {
    return new WebAssembly.Instance(new WebAssembly.Module(wasmModule([alongRow, downColumns], PAGES)));
  } catch (error) {
    // No SIMD, or a page whose policy forbids compiling: known only by trying.
    if (error instanceof WebAssembly.CompileError) return undefined;
    throw error;
  }
}

function isCallable(value: unknown): value is (row: number, length: number) => void {
  return typeof value === 'function';
}

const weights = halfWindow.map((_, index) => get(FIRST_WEIGHT + index));
const loadWeights = halfWindow.flatMap((weight, index) => set(FIRST_WEIGHT + index, splat(weight)));

/** The weighted sum of eleven samples that lie `step` bytes from each other. */
function windowed(address: Code, start: number, step: number): Code {
  const reach = weights.length - 1;
  const sample = (index: number) => load(address, start + index * step);
  const terms = weights.map((weight, distance) =>
    multiply(
      weight,
      distance === 0 ? sample(reach) : add(sample(reach - distance), sample(reach + distance)),
    ),
  );
  return terms.reduce(add);
}

const mapIndices = Array.from({ length: MAPS }, (_, map) => map);
const at = get(AT);
const inRow = addInteger(get(ROW_PARAMETER), at);

function alongMap(map: number): Code {
  const filtered = windowed(at, map * LINE_BYTES, BYTES);
  return repeat(AT, { step: PAIR, limit: get(LENGTH) }, store(inRow, ROWS + map * STRIP_BYTES, filtered));
}

function downMap(map: number): Code {
  const filtered = windowed(inRow, ROWS + map * STRIP_BYTES, ROW_BYTES);
  return repeat(AT, { step: PAIR, limit: get(LENGTH) }, store(at, MEANS + map * STRIP_BYTES, filtered));
}

/** x² + y² and x·y of the whole line. */
function moments(): Code {
  const [x, y] = [load(at, 0), load(at, LINE_BYTES)];
  return repeat(AT, { step: PAIR, limit: integer(LINE_BYTES) }, [
    ...store(at, 2 * LINE_BYTES, add(multiply(x, x), multiply(y, y))),
    ...store(at, 3 * LINE_BYTES, multiply(x, y)),
  ]);
}

const locals = { parameters: 2, integers: 1, pairs: weights.length };
const alongRow = {
  name: 'along',
  ...locals,
  body: [...loadWeights, ...moments(), ...mapIndices.flatMap(alongMap)],
};
const downColumns = { name: 'down', ...locals, body: [...loadWeights, ...mapIndices.flatMap(downMap)] };
