import { Button } from '@mantine/core';
import { Section } from '../app/section';
import type { Photo } from './photo';
import classes from './photo-section.module.css';

export interface PhotoSectionProps {
  readonly photo: Photo | undefined;
  readonly disabled: boolean;
  onChoose(): void;
}

/** Which photo is worked on, and the way to another one. */
export function PhotoSection({ photo, disabled, onChoose }: PhotoSectionProps) {
  return (
    <Section title="Photo">
      <div className={classes.row}>
        {photo && <img className={classes.thumbnail} src={photo.url} alt="" />}
        <div className={classes.names}>
          <div className={classes.name} title={photo?.name}>
            {photo?.name ?? 'No photo yet'}
          </div>
          {photo && (
            <div className={classes.size}>
              {photo.width} × {photo.height} pixels
            </div>
          )}
        </div>
        <Button variant="default" size="xs" onClick={onChoose} disabled={disabled}>
          {photo ? 'Change' : 'Choose'}
        </Button>
      </div>
    </Section>
  );
}
