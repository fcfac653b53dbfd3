import { packageBuild } from '../../tools/tsup.base';

export default packageBuild(['src/index.ts', 'src/errors/index.ts', 'src/testing/index.ts']);
