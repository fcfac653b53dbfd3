import { BackendUnavailableError } from '../errors/backend-unavailable-error';
import { UnknownIdError } from '../errors/unknown-id-error';
import type { BackendDefinition, RunningBackend } from './backend';

/** The choice that leaves the decision to `selectBackend`. */
export const AUTO_BACKEND = 'auto';

/** A started backend and one line for the user on why it was taken. */
export interface SelectedBackend {
  readonly backend: RunningBackend;
  readonly reason: string;
}

/**
 * Starts the backend of an id, or with `auto` the highest-ranked one that is available and does not
 * emulate a GPU on the CPU. `auto` moves on to the next backend only on "not available" (a probe that
 * says so, or a BackendUnavailableError); it does not look at backends below the one it takes.
 * @throws UnknownIdError for an id that none of `backends` has.
 * @throws BackendUnavailableError when the backend asked for, or with `auto` every one, cannot run here.
 */
export async function selectBackend(
  backends: readonly BackendDefinition[],
  choice: string,
): Promise<SelectedBackend> {
  return choice === AUTO_BACKEND ? selectBest(backends) : selectById(backends, choice);
}

async function selectById(backends: readonly BackendDefinition[], id: string): Promise<SelectedBackend> {
  const definition = backends.find((backend) => backend.id === id);
  if (definition === undefined) {
    throw new UnknownIdError('backend', id, [AUTO_BACKEND, ...backends.map((backend) => backend.id)]);
  }
  const backend = await definition.start();
  const warning = backend.software ? '; emulates a GPU on the CPU, which is slow' : '';
  return { backend, reason: `${describe(backend)}: as asked${warning}` };
}

async function selectBest(backends: readonly BackendDefinition[]): Promise<SelectedBackend> {
  const passedOver: string[] = [];
  for (const definition of [...backends].sort((a, b) => b.rank - a.rank)) {
    const outcome = await startIfSuitable(definition);
    if (typeof outcome !== 'string') {
      return { backend: outcome, reason: [`${describe(outcome)}: best available`, ...passedOver].join('; ') };
    }
    passedOver.push(`not ${definition.id}: ${outcome}`);
  }
  throw new BackendUnavailableError({
    subject: 'backend',
    problem: ['none can run here', ...passedOver].join('; '),
    remedy: 'add the cpu backend, which runs anywhere',
  });
}

/** The running backend, or the reason it was not started. */
async function startIfSuitable(definition: BackendDefinition): Promise<RunningBackend | string> {
  try {
    const probe = await definition.probe();
    if (!probe.available) return probe.reason;
    if (probe.software) return `${probe.device} emulates a GPU on the CPU`;
    return await definition.start();
  } catch (error) {
    if (BackendUnavailableError.isInstance(error)) return error.details.problem;
    throw error;
  }
}

function describe(backend: RunningBackend): string {
  return `${backend.id} (${backend.device})`;
}
