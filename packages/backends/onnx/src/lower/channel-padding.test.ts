import { describe, expect, it } from 'vitest';
import type { TracedNode, TracedValue } from '../trace/traced-graph';
import { planChannelPadding } from './channel-padding';

const image: TracedValue = {
  shape: [1, 4, 4, 8],
  dtype: 'float32',
  origin: { kind: 'input', name: 'image' },
};

function constant(...shape: number[]): TracedValue {
  const values = new Float32Array(shape.reduce((size, length) => size * length, 1));
  return { shape, dtype: 'float32', origin: { kind: 'constant', values } };
}

function result(kernel: string, channels: number, inputs: TracedNode['inputs']): TracedValue {
  const node = { kernel, inputs, attributes: {} };
  return { shape: [1, 4, 4, channels], dtype: 'float32', origin: { kind: 'node', node, output: 0 } };
}

/** 1×1 to 21 channels, depthwise 3×3, and what `last` makes of it. */
function network(last: (hidden: TracedValue) => TracedValue, weight = constant(8, 21)) {
  const widened = result('DiffIRPointwiseConv', 21, { x: image, weight });
  const hidden = result('DepthwiseConv2dNative', 21, { x: widened, filter: constant(3, 3, 21, 1) });
  const values = [image, widened, hidden, last(hidden)];
  const channels = planChannelPadding(values);
  return values.map(channels);
}

const projected = (x: TracedValue) => result('DiffIRPointwiseConv', 8, { x, weight: constant(21, 8) });

describe('channel padding', () => {
  it('rounds up what lies between two 1×1 convolutions', () => {
    expect(network(projected)).toEqual([8, 32, 32, 8]);
  });

  it('leaves alone what anything else looks at', () => {
    expect(network((hidden) => result('Mean', 1, { x: hidden }))).toEqual([8, 21, 21, 1]);
    expect(network((hidden) => result('Softmax', 21, { logits: hidden }))).toEqual([8, 21, 21, 21]);
  });

  it('leaves alone what has no weights at hand', () => {
    const input: TracedValue = {
      shape: [8, 21],
      dtype: 'float32',
      origin: { kind: 'input', name: 'weight' },
    };
    expect(network(projected, input)).toEqual([8, 21, 21, 8]);
  });
});
