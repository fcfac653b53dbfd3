import { type DiffusionSchedule, linearSchedule, type StateDict, scheduleFromBetas } from '@diffir/core';
import type { Head, PerLevel } from '../dirformer/options';
import type { DiffIROptions } from './options';

/**
 * The options of the DIRformer and CPEN in a state dict, read off names and shapes, or undefined where
 * it holds no DIRformer. Tolerates single missing entries, so that they can be named afterwards.
 * @param encoder prefix of CPEN's parameters
 */
export function readOptions(stateDict: StateDict, encoder: string): DiffIROptions | undefined {
  const shape = (name: string) => stateDict.get(name)?.shape;
  const names = [...stateDict.keys()];
  const embed = shape('G.patch_embed.proj.weight');
  const head = readHead(stateDict);
  if (embed === undefined || embed.length !== 4 || !names.some(isBlock)) return undefined;
  const [dim = 0, embedded = 0] = embed;
  const shuffled = head.kind === 'upsample' ? { 1: 16, 2: 4, 4: 1 }[head.scale] : 1;
  const outputChannels = (shape('G.output.weight') ?? shape('G.tail.1.weight'))?.[0] ?? 3;
  return {
    inputChannels: embedded / shuffled - (head.kind === 'filled' ? outputChannels : 0),
    outputChannels,
    dim,
    blocks: perLevel((level) => countChildren(names, `G.${level}.`)),
    refinementBlocks: countChildren(names, 'G.refinement.'),
    heads: perLevel((level) => ofFirst(names, `G.${level}.`, '.attn.temperature', shape)?.[0] ?? 1),
    ffnExpansionFactor: readExpansionFactor(names, shape),
    bias: names.some((name) => name.startsWith('G.') && name.endsWith('.qkv.bias')),
    layerNorm: names.some((name) => name.endsWith('.norm1.body.bias')) ? 'WithBias' : 'BiasFree',
    head,
    encoderResidualBlocks: names.filter((name) => isResidualBlock(name, encoder)).length,
  };
}

/** The schedule in a stage-2 state dict; the published default where it stores none. */
export async function readSchedule(stateDict: StateDict): Promise<DiffusionSchedule> {
  const stored = await stateDict.get('diffusion.betas')?.load();
  if (stored === undefined) return linearSchedule();
  const last = stored.length - 1;
  const ends = [stored[0] ?? 0, stored[last] ?? 0].map((beta) => Number(beta.toPrecision(6)));
  const [linearStart = 0, linearEnd = 0] = ends;
  const linear = linearSchedule({ timesteps: stored.length, linearStart, linearEnd });
  // Within float32 rounding it is the linear schedule, exact; anything else is taken as stored.
  const matches = linear.betas.every((beta, t) => Math.abs(beta - (stored[t] ?? 0)) < 1e-6);
  return matches ? linear : scheduleFromBetas([...stored]);
}

const LEVELS = ['encoder_level1', 'encoder_level2', 'encoder_level3', 'latent'] as const;

function perLevel(read: (level: string) => number): PerLevel {
  const [first, second, third, fourth] = LEVELS;
  return [read(first), read(second), read(third), read(fourth)];
}

/** How many different names follow `prefix`: blocks are counted, never trusted to an index. */
function countChildren(names: readonly string[], prefix: string): number {
  const children = names.filter((name) => name.startsWith(prefix));
  return new Set(children.map((name) => name.slice(prefix.length).split('.')[0])).size;
}

type ShapeOf = (name: string) => readonly number[] | undefined;

function ofFirst(names: readonly string[], prefix: string, suffix: string, shape: ShapeOf) {
  const name = names.find((candidate) => candidate.startsWith(prefix) && candidate.endsWith(suffix));
  return name === undefined ? undefined : shape(name);
}

/** Any parameter of a transformer block's attention that the IPR modulates: what makes it DiffIR's. */
function isBlock(name: string): boolean {
  return name.startsWith('G.') && name.endsWith('.attn.kernel.0.weight');
}

function isResidualBlock(name: string, encoder: string): boolean {
  return name.startsWith(`${encoder}.E.`) && name.endsWith('.body.0.weight');
}

function readHead(stateDict: StateDict): Head {
  const embedded = stateDict.get('G.patch_embed.proj.weight')?.shape[1];
  if ([...stateDict.keys()].some((name) => name.startsWith('G.tail.'))) {
    if (embedded === 48) return { kind: 'upsample', scale: 1 };
    if (embedded === 12) return { kind: 'upsample', scale: 2 };
    return { kind: 'upsample', scale: 4 };
  }
  // Three channels where the output is missing: it is then named, instead of the whole file unknown.
  const output = stateDict.get('G.output.weight')?.shape[0] ?? 3;
  if (embedded === output) return { kind: 'residual' };
  // The LQ image with its mask, and the filled image, which has as many channels as the output.
  return { kind: embedded === 2 * output + 1 ? 'filled' : 'direct' };
}

/**
 * The shortest decimal f with ⌊c·f⌋ equal to the hidden width in every GDFN: the published files write
 * f with one or two decimals (2, 1.8, 2.2, 2.66), and the floor loses the rest.
 */
function readExpansionFactor(names: readonly string[], shape: ShapeOf): number {
  const widths = names
    .filter((name) => name.endsWith('.ffn.project_out.weight'))
    .flatMap((name) => {
      const [channels, hidden] = shape(name) ?? [];
      return channels && hidden ? [{ channels, hidden }] : [];
    });
  const low = Math.max(0, ...widths.map(({ channels, hidden }) => hidden / channels));
  const fits = (factor: number) =>
    widths.every(({ channels, hidden }) => Math.floor(channels * factor) === hidden);
  for (let decimals = 0; decimals <= 6; decimals++) {
    const unit = 10 ** decimals;
    const factor = Math.ceil(low * unit) / unit;
    if (fits(factor)) return factor;
  }
  return low;
}
