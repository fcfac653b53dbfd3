import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { ModelDescriptor } from '../model/model';
import type { Degradation } from './degradation';

/** Images as tensors at the task's seam: RGB `[N,H,W,3]` in [0,1]; mask `[N,H,W,1]`, 1 = hole. */
export interface TaskInputs {
  readonly image: Tensor4D;
  readonly mask?: Tensor4D;
}

/** What makes an image problem: its inputs and what surrounds the network. */
export interface TaskDefinition {
  readonly id: string;
  readonly description: string;
  /** Whether a mask of the region to fill comes with the image. */
  readonly mask: 'required' | 'none';
  /** Name of the pretrained model used when none is given; absent where none ships. */
  readonly defaultModel?: string;
  /** Recipes that make training and evaluation examples of good pictures, the usual one first. */
  readonly degradations?: readonly Degradation[];
  /** Undefined if the model serves this task; else the reason it does not, in one clause. */
  rejects(model: ModelDescriptor): string | undefined;
  /** The network's input `[N,H,W,Cin]` from the images. */
  prepare(inputs: TaskInputs): Tensor4D;
  /** The finished picture `[N,H·s,W·s,3]` from the network's output and the original inputs. */
  compose(output: Tensor4D, inputs: TaskInputs): Tensor4D;
}
