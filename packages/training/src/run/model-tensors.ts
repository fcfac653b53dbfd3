import type { DiffusionSchedule, TensorToWrite } from '@diffir/core';
import type { NamedValues } from '../gradients/compute-gradients';
import { valueTensors } from '../trainer/trainer-state';

/** What published stage-2 checkpoints hold a second time, under a second name. */
const COPIES = { 'condition.': 'diffusion.condition.', 'denoise.': 'diffusion.model.' } as const;

/**
 * A model's parameters as published checkpoints hold them. Stage 2 (with a schedule) has the schedule's
 * tables beside them, and CPEN_S2 and the denoiser a second time, so that the published code loads it
 * strictly.
 */
export function modelTensors(values: NamedValues, schedule?: DiffusionSchedule): TensorToWrite[] {
  const parameters = valueTensors('', values);
  if (schedule === undefined) return parameters;
  return [...parameters, ...parameters.flatMap(copiesOf), ...valueTensors('diffusion.', tablesOf(schedule))];
}

function copiesOf(tensor: TensorToWrite): TensorToWrite[] {
  return Object.entries(COPIES).flatMap(([original, copy]) => {
    if (!tensor.name.startsWith(original)) return [];
    return [{ ...tensor, name: copy + tensor.name.slice(original.length), sameAs: tensor.name }];
  });
}

/** The tables by their published names. */
function tablesOf(schedule: DiffusionSchedule): NamedValues {
  const tables = Object.entries(schedule).flatMap(([name, table]: [string, unknown]) => {
    if (!Array.isArray(table)) return [];
    const published = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return [[published, { shape: [table.length], values: Float32Array.from(table) }] as const];
  });
  return new Map(tables);
}
