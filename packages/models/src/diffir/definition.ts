import type { ModelDefinition, StateDict } from '@diffir/core';
import { pretrained } from '../pretrained';
import { stage1Blueprint, stage2Blueprint } from './blueprint';
import { stage2Presets } from './presets';
import { readOptions, readSchedule } from './read-options';
import { stage2Entries } from './state-dict-entries';

/** DiffIR_S2: the networks that restore. */
export const diffIRS2Definition: ModelDefinition = {
  id: 'diffir-s2',
  description: 'DiffIR, stage 2: diffusion prior and dynamic transformer (ICCV 2023)',
  async detect(stateDict) {
    const entries = stage2Entries(stateDict);
    const options = readOptions(entries, 'condition');
    if (options === undefined || !hasPrefix(entries, 'condition.')) return undefined;
    const denoiserLayers = [...entries.keys()].filter(isDenoiserLayer).length;
    return stage2Blueprint({ ...options, denoiserLayers, schedule: await readSchedule(stateDict) });
  },
  presets: Object.fromEntries(
    Object.entries(stage2Presets).map(([name, options]) => [name, stage2Blueprint(options)]),
  ),
  pretrained,
};

/** DiffIR_S1: the networks of the first training stage, recognised so that they are never mistaken. */
export const diffIRS1Definition: ModelDefinition = {
  id: 'diffir-s1',
  description: 'DiffIR, stage 1: the prior comes from the ground truth (training only)',
  async detect(stateDict) {
    const options = readOptions(stateDict, 'E');
    if (options === undefined || !hasPrefix(stateDict, 'E.')) return undefined;
    return stage1Blueprint(options);
  },
};

function hasPrefix(stateDict: StateDict, prefix: string): boolean {
  return [...stateDict.keys()].some((name) => name.startsWith(prefix));
}

function isDenoiserLayer(name: string): boolean {
  return /^denoise\.resmlp\.\d+\.resmlp\.0\.weight$/.test(name);
}
