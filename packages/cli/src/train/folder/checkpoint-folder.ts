import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CheckpointError, type DiffusionSchedule, writeSafetensors } from '@diffir/core';
import {
  modelTensors,
  stateFromTensors,
  stateToTensors,
  type TrainerState,
  valueTensors,
} from '@diffir/training';
import { makeFolder } from '../../io/make-folder';
import { nodeHost } from '../../io/node-host';
import { withCheckpoint } from '../../io/with-checkpoint';
import { exists, writeAtomically } from '../../io/write-atomically';
import { writeText } from './run-folder';

/** The checkpoint whose model scored best. */
export interface BestCheckpoint {
  readonly iteration: number;
  readonly psnr: number;
}

/** The checkpoints of a run, each a folder that appears whole. */
export interface CheckpointFolder {
  /** Saves a state and its models, and drops checkpoints that are neither recent nor best. */
  save(state: TrainerState): Promise<void>;
  /** The last state, to go on from; undefined where there is none. */
  last(): Promise<TrainerState | undefined>;
  best(): Promise<BestCheckpoint | undefined>;
  /** Keeps a checkpoint that is there as the best one. */
  setBest(best: BestCheckpoint): Promise<void>;
}

export interface CheckpointFolderOptions {
  readonly folder: string;
  /** How many recent ones stay. */
  readonly keep: number;
  /** Stage 2's, whose tables belong to its model. */
  readonly schedule?: DiffusionSchedule;
}

const PREFIX = 'iteration-';
const BEST = 'best.json';

export function openCheckpoints({ folder, keep, schedule }: CheckpointFolderOptions): CheckpointFolder {
  const placeOf = (iteration: number) => join(folder, `${PREFIX}${String(iteration).padStart(7, '0')}`);

  async function iterations(): Promise<number[]> {
    const names = (await exists(folder)) ? await readdir(folder) : [];
    return names
      .filter((name) => name.startsWith(PREFIX))
      .map((name) => Number(name.slice(PREFIX.length)))
      .sort((a, b) => a - b);
  }

  async function best(): Promise<BestCheckpoint | undefined> {
    const path = join(folder, BEST);
    // Written below, whole or not at all.
    return (await exists(path)) ? (JSON.parse(await readFile(path, 'utf8')) as BestCheckpoint) : undefined;
  }

  async function dropOld(): Promise<void> {
    const all = await iterations();
    const kept = new Set([...all.slice(-keep), (await best())?.iteration]);
    for (const iteration of all) if (!kept.has(iteration)) await rm(placeOf(iteration), { recursive: true });
    // What a killed run was about to write.
    const names = await readdir(folder);
    for (const name of names) if (name.startsWith('.new-')) await rm(join(folder, name), { recursive: true });
  }

  return {
    best,
    async save(state) {
      const place = placeOf(state.iteration);
      if (await exists(place)) return;
      const temporary = join(folder, `.new-${randomUUID()}`);
      await makeFolder(temporary);
      const write = async (name: string, tensors: Parameters<typeof writeSafetensors>[0]) => {
        await writeAtomically(join(temporary, name), writeSafetensors(tensors));
      };
      await write('model-ema.safetensors', modelTensors(state.average, schedule));
      await write('model-raw.safetensors', modelTensors(state.parameters, schedule));
      if (state.discriminator !== undefined) {
        await write('discriminator.safetensors', valueTensors('', state.discriminator.parameters));
      }
      await write('training-state.safetensors', stateToTensors(state));
      await rename(temporary, place);
      await dropOld();
    },
    async last() {
      const last = (await iterations()).at(-1);
      if (last === undefined) return undefined;
      const path = join(placeOf(last), 'training-state.safetensors');
      return withCheckpoint(nodeHost(folder), path, ({ stateDict }) => stateFromTensors(stateDict));
    },
    async setBest(found) {
      if (!(await exists(placeOf(found.iteration)))) {
        throw new CheckpointError({ subject: placeOf(found.iteration), problem: 'no such checkpoint' });
      }
      await writeText(join(folder, BEST), `${JSON.stringify(found)}\n`);
      await dropOld();
    },
  };
}
