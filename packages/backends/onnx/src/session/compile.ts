import type { CompiledComputation, Computation, PlainTensor, RunningBackend } from '@diffir/core';
import { type LowerOptions, lowerGraph } from '../lower/lower-graph';
import type { OnnxModel } from '../model-file/onnx-model';
import { trace } from '../trace/trace';
import { openSession } from './graph-session';
import { type HeldSession, holdSession } from './held-session';
import type { RuntimeChoice } from './runtime';

type Shapes = { readonly [name: string]: readonly number[] };

/** Sessions of one computation that are kept: pictures come in a few shapes, and each holds the weights. */
const KEPT_SESSIONS = 2;

export interface CompileSetup {
  readonly backend: RunningBackend;
  readonly choice: RuntimeChoice;
  readonly bandBytes?: number;
}

/** A computation as graphs, one for each set of shapes that it is run with. */
export function compile(setup: CompileSetup, computation: Computation): CompiledComputation {
  const kept = new Map<string, HeldSession>();

  function holdFor(shapes: Shapes): HeldSession {
    const key = JSON.stringify(shapes);
    const held = kept.get(key) ?? holdSession(openSession(setup.choice, graphOf(setup, computation, shapes)));
    kept.delete(key);
    kept.set(key, held);
    held.session.catch(() => kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > KEPT_SESSIONS && oldest !== undefined) drop(oldest);
    return held;
  }

  function drop(key: string): void {
    kept.get(key)?.letGo();
    kept.delete(key);
  }

  return {
    run: async (inputs) => holdFor(shapesOf(inputs)).run(inputs),
    check: (shapes) => void graphOf(setup, computation, shapes),
    dispose() {
      for (const key of [...kept.keys()]) drop(key);
    },
  };
}

function shapesOf(inputs: { readonly [name: string]: PlainTensor }): Shapes {
  return Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape]));
}

function graphOf({ backend, bandBytes }: CompileSetup, computation: Computation, shapes: Shapes): OnnxModel {
  const { inputs, output } = trace(backend, computation, shapes);
  const options: LowerOptions = {
    name: 'diffir',
    inputs: Object.entries(inputs).map(([name, value]) => ({ name, value, layout: 'plain' })),
    outputs: [{ name: 'output', value: output, layout: 'plain' }],
    dialect: 'onnxruntime',
  };
  return lowerGraph(bandBytes === undefined ? options : { ...options, bandBytes });
}
