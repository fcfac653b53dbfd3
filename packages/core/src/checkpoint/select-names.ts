/** Prefixes under which a training program keeps the networks of a whole, best first. */
const networkPrefixes: readonly string[] = ['generator.', 'generatorS1.'];
/** What wrappers for parallel training and averaging put before every name. */
const wrapperPrefix = 'module.';

export interface NameSelection {
  /** The published name of each selected entry, by its name in the file. */
  readonly names: ReadonlyMap<string, string>;
  /** What was done, for people; nothing if nothing was. */
  readonly notes: readonly string[];
  /** First parts of the names that were left out. */
  readonly siblings: readonly string[];
}

/**
 * Takes wrappers off the names of a state dict: `module.` in front goes, and of a file with several
 * networks (Lightning's) the generator of stage 2 is taken, or else that of stage 1.
 */
export function selectNames(stored: Iterable<string>): NameSelection {
  const { names, notes } = removeWrapper([...stored]);
  const published = [...names.values()];
  const prefix = networkPrefixes.find((candidate) => published.some((name) => name.startsWith(candidate)));
  if (prefix === undefined) return { names, notes, siblings: [] };
  const selected = [...names].filter(([, name]) => name.startsWith(prefix));
  return {
    names: new Map(selected.map(([key, name]) => [key, name.slice(prefix.length)])),
    notes: [...notes, `prefix ${prefix} selected`],
    siblings: firstParts(published.filter((name) => !name.startsWith(prefix))),
  };
}

/** Where two names would become one, all of them stay as they are. */
function removeWrapper(stored: readonly string[]): Pick<NameSelection, 'names' | 'notes'> {
  const removed = new Map(stored.map((name) => [name, withoutWrapper(name)]));
  const distinct = new Set(removed.values()).size === removed.size;
  const changed = stored.some((name) => name.startsWith(wrapperPrefix));
  if (!distinct || !changed) return { names: new Map(stored.map((name) => [name, name])), notes: [] };
  return { names: removed, notes: [`prefix ${wrapperPrefix} removed`] };
}

function withoutWrapper(name: string): string {
  return name.startsWith(wrapperPrefix) ? name.slice(wrapperPrefix.length) : name;
}

function firstParts(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.split('.', 1)[0] ?? name))];
}
