import { MaskPainter } from '../mask/mask-painter';
import type { MaskState } from '../mask/use-mask';
import type { Photo } from '../photo/photo';
import classes from './picture-room.module.css';
import type { Zoom } from './use-zoom';
import { ZoomLayer } from './zoom-layer';

export interface InputViewProps {
  readonly photo: Photo;
  readonly zoom: Zoom;
  /** Absent where the task takes none. */
  readonly mask?: MaskState | undefined;
  readonly disabled: boolean;
}

/** The photo as it came, with the mask to be painted where there is one. */
export function InputView({ photo, zoom, mask, disabled }: InputViewProps) {
  return (
    <div ref={zoom.roomRef} className={classes.room}>
      <ZoomLayer zoom={zoom} name="input" label="Photo. Arrow keys move it, plus and minus zoom.">
        <img src={photo.url} alt={`Your photo, ${photo.name}`} />
        {mask && <MaskPainter photo={photo} mask={mask} disabled={disabled} />}
      </ZoomLayer>
    </div>
  );
}
