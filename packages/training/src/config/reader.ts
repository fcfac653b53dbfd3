/** Where problems of a configuration are gathered: all of them, not only the first. */
export interface ProblemList {
  add(path: string, problem: string): void;
}

/** A value that was read; undefined where it was wrong and a problem was added. */
type Read<T> = { readonly value: T } | undefined;

/** Reads and checks one value of a configuration. */
export type Reader<T> = (value: unknown, path: string, problems: ProblemList) => Read<T>;

/** What a reader reads. */
export type ReadBy<R> = R extends Reader<infer T> ? T : never;

export interface NumberBounds {
  /** Default: no bound. */
  readonly min?: number;
  readonly max?: number;
  /** Whether `min` itself is too small. */
  readonly above?: boolean;
  readonly whole?: boolean;
}

/** A number within bounds. */
export function number({ min, max, above = false, whole = false }: NumberBounds = {}): Reader<number> {
  const kind = whole ? 'a whole number' : 'a number';
  const lower = min === undefined ? '' : above ? ` above ${min}` : ` of at least ${min}`;
  const upper = max === undefined ? '' : `${lower === '' ? '' : ' and'} at most ${max}`;
  return (value, path, problems) => {
    const fits =
      typeof value === 'number' &&
      Number.isFinite(value) &&
      (!whole || Number.isInteger(value)) &&
      (min === undefined || (above ? value > min : value >= min)) &&
      (max === undefined || value <= max);
    if (fits) return { value };
    return refuse(path, problems, `must be ${kind}${lower}${upper}, not ${show(value)}`);
  };
}

/** A string that is not empty. */
export const text: Reader<string> = (value, path, problems) => {
  if (typeof value === 'string' && value.trim() !== '') return { value };
  return refuse(path, problems, `must be a text, not ${show(value)}`);
};

/** true or false. */
export const flag: Reader<boolean> = (value, path, problems) => {
  if (typeof value === 'boolean') return { value };
  return refuse(path, problems, `must be true or false, not ${show(value)}`);
};

/** One of several constants. */
export function oneOf<const T extends string | number>(...choices: readonly T[]): Reader<T> {
  return (value, path, problems) => {
    const found = choices.find((choice) => choice === value);
    if (found !== undefined) return { value: found };
    return refuse(path, problems, `must be one of ${choices.join(', ')}, not ${show(value)}`);
  };
}

/** A list, at least one item long. */
export function listOf<T>(item: Reader<T>): Reader<readonly T[]> {
  return (value, path, problems) => {
    if (!Array.isArray(value) || value.length === 0) {
      return refuse(path, problems, `must be a list, not ${show(value)}`);
    }
    const read = value.map((entry, index) => item(entry, `${path}[${index}]`, problems));
    const values = read.flatMap((entry) => (entry === undefined ? [] : [entry.value]));
    return values.length === read.length ? { value: values } : undefined;
  };
}

/** A pair. */
export function pairOf<T>(item: Reader<T>): Reader<readonly [T, T]> {
  return (value, path, problems) => {
    if (!Array.isArray(value) || value.length !== 2) {
      return refuse(path, problems, `must be a list of 2, not ${show(value)}`);
    }
    const [first, second] = value.map((entry, index) => item(entry, `${path}[${index}]`, problems));
    return first && second && { value: [first.value, second.value] };
  };
}

/** Four numbers, one for each level of the network. */
export function perLevel(item: Reader<number>): Reader<readonly [number, number, number, number]> {
  return (value, path, problems) => {
    if (!Array.isArray(value) || value.length !== 4) {
      return refuse(path, problems, `must be a list of 4, not ${show(value)}`);
    }
    const [a, b, c, d] = value.map((entry, index) => item(entry, `${path}[${index}]`, problems));
    return a && b && c && d && { value: [a.value, b.value, c.value, d.value] };
  };
}

/** What one reader reads, or else what the other does; problems are the second's. */
export function either<A, B>(first: Reader<A>, second: Reader<B>): Reader<A | B> {
  return (value, path, problems) => first(value, path, { add() {} }) ?? second(value, path, problems);
}

/** What may be left out. */
export function optional<T>(reader: Reader<T>): Reader<T | undefined> {
  return (value, path, problems) => {
    return value === undefined || value === null ? { value: undefined } : reader(value, path, problems);
  };
}

/** What stands for a value that is left out. */
export function withDefault<T>(reader: Reader<T>, fallback: T): Reader<T> {
  return (value, path, problems) => {
    return value === undefined || value === null ? { value: fallback } : reader(value, path, problems);
  };
}

type Fields<R extends Readonly<Record<string, Reader<unknown>>>> = { readonly [K in keyof R]: ReadBy<R[K]> };

/** An object of known fields; unknown ones are problems. */
export function record<const R extends Readonly<Record<string, Reader<unknown>>>>(
  readers: R,
): Reader<Fields<R>> {
  return (value, path, problems) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return refuse(path, problems, `must be a group of settings, not ${show(value)}`);
    }
    const given = new Map<string, unknown>(Object.entries(value));
    const known = Object.keys(readers);
    for (const key of given.keys()) {
      if (!known.includes(key)) problems.add(join(path, key), `unknown setting; known: ${known.join(', ')}`);
    }
    const entries = Object.entries(readers).map(([key, read]) => {
      return [key, read(given.get(key), join(path, key), problems)] as const;
    });
    if (entries.some(([, read]) => read === undefined)) return undefined;
    // Every field was read by the reader of its name.
    return { value: Object.fromEntries(entries.map(([key, read]) => [key, read?.value])) as Fields<R> };
  };
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function refuse(path: string, problems: ProblemList, problem: string): undefined {
  problems.add(path, problem);
}

function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  return JSON.stringify(value) ?? String(value);
}
