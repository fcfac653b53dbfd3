import { writeFile } from 'node:fs/promises';
import { packageBuild } from '../../tools/tsup.base';

/**
 * TensorFlow.js for Node (`docs/decisions/0009-loading-tensorflow.md`): the names of its exports stand where the
 * module loader looks for them, so that it need not read all of TensorFlow.js for them.
 */
async function writeTensorflowForNode(): Promise<void> {
  const names = Object.keys(await import('@tensorflow/tfjs-core')).filter((name) =>
    /^(?!default$)\w+$/.test(name),
  );
  const code = `'use strict';
const tensorflow = require('@tensorflow/tfjs-core');
module.exports = tensorflow;
0 && (module.exports = { ${names.join(', ')} });
`;
  await writeFile(new URL('dist/tensorflow/node.cjs', import.meta.url), code);
}

export default packageBuild(
  [
    'src/index.ts',
    'src/abort/settle-or-abort.ts',
    'src/errors/index.ts',
    'src/tensorflow/index.ts',
    'src/testing/index.ts',
  ],
  { onSuccess: writeTensorflowForNode },
);
