export {
  type BackendDefinition,
  BackendUnavailableError,
  CheckpointError,
  createRegistry,
  DiffIRError,
  definePlugin,
  type Image,
  ImageError,
  type ImageSamples,
  type ModelDefinition,
  type ModelDescriptor,
  ModelMismatchError,
  ModelUseError,
  OptionError,
  OutOfMemoryError,
  OutputError,
  type Plugin,
  PluginError,
  type Registry,
  type RestoreProgress,
  type TaskDefinition,
  UnknownIdError,
} from '@diffir/core';
export type { DownloadProgress } from './io/download-file';
export type { OutputFormat } from './io/image-formats';
export { builtinPlugins } from './plugins/builtin-plugins';
export type { DiffIRConfig } from './plugins/config';
export {
  createRestorer,
  type RestoreOptions,
  type Restorer,
  type RestorerOptions,
} from './restorer/create-restorer';
export type { ImageInput } from './restorer/load-image';
export type { RestoredFile, RestoreFileOptions } from './restorer/restore-file';
