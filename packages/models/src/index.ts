export {
  type CostModel,
  type CPENOptions,
  cpenS1,
  cpenS2,
  type GroundTruthEncoder,
  IPR_SIZE,
} from './cpen/cpen';
export { type DenoiserOptions, denoiser } from './denoiser/denoiser';
export { stage1Blueprint, stage2Blueprint } from './diffir/blueprint';
export { diffIRS1Definition, diffIRS2Definition } from './diffir/definition';
export type { DiffIROptions, DiffIRStage2Options } from './diffir/options';
export { stage2Presets } from './diffir/presets';
export { type DiffIRS1, diffIRS1 } from './diffir/stage1';
export { type DiffIRS2, diffIRS2 } from './diffir/stage2';
export { type DIRformer, dirformer } from './dirformer/dirformer';
export type { ShuffleFactor } from './dirformer/lq-shuffle';
export type { DIRformerOptions, Head, PerLevel } from './dirformer/options';
export type { Discriminator, Judgement } from './discriminators/discriminator';
export { type PatchDiscriminatorOptions, patchDiscriminator } from './discriminators/patch-discriminator';
export { type UNetDiscriminatorOptions, unetDiscriminator } from './discriminators/unet-discriminator';
export { modelsPlugin } from './plugin';
export { publishedCheckpoints, zooModels } from './zoo/manifest';
export type { MeasuredScore, PaperScore, PublishedCheckpoint, ZooModel } from './zoo/zoo-model';
