import { Button } from '@mantine/core';
import { IconPhotoUp } from '@tabler/icons-react';
import classes from './empty-stage.module.css';

export interface EmptyStageProps {
  onChoose(): void;
  onExample(): void;
}

/** What stands in the picture's place before there is one. Dropping is the whole page's business. */
export function EmptyStage({ onChoose, onExample }: EmptyStageProps) {
  return (
    <div className={classes.frame}>
      <IconPhotoUp className={classes.icon} size={44} stroke={1.3} aria-hidden />
      <h2 className={classes.title}>Drop a photo here</h2>
      <p className={classes.text}>or paste one from the clipboard</p>
      <div className={classes.buttons}>
        <Button onClick={onChoose}>Choose a photo</Button>
        <Button variant="default" onClick={onExample}>
          Try the example
        </Button>
      </div>
      <p className={classes.promise}>
        Everything is computed on this device. No photo, mask or result is sent anywhere.
      </p>
    </div>
  );
}
