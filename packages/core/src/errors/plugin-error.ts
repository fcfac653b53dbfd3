import { DiffIRError } from './diffir-error';

/** A plugin cannot be loaded or installed. */
export class PluginError extends DiffIRError {
  static override readonly errorName: string = 'PluginError';
}
