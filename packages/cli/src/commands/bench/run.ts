import type { ModelBlueprint, Registry } from '@diffir/core';
import { chooseNetwork, readBlueprint } from '../../bench/open-network';
import type { CliContext } from '../../context';
import { type ExitCode, exitCodes } from '../../exit-code';
import { nodeHost } from '../../io/node-host';
import type { SizeFlag } from '../../options/parse-size';
import { install } from '../../plugins/installation';
import { type BenchReport, type BenchResult, benchAsText } from './bench-report';
import { chooseBackends } from './choose-backends';
import type { BenchFlags } from './command';
import { startBackend } from './start-backend';
import { timeBackends } from './time-backends';

/** Without a model, the one that restoring takes without a task. */
const DEFAULT_MODEL = 'deblur';

/** Times a network, one process for each backend and size. Exit code 1 when a backend failed. */
export async function runBench(flags: BenchFlags, context: CliContext): Promise<ExitCode> {
  const { registry, config } = await install(flags.plugin ?? [], context.cwd);
  const model = flags.model ?? config.model ?? DEFAULT_MODEL;
  const choice = chooseNetwork(registry, model);
  const blueprint = await readBlueprint(registry, nodeHost(context.cwd), choice);
  const results = await timeSizes({ flags, context, registry, blueprint, model });
  const { architecture } = blueprint.descriptor;
  const report: BenchReport = { model: choice.name, architecture, runs: flags.runs, results };
  context.stdout.write(`${flags.json ? JSON.stringify(report) : benchAsText(report)}\n`);
  return results.some(({ error }) => error !== undefined) ? exitCodes.failed : exitCodes.done;
}

interface Plan {
  readonly flags: BenchFlags;
  readonly context: CliContext;
  readonly registry: Registry;
  readonly blueprint: ModelBlueprint;
  readonly model: string;
}

async function timeSizes({ flags, context, registry, blueprint, model }: Plan): Promise<BenchResult[]> {
  const backends = await chooseBackends(registry, flags.backend);
  const { cwd, signal } = context;
  const { seed, runs, plugin: plugins = [] } = flags;
  const results: BenchResult[] = [];
  for (const size of flags.size ?? [defaultSize(blueprint)]) {
    const start = (backend: string) => startBackend({ cwd, plugins, backend, model, seed, ...size }, signal);
    results.push(...(await timeBackends({ blueprint, backends, size, runs, signal, start })));
  }
  return results;
}

/** The sizes that published figures are for. */
function defaultSize({ descriptor }: ModelBlueprint): SizeFlag {
  const side = descriptor.scale === 4 ? 64 : 256;
  return { height: side, width: side };
}
