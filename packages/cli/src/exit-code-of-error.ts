import {
  BackendUnavailableError,
  CheckpointError,
  ModelMismatchError,
  ModelUseError,
  OptionError,
  PluginError,
  UnknownIdError,
} from '@diffir/core';
import { type ExitCode, exitCodes } from './exit-code';

/** The exit code for an error that ends the command; errors of single inputs do not. */
export function exitCodeOfError(error: unknown): ExitCode {
  if (UnknownIdError.isInstance(error)) {
    return error.kind === 'model' ? exitCodes.unusableModel : exitCodes.usage;
  }
  if (OptionError.isInstance(error)) return exitCodes.usage;
  if (BackendUnavailableError.isInstance(error)) return exitCodes.noBackend;
  const unusable = [CheckpointError, ModelMismatchError, ModelUseError, PluginError];
  return unusable.some((kind) => kind.isInstance(error)) ? exitCodes.unusableModel : exitCodes.failed;
}
