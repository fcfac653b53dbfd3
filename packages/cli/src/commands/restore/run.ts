import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createRestorer, resolveModel } from '@diffir/core';
import type { CliContext } from '../../context';
import type { ExitCode } from '../../exit-code';
import { downloadBar } from '../../io/download-bar';
import { findInputs } from '../../io/find-inputs';
import { nodeHost } from '../../io/node-host';
import { type OutputPlan, planOutputs } from '../../io/plan-outputs';
import { type Installation, install } from '../../plugins/installation';
import { createProgress, type Progress } from '../../progress';
import { workerRunners } from '../../restorer/workers/worker-runners';
import type { RestoreFlags } from './command';
import { leaveOutExisting } from './leave-out-existing';
import { assertMaskUse } from './mask-use';
import { createReport } from './report';
import { restoreJobs } from './restore-jobs';
import { defaultNaming, imageSettings, modelSettings, naming, workerCount } from './settings';

/**
 * Restores every input it can. What concerns one image ends that image; what concerns all of them
 * (usage, model, backend) rejects before any image is touched.
 */
export async function runRestore(
  inputs: readonly string[],
  flags: RestoreFlags,
  context: CliContext,
): Promise<ExitCode> {
  const installation = await install(flags.plugin ?? [], context.cwd);
  const plan = await makePlan(inputs, { flags, context, installation });
  const progress = await createProgress(context.stderr, { quiet: flags.quiet === true });
  try {
    return await carryOut(plan, { flags, context, installation, progress });
  } finally {
    progress.stop();
  }
}

interface RunSetup {
  readonly flags: RestoreFlags;
  readonly context: CliContext;
  readonly installation: Installation;
}

async function makePlan(
  inputs: readonly string[],
  { flags, context: { cwd }, installation: { config } }: RunSetup,
): Promise<OutputPlan> {
  const { output, recursive = false, overwrite = false } = flags;
  const folder = resolve(cwd, output);
  const found = await findInputs(inputs, { cwd, recursive, exclude: folder });
  const isFolder = await stat(folder).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  const names = { wanted: naming(flags), defaults: defaultNaming(flags, config) };
  return planOutputs(found, { output, cwd, isFolder, overwrite, ...names });
}

async function carryOut(
  plan: OutputPlan,
  { flags, context, installation, progress }: RunSetup & { readonly progress: Progress },
): Promise<ExitCode> {
  const { registry, config } = installation;
  const settings = modelSettings(flags, config);
  const task = settings.task === undefined ? undefined : registry.task(settings.task);
  const { name: model } = resolveModel(registry, { model: settings.model, task });
  const report = createReport({ ...context, progress, json: flags.json === true });
  for (const { name, error } of plan.failures) report.failed({ input: name }, error);
  const jobs = await leaveOutExisting(plan.jobs, flags, report);
  if (jobs.length === 0) return report.exitCode();
  context.signal.throwIfAborted();
  const images = imageSettings(flags, config);
  const { maxMemoryBytes } = images;
  const { runners, planBatch } = workerRunners({
    workers: workerCount(flags, config),
    plugins: { names: flags.plugin ?? [], cwd: context.cwd },
    cwd: context.cwd,
    ...(maxMemoryBytes !== undefined && { maxMemoryBytes }),
  });
  const onProgress = await downloadBar(context.stderr, { quiet: flags.quiet === true });
  const host = nodeHost(context.cwd, { signal: context.signal, onProgress });
  const restorer = await createRestorer({ ...settings, registry, host, runners });
  try {
    assertMaskUse(restorer.task, flags.mask);
    if (flags.quiet !== true) progress.log(`backend: ${restorer.backendReason}`);
    const options = { ...images, strip: flags.strip === true, overwrite: flags.overwrite === true };
    await restoreJobs(jobs, {
      restorer,
      model,
      mask: flags.mask,
      maskInverted: flags.invertMask === true,
      options,
      planBatch,
      report,
      progress,
      context,
    });
  } finally {
    await restorer.dispose();
  }
  const summary = report.summary();
  if (summary !== undefined && flags.quiet !== true) progress.log(summary);
  return report.exitCode();
}
