import { describe, expect, it } from 'vitest';
import { arrayView, padView, reshapeView, transposeView } from './constant-view';
import { createGraphBuilder } from './graph-builder';

const values = Float32Array.from({ length: 16 * 32 }, (_, index) => index);

/** A view that cannot be asked for its values. */
function guarded() {
  const view = arrayView(values, [16, 32]);
  return {
    ...view,
    values: () => {
      throw new RangeError('moved');
    },
  };
}

describe('weights of a graph', () => {
  it('are not moved before they are written', () => {
    const builder = createGraphBuilder('f32');
    const name = builder.weights(transposeView(guarded(), [1, 0]));
    const tensor = builder.initializers.get(name);
    expect(tensor).toMatchObject({ shape: [32, 16], byteLength: values.byteLength });
    expect(() => tensor?.data()).toThrow('moved');
  });

  it('are the array itself where nothing has to be moved', () => {
    const builder = createGraphBuilder('f32');
    const data = builder.initializers.get(builder.weights(arrayView(values, [16, 32])))?.data();
    expect(data?.buffer).toBe(values.buffer);
  });

  it.each(['f32', 'f16'] as const)('are one for one view of one array, and two for two, %s', (type) => {
    const builder = createGraphBuilder(type);
    const view = arrayView(values, [16, 32]);
    const others = [
      transposeView(view, [1, 0]),
      reshapeView(transposeView(view, [1, 0]), [16, 32]),
      padView(view, [16, 48]),
      padView(view, [32, 32]),
      arrayView(values.slice(), [16, 32]),
    ];
    const names = [view, ...others].map((each) => builder.weights(each));
    expect(new Set(names).size).toBe(6);
    expect([view, ...others].map((each) => builder.weights(each))).toEqual(names);
    expect(builder.initializers.size).toBe(6);
  });
});
