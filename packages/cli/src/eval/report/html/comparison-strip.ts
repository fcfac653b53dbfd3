import { escapeHtml } from './escape-html';

/** An image of a strip, as a data URI. */
export interface StripImage {
  readonly name: string;
  /** Its scores, ready to print. */
  readonly scores: string;
  readonly uri: string;
}

export interface Strip {
  /** Why this image is shown, and its name. */
  readonly heading: string;
  readonly images: readonly StripImage[];
}

/** Images of one picture side by side, zoomed together. */
export function comparisonStrip({ heading, images }: Strip): string {
  const title = escapeHtml(heading);
  const figures = images.map(({ name, scores, uri }) => {
    const label = escapeHtml(name);
    return `<figure><div class="view"><img src="${uri}" alt="${label}" draggable="false"></div><figcaption><b>${label}</b>${escapeHtml(scores)}</figcaption></figure>`;
  });
  return `<h3>${title}</h3>
<div class="tools"><button type="button" data-action="in" aria-label="zoom in">+</button><button type="button" data-action="out" aria-label="zoom out">−</button><button type="button" data-action="reset" aria-label="whole image">0</button><output aria-live="polite">100 %</output></div>
<div class="strip" tabindex="0" role="group" aria-label="${title}; plus, minus, 0 and arrow keys zoom and move">
${figures.join('\n')}
</div>`;
}
