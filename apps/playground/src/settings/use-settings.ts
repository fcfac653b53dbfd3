import { useCallback, useEffect, useState } from 'react';
import type { Choices, Settings } from './settings';
import { formatSettings, parseSettings } from './url-state';

/** The settings, read off the page's address once and written back to it at every change. */
export function useSettings(choices: Choices): [Settings, (change: Partial<Settings>) => void] {
  const [settings, setSettings] = useState(() => parseSettings(location.search, choices));
  useEffect(() => {
    history.replaceState(null, '', `${location.pathname}${formatSettings(settings)}${location.hash}`);
  }, [settings]);
  const change = useCallback(
    (next: Partial<Settings>) => setSettings((current) => ({ ...current, ...next })),
    [],
  );
  return [settings, change];
}
