import { useCallback, useState } from 'react';
import { maskCanvas } from '../mask/draw-mask';
import { loadMask } from '../mask/load-mask';
import { isEmptyMask, visibleShapes } from '../mask/mask-history';
import { type MaskState, useMask } from '../mask/use-mask';
import { findTask, type TaskWords } from '../model/tasks';
import { type ModelState, useModel } from '../model/use-model';
import { fetchExample } from '../photo/example-photo';
import type { Photo } from '../photo/photo';
import { usePhoto } from '../photo/use-photo';
import { isRunning } from '../restore/run-state';
import { type RestorationState, useRestoration } from '../restore/use-restoration';
import type { Settings } from '../settings/settings';
import { useSettings } from '../settings/use-settings';
import type { Shown } from '../view/stage';
import { choices, models } from './choices';
import { missingStep } from './missing';

export interface Playground {
  readonly settings: Settings;
  readonly task: TaskWords;
  readonly photo: Photo | undefined;
  readonly model: ModelState;
  readonly mask: MaskState;
  readonly restoration: RestorationState;
  readonly shown: Shown;
  readonly running: boolean;
  /** What is still to be done before the run can start, in words. */
  readonly missing: string | undefined;
  change(settings: Partial<Settings>): void;
  changeTask(task: string): void;
  show(shown: Shown): void;
  openPhoto(file: File): void;
  openExample(): void;
  openMask(file: File): void;
  restore(): void;
}

/** Everything the page knows and does. */
export function usePlayground(): Playground {
  const [settings, change] = useSettings(choices);
  const { photo, open } = usePhoto();
  const model = useModel(settings, change, models);
  const mask = useMask(photo);
  const restoration = useRestoration();
  const [shown, show] = useState<Shown>('input');
  const task = findTask(settings.task);
  const running = isRunning(restoration.run);
  const { dismiss, clear, fail } = restoration;

  const openPhoto = useCallback(
    async (file: File) => {
      try {
        await open(file);
        clear();
        dismiss();
        show('input');
      } catch (error) {
        fail(error);
      }
    },
    [open, clear, dismiss, fail],
  );

  const openMask = async (file: File) => {
    if (photo === undefined) return;
    try {
      mask.add(await loadMask(file, photo));
      show('input');
    } catch (error) {
      fail(error);
    }
  };

  const restore = async () => {
    if (photo === undefined || model.choice === undefined) return;
    const drawn = task.mask ? maskCanvas(visibleShapes(mask.history), photo) : undefined;
    const { backend, seed } = settings;
    const done = await restoration.start(photo, {
      task: task.id,
      model: model.choice,
      backend,
      seed,
      mask: drawn,
    });
    if (done) show('result');
  };

  return {
    settings,
    task,
    photo,
    model,
    mask,
    restoration,
    shown: restoration.result === undefined ? 'input' : shown,
    running,
    missing: missingStep({
      photo: photo !== undefined,
      model: model.choice !== undefined,
      mask: task.mask ? !isEmptyMask(mask.history) : undefined,
    }),
    change,
    changeTask(id) {
      change({ task: id, model: '' });
      show('input');
    },
    show,
    openPhoto,
    openExample: () => fetchExample().then(openPhoto, fail),
    openMask,
    restore,
  };
}
