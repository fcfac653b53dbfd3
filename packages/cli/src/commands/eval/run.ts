import { resolve } from 'node:path';
import type { CliContext } from '../../context';
import { inputContestant, type ModelSetup, modelContestant } from '../../eval/contestant';
import { findPairs } from '../../eval/find-pairs';
import { findMetricWeights } from '../../eval/metric-weights';
import { metricsBackend } from '../../eval/metrics-backend';
import { type EvaluationReport, evaluationReport } from '../../eval/report/evaluation-report';
import { jsonReport } from '../../eval/report/json-report';
import { intervalNote, markdownTotals } from '../../eval/report/markdown-report';
import { type EvaluationSetup, runEvaluation } from '../../eval/run-evaluation';
import { type ExitCode, exitCodes } from '../../exit-code';
import { downloadBar } from '../../io/download-bar';
import type { DownloadOptions } from '../../io/download-file';
import { nodeHost } from '../../io/node-host';
import { defined } from '../../options/defined';
import { type Installation, install } from '../../plugins/installation';
import { createProgress } from '../../progress';
import { chooseModels } from './choose-models';
import type { EvalFlags } from './command';
import { factsOf } from './facts';
import { createFailureLog } from './failure-log';
import { reportTargets } from './report-targets';
import { chooseMetrics, chooseProtocol, chooseTask, type EvalTask } from './settings';
import { withStorage } from './storage';
import { writeReports } from './write-reports';

/**
 * Measures the input and every model, and writes reports. What concerns one image leaves that image out; what
 * concerns all of them (usage, pairs, weights, models, backend) rejects before any image is touched.
 */
export async function runEval(flags: EvalFlags, context: CliContext): Promise<ExitCode> {
  const { cwd, stderr, signal } = context;
  const installation = await install(flags.plugin ?? [], cwd);
  const { registry } = installation;
  const protocol = chooseProtocol(flags.protocol);
  const requests = chooseMetrics(flags, protocol);
  const chosen = chooseTask(flags, { ...installation, cwd, protocol });
  const models = chooseModels(flags.model ?? [], { registry, task: chosen.task });
  const targets = await reportTargets(flags, cwd);
  const weights = await findMetricWeights(
    requests.map(({ request }) => request),
    flags.metricWeights,
    cwd,
  );
  const results = flags.output === undefined ? {} : { exclude: resolve(cwd, flags.output) };
  const pairs = await findPairs({ ...flags, ...results, cwd });
  const backend = await metricsBackend(registry.backends, flags.backend);
  const progress = await createProgress(stderr, { quiet: flags.quiet === true });
  const failures = createFailureLog({ ...context, progress });
  const onProgress = await downloadBar(stderr, { quiet: flags.quiet === true });
  const setup = modelSetup(flags, { context, installation, chosen, downloads: { signal, onProgress } });
  const contestants = [
    async () => inputContestant,
    ...models.map((model) => () => modelContestant(model, setup)),
  ];
  try {
    return await withStorage({ flags, targets, requests, cwd }, async (storage) => {
      const evaluation: EvaluationSetup = {
        ...{ pairs, reading: chosen.reading, contestants, requests, weights, backend, progress, signal },
        ...storage,
        onStarted({ name, backendReason }) {
          if (backendReason !== undefined && flags.quiet !== true)
            progress.log(`${name}: backend ${backendReason}`);
        },
        onFailed: failures.add,
      };
      const result = await runEvaluation(evaluation);
      const { contests } = result;
      const report = evaluationReport({
        title: `Evaluation on ${flags.gt}`,
        facts: factsOf({ flags, reading: chosen.reading, pairs, contests }),
        failures: failures.all(),
        requests,
        names: pairs.map(({ name }) => name),
        outcomes: contests,
      });
      await writeReports(targets, report, result);
      progress.stop();
      show(report, flags, context);
      return failures.all().length === 0 ? exitCodes.done : exitCodes.failed;
    });
  } finally {
    progress.stop();
  }
}

interface ModelParts {
  readonly context: CliContext;
  readonly installation: Installation;
  readonly chosen: EvalTask;
  readonly downloads: DownloadOptions;
}

function modelSetup(
  flags: EvalFlags,
  { context: { cwd }, installation: { registry, config }, chosen: { task }, downloads }: ModelParts,
): ModelSetup {
  return {
    registry,
    host: nodeHost(cwd, downloads),
    cwd,
    workers: flags.workers ?? config.workers ?? 'auto',
    plugins: { names: flags.plugin ?? [], cwd },
    images: defined({
      seed: flags.seed ?? config.seed ?? 0,
      tile: flags.tile,
      overlap: flags.overlap,
      maxMemoryBytes: flags.maxMemory,
    }),
    ...(task && { task }),
    ...defined({ backend: flags.backend ?? config.backend }),
  };
}

function show(report: EvaluationReport, { json, quiet }: EvalFlags, { stdout }: CliContext): void {
  if (json === true) stdout.write(jsonReport(report));
  else if (quiet !== true) stdout.write(`${markdownTotals(report)}\n\n${intervalNote(report)}\n`);
}
