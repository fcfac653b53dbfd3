import type { MaskShape } from './mask-shape';

/** What was done to the mask, and what was taken back and can be done again, the next one last. */
export interface MaskHistory {
  readonly done: readonly MaskShape[];
  readonly undone: readonly MaskShape[];
}

export const emptyHistory: MaskHistory = { done: [], undone: [] };

/** Does something; what was taken back before is gone. Clearing an empty mask does nothing. */
export function addShape(history: MaskHistory, shape: MaskShape): MaskHistory {
  if (shape.kind === 'clear' && isEmptyMask(history)) return history;
  return { done: [...history.done, shape], undone: [] };
}

export function undo({ done, undone }: MaskHistory): MaskHistory {
  const last = done.at(-1);
  return last === undefined ? { done, undone } : { done: done.slice(0, -1), undone: [...undone, last] };
}

export function redo({ done, undone }: MaskHistory): MaskHistory {
  const next = undone.at(-1);
  return next === undefined ? { done, undone } : { done: [...done, next], undone: undone.slice(0, -1) };
}

/** The shapes that still show: those since the mask was last cleared or replaced. */
export function visibleShapes({ done }: MaskHistory): readonly MaskShape[] {
  const starts = done.map(({ kind }, index) => (kind === 'clear' || kind === 'picture' ? index : 0));
  return done.slice(Math.max(0, ...starts)).filter(({ kind }) => kind !== 'clear');
}

/** Whether nothing was painted. A mask that was painted and then rubbed out counts as painted. */
export function isEmptyMask(history: MaskHistory): boolean {
  return !visibleShapes(history).some((shape) => shape.kind === 'picture' || !isErasing(shape));
}

function isErasing(shape: MaskShape): boolean {
  return 'mode' in shape && shape.mode === 'erase';
}
