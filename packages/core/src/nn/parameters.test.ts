import { memory, setBackend, tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { StateDict } from '../checkpoint/state-dict';
import { toPublishedLayout, toTensorLayout } from './layout';
import { createParameters } from './parameters';

beforeAll(() => setBackend('cpu'));

const initializer = { kind: 'uniform', bound: 1 } as const;

function stateDict(entries: Record<string, { shape: number[]; values: number[] }>): StateDict {
  return new Map(
    Object.entries(entries).map(([name, { shape, values }]) => {
      const data = Float32Array.from(values);
      const loadBytes = async () => new Uint8Array(data.buffer);
      return [name, { dtype: 'f32', shape, load: async () => data, loadBytes }];
    }),
  );
}

describe('createParameters', () => {
  it('puts published names together from scopes', () => {
    const parameters = createParameters();
    const scope = parameters.root.scope('encoder_level1').scope('0');
    expect(scope.get('weight', { layout: 'vector', shape: [2], initializer }).name).toBe(
      'encoder_level1.0.weight',
    );
    expect([...parameters.declarations.keys()]).toEqual(['encoder_level1.0.weight']);
    expect(parameters.count).toBe(2);
  });

  it('cuts along outputs and along inputs, and joins again', async () => {
    const values = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
    const parameters = createParameters();
    const layout = { layout: 'linear', shape: [4, 3], initializer } as const;
    const rows = parameters.root.getParts('rows', layout, { axis: 0, sizes: [1, 3] });
    const columns = parameters.root.getParts('columns', layout, { axis: 1, sizes: [2, 1] });
    await parameters.load(stateDict({ rows: { shape: [4, 3], values }, columns: { shape: [4, 3], values } }));
    // Linear weights lie transposed: [inputs, outputs].
    expect(rows.map(({ tensor: t }) => [t.shape, [...t.dataSync()]])).toEqual([
      [
        [3, 1],
        [0, 1, 2],
      ],
      [
        [3, 3],
        [3, 6, 9, 4, 7, 10, 5, 8, 11],
      ],
    ]);
    expect(columns.map(({ tensor: t }) => [t.shape, [...t.dataSync()]])).toEqual([
      [
        [2, 4],
        [0, 3, 6, 9, 1, 4, 7, 10],
      ],
      [
        [1, 4],
        [2, 5, 8, 11],
      ],
    ]);
    const published = await parameters.export();
    expect([...(published.get('rows')?.values ?? [])]).toEqual(values);
    expect([...(published.get('columns')?.values ?? [])]).toEqual(values);
    parameters.dispose();
  });

  it('starts the same from the same seed', async () => {
    const draw = async (seed: number) => {
      const parameters = createParameters();
      parameters.root.get('w', { layout: 'linear', shape: [3, 2], initializer });
      parameters.initialize(seed);
      const values = [...((await parameters.export()).get('w')?.values ?? [])];
      parameters.dispose();
      return values;
    };
    expect(await draw(1)).toEqual(await draw(1));
    expect(await draw(1)).not.toEqual(await draw(2));
  });

  it('offers variables only when trainable', () => {
    const counts = [true, false].map((trainable) => {
      const parameters = createParameters({ trainable });
      const shape = [2];
      parameters.root.getParts('w', { layout: 'vector', shape, initializer }, { axis: 0, sizes: [1, 1] });
      parameters.initialize(0);
      const names = parameters.variables().map(({ name }) => name);
      parameters.dispose();
      return names;
    });
    expect(counts).toEqual([['w', 'w'], []]);
  });

  it('frees what it loaded when loading fails, and everything when disposed', async () => {
    const before = memory().numTensors;
    const parameters = createParameters();
    const first = parameters.root.get('first', { layout: 'vector', shape: [1], initializer });
    parameters.root.get('second', { layout: 'vector', shape: [1], initializer });
    await expect(parameters.load(stateDict({ first: { shape: [1], values: [1] } }))).rejects.toThrow(
      'second',
    );
    expect(memory().numTensors).toBe(before);
    expect(() => first.tensor).toThrow('first: parameter used before it was loaded');
    parameters.initialize(0);
    parameters.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('refuses a name twice', () => {
    const { root } = createParameters();
    root.get('w', { layout: 'vector', shape: [1], initializer });
    expect(() => root.get('w', { layout: 'vector', shape: [1], initializer })).toThrow('declared twice');
  });
});

describe('layouts', () => {
  it.each([
    ['conv', [2, 3, 3, 3]],
    ['depthwise', [4, 1, 3, 3]],
    ['pointwise', [2, 3, 1, 1]],
    ['linear', [2, 3]],
    ['vector', [4, 1, 1]],
  ] as const)('%s comes back as it was', (layout, shape) => {
    const size = shape.reduce((product: number, length) => product * length, 1);
    const values = Float32Array.from({ length: size }, (_, index) => index);
    const back = toPublishedLayout(toTensorLayout(values, shape, layout), shape, layout);
    expect(back.shape).toEqual([...shape]);
    expect([...back.dataSync()]).toEqual([...values]);
  });

  it('puts a convolution kernel where conv2d reads it', () => {
    // Published [O,I,kH,kW]: value = 1000·o + 100·i + 10·y + x.
    const published = tensor(
      [0, 1, 2].flatMap((o) => [0, 1].map((i) => 1000 * o + 100 * i)),
      [3, 2, 1, 1],
    );
    const kernel = toTensorLayout(Float32Array.from(published.dataSync()), [3, 2, 1, 1], 'conv');
    expect(kernel.shape).toEqual([1, 1, 2, 3]);
    expect([...kernel.dataSync()]).toEqual([0, 1000, 2000, 100, 1100, 2100]);
  });

  it('replaces values in place, also of a parameter in pieces', async () => {
    const parameters = createParameters({ trainable: true });
    const layout = { layout: 'linear', shape: [3, 2], initializer } as const;
    parameters.root.getParts('w', layout, { axis: 0, sizes: [1, 2] });
    parameters.root.get('b', { layout: 'vector', shape: [2], initializer });
    parameters.initialize(1);
    const before = { variables: parameters.variables(), tensors: memory().numTensors };
    const b = (await parameters.export()).get('b');
    parameters.assign(new Map([['w', Float32Array.of(1, 2, 3, 4, 5, 6)]]));
    expect(parameters.variables()).toEqual(before.variables);
    expect(memory().numTensors).toBe(before.tensors);
    const exported = await parameters.export();
    expect([...(exported.get('w')?.values ?? [])]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(exported.get('b')).toEqual(b);
    parameters.dispose();
  });

  it('refuses values for nothing, and too few', () => {
    const parameters = createParameters();
    parameters.root.get('w', { layout: 'linear', shape: [3, 2], initializer });
    expect(() => parameters.assign(new Map([['v', new Float32Array(6)]]))).toThrow('v: no such parameter');
    expect(() => parameters.assign(new Map([['w', new Float32Array(5)]]))).toThrow(
      'w: 5 values for a parameter of shape [3, 2]',
    );
  });

  it('exports what belongs to each parameter in its place', async () => {
    const parameters = createParameters({ trainable: true });
    const layout = { layout: 'linear', shape: [2, 2], initializer } as const;
    const [first] = parameters.root.getParts('whole', layout, { axis: 0, sizes: [1, 1] });
    parameters.root.getParts('half', layout, { axis: 0, sizes: [1, 1] });
    parameters.initialize(1);
    const doubled = await parameters.export({
      tensorFor: (value) => (value.id === first.tensor.id ? undefined : value.mul(2)),
    });
    const plain = await parameters.export();
    expect([...doubled.keys()]).toEqual(['half']);
    const expected = plain.get('half')?.values.map((value) => 2 * value);
    expect(doubled.get('half')?.values).toEqual(expected);
    parameters.dispose();
  });
});
