import type { Size } from '../view/fit-size';
import type { Point } from './mask-shape';

/** Where something lies on the page, as `getBoundingClientRect` tells. */
export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

/** A place on the page in the pixels of the photo that is shown in `box`, however it is zoomed. */
export function photoPoint(client: Point, box: Box, photo: Size): Point {
  return {
    x: ((client.x - box.left) * photo.width) / box.width,
    y: ((client.y - box.top) * photo.height) / box.height,
  };
}
