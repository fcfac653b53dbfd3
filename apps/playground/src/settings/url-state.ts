import { type Choices, defaultSettings, isModelAddress, maxSeed, type Settings } from './settings';

/** Reads settings off the query of the page's address; what makes no sense there is left at its default. */
export function parseSettings(query: string, choices: Choices): Settings {
  const parameters = new URLSearchParams(query);
  const task = oneOf(choices.tasks, parameters.get('task')) ?? defaultSettings.task;
  return {
    task,
    model: parseModel(parameters.get('model') ?? '', task, choices),
    backend: oneOf(choices.backends, parameters.get('backend')) ?? defaultSettings.backend,
    seed: parseSeed(parameters.get('seed')),
  };
}

/** The query that `parseSettings` reads, without what is at its default: empty or with its `?`. */
export function formatSettings(settings: Settings): string {
  const parameters = new URLSearchParams();
  for (const name of ['task', 'model', 'backend', 'seed'] as const) {
    if (settings[name] !== defaultSettings[name]) parameters.set(name, String(settings[name]));
  }
  const query = parameters.toString();
  return query === '' ? '' : `?${query}`;
}

function parseModel(model: string, task: string, { models }: Choices): string {
  if (isModelAddress(model)) return model;
  return models.some((known) => known.id === model && known.task === task) ? model : '';
}

function parseSeed(text: string | null): number {
  if (text === null || !/^\d{1,10}$/.test(text)) return defaultSettings.seed;
  const seed = Number(text);
  return seed <= maxSeed ? seed : defaultSettings.seed;
}

function oneOf(known: readonly string[], value: string | null): string | undefined {
  return known.find((candidate) => candidate === value);
}
