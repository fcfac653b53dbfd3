/** What the page has to go on. */
export interface Ready {
  readonly photo: boolean;
  readonly model: boolean;
  /** Undefined where no mask is needed. */
  readonly mask: boolean | undefined;
}

/** What the visitor still has to do before anything can be restored; undefined once nothing is missing. */
export function missingStep({ photo, model, mask }: Ready): string | undefined {
  if (!photo) return 'Choose a photo first.';
  if (!model) return 'Choose a model first.';
  return mask === false ? 'Paint over what is to be replaced first.' : undefined;
}
