import {
  BackendUnavailableError,
  CheckpointError,
  DiffIRError,
  ImageError,
  ModelMismatchError,
  ModelUseError,
  OutOfMemoryError,
  UnknownIdError,
} from '@diffir/web';

/** What the page says of an error. */
export interface ErrorWords {
  /** What happened, in words for somebody who wants a photo restored. */
  readonly title: string;
  /** What exactly is wrong, a sentence. */
  readonly detail: string;
  /** What to do about it, a sentence. */
  readonly remedy?: string;
}

const titles = [
  { Kind: CheckpointError, title: 'This model file can’t be read' },
  { Kind: ModelMismatchError, title: 'This file is not a model the page knows' },
  { Kind: ModelUseError, title: 'The model doesn’t fit what you want to do' },
  { Kind: ImageError, title: 'This picture can’t be used' },
  { Kind: OutOfMemoryError, title: 'There isn’t enough memory' },
  { Kind: BackendUnavailableError, title: 'This browser can’t compute that way' },
  { Kind: UnknownIdError, title: 'Something chosen here doesn’t exist' },
] as const;

/** What to do where the error itself gives no advice. */
const remedies = [
  { Kind: OutOfMemoryError, remedy: 'Close other tabs or take a smaller photo.' },
  { Kind: BackendUnavailableError, remedy: 'Choose “Automatic” under “Compute with”.' },
] as const;

/** Puts an error into plain words. What nobody foresaw is called that, with what it says of itself. */
export function errorWords(error: unknown): ErrorWords {
  if (!DiffIRError.isInstance(error)) {
    const detail = error instanceof Error ? error.message : String(error);
    return { title: 'Something unexpected went wrong', detail: sentence(detail), remedy: 'Try again.' };
  }
  const { subject, problem, remedy } = error.details;
  const title = titles.find(({ Kind }) => Kind.isInstance(error))?.title ?? 'That didn’t work';
  const advice = remedy ?? remedies.find(({ Kind }) => Kind.isInstance(error))?.remedy;
  return {
    title,
    detail: sentence(subject === undefined ? problem : `${subject}: ${problem}`),
    ...(advice !== undefined && { remedy: sentence(advice) }),
  };
}

/** A clause as a sentence. The name of a file at its beginning keeps its letters. */
function sentence(clause: string): string {
  const [first = '', ...rest] = clause.trim();
  const capital = /^\S*[.:/\d]/.test(clause) ? first : first.toUpperCase();
  const text = capital + rest.join('');
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
