import { Button, FileButton, NativeSelect, TextInput } from '@mantine/core';
import { Section } from '../app/section';
import { isModelAddress } from '../settings/settings';
import { formatBytes } from '../words/format-bytes';
import type { BuiltInModel, ModelSource } from './model-choice';
import classes from './model-section.module.css';
import type { ModelState } from './use-model';

interface ListedModel extends BuiltInModel {
  readonly bytes: number;
}

export interface ModelSectionProps {
  readonly state: ModelState;
  /** The built-in models of the task. */
  readonly models: readonly ListedModel[];
  readonly disabled: boolean;
}

const FILE = 'file:';
const URL = 'url:';

/** Which network does it: a built-in one, a file of the visitor's, or one from an address. */
export function ModelSection({ state, models, disabled }: ModelSectionProps) {
  const { source, choice } = state;
  const value = source === 'built-in' && choice?.kind === 'built-in' ? choice.id : `${source}:`;
  return (
    <Section title="Model">
      {models.length === 0 && (
        <p className={classes.note}>
          No model for this comes with the page yet. Load a DiffIR checkpoint of your own to use it.
        </p>
      )}
      <NativeSelect
        aria-label="Model"
        value={value}
        disabled={disabled}
        onChange={({ currentTarget }) => choose(state, currentTarget.value)}
      >
        {models.map(({ id, bytes }) => (
          <option key={id} value={id}>
            {id} ({formatBytes(bytes)})
          </option>
        ))}
        <option value={FILE}>A checkpoint file of mine</option>
        <option value={URL}>A checkpoint from an address</option>
      </NativeSelect>
      {source === 'file' && <ModelFile state={state} disabled={disabled} />}
      {source === 'url' && <ModelAddress state={state} disabled={disabled} />}
    </Section>
  );
}

function choose(state: ModelState, value: string): void {
  const source: ModelSource = value === FILE ? 'file' : value === URL ? 'url' : 'built-in';
  state.setSource(source);
  if (source !== 'url') state.setName(source === 'built-in' ? value : '');
}

function ModelFile({ state, disabled }: Omit<ModelSectionProps, 'models'>) {
  return (
    <div className={classes.file}>
      <FileButton
        accept=".pth,.pt,.ckpt,.safetensors"
        inputProps={{ 'aria-label': 'Checkpoint file' }}
        onChange={(file) => file && state.setFile(file)}
      >
        {(props) => (
          <Button {...props} variant="default" size="xs" disabled={disabled}>
            {state.file ? 'Change' : 'Choose a file'}
          </Button>
        )}
      </FileButton>
      <span className={classes.fileName}>{state.file?.name ?? '.pth, .ckpt or .safetensors'}</span>
    </div>
  );
}

function ModelAddress({ state, disabled }: Omit<ModelSectionProps, 'models'>) {
  const bad = state.name !== '' && !isModelAddress(state.name);
  return (
    <TextInput
      aria-label="Address of the checkpoint"
      type="url"
      placeholder="https://…"
      value={state.name}
      disabled={disabled}
      error={bad && 'An address begins with https://'}
      description="Its server must allow other sites to read it (CORS)."
      inputWrapperOrder={['input', 'error', 'description']}
      onChange={({ currentTarget }) => state.setName(currentTarget.value)}
    />
  );
}
