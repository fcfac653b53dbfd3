import { packageBuild } from '../../tools/tsup.base';

export default packageBuild([
  'src/index.ts',
  'src/main.ts',
  'src/tile-worker.ts',
  'src/bench-process.ts',
  'src/train-worker.ts',
]);
