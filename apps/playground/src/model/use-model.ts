import { useState } from 'react';
import type { Settings } from '../settings/settings';
import {
  type BuiltInModel,
  chooseModel,
  defaultSource,
  type ModelChoice,
  type ModelSource,
} from './model-choice';

export interface ModelState {
  readonly source: ModelSource;
  /** Name of a built-in model, or the address as far as it is typed. */
  readonly name: string;
  readonly file: File | undefined;
  /** The model to use; undefined while a file or an address is missing. */
  readonly choice: ModelChoice | undefined;
  setSource(source: ModelSource): void;
  setName(name: string): void;
  setFile(file: File): void;
}

/** The choice of a model. A task without the chosen kind of model brings it back to the default kind. */
export function useModel(
  settings: Settings,
  change: (change: Partial<Settings>) => void,
  models: readonly BuiltInModel[],
): ModelState {
  const [file, setFile] = useState<File>();
  const [chosen, setSource] = useState<{ readonly source: ModelSource; readonly task: string }>();
  const source = chosen?.task === settings.task ? chosen.source : defaultSource(settings, models);
  return {
    source,
    name: settings.model,
    file,
    choice: chooseModel(settings, { source, file }, models),
    setSource: (next) => setSource({ source: next, task: settings.task }),
    setName: (model) => change({ model }),
    setFile,
  };
}
