import { packageBuild } from '../../tools/tsup.base';

export default packageBuild([
  'src/index.ts',
  'src/abort/settle-or-abort.ts',
  'src/errors/index.ts',
  'src/testing/index.ts',
]);
