import { useCallback, useState } from 'react';
import type { Photo } from '../photo/photo';
import { addShape, emptyHistory, type MaskHistory, redo, undo } from './mask-history';
import type { MaskMode, MaskShape } from './mask-shape';

/** What painting paints with. */
export interface Brush {
  readonly mode: MaskMode;
  /** Diameter in per cent of the photo's shorter side. */
  readonly size: number;
}

export interface MaskState {
  readonly history: MaskHistory;
  readonly brush: Brush;
  setBrush(change: Partial<Brush>): void;
  add(shape: MaskShape): void;
  undo(): void;
  redo(): void;
}

/** The mask over a photo; another photo begins with an empty one. */
export function useMask(photo: Photo | undefined): MaskState {
  const [brush, setBrush] = useState<Brush>({ mode: 'paint', size: 8 });
  const [masked, setMasked] = useState({ photo, history: emptyHistory });
  const history = masked.photo === photo ? masked.history : emptyHistory;
  const change = useCallback(
    (step: (history: MaskHistory) => MaskHistory) =>
      setMasked((current) => ({
        photo,
        history: step(current.photo === photo ? current.history : emptyHistory),
      })),
    [photo],
  );
  return {
    history,
    brush,
    setBrush: (next) => setBrush((current) => ({ ...current, ...next })),
    add: useCallback((shape: MaskShape) => change((current) => addShape(current, shape)), [change]),
    undo: useCallback(() => change(undo), [change]),
    redo: useCallback(() => change(redo), [change]),
  };
}

/** The radius of a brush in the photo's pixels. */
export function brushRadius({ size }: Brush, { width, height }: Pick<Photo, 'width' | 'height'>): number {
  return Math.max(0.5, (Math.min(width, height) * size) / 200);
}
