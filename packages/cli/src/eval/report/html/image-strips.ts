import type { Image } from '@diffir/core';
import { fromPixels } from '../../../io/raw-pixels';
import { chooseImages } from '../choose-images';
import { type EvaluationReport, imageColumns, labelledValue } from '../evaluation-report';
import type { Strip, StripImage } from './comparison-strip';

/** Where the images of strips come from. */
export interface StripSources {
  /** What a contestant made of a pair; undefined where it is not there any more. */
  restored(contestant: string, pair: string): Promise<Image | undefined>;
  /** The ground truth of a pair, as large as what was made of it. */
  reference(pair: string): Promise<Image>;
}

/** The best, median and worst image: what each contestant made of it, and the ground truth. */
export async function imageStrips(
  report: EvaluationReport,
  sources: StripSources,
): Promise<readonly Strip[]> {
  const columns = imageColumns(report);
  const strips: Strip[] = [];
  for (const { role, image } of chooseImages(report)) {
    const images: StripImage[] = [];
    for (const [index, { name }] of report.contestants.entries()) {
      const restored = await sources.restored(name, image.name);
      if (restored === undefined) continue;
      const scores = columns.map((column, at) => {
        return labelledValue(image.values[index]?.[at] ?? Number.NaN, column);
      });
      images.push({ name, scores: scores.join(' · '), uri: await dataUri(restored) });
    }
    const reference = await sources.reference(image.name);
    images.push({ name: 'ground truth', scores: '', uri: await dataUri(reference) });
    strips.push({ heading: `${role}: ${image.name}`, images });
  }
  return strips;
}

/**
 * Lossless, so that what is compared is what was measured; WebP takes two thirds of what PNG does. More effort
 * would take several times as long, for files a few hundredths smaller.
 */
async function dataUri(image: Image): Promise<string> {
  const file = await fromPixels(image).webp({ lossless: true, effort: 1 }).toBuffer();
  return `data:image/webp;base64,${file.toString('base64')}`;
}
