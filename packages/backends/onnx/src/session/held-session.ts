import type { PlainTensor } from '@diffir/core';
import type { GraphSession } from './graph-session';

/** A session that may be let go while it computes: it is released when the last computation is done. */
export interface HeldSession {
  readonly session: Promise<GraphSession>;
  run(inputs: { readonly [name: string]: PlainTensor }): Promise<Float32Array>;
  letGo(): void;
}

export function holdSession(session: Promise<GraphSession>): HeldSession {
  let underWay = 0;
  let released = false;
  let wanted = true;

  function releaseIfIdle(): void {
    if (wanted || released || underWay > 0) return;
    released = true;
    // One that never opened has nothing to release; whoever asked for it was told.
    void session.then(
      (opened) => opened.release(),
      () => {},
    );
  }

  return {
    session,
    async run(inputs) {
      underWay++;
      try {
        return await (await session).run(inputs);
      } finally {
        underWay--;
        releaseIfIdle();
      }
    },
    letGo() {
      wanted = false;
      releaseIfIdle();
    },
  };
}
