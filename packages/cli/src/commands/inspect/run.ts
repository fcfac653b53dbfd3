import {
  type Checkpoint,
  type Host,
  inspectCheckpoint,
  ModelMismatchError,
  type Registry,
} from '@diffir/core';
import type { CliContext } from '../../context';
import { type ExitCode, exitCodes } from '../../exit-code';
import { nodeHost } from '../../io/node-host';
import { withCheckpoint } from '../../io/with-checkpoint';
import { install } from '../../plugins/installation';
import { formatError } from '../../text/format-error';
import type { InspectFlags } from './command';
import { modelAsText, modelReport } from './model-report';
import { presetsLike, pretrainedLike } from './recognise';
import { tensorsAsText, tensorsReport } from './tensors-report';

/**
 * Prints what a checkpoint holds. Of an architecture that nothing installed knows, the tensors; that,
 * and parameters that do not fit, make it unusable: exit code 3.
 */
export async function runInspect(
  file: string,
  { json, plugin = [] }: InspectFlags,
  context: CliContext,
): Promise<ExitCode> {
  const { registry } = await install(plugin, context.cwd);
  const host = nodeHost(context.cwd);
  return withCheckpoint(host, file, async (checkpoint) => {
    const recognise = () => recognisePretrained(registry, host, file);
    const { report, text, problem } = await inspect(checkpoint, registry, recognise);
    context.stdout.write(`${json ? JSON.stringify(report) : text}\n`);
    if (problem === undefined) return exitCodes.done;
    context.stderr.write(`${formatError(problem, context)}\n`);
    return exitCodes.unusableModel;
  });
}

interface InspectResult {
  readonly report: object;
  readonly text: string;
  /** Why the file is of no use as a model. */
  readonly problem?: Error;
}

async function inspect(
  checkpoint: Checkpoint,
  registry: Registry,
  recognise: () => Promise<string | undefined>,
): Promise<InspectResult> {
  try {
    const inspection = await inspectCheckpoint(registry.models, checkpoint);
    const { report, problem } = modelReport(checkpoint, inspection, {
      pretrained: (await recognise()) ?? null,
      presets: presetsLike(registry.models, inspection.blueprint),
    });
    return { report, text: modelAsText(report), ...(problem && { problem }) };
  } catch (error) {
    if (!ModelMismatchError.isInstance(error)) throw error;
    const report = tensorsReport(checkpoint);
    return { report, text: tensorsAsText(report), problem: error };
  }
}

async function recognisePretrained(
  { pretrained }: Registry,
  host: Host,
  file: string,
): Promise<string | undefined> {
  const source = await host.openSource(file);
  try {
    return await pretrainedLike(pretrained, source);
  } finally {
    await source.close?.();
  }
}
