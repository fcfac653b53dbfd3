import { useElementSize } from '@mantine/hooks';
import { useRef, useState } from 'react';
import type { ReactZoomPanPinchRef } from 'react-zoom-pan-pinch';
import { fitSize, type Size } from './fit-size';
import { maxZoom, showsSquares, zoomPercent, zoomToPixels } from './zoom-level';

/** What a picture is zoomed with. Several layers, one over the other, move as one. */
export interface Zoom {
  /** Goes to the element that the picture is made to fit. */
  readonly roomRef: ReturnType<typeof useElementSize>['ref'];
  /** The picture's size before zooming, in CSS pixels. */
  readonly shown: Size;
  readonly maxZoom: number;
  readonly percent: number;
  /** Whether pixels are to be shown as squares. */
  readonly squares: boolean;
  /** Registers a layer; goes to its `ref`. */
  addLayer(name: string): (layer: ReactZoomPanPinchRef | null) => void;
  /** Hears that a layer was moved by the visitor. */
  follow(moved: ReactZoomPanPinchRef): void;
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
  /** To where a pixel of the picture is one of the screen. */
  toPixels(): void;
}

/** The room left around a picture, in CSS pixels. */
const MARGIN = 16;

export function useZoom(picture: Size): Zoom {
  const { ref: roomRef, width, height } = useElementSize();
  const layers = useRef(new Map<string, ReactZoomPanPinchRef>());
  const [scale, setScale] = useState(1);
  const shown = fitSize(picture, { width: width - 2 * MARGIN, height: height - 2 * MARGIN });
  const setup = { picture, shown, pixelRatio: window.devicePixelRatio };
  const leader = () => [...layers.current.values()][0];
  return {
    roomRef,
    shown,
    maxZoom: maxZoom(setup),
    percent: zoomPercent(setup, scale),
    squares: showsSquares(setup, scale),
    addLayer: (name) => (layer) => {
      if (layer === null) layers.current.delete(name);
      else layers.current.set(name, layer);
    },
    follow(moved) {
      const { scale: zoom, positionX, positionY } = moved.state;
      setScale(zoom);
      for (const layer of layers.current.values()) {
        const { state, instance } = layer;
        // Those that are there already would tell of it, and so on for ever.
        const there = state.scale === zoom && state.positionX === positionX && state.positionY === positionY;
        if (instance !== moved.instance && !there) instance.setState(zoom, positionX, positionY);
      }
    },
    zoomIn: () => leader()?.zoomIn(0.5),
    zoomOut: () => leader()?.zoomOut(0.5),
    fit: () => leader()?.resetTransform(),
    toPixels: () => leader()?.centerView(zoomToPixels(setup)),
  };
}
