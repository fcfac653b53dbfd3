import type { MeasuredScore } from './zoo-model';

interface SuperResolutionScore extends Omit<MeasuredScore, 'command'> {
  /** The test images' folder below the one with all of them. */
  readonly folder: string;
}

/** Scores of a ×4 model on images that a recipe degrades, by the protocol of the paper's tables, and LPIPS. */
export function superResolutionScores(
  { model, task, recipe }: { readonly model: string; readonly task: string; readonly recipe: string },
  scores: readonly SuperResolutionScore[],
): readonly MeasuredScore[] {
  return scores.map(({ folder, ...score }) => ({
    ...score,
    command:
      `diffir eval --gt <data>/${folder} --task ${task} --degrade ${recipe} --scale 4 --model ${model} ` +
      '--protocol paper-sr --metrics psnr,ssim,lpips --metric-weights <data>/metrics',
  }));
}
