import { Handle, HandleRoot, Item, Provider, Root } from 'react-compare-slider/components';
import { useReactCompareSlider } from 'react-compare-slider/hooks';
import type { Photo } from '../photo/photo';
import classes from './picture-room.module.css';
import type { Zoom } from './use-zoom';
import { ZoomLayer } from './zoom-layer';

export interface CompareViewProps {
  readonly before: Photo;
  /** Of `scale` times the size; both are shown at the same size, pixel over pixel. */
  readonly after: Photo;
  readonly zoom: Zoom;
}

/** Before and after, one over the other, with a divider that is dragged or moved with arrow keys. */
export function CompareView({ before, after, zoom }: CompareViewProps) {
  const slider = useReactCompareSlider({ onlyHandleDraggable: true });
  return (
    <div ref={zoom.roomRef} className={classes.room}>
      <Provider {...slider}>
        <Root className={classes.slider ?? ''}>
          <Item item="itemOne">
            <ZoomLayer zoom={zoom} name="before">
              <img src={before.url} alt={`Before: ${before.name}`} />
            </ZoomLayer>
            <span className={`${classes.tag} ${classes.before}`}>Before</span>
          </Item>
          <Item item="itemTwo">
            <ZoomLayer zoom={zoom} name="after" label="Result. Arrow keys move it, plus and minus zoom.">
              <img src={after.url} alt="After: restored" />
            </ZoomLayer>
            <span className={`${classes.tag} ${classes.after}`}>After</span>
          </Item>
          <HandleRoot aria-label="Divider between before and after">
            <Handle buttonStyle={{ width: '2.5rem', height: '2.5rem', gap: '0.25rem' }} />
          </HandleRoot>
        </Root>
      </Provider>
    </div>
  );
}
