import { BackendUnavailableError } from './backend-unavailable-error';
import { CheckpointError } from './checkpoint-error';
import { DiffIRError, type ErrorDetails } from './diffir-error';
import { ImageError } from './image-error';
import { ModelMismatchError } from './model-mismatch-error';
import { ModelUseError } from './model-use-error';
import { OptionError } from './option-error';
import { OutOfMemoryError } from './out-of-memory-error';
import { OutputError } from './output-error';
import { PluginError } from './plugin-error';
import { UnknownIdError } from './unknown-id-error';

/** An error as plain data, to be sent to another thread. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: PlainError;
  /** What a DiffIRError says, apart from its cause. */
  readonly details?: Omit<ErrorDetails, 'cause'>;
  /** What an UnknownIdError knows beside. */
  readonly unknownId?: { readonly kind: string; readonly known: readonly string[] };
}

const kinds = [
  BackendUnavailableError,
  CheckpointError,
  ImageError,
  ModelMismatchError,
  ModelUseError,
  OptionError,
  OutOfMemoryError,
  OutputError,
  PluginError,
];

/** Anything thrown, as plain data. */
export function toPlainError(error: unknown): PlainError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, stack, cause } = error;
  return {
    name,
    message,
    ...(stack !== undefined && { stack }),
    ...(cause !== undefined && { cause: toPlainError(cause) }),
    ...(DiffIRError.isInstance(error) && { details: withoutCause(error.details) }),
    ...(UnknownIdError.isInstance(error) && { unknownId: { kind: error.kind, known: error.known } }),
  };
}

/** The error again: of the class it had where that is one of DiffIR's, with the stack of where it was thrown. */
export function fromPlainError(plain: PlainError): Error {
  const error = rebuild(plain);
  return Object.assign(error, { name: plain.name, ...(plain.stack !== undefined && { stack: plain.stack }) });
}

function rebuild({ name, message, cause, details, unknownId }: PlainError): Error {
  const origin = cause && { cause: fromPlainError(cause) };
  if (details === undefined) return new Error(message, origin);
  if (unknownId !== undefined) {
    return new UnknownIdError(unknownId.kind, details.subject ?? '', unknownId.known);
  }
  // A class of someone else's is recognised by its name, see `isInstance`.
  const Kind = kinds.find(({ errorName }) => errorName === name) ?? DiffIRError;
  return new Kind({ ...details, ...origin });
}

function withoutCause({ cause: _, ...details }: ErrorDetails): Omit<ErrorDetails, 'cause'> {
  return details;
}
