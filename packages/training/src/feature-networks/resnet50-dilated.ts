import { fanInUniform, type ParameterScope } from '@diffir/core';
import { add, conv2d, maxPool, mul, relu, rsqrt, sub, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs';
import { dilatedConvolution } from './dilated-convolution';
import { type FeatureNetwork, type FeatureNetworkSource, normalizeColours } from './feature-network';

/** A stage of residual blocks. */
interface Stage {
  readonly blocks: number;
  /** Of the first block. */
  readonly stride: 1 | 2;
  /** Of the first block, and of the others. */
  readonly dilations: readonly [number, number];
}

/** ResNet-50 with the strides of its last two stages turned into dilation. */
const STAGES: readonly Stage[] = [
  { blocks: 3, stride: 1, dilations: [1, 1] },
  { blocks: 4, stride: 2, dilations: [1, 1] },
  { blocks: 6, stride: 1, dilations: [1, 2] },
  { blocks: 3, stride: 1, dilations: [2, 4] },
];
/** Output channels of a bottleneck over its inner ones. */
const EXPANSION = 4;

export interface ResNet50Options {
  /** Channels of the first layer and of the first stage's bottlenecks. */
  readonly width?: number;
}

/**
 * The dilated ResNet-50 encoder for scene parsing (CSAIL's ADE20K models) that LaMa's perceptual loss takes its
 * features from (arXiv 2109.07161 §2.2.1): three 3×3 convolutions at the head, outputs of the four stages.
 */
export function resnet50Features(p: ParameterScope, { width = 64 }: ResNet50Options = {}): FeatureNetwork {
  const head = [
    normalizedConv(p, ['conv1', 'bn1'], { inputs: 3, outputs: width, kernel: 3, stride: 2 }),
    normalizedConv(p, ['conv2', 'bn2'], { inputs: width, outputs: width, kernel: 3 }),
    normalizedConv(p, ['conv3', 'bn3'], { inputs: width, outputs: 2 * width, kernel: 3 }),
  ];
  let inputs = 2 * width;
  const stages = STAGES.map(({ blocks, stride, dilations: [first, others] }, stage) => {
    const inner = width * 2 ** stage;
    return Array.from({ length: blocks }, (_, index) => {
      const block = bottleneck(p.scope(`layer${stage + 1}.${index}`), {
        inputs,
        inner,
        stride: index === 0 ? stride : 1,
        dilation: index === 0 ? first : others,
      });
      inputs = EXPANSION * inner;
      return block;
    });
  });
  return {
    features(picture) {
      const stem = head.reduce((x, layer) => relu(layer(x)), normalizeColours(picture));
      const outputs: Tensor4D[] = [];
      let x: Tensor4D = maxPool(stem, 3, 2, 1);
      for (const blocks of stages) {
        x = blocks.reduce((value, block) => block(value), x);
        outputs.push(x);
      }
      return outputs;
    },
  };
}

type Layer = (x: Tensor4D) => Tensor4D;

interface BottleneckSize {
  readonly inputs: number;
  readonly inner: number;
  readonly stride: 1 | 2;
  readonly dilation: number;
}

/** 1×1, 3×3 and 1×1 convolutions, plus the input, which the first block of a stage projects. */
function bottleneck(p: ParameterScope, { inputs, inner, stride, dilation }: BottleneckSize): Layer {
  const outputs = EXPANSION * inner;
  const narrow = normalizedConv(p, ['conv1', 'bn1'], { inputs, outputs: inner, kernel: 1 });
  const spatial = normalizedConv(p, ['conv2', 'bn2'], {
    inputs: inner,
    outputs: inner,
    kernel: 3,
    stride,
    dilation,
  });
  const widen = normalizedConv(p, ['conv3', 'bn3'], { inputs: inner, outputs, kernel: 1 });
  const project =
    stride !== 1 || inputs !== outputs
      ? normalizedConv(p.scope('downsample'), ['0', '1'], { inputs, outputs, kernel: 1, stride })
      : (x: Tensor4D) => x;
  return (x) => {
    const joined: Tensor4D = add(widen(relu(spatial(relu(narrow(x))))), project(x));
    return relu(joined);
  };
}

interface ConvSize {
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: 1 | 3;
  readonly stride?: 1 | 2;
  readonly dilation?: number;
}

const EPSILON = 1e-5;

/** A convolution without bias, then batch normalisation with the statistics of training. */
function normalizedConv(p: ParameterScope, [conv, norm]: readonly [string, string], size: ConvSize): Layer {
  const { inputs, outputs, kernel, stride = 1, dilation = 1 } = size;
  const shape = [outputs, inputs, kernel, kernel];
  const initializer = fanInUniform(inputs * kernel * kernel);
  const filter = p.scope(conv).get('weight', { layout: 'conv', shape, initializer });
  const one = { layout: 'vector', shape: [outputs], initializer: { kind: 'constant', value: 1 } } as const;
  const zero = { layout: 'vector', shape: [outputs], initializer: { kind: 'constant', value: 0 } } as const;
  const scope = p.scope(norm);
  const weight = scope.get('weight', one);
  const bias = scope.get('bias', zero);
  const mean = scope.get('running_mean', zero);
  const variance = scope.get('running_var', one);
  return (x) => {
    const convolved =
      stride === 1 && kernel === 3
        ? dilatedConvolution(x, filter.tensor, dilation)
        : conv2d(x, filter.tensor, stride, (kernel - 1) / 2);
    const scale: Tensor1D = mul(rsqrt(add(variance.tensor, EPSILON)), weight.tensor);
    const centred: Tensor4D = sub(convolved, mean.tensor);
    return add(mul(centred, scale), bias.tensor);
  };
}

/** Where the dilated ResNet-50 comes from. */
export const resnet50Dilated: FeatureNetworkSource = {
  name: 'ResNet-50',
  weights: "CSAIL's encoder for scene parsing (ade20k-resnet50dilated-ppm_deepsup/encoder_epoch_20.pth)",
  build: (scope) => resnet50Features(scope),
};
