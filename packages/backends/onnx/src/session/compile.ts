import type { CompiledComputation, Computation, PlainTensor, RunningBackend } from '@diffir/core';
import { type LowerOptions, lowerGraph } from '../lower/lower-graph';
import type { OnnxModel } from '../model-file/onnx-model';
import { trace } from '../trace/trace';
import { type GraphSession, openSession } from './graph-session';
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
  const sessions = new Map<string, Promise<GraphSession>>();

  function sessionFor(shapes: Shapes): Promise<GraphSession> {
    const key = JSON.stringify(shapes);
    const session = sessions.get(key) ?? openSession(setup.choice, graphOf(setup, computation, shapes));
    sessions.delete(key);
    sessions.set(key, session);
    session.catch(() => sessions.delete(key));
    const [oldest] = sessions.keys();
    if (sessions.size > KEPT_SESSIONS && oldest !== undefined) drop(oldest);
    return session;
  }

  function drop(key: string): void {
    // One that never opened has nothing to release; whoever asked for it was told.
    void sessions.get(key)?.then(
      (session) => session.release(),
      () => {},
    );
    sessions.delete(key);
  }

  return {
    async run(inputs) {
      const session = await sessionFor(shapesOf(inputs));
      return session.run(inputs);
    },
    check: (shapes) => void graphOf(setup, computation, shapes),
    dispose() {
      for (const key of [...sessions.keys()]) drop(key);
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
