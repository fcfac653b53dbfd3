import { stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { exportOnnx, startExporter } from '@diffir/backend-onnx';
import { loadModel, OptionError, resolveModel, servingTask } from '@diffir/core';
import type { CliContext } from '../../context';
import { type ExitCode, exitCodes } from '../../exit-code';
import { nodeHost } from '../../io/node-host';
import { withCheckpoint } from '../../io/with-checkpoint';
import { exists, outputExists, writeAtomically } from '../../io/write-atomically';
import { install } from '../../plugins/installation';
import { formatBytes } from '../../text/units';
import type { ExportFlags } from './command';

/** Writes a model as an ONNX file and says what its inputs are. */
export async function runExport(
  model: string,
  flags: ExportFlags,
  { cwd, stdout, signal }: CliContext,
): Promise<ExitCode> {
  const { output, overwrite = false } = flags;
  assertName(output);
  const path = resolve(cwd, output);
  if (!overwrite && (await exists(path))) throw outputExists(output, 'use --overwrite, or another output');
  const bytes = await exportModel(model, flags, cwd);
  await writeAtomically(path, bytes, { overwrite, signal, name: output });
  const { size } = await stat(path);
  stdout.write(`${output}: ${formatBytes(size)}\n`);
  return exitCodes.done;
}

async function exportModel(model: string, flags: ExportFlags, cwd: string): Promise<Uint8Array> {
  const { registry } = await install(flags.plugin ?? [], cwd);
  const wanted = flags.task === undefined ? undefined : registry.task(flags.task);
  const choice = resolveModel(registry, { model, task: wanted });
  const exporter = startExporter();
  try {
    const { network } = await withCheckpoint(nodeHost(cwd), choice.location, ({ stateDict }) =>
      loadModel(registry.models, { name: choice.name, stateDict }, exporter),
    );
    const { name } = choice;
    const task = servingTask(registry, { descriptor: network.descriptor, name, task: wanted });
    assertMultiple(flags, network.descriptor.sizeMultiple);
    return exportOnnx({
      network,
      task,
      exporter,
      weights: flags.dtype,
      metadata: { model: name },
      ...(flags.size && { size: flags.size }),
    });
  } finally {
    await exporter.dispose();
  }
}

function assertName(output: string): void {
  if (extname(output).toLowerCase() === '.onnx') return;
  throw new OptionError({ subject: output, problem: 'its name does not end in .onnx', remedy: 'name it so' });
}

function assertMultiple({ size }: ExportFlags, multiple: number): void {
  if (size === undefined || (size.height % multiple === 0 && size.width % multiple === 0)) return;
  throw new OptionError({
    subject: '--size',
    problem: `${size.height}x${size.width} is not of multiples of ${multiple}, as this model needs`,
    remedy: 'round it up',
  });
}
