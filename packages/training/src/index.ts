export { type CheckedConfig, checkTrainingConfig, configError } from './config/check-config';
export type { LossesConfig } from './config/losses-config';
export { patchMultiple, type RunSetup, setupProblems, toRunSetup } from './config/run-setup';
export type { TrainingConfig } from './config/training-config';
export { type BatchMaker, createBatchMaker } from './data/batch-maker';
export { drawSeed } from './data/draw-seed';
export { pairByName } from './data/pair-by-name';
export { type PlainBatch, toPlainBatch } from './data/plain-batch';
export { toRgb } from './data/to-rgb';
export {
  type FeatureNetwork,
  type FeatureNetworkSource,
  type LoadedFeatureNetwork,
  loadFeatureNetwork,
} from './feature-networks/feature-network';
export { resnet50Dilated } from './feature-networks/resnet50-dilated';
export { vgg19 } from './feature-networks/vgg19';
export { averageGradients, type WeightedGradients } from './gradients/average-gradients';
export { clipGradients, gradientNorm } from './gradients/clip-gradients';
export { computeGradients, type GradientResult, type NamedValues } from './gradients/compute-gradients';
export type { Losses, Objective } from './gradients/objective';
export { type AdversarialLossOptions, adversarialLoss } from './losses/adversarial-loss';
export { featureMatchingLoss } from './losses/feature-matching-loss';
export { holeOf } from './losses/hole';
export type { ImageLoss, ImageLossInputs } from './losses/image-loss';
export { type DistanceNetwork, type LpipsLossOptions, lpipsLoss } from './losses/lpips-loss';
export { meanAbsoluteError } from './losses/mean-absolute-error';
export { type PerceptualLossOptions, perceptualLoss } from './losses/perceptual-loss';
export type { PictureJudge } from './losses/picture-judge';
export { type PixelLossOptions, type PixelRegion, pixelLoss } from './losses/pixel-loss';
export { priorDivergence } from './losses/prior-divergence';
export {
  type ReceptivePerceptualLossOptions,
  receptivePerceptualLoss,
} from './losses/receptive-perceptual-loss';
export { type AdamOptions, type AdamState, adamStep, createAdamState, type RateOf } from './optimiser/adam';
export {
  type CosineOptions,
  constantRate,
  cosineRate,
  type MultiStepOptions,
  multiStepRate,
  type ParameterGroup,
  type ParameterRates,
  type PeriodicStepOptions,
  parameterRates,
  periodicStepRate,
  type Schedule,
  warmUp,
} from './optimiser/learning-rate';
export {
  constantDecay,
  copyValues,
  type Decay,
  rampedDecay,
  updateAverage,
} from './optimiser/moving-average';
export { renderReport } from './report/render-report';
export type { RunLogRecord, TrainingRecord } from './report/run-records';
export { encodeEvent, type TensorboardEvent } from './report/tensorboard-event';
export type { Adversary, AdversaryStep } from './run/adversary';
export { createDeviceStepper, type DeviceStepperOptions } from './run/device-stepper';
export { type Divergence, DivergenceError, type NonFinite } from './run/divergence';
export type { GradientEngine, GradientRequest, RestoredBatch, RestoreRequest } from './run/gradient-engine';
export { createHostStepper, type HostStepperOptions } from './run/host-stepper';
export { createLocalEngine } from './run/local-engine';
export { modelTensors } from './run/model-tensors';
export { runTraining, type TrainingEvents } from './run/run-training';
export {
  buildStage,
  type LoadedLossNetworks,
  type StageNetworks,
  type TrainingPhase,
} from './run/stage-networks';
export type { Stepper, StepRequest } from './run/stepper';
export { type PhasePlan, phaseAt } from './run/training-phases';
export {
  type DiscriminatorOptions,
  discriminatorObjective,
  type JudgedPictures,
} from './stages/discriminator-objective';
export { type Stage1Options, stage1Objective } from './stages/stage1-objective';
export {
  isPriorParameter,
  type Stage2Options,
  type Stage2Phase,
  stage2Objective,
} from './stages/stage2-objective';
export { startStage2 } from './stages/stage2-start';
export type { DiffusionBatch, TrainingBatch } from './stages/training-batch';
export {
  type BatchPart,
  createTrainer,
  type Trainer,
  type TrainerOptions,
} from './trainer/trainer';
export {
  type DiscriminatorState,
  stateFromTensors,
  stateToTensors,
  type TrainerState,
  valueTensors,
} from './trainer/trainer-state';
export {
  createUpdater,
  freshState,
  type StepReport,
  type UpdateOptions,
  type Updater,
} from './trainer/updater';
