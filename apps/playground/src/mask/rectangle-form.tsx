import { Button, NumberInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Photo } from '../photo/photo';
import type { MaskShape, Rectangle } from './mask-shape';
import classes from './rectangle-form.module.css';
import type { Brush } from './use-mask';

export interface RectangleFormProps {
  readonly photo: Photo;
  readonly mode: Brush['mode'];
  readonly disabled: boolean;
  onAdd(shape: MaskShape): void;
}

const fields = [
  { name: 'x', label: 'Left' },
  { name: 'y', label: 'Top' },
  { name: 'width', label: 'Width' },
  { name: 'height', label: 'Height' },
] as const;

/** Marks a rectangle by its numbers: painting for keyboards, and for exact borders. */
export function RectangleForm({ photo, mode, disabled, onAdd }: RectangleFormProps) {
  const [rectangle, setRectangle] = useState<Rectangle>(() => middleOf(photo));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAdd({ kind: 'rectangle', mode, rectangle });
  };
  return (
    <form className={classes.form} onSubmit={submit} aria-label="Rectangle in pixels">
      <div className={classes.fields}>
        {fields.map(({ name, label }) => (
          <NumberInput
            key={name}
            label={label}
            size="xs"
            hideControls
            min={0}
            allowDecimal={false}
            disabled={disabled}
            value={rectangle[name]}
            onChange={(value) => setRectangle({ ...rectangle, [name]: Number(value) })}
          />
        ))}
      </div>
      <Button type="submit" variant="default" size="xs" disabled={disabled}>
        {mode === 'paint' ? 'Mark rectangle' : 'Erase rectangle'}
      </Button>
    </form>
  );
}

/** A quarter of the photo, in its middle. */
function middleOf({ width, height }: Photo): Rectangle {
  const quarter = (side: number) => Math.round(side / 4);
  return {
    x: quarter(width * 1.5),
    y: quarter(height * 1.5),
    width: quarter(width),
    height: quarter(height),
  };
}
