/** A low-quality picture and what it should become, by the names of their files. */
interface NamedPair<File> {
  readonly name: string;
  readonly lq: File;
  readonly gt: File;
}

/** What became of pairing two folders. */
export interface Pairing<File> {
  readonly pairs: readonly NamedPair<File>[];
  /** Why the rest is in no pair, one clause each, each naming its file. */
  readonly mismatches: readonly string[];
}

/** A file in a folder: its place there, below subfolders where there are any. */
export interface PlacedFile {
  readonly place: string;
}

/**
 * Pairs the files of an LQ and a GT folder that have the same name, whatever their formats; ordered by
 * name. Nothing is paired by its position.
 */
export function pairByName<File extends PlacedFile>(lq: readonly File[], gt: readonly File[]): Pairing<File> {
  const [lqByName, gtByName] = [byName(lq), byName(gt)];
  const names = [...new Set([...lqByName.keys(), ...gtByName.keys()])].sort();
  const pairs: NamedPair<File>[] = [];
  const mismatches: string[] = [];
  for (const name of names) {
    const [low = [], good = []] = [lqByName.get(name), gtByName.get(name)];
    const [lqFile, gtFile] = [low[0], good[0]];
    if (low.length > 1 || good.length > 1) {
      const several = [...low, ...good].map(({ place }) => place).join(', ');
      mismatches.push(`${name}: several files have this name (${several})`);
    } else if (lqFile !== undefined && gtFile !== undefined) {
      pairs.push({ name, lq: lqFile, gt: gtFile });
    } else {
      mismatches.push(
        lqFile === undefined ? `${gtFile?.place} has no LQ picture` : `${lqFile.place} has no GT picture`,
      );
    }
  }
  return { pairs, mismatches };
}

function byName<File extends PlacedFile>(files: readonly File[]): Map<string, File[]> {
  const found = new Map<string, File[]>();
  for (const file of files) {
    const name = file.place.replaceAll('\\', '/').replace(/\.[^./]*$/, '');
    found.set(name, [...(found.get(name) ?? []), file]);
  }
  return found;
}
