import { ActionIcon, Button, FileButton, SegmentedControl, Slider } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconTrash } from '@tabler/icons-react';
import { useId } from 'react';
import { Section } from '../app/section';
import type { Photo } from '../photo/photo';
import { isEmptyMask } from './mask-history';
import classes from './mask-section.module.css';
import { RectangleForm } from './rectangle-form';
import type { MaskState } from './use-mask';

export interface MaskSectionProps {
  readonly photo: Photo;
  readonly mask: MaskState;
  readonly disabled: boolean;
  /** Takes a file as the mask. */
  onLoad(file: File): void;
}

/** Marking what is to be filled in. */
export function MaskSection({ photo, mask, disabled, onLoad }: MaskSectionProps) {
  const { brush, history, setBrush, add } = mask;
  const sizeId = useId();
  return (
    <Section title="Mask">
      <p className={classes.hint}>Paint over what is to be replaced.</p>
      <div className={classes.row}>
        <SegmentedControl
          aria-label="Brush"
          className={classes.modes}
          size="xs"
          disabled={disabled}
          value={brush.mode}
          onChange={(mode) => setBrush({ mode })}
          data={[
            { value: 'paint', label: 'Paint' },
            { value: 'erase', label: 'Erase' },
          ]}
        />
        <ActionIcon
          variant="default"
          aria-label="Undo"
          disabled={disabled || history.done.length === 0}
          onClick={mask.undo}
        >
          <IconArrowBackUp size={17} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="default"
          aria-label="Redo"
          disabled={disabled || history.undone.length === 0}
          onClick={mask.redo}
        >
          <IconArrowForwardUp size={17} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="default"
          aria-label="Clear the mask"
          disabled={disabled || isEmptyMask(history)}
          onClick={() => add({ kind: 'clear' })}
        >
          <IconTrash size={17} aria-hidden />
        </ActionIcon>
      </div>
      <div className={classes.row}>
        <span className={classes.label} id={sizeId}>
          Brush size
        </span>
        <Slider
          className={classes.size}
          thumbProps={{ 'aria-labelledby': sizeId }}
          size="sm"
          label={null}
          min={1}
          max={40}
          disabled={disabled}
          value={brush.size}
          onChange={(size) => setBrush({ size })}
        />
      </div>
      <div className={classes.row}>
        <FileButton
          accept="image/*"
          inputProps={{ 'aria-label': 'Mask file' }}
          onChange={(file) => file && onLoad(file)}
        >
          {(props) => (
            <Button {...props} variant="default" size="xs" disabled={disabled}>
              Load a mask
            </Button>
          )}
        </FileButton>
        <span className={classes.hint}>white = fill in</span>
      </div>
      <details>
        <summary className={classes.summary}>Rectangle by numbers</summary>
        <RectangleForm key={photo.url} photo={photo} mode={brush.mode} disabled={disabled} onAdd={add} />
      </details>
    </Section>
  );
}
