import type { PretrainedModel } from '@diffir/core';
import type { ShippedFile, ZooModel } from './zoo-model';

/**
 * A model of the zoo as the plugin system knows it. Its address carries the checksum of the content
 * (`#sha256=…`), which downloads are checked against and files are recognised by.
 * @param shipped where the files of this package lie
 */
export function zooPretrained(
  { location, bytes, sha256, licence, scores, ...model }: ZooModel,
  shipped: Readonly<Record<ShippedFile, URL>>,
): PretrainedModel {
  const { name, task, description, scale } = model;
  const url = new URL('file' in location ? shipped[location.file] : location.url);
  url.hash = `sha256=${sha256}`;
  return { name, task, description, scale, url, bytes, licence, scores: printed(scores) };
}

function printed(scores: ZooModel['scores']): PretrainedModel['scores'] {
  const entries = scores.flatMap(({ set, scores: values, input }) =>
    Object.entries(values).map(([metric, value]) => {
      const before = input[metric];
      return [`${metric}, ${set}`, before === undefined ? value : `${value}, input ${before}`];
    }),
  );
  return Object.fromEntries(entries);
}
