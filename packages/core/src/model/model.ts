import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { StateDict } from '../checkpoint/state-dict';
import type { ParameterScope } from '../nn/parameter-scope';
import type { PriorEstimator } from '../prior/prior';

/** Plain data, as found in JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What a network is and needs, as the pipeline and the user see it. */
export interface ModelDescriptor {
  /** Id of the model definition that reads it, e.g. `diffir-s2`. */
  readonly architecture: string;
  /** What it is for, in one clause a user understands. */
  readonly purpose: string;
  /** Ids of the tasks it can serve; none for networks that only matter in training. */
  readonly tasks: readonly string[];
  /** Output size over input size. */
  readonly scale: number;
  readonly inputChannels: number;
  readonly outputChannels: number;
  /** Height and width of the input must be multiples of this. */
  readonly sizeMultiple: number;
  /** Bytes of working memory per input pixel, at most; tiles are planned with it. */
  readonly workingBytesPerPixel?: number;
  /** The same on backends that fuse core's ops (`BackendLimits.fusesOps`); where absent, no less. */
  readonly fusedBytesPerPixel?: number;
  /** Whether an image may be cut into tiles that share one prior. */
  readonly tiling: 'shared-prior' | 'independent' | 'none';
}

/** A network with its parameters in place: pure functions of tensors. */
export interface RestorationModel {
  readonly descriptor: ModelDescriptor;
  /** Estimates the prior that steers `restore`; absent for networks without one. */
  readonly prior?: PriorEstimator;
  /** `[N,H,W,Cin]` (and the IPR `[N,256]`) to `[N,H·scale,W·scale,Cout]`; not clamped. */
  restore(input: Tensor4D, prior?: Tensor2D): Tensor4D;
}

/** A network known by its options, before it has parameters. */
export interface ModelBlueprint {
  readonly descriptor: ModelDescriptor;
  /** The options in the published option files' names. */
  readonly options: { readonly [key: string]: Json };
  /** Multiply–accumulates of one image of this input size, prior included. */
  macs(height: number, width: number): number;
  /** Declares the parameters in `scope` and returns the network over them. */
  build(scope: ParameterScope): RestorationModel;
  /**
   * The entries that count for this network, under the names `build` declares: leaves out copies and
   * tables that follow from the rest, finds renamed entries. Default: all of them, unchanged.
   */
  relevantEntries?(stateDict: StateDict): StateDict;
}

/** A shipped or downloadable set of weights with a short name. */
export interface PretrainedModel {
  readonly name: string;
  readonly task: string;
  readonly description: string;
  readonly scale: number;
  /** Where the weights lie. */
  readonly url: URL;
  readonly bytes: number;
  readonly licence: string;
  /** Measured scores, ready to print, e.g. `{ 'deblur-eval PSNR': '28.64 dB' }`. */
  readonly scores: { readonly [name: string]: string };
}

/** A family of networks: how to recognise one in a checkpoint and how to build it. */
export interface ModelDefinition {
  readonly id: string;
  readonly description: string;
  /** Reads the options off a state dict; undefined when it is another architecture's. */
  detect(stateDict: StateDict): Promise<ModelBlueprint | undefined>;
  /** Published configurations by name. */
  readonly presets?: { readonly [name: string]: ModelBlueprint };
  readonly pretrained?: readonly PretrainedModel[];
}
