import { describe, expect, it } from 'vitest';
import { addShape, emptyHistory, isEmptyMask, redo, undo, visibleShapes } from './mask-history';
import type { MaskMode, MaskShape } from './mask-shape';

const stroke = (x: number, mode: MaskMode = 'paint'): MaskShape => ({
  kind: 'stroke',
  mode,
  radius: 5,
  points: [{ x, y: 0 }],
});
const clear: MaskShape = { kind: 'clear' };
const after = (...shapes: MaskShape[]) => shapes.reduce(addShape, emptyHistory);

describe('the mask’s history', () => {
  it('takes back and does again, in order', () => {
    const history = after(stroke(1), stroke(2), stroke(3));
    const back = undo(undo(history));
    expect(back.done).toEqual([stroke(1)]);
    expect(redo(back).done).toEqual([stroke(1), stroke(2)]);
    expect(redo(redo(back))).toEqual(history);
  });

  it('stops at its ends', () => {
    expect(undo(emptyHistory)).toEqual(emptyHistory);
    const history = after(stroke(1));
    expect(redo(history)).toEqual(history);
  });

  it('forgets what was taken back once something else is done', () => {
    const history = addShape(undo(after(stroke(1), stroke(2))), stroke(3));
    expect(history).toEqual({ done: [stroke(1), stroke(3)], undone: [] });
  });

  it('shows what was done since clearing, which can be taken back like anything else', () => {
    const history = after(stroke(1), clear, stroke(2));
    expect(visibleShapes(history)).toEqual([stroke(2)]);
    expect(visibleShapes(undo(undo(history)))).toEqual([stroke(1)]);
    expect(visibleShapes(emptyHistory)).toEqual([]);
    expect(addShape(emptyHistory, clear)).toBe(emptyHistory);
  });

  it('knows whether anything is painted', () => {
    expect(isEmptyMask(emptyHistory)).toBe(true);
    expect(isEmptyMask(after(stroke(1, 'erase')))).toBe(true);
    expect(isEmptyMask(after(stroke(1)))).toBe(false);
    expect(isEmptyMask(after(stroke(1), clear))).toBe(true);
    expect(isEmptyMask(undo(after(stroke(1))))).toBe(true);
  });
});
