const source = {
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        module: { type: 'es6' },
        sourceMaps: 'inline',
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            useDefineForClassFields: false,
          },
          keepClassNames: true,
        },
      },
    ],
  },
};

export default {
  // A story starts the whole program several times.
  testTimeout: 120_000,
  // What earlier files leave in a worker makes later ones several times slower.
  workerIdleMemoryLimit: '512MB',
  projects: [
    source,
    {
      ...source,
      displayName: 'apart',
      testMatch: ['<rootDir>/test/stories/{page,roles}.spec.ts'],
      setupFilesAfterEnv: ['<rootDir>/test/stories/apart.ts'],
    },
  ],
};
