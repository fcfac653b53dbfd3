import type { Rename } from './merge-weights';

/** Of the files around a backbone: classifiers, and buffers that are written into the metrics. */
const unused = [/^classifier\./, /^lins\./, /^scaling_layer\./, /^mean$/, /^std$/, /^stage\d\.\d+\.filter$/];

/**
 * Names of backbones and what is trained on top, as torchvision, LPIPS and DISTS publish them:
 * `features.3.weight` is also `net.slice2.3.weight` in LPIPS and `stage2.5.weight` in DISTS, both of which
 * keep torchvision's index; `lin0.weight` is `lin0.model.1.weight` in LPIPS.
 */
export const featureNames: Rename = (stored) => {
  if (unused.some((pattern) => pattern.test(stored))) return undefined;
  return stored
    .replace(/^(?:net\.slice\d+|stage\d+)\.(?=\d+\.)/, 'features.')
    .replace(/^(lin\d+)\.model\.1\./, '$1.');
};
