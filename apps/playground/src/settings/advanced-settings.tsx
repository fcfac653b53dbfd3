import { NativeSelect, NumberInput } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import classes from './advanced-settings.module.css';
import { backends } from './backends';
import { maxSeed, type Settings } from './settings';

export interface AdvancedSettingsProps {
  readonly settings: Settings;
  readonly disabled: boolean;
  onChange(change: Partial<Settings>): void;
}

/** What hardly anybody needs to touch. */
export function AdvancedSettings({ settings, disabled, onChange }: AdvancedSettingsProps) {
  return (
    <details className={classes.details}>
      <summary className={classes.summary}>
        <IconChevronRight className={classes.chevron} size={16} stroke={1.8} aria-hidden />
        Advanced
      </summary>
      <div className={classes.fields}>
        <NativeSelect
          label="Compute with"
          value={settings.backend}
          disabled={disabled}
          data={backends.map(({ id, label }) => ({ value: id, label }))}
          onChange={({ currentTarget }) => onChange({ backend: currentTarget.value })}
        />
        <NumberInput
          label="Seed"
          description="The same seed gives the same picture."
          value={settings.seed}
          disabled={disabled}
          min={0}
          max={maxSeed}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="strict"
          onChange={(seed) => onChange({ seed: Number(seed) })}
        />
      </div>
    </details>
  );
}
