export { isAllocationFailure } from './backend/allocation-failure';
export type { BackendDefinition, BackendLimits, BackendProbe, RunningBackend } from './backend/backend';
export { backendRanks } from './backend/backend-ranks';
export type {
  CompiledComputation,
  Computation,
  NamedTensors,
  PlainTensor,
} from './backend/compiled-computation';
export { type ProbedBackend, probeBackends } from './backend/probe-backends';
export { AUTO_BACKEND, type SelectedBackend, selectBackend } from './backend/select-backend';
export { startOnce } from './backend/start-once';
export { findTensorflowBackend, installTensorflowBackend } from './backend/tensorflow-backend';
export { readTensor, withBackend } from './backend/with-backend';
export { blobSource } from './checkpoint/blob-source';
export type { ByteSource } from './checkpoint/byte-source';
export { bytesSource } from './checkpoint/bytes-source';
export type { Checkpoint, CheckpointFormat } from './checkpoint/checkpoint';
export { openCheckpoint } from './checkpoint/open-checkpoint';
export { type PinnedUrl, pinnedUrl } from './checkpoint/pinned-url';
export { writeSafetensors } from './checkpoint/safetensors/write-safetensors';
export type { StateDict, StoredTensor, StoredType } from './checkpoint/state-dict';
export { writePth } from './checkpoint/torch/write-pth';
export { float32ToHalf } from './checkpoint/values/half-float';
export { type ConvertOptions, convertTensors, type TargetType } from './checkpoint/write/convert-tensors';
export type { TensorToWrite, WriteOptions } from './checkpoint/write/tensor-to-write';
export { type PredictStart, reverseProcess } from './diffusion/reverse-process';
export {
  type DiffusionSchedule,
  type LinearScheduleOptions,
  linearSchedule,
  scheduleFromBetas,
} from './diffusion/schedule';
export { BackendUnavailableError } from './errors/backend-unavailable-error';
export { CheckpointError } from './errors/checkpoint-error';
export { DiffIRError, type ErrorDetails } from './errors/diffir-error';
export { ImageError } from './errors/image-error';
export { ModelMismatchError } from './errors/model-mismatch-error';
export { ModelUseError } from './errors/model-use-error';
export { OptionError } from './errors/option-error';
export { OutOfMemoryError } from './errors/out-of-memory-error';
export { OutputError } from './errors/output-error';
export { fromPlainError, type PlainError, toPlainError } from './errors/plain-error';
export { PluginError } from './errors/plugin-error';
export { UnknownIdError } from './errors/unknown-id-error';
export { assertImage } from './image/assert-image';
export type { Image, ImageSamples } from './image/image';
export { type ImageSink, type ImageSource, imageSource } from './image/image-rows';
export type { CreateStore, ImageStore, RowLayout } from './image/image-store';
export { holeFromMask, invertMask, type MaskImage } from './image/mask';
export { allRows } from './image/row-bands';
export { type SampleBits, toUnitRange } from './image/samples';
export { type ConvGeometry, convGeometry } from './kernels/conv-geometry';
export { depthwiseFilterSums } from './kernels/depthwise-filter-sums';
export { inputTensor } from './kernels/kernel-inputs';
export { type KernelSet, registerKernels } from './kernels/register-kernels';
export {
  compareParameters,
  describeDifferences,
  fits,
  type ParameterDifferences,
} from './model/compare-parameters';
export { identifyModel } from './model/identify-model';
export { type CheckpointInspection, inspectCheckpoint } from './model/inspect-checkpoint';
export { type LoadedModel, loadModel, type NamedStateDict } from './model/load-model';
export type {
  Json,
  ModelBlueprint,
  ModelDefinition,
  ModelDescriptor,
  PretrainedModel,
  RestorationModel,
} from './model/model';
export { type VerificationErrors, verifyModel } from './model/verify-model';
export { conv3x3 } from './nn/conv3x3';
export { type DepthwiseLayer, type DepthwiseSize, depthwise3x3 } from './nn/depthwise3x3';
export { fanInUniform, type Initializer } from './nn/initializer';
export type { LayerSize, PixelLayer } from './nn/layer';
export type { ParameterLayout } from './nn/layout';
export { linear, type VectorLayer } from './nn/linear';
export { mapTuple, type SameLength, zipTuples } from './nn/map-tuple';
export type {
  LayoutTensors,
  Parameter,
  ParameterDeclaration,
  ParameterScope,
  Partition,
} from './nn/parameter-scope';
export {
  createParameters,
  type ExportOptions,
  type Parameters,
  type ParametersOptions,
  type PublishedValues,
} from './nn/parameters';
export { type PointwiseLayer, pointwise, pointwiseByInputs, pointwiseByOutputs } from './nn/pointwise';
export {
  type ChannelAttentionInputs,
  type ChannelAttentionParameters,
  channelAttention,
} from './ops/channel-attention';
export { type DepthwiseConvParameters, depthwiseConv } from './ops/depthwise-conv';
export { type DynamicAttentionParameters, dynamicAttention } from './ops/dynamic-attention';
export type { DynamicBranchParameters } from './ops/dynamic-branch';
export { type DynamicFeedForwardParameters, dynamicFeedForward } from './ops/dynamic-feed-forward';
export { fillHole } from './ops/fill-hole';
export { gatedGelu } from './ops/gated-gelu';
export { kernelNames } from './ops/kernel-names';
export { type LayerNormParameters, layerNorm } from './ops/layer-norm';
export { leakyRelu } from './ops/leaky-relu';
export { type Modulation, modulate } from './ops/modulate';
export type { ModulatedNormParameters } from './ops/modulated-norm';
export { modulatedPointwiseConv } from './ops/modulated-pointwise-conv';
export { nearestUpsample } from './ops/nearest-upsample';
export { type LayerNormKind, normalizeChannels } from './ops/normalize-channels';
export { padToSize, type Size } from './ops/pad-to-size';
export { pixelShuffle } from './ops/pixel-shuffle';
export { pixelUnshuffle } from './ops/pixel-unshuffle';
export { type PointwiseConvParameters, pointwiseConv } from './ops/pointwise-conv';
export { type OpCall, runOp } from './ops/run-op';
export { definePlugin, type Plugin } from './plugin/plugin';
export { createRegistry, type Registry, withPlugin } from './plugin/registry';
export { diffuse, estimatePrior, type PriorEstimate } from './prior/estimate-prior';
export type { PiecewiseEncoder, PriorDenoiser, PriorEncoder, PriorEstimator } from './prior/prior';
export { createRandomSource, type RandomSource } from './random/random-source';
export { standardNormal } from './random/standard-normal';
export { blendWeights } from './restore/blend-weights';
export type { CompileListener } from './restore/compile-watch';
export { createRestorer, type Host, type Restorer, type RestorerOptions } from './restore/create-restorer';
export type { PixelSize, Region } from './restore/image-region';
export type { NetworkRequest, RegionValues, RequestSetup } from './restore/network-request';
export { createLocalRunner, type NetworkRunner } from './restore/network-runner';
export { cropToSize, padToMultiple } from './restore/padding';
export { priorNoise } from './restore/prior-noise';
export { type ModelChoice, resolveModel } from './restore/resolve-model';
export { type Grid, type RestoreGridOptions, restoreGrid } from './restore/restore-grid';
export {
  type RestorationSetup,
  type RestoreOptions,
  type RestoreProgress,
  type RowsToRestore,
  restoreImage,
} from './restore/restore-image';
export type { PictureWork, RunnerChooser, RunnerSetup } from './restore/runner-chooser';
export {
  createRunnerPool,
  type RunnerPool,
  type RunnerPoolOptions,
  type RunnerThread,
} from './restore/runner-pool';
export { planSpans, type Span, type SpanOptions } from './restore/tile-plan';
export type {
  BlurKernel,
  Degradation,
  DegradationContext,
  DegradedImage,
  JpegCodec,
} from './task/degradation';
export { type ServingTaskOptions, servingTask } from './task/serving-task';
export type { TaskDefinition, TaskInputs } from './task/task';
