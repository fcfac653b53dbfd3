import { IconArrowsDiagonal, IconEraser, IconFocus2, type IconProps, IconWand } from '@tabler/icons-react';
import { type ComponentType, useId } from 'react';
import { Section } from '../app/section';
import classes from './task-picker.module.css';
import { findTask, tasks } from './tasks';

const icons: Readonly<Record<string, ComponentType<IconProps>>> = {
  deblur: IconFocus2,
  sr: IconArrowsDiagonal,
  'real-sr': IconWand,
  inpaint: IconEraser,
};

export interface TaskPickerProps {
  readonly task: string;
  readonly disabled: boolean;
  onChange(task: string): void;
}

/** What is to be done, as cards of one radio group. */
export function TaskPicker({ task, disabled, onChange }: TaskPickerProps) {
  const name = useId();
  return (
    <Section title="What to do">
      <fieldset className={classes.cards} disabled={disabled} aria-describedby={`${name}hint`}>
        <legend className={classes.legend}>What to do</legend>
        {tasks.map(({ id, label }) => {
          const Icon = icons[id];
          return (
            <label className={classes.card} key={id}>
              <input
                className={classes.input}
                type="radio"
                name={name}
                value={id}
                checked={id === task}
                onChange={() => onChange(id)}
              />
              {Icon && <Icon size={20} stroke={1.6} aria-hidden />}
              {label}
            </label>
          );
        })}
      </fieldset>
      <p className={classes.hint} id={`${name}hint`}>
        {findTask(task).hint}
      </p>
    </Section>
  );
}
