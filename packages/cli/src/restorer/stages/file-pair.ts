/** Paths of an image and its result, and what messages call them. */
export interface FilePair {
  readonly input: string;
  readonly output: string;
  readonly inputName: string;
  readonly outputName: string;
}
