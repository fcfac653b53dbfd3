/** A group of settings as it stands in a file. */
export type Settings = Readonly<Record<string, unknown>>;

export function isSettings(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A group inside a group; an empty one where it is missing. */
export function group(settings: Settings, key: string): Settings {
  const value = settings[key];
  return isSettings(value) ? value : {};
}

/** The settings that are given; `~` in a file is none. */
export function given(settings: Settings): Settings {
  const entries = Object.entries(settings).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(entries);
}
