import { type PointerEvent, useRef } from 'react';
import { drawShapes, holeColour } from './draw-mask';
import type { MaskMode, MaskShape, Point } from './mask-shape';
import { photoPoint } from './photo-point';

export interface PaintingSetup {
  readonly photo: { readonly width: number; readonly height: number };
  readonly mode: MaskMode;
  readonly radius: number;
  /** Hears of a stroke that is finished. */
  onStroke(stroke: MaskShape): void;
  /** Hears that what was drawn of a stroke is to go: a second finger came down. */
  onAbandon(): void;
}

/** Handlers that paint on a canvas with mouse, pen or finger; a stroke shows while it is drawn. */
export function usePainting({ photo, mode, radius, onStroke, onAbandon }: PaintingSetup) {
  const points = useRef<Point[] | undefined>(undefined);

  const extend = (event: PointerEvent<HTMLCanvasElement>) => {
    const canvas = event.currentTarget;
    const context = canvas.getContext('2d');
    const stroke = points.current;
    if (context === null || stroke === undefined) return;
    const box = canvas.getBoundingClientRect();
    const latest = stroke.slice(-1);
    // A fast hand moves several times between two frames.
    const moves = event.nativeEvent.getCoalescedEvents?.() ?? [];
    for (const { clientX, clientY } of moves.length > 0 ? moves : [event]) {
      latest.push(photoPoint({ x: clientX, y: clientY }, box, photo));
    }
    stroke.push(...latest.slice(stroke.length > 0 ? 1 : 0));
    drawShapes(context, [{ kind: 'stroke', mode, radius, points: latest }], holeColour);
  };

  const abandon = () => {
    if (points.current === undefined) return;
    points.current = undefined;
    onAbandon();
  };

  return {
    onPointerDown(event: PointerEvent<HTMLCanvasElement>) {
      if (!event.isPrimary) return abandon();
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      points.current = [];
      extend(event);
    },
    onPointerMove(event: PointerEvent<HTMLCanvasElement>) {
      if (event.isPrimary) extend(event);
    },
    onPointerUp(event: PointerEvent<HTMLCanvasElement>) {
      const stroke = points.current;
      if (!event.isPrimary || stroke === undefined) return;
      points.current = undefined;
      onStroke({ kind: 'stroke', mode, radius, points: stroke });
    },
    onPointerCancel: abandon,
  };
}
