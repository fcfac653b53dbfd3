import { type PointerEvent, useCallback, useEffect, useRef } from 'react';
import type { Photo } from '../photo/photo';
import { drawShapes, holeColour } from './draw-mask';
import { visibleShapes } from './mask-history';
import classes from './mask-painter.module.css';
import { brushRadius, type MaskState } from './use-mask';
import { usePainting } from './use-painting';

export interface MaskPainterProps {
  readonly photo: Photo;
  readonly mask: MaskState;
  readonly disabled: boolean;
}

/** Larger masks are shown smaller than they are; what the restorer gets is drawn in full. */
const LARGEST_SIDE = 2048;

/** The mask over the photo, to be painted on. Keyboards have `RectangleForm` instead. */
export function MaskPainter({ photo, mask, disabled }: MaskPainterProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const cursor = useRef<HTMLDivElement>(null);
  const { history, brush, add } = mask;
  const radius = brushRadius(brush, photo);
  const scale = Math.min(1, LARGEST_SIDE / Math.max(photo.width, photo.height));

  const redraw = useCallback(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    context.scale(scale, scale);
    drawShapes(context, visibleShapes(history), holeColour);
  }, [history, scale]);
  useEffect(redraw, [redraw]);

  const painting = usePainting({ photo, mode: brush.mode, radius, onStroke: add, onAbandon: redraw });
  const moveCursor = ({ nativeEvent: { offsetX, offsetY } }: PointerEvent) => {
    if (cursor.current) cursor.current.style.translate = `${offsetX}px ${offsetY}px`;
  };

  return (
    // The bubbling moves of the canvas place the ring that shows the brush.
    <div className={classes.painter} data-disabled={disabled || undefined} onPointerMove={moveCursor}>
      <canvas
        ref={canvas}
        className={`${classes.canvas} mask-canvas`}
        role="img"
        aria-label="Mask over the photo: what is marked is filled in. Paint with mouse, pen or finger, or use the rectangle fields."
        width={Math.round(photo.width * scale)}
        height={Math.round(photo.height * scale)}
        {...(disabled ? {} : painting)}
      />
      <div
        ref={cursor}
        className={classes.cursor}
        style={{ width: `${(200 * radius) / photo.width}%`, aspectRatio: 1 }}
      />
    </div>
  );
}
