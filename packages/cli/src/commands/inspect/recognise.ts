import {
  type ByteSource,
  type ModelBlueprint,
  type ModelDefinition,
  type PretrainedModel,
  pinnedUrl,
} from '@diffir/core';
import { hashSource } from '../../eval/content-hash';

/**
 * The published presets whose network this is. Networks of one kind may share their options, such as
 * super-resolution of clean and of real photos, so there may be several.
 */
export function presetsLike(definitions: readonly ModelDefinition[], blueprint: ModelBlueprint): string[] {
  const { architecture } = blueprint.descriptor;
  const options = JSON.stringify(blueprint.options);
  const { presets = {} } = definitions.find(({ id }) => id === architecture) ?? {};
  return Object.entries(presets)
    .filter(([, preset]) => JSON.stringify(preset.options) === options)
    .map(([name]) => name);
}

/** The pretrained model that a file is, by its content; the file is read only where its size fits. */
export async function pretrainedLike(
  models: readonly PretrainedModel[],
  source: ByteSource,
): Promise<string | undefined> {
  const candidates = models.filter(({ bytes }) => bytes === source.size);
  if (candidates.length === 0) return undefined;
  const found = await hashSource(source);
  return candidates.find(({ url }) => pinnedUrl(url).sha256 === found)?.name;
}
