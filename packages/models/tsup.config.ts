import { packageBuild } from '../../tools/tsup.base';

export default packageBuild(['src/index.ts', 'src/zoo/manifest.ts']);
