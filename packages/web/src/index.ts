export type { Image, ImageSamples, ModelDescriptor, Plugin, RestoreProgress } from '@diffir/core';
export {
  BackendUnavailableError,
  CheckpointError,
  DiffIRError,
  ImageError,
  ModelMismatchError,
  ModelUseError,
  OptionError,
  OutOfMemoryError,
  OutputError,
  PluginError,
  UnknownIdError,
} from '@diffir/core/errors';
export { type BlobOptions, toBlob } from './image/to-blob';
export { toImageData } from './image/to-image-data';
export { listModels, type ModelSummary } from './list-models';
export { createRestorer } from './restorer/create-restorer';
export type {
  BackendSummary,
  DownloadProgress,
  ImageInput,
  MemoryUse,
  ModelURL,
  RestoreOptions,
  Restorer,
  RestorerFacts,
  RestorerOptions,
  TaskSummary,
} from './restorer/options';
