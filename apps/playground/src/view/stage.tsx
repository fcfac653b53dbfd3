import { SegmentedControl } from '@mantine/core';
import { DownloadControls } from '../download/download-controls';
import type { MaskState } from '../mask/use-mask';
import type { Photo } from '../photo/photo';
import { Facts } from '../restore/facts';
import type { Result } from '../restore/result';
import { CompareView } from './compare-view';
import { InputView } from './input-view';
import classes from './stage.module.css';
import { useZoom } from './use-zoom';
import { ZoomControls } from './zoom-controls';

/** What is shown: the photo to be restored, or the result beside it. */
export type Shown = 'input' | 'result';

export interface StageProps {
  readonly photo: Photo;
  readonly mask: MaskState | undefined;
  readonly result: Result | undefined;
  readonly shown: Shown;
  readonly disabled: boolean;
  onShow(shown: Shown): void;
  onError(error: unknown): void;
}

/** The picture, and under it what is done with it. */
export function Stage({ photo, mask, result, shown, disabled, onShow, onError }: StageProps) {
  const compared = shown === 'result' ? result : undefined;
  const zoom = useZoom(compared?.after ?? photo);
  return (
    <section className={classes.stage} aria-label="Picture">
      <div className={classes.picture}>
        {compared ? (
          <CompareView key={compared.after.url} before={compared.before} after={compared.after} zoom={zoom} />
        ) : (
          <InputView key={photo.url} photo={photo} zoom={zoom} mask={mask} disabled={disabled} />
        )}
      </div>
      <div className={classes.bar}>
        <ZoomControls zoom={zoom} />
        {result && (
          <SegmentedControl
            aria-label="Picture shown"
            size="sm"
            value={shown}
            onChange={onShow}
            data={[
              { value: 'input', label: mask ? 'Photo & mask' : 'Photo' },
              { value: 'result', label: 'Compare' },
            ]}
          />
        )}
        <div className={classes.gap} />
        {result && <DownloadControls result={result} onError={onError} />}
      </div>
      {result && (
        <div className={classes.facts}>
          <Facts result={result} />
        </div>
      )}
    </section>
  );
}
