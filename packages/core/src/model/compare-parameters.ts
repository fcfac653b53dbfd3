import type { StateDict } from '../checkpoint/state-dict';
import type { Parameters } from '../nn/parameters';

/** How a state dict differs from what a network declares. */
export interface ParameterDifferences {
  /** Declared, not in the file. */
  readonly missing: readonly string[];
  /** In the file, not declared. */
  readonly leftOver: readonly string[];
  /** In both, of another shape. */
  readonly misshapen: readonly { readonly name: string; readonly found: string; readonly expected: string }[];
}

/** Compares by name and shape; values are not read. */
export function compareParameters(parameters: Parameters, stateDict: StateDict): ParameterDifferences {
  const { declarations } = parameters;
  const missing = [...declarations.keys()].filter((name) => !stateDict.has(name));
  const leftOver = [...stateDict.keys()].filter((name) => !declarations.has(name));
  const misshapen = [...declarations].flatMap(([name, { shape }]) => {
    const found = stateDict.get(name)?.shape;
    if (found === undefined || equal(found, shape)) return [];
    return [{ name, found: format(found), expected: format(shape) }];
  });
  return { missing, leftOver, misshapen };
}

/** True if nothing differs. */
export function fits({ missing, leftOver, misshapen }: ParameterDifferences): boolean {
  return missing.length + leftOver.length + misshapen.length === 0;
}

/** The differences as one clause, a few of each kind by name. */
export function describeDifferences({ missing, leftOver, misshapen }: ParameterDifferences): string {
  const shapes = misshapen.map(({ name, found, expected }) => `${name} ${found} instead of ${expected}`);
  return [sample('missing', missing), sample('left over', leftOver), sample('misshapen', shapes)]
    .filter((part) => part !== '')
    .join(', ');
}

const SHOWN = 3;

function sample(label: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  const rest = names.length > SHOWN ? ', …' : '';
  return `${names.length} ${label} (${names.slice(0, SHOWN).join(', ')}${rest})`;
}

function equal(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

function format(shape: readonly number[]): string {
  return `[${shape.join(',')}]`;
}
