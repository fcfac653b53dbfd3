import nx from '@nx/eslint-plugin';
import parser from '@typescript-eslint/parser';

/** Layers, and for each the packages of which layers it may import; packages of one layer stay apart. */
const layers = {
  core: [],
  models: ['core'],
  tasks: ['core', 'models'],
  metrics: ['core', 'models', 'tasks'],
  training: ['core', 'models', 'tasks', 'metrics'],
  backends: ['core'],
  web: ['core', 'models', 'tasks', 'backends'],
  apps: ['core', 'models', 'tasks', 'metrics', 'training', 'backends', 'web'],
};

// Biome lints; ESLint is here for one rule only, the import direction between packages.
export default [
  { ignores: ['**/dist/**', '**/node_modules/**', '.nx/**'] },
  {
    files: ['{packages,apps}/**/src/**/*.{ts,tsx}'],
    languageOptions: { parser },
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: false,
          // Test helpers stand at the root, outside every package.
          allow: ['../../../tools/*', '../../../../tools/*', '../../../../../tools/*'],
          depConstraints: Object.entries(layers).map(([layer, below]) => ({
            sourceTag: `layer:${layer}`,
            onlyDependOnLibsWithTags: below.map((name) => `layer:${name}`),
          })),
        },
      ],
    },
  },
];
