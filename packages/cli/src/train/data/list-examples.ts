import { OptionError } from '@diffir/core';
import { pairByName } from '@diffir/training';
import { findInputs, type InputFile } from '../../io/find-inputs';

/** The files of one example. */
export interface ExampleFiles {
  /** What errors and reports call it. */
  readonly name: string;
  /** Absolute paths. */
  readonly gt: string;
  readonly lq?: string;
}

/** Which pictures a configuration wants. */
export interface PictureSettings {
  readonly gt: string | readonly string[];
  readonly lq?: string | readonly string[] | undefined;
  readonly recursive: boolean;
}

/** How many mismatches one message names. */
const SHOWN = 20;

/**
 * The pictures in folders, paired by name where there is an LQ folder.
 * @param setting what errors call the settings
 * @throws OptionError that lists what cannot be read or paired
 */
export async function listExamples(
  { gt, lq, recursive }: PictureSettings,
  setting: string,
  folder: string,
): Promise<ExampleFiles[]> {
  const good = await filesOf(gt, `${setting}.gt`, { cwd: folder, recursive });
  if (lq === undefined) return good.map(({ path, name }) => ({ name, gt: path }));
  const low = await filesOf(lq, `${setting}.lq`, { cwd: folder, recursive });
  const { pairs, mismatches } = pairByName(low, good);
  if (mismatches.length > 0) {
    const rest = mismatches.length > SHOWN ? [`and ${mismatches.length - SHOWN} more`] : [];
    throw new OptionError({
      subject: setting,
      problem: `${mismatches.length} pictures have no partner: ${[...mismatches.slice(0, SHOWN), ...rest].join(' · ')}`,
      remedy: 'give both pictures of a pair the same name',
    });
  }
  return pairs.map((pair) => ({ name: pair.lq.name, gt: pair.gt.path, lq: pair.lq.path }));
}

async function filesOf(
  names: string | readonly string[],
  setting: string,
  options: { readonly cwd: string; readonly recursive: boolean },
): Promise<readonly InputFile[]> {
  const { files, failures } = await findInputs([names].flat(), options);
  const [failure] = failures;
  if (failure === undefined) return files;
  throw failure.error instanceof Error
    ? new OptionError({ subject: setting, problem: failure.error.message, cause: failure.error })
    : failure.error;
}
