import type { MaskShape, Point } from './mask-shape';

/** What drawing needs of a canvas's context, on a page or in a worker. */
export type MaskContext = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** The colour of the hole where a mask is shown. */
export const holeColour = '#e8590c';

/** Draws shapes over what is there, opaque where the hole is and transparent elsewhere. */
export function drawShapes(context: MaskContext, shapes: readonly MaskShape[], colour: string): void {
  context.save();
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const shape of shapes) drawShape(context, shape, colour);
  context.restore();
}

/**
 * The mask as the restorer takes it: white where the hole is, black elsewhere, in the photo's pixels.
 * Drawing smooths edges; the restorer splits values at one half.
 */
export function maskCanvas(
  shapes: readonly MaskShape[],
  { width, height }: { readonly width: number; readonly height: number },
): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  drawShapes(context, shapes, 'white');
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = 'black';
  context.fillRect(0, 0, width, height);
  return canvas;
}

function drawShape(context: MaskContext, shape: MaskShape, colour: string): void {
  context.globalCompositeOperation =
    'mode' in shape && shape.mode === 'erase' ? 'destination-out' : 'source-over';
  if (shape.kind === 'rectangle') {
    const { x, y, width, height } = shape.rectangle;
    context.fillRect(x, y, width, height);
  } else if (shape.kind === 'stroke') {
    drawStroke(context, shape.points, shape.radius);
  } else if (shape.kind === 'picture') {
    const { width, height } = shape.picture;
    context.drawImage(shape.picture, 0, 0);
    context.globalCompositeOperation = 'source-in';
    context.fillStyle = colour;
    context.fillRect(0, 0, width, height);
  }
}

function drawStroke(context: MaskContext, points: readonly Point[], radius: number): void {
  const [first, ...others] = points;
  if (first === undefined) return;
  context.lineWidth = radius * 2;
  context.beginPath();
  context.moveTo(first.x, first.y);
  // A line to where it starts is drawn as a dot.
  for (const { x, y } of others.length === 0 ? [first] : others) context.lineTo(x, y);
  context.stroke();
}
