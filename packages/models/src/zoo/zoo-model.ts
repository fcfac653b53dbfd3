/** A score that was measured here, with the command that measures it again. */
export interface MeasuredScore {
  /** Which images, and what was done to them. */
  readonly set: string;
  readonly images: number;
  /** Mean over the images, ready to print: metric, value and unit. */
  readonly scores: Readonly<Record<string, string>>;
  /** The same of the low-quality images themselves. */
  readonly input: Readonly<Record<string, string>>;
  /** `<data>` stands for the folder with the test images. */
  readonly command: string;
}

/** A weight file that can be used by its name; plain data. */
export interface ZooModel {
  readonly name: string;
  readonly task: string;
  readonly scale: number;
  readonly description: string;
  /** A file in this package's `weights` folder, or an address to download it from. */
  readonly location: { readonly file: ShippedFile } | { readonly url: string };
  readonly bytes: number;
  readonly sha256: string;
  readonly licence: string;
  readonly trainingData: string;
  readonly scores: readonly MeasuredScore[];
}

/** Files in the `weights` folder. */
export type ShippedFile =
  | 'deblur-small.safetensors'
  | 'sr-x4-small.safetensors'
  | 'real-sr-x4-small.safetensors'
  | 'inpaint-small.safetensors';

/** A table's row in the DiffIR paper (Xia et al., ICCV 2023). */
export interface PaperScore {
  readonly set: string;
  readonly scores: Readonly<Record<string, string>>;
  /** The protocol of `diffir eval` that measures it. */
  readonly protocol: string;
}

/** A checkpoint of the paper's authors, which users fetch by hand; plain data. */
export interface PublishedCheckpoint {
  /** The preset it has the options of, by which it is recognised. */
  readonly preset: string;
  readonly task: string;
  readonly scale: number;
  readonly title: string;
  /** Where its authors publish it. */
  readonly published: string;
  readonly licence: string;
  readonly trainingData: string;
  /** What the paper says of it; measured by its authors, not here. */
  readonly paper: readonly PaperScore[];
}
