import type { ReactNode } from 'react';
import { TransformComponent, TransformWrapper } from 'react-zoom-pan-pinch';
import type { Zoom } from './use-zoom';
import classes from './zoom-layer.module.css';

export interface ZoomLayerProps {
  readonly zoom: Zoom;
  readonly name: string;
  /** What a screen reader calls the layer; without it keyboards pass it by. */
  readonly label?: string;
  readonly children: ReactNode;
}

/** Instead of the size of what is in it. */
const full = { width: '100%', height: '100%' };

/** A picture that can be zoomed and moved with mouse, fingers and keyboard, together with other layers. */
export function ZoomLayer({ zoom, name, label, children }: ZoomLayerProps) {
  return (
    <TransformWrapper
      ref={zoom.addLayer(name)}
      maxScale={zoom.maxZoom}
      onTransform={zoom.follow}
      doubleClick={{ mode: 'toggle' }}
      panning={{ excluded: ['mask-canvas'] }}
      keyboard={{ disabled: label === undefined }}
    >
      <TransformComponent
        wrapperStyle={full}
        contentStyle={full}
        contentClass={classes.content ?? ''}
        wrapperProps={label === undefined ? {} : { role: 'group', 'aria-label': label }}
      >
        <div className={classes.picture} style={zoom.shown} data-squares={zoom.squares || undefined}>
          {children}
        </div>
      </TransformComponent>
    </TransformWrapper>
  );
}
