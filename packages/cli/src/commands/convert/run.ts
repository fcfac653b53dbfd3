import { stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import {
  type Checkpoint,
  convertTensors,
  OptionError,
  type TensorToWrite,
  type WriteOptions,
  writePth,
  writeSafetensors,
} from '@diffir/core';
import type { CliContext } from '../../context';
import { type ExitCode, exitCodes } from '../../exit-code';
import { nodeHost } from '../../io/node-host';
import { withCheckpoint } from '../../io/with-checkpoint';
import { exists, outputExists, writeAtomically } from '../../io/write-atomically';
import { elementCount } from '../../text/element-count';
import { formatBytes, formatCount } from '../../text/units';
import type { ConvertFlags } from './command';

interface ConvertPaths {
  readonly input: string;
  readonly output: string;
}

/** Rewrites a checkpoint's parameters in the format of the output's name and says what was written. */
export async function runConvert(
  { input, output }: ConvertPaths,
  { dtype = 'keep', overwrite = false }: ConvertFlags,
  { cwd, stdout, signal }: CliContext,
): Promise<ExitCode> {
  const write = writerFor(output);
  const path = resolve(cwd, output);
  if (!overwrite && (await exists(path))) throw outputExists(output, 'use --overwrite, or another output');
  await withCheckpoint(nodeHost(cwd), input, async (checkpoint) => {
    const tensors = [...convertTensors(checkpoint.stateDict, { dtype })];
    await writeAtomically(path, write(tensors, keptMetadata(checkpoint)), {
      overwrite,
      signal,
      name: output,
    });
    const { size } = await stat(path);
    stdout.write(`${output}: ${summary(tensors)}, ${formatBytes(size)} (${checkpoint.selection})\n`);
  });
  return exitCodes.done;
}

type Writer = (tensors: Iterable<TensorToWrite>, options: WriteOptions) => AsyncIterable<Uint8Array>;

function writerFor(output: string): Writer {
  const extension = extname(output).toLowerCase();
  if (extension === '.safetensors') return writeSafetensors;
  if (extension === '.pth') return writePth;
  throw new OptionError({
    subject: output,
    problem: 'its name says no format that diffir converts to',
    remedy: 'use .safetensors or .pth',
  });
}

function keptMetadata({ metadata }: Checkpoint): WriteOptions {
  return Object.keys(metadata).length > 0 ? { metadata } : {};
}

function summary(tensors: readonly TensorToWrite[]): string {
  const stored = tensors.filter(({ sameAs }) => sameAs === undefined);
  const values = stored.reduce((sum, { shape }) => sum + elementCount(shape), 0);
  const types = [...new Set(stored.map(({ dtype }) => dtype))].sort();
  return `${formatCount(tensors.length)} tensors, ${formatCount(values)} values, ${types.join(' and ')}`;
}
