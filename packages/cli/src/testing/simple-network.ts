import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeSafetensors } from '@diffir/core';

/** Networks that use no weights, as the JavaScript of a function from tensor to tensor. */
const networks = {
  identity: { scale: 1, task: 'deblur', code: '(input) => input.clone()' },
  /** Fills the hole with the mean of 5×5 pixels around. */
  fill: {
    scale: 1,
    task: 'inpaint',
    code: "(input) => input.slice([0, 0, 0, 0], [-1, -1, -1, 3]).avgPool([5, 5], 1, 'same')",
  },
  /** The mean of 5×5 pixels: every pixel sees its surroundings. */
  blur: { scale: 1, task: 'deblur', code: "(input) => input.avgPool([5, 5], 1, 'same')" },
  double: {
    scale: 2,
    task: 'sr',
    code: '(input) => input.resizeNearestNeighbor([2 * input.shape[1], 2 * input.shape[2]])',
  },
  /** Must not be run. */
  failing: { scale: 1, task: 'deblur', code: "() => { throw new Error('it ran') }" },
} as const;

/**
 * Writes a network that costs nothing into a folder, as a plugin and a checkpoint.
 * @returns the arguments by which `diffir restore`, run in that folder, uses it
 */
export async function simpleNetwork(name: keyof typeof networks, folder: string): Promise<string[]> {
  const { scale, task, code } = networks[name];
  const descriptor = {
    architecture: name,
    purpose: 'tests',
    tasks: [task],
    scale,
    inputChannels: task === 'inpaint' ? 4 : 3,
    outputChannels: 3,
    sizeMultiple: 1,
    tiling: 'independent',
  };
  await writeFile(
    join(folder, `${name}.plugin.mjs`),
    `const descriptor = ${JSON.stringify(descriptor)};
const build = () => ({ descriptor, restore: ${code} });
const blueprint = { descriptor, options: {}, macs: () => 0, build, relevantEntries: () => new Map() };
const detect = async (stateDict) => (stateDict.has('${name}') ? blueprint : undefined);
export const plugin = { name: '${name}', models: [{ id: '${name}', description: 'tests', detect }] };
`,
  );
  const marker = { name, dtype: 'u8', shape: [1], bytes: async () => new Uint8Array(1) } as const;
  await writeFile(join(folder, `${name}.safetensors`), writeSafetensors([marker]));
  const model = ['--plugin', `./${name}.plugin.mjs`, '--model', `${name}.safetensors`];
  return [...model, '--task', task, '--backend', 'cpu', '-q'];
}
