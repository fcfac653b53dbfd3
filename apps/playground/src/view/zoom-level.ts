import type { Size } from './fit-size';

/** How a picture is shown. */
export interface ZoomSetup {
  /** In its own pixels. */
  readonly picture: Size;
  /** The size it is shown at when it is not zoomed, in CSS pixels. */
  readonly shown: Size;
  /** Screen pixels per CSS pixel. */
  readonly pixelRatio: number;
}

/** CSS pixels that a pixel is enlarged to at most. */
const LARGEST_PIXEL = 24;

/** From how many CSS pixels on a pixel is shown as the square it is. */
const SQUARE_PIXEL = 3;

/** How many CSS pixels a pixel of the picture takes at a zoom. */
export function pixelSize({ picture, shown }: ZoomSetup, zoom: number): number {
  return (shown.width / picture.width) * zoom;
}

/** The zoom in percent: at 100 a pixel of the picture is a pixel of the screen. */
export function zoomPercent(setup: ZoomSetup, zoom: number): number {
  return Math.round(pixelSize(setup, zoom) * setup.pixelRatio * 100);
}

/** The zoom at which a pixel of the picture is a pixel of the screen, as far as it may be zoomed. */
export function zoomToPixels(setup: ZoomSetup): number {
  return Math.min(maxZoom(setup), Math.max(1, 1 / (pixelSize(setup, 1) * setup.pixelRatio)));
}

/** How far a picture may be zoomed in; at least eight times. */
export function maxZoom(setup: ZoomSetup): number {
  const one = pixelSize(setup, 1);
  return one > 0 ? Math.max(8, LARGEST_PIXEL / one) : 8;
}

/** Whether pixels are large enough to be shown as squares, not smoothed. */
export function showsSquares(setup: ZoomSetup, zoom: number): boolean {
  return zoom > 1 && pixelSize(setup, zoom) >= SQUARE_PIXEL;
}
