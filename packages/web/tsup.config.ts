import { packageBuild } from '../../tools/tsup.base';

export default packageBuild(['src/index.ts', 'src/worker.ts', 'src/serve-restorer.ts']);
