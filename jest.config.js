const { availableParallelism } = require('node:os');

module.exports = {
  // Suites wait for storage and functions, which run beside them, for more than a third of their time: three share two cores.
  maxWorkers: Math.max(3, availableParallelism() - 1),
  testSequencer: '<rootDir>/test/support/slow-suites-first.js',
  testEnvironment: 'node',
  // Storage and queues are real: on a busy machine they take their time, and no test is about time.
  testTimeout: process.env['AT_LENGTH'] === undefined ? 60_000 : 600_000,
  roots: ['<rootDir>/test'],
  globalSetup: '<rootDir>/test/storage/obtain-dynoxide.ts',
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript' } } }],
    // Packages that have no CommonJS.
    '/hyparquet(-writer)?/src/.+\\.js$': ['@swc/jest', { jsc: { target: 'es2023' }, module: { type: 'commonjs' } }],
  },
  transformIgnorePatterns: ['/node_modules/(?!hyparquet(-writer)?/)'],
  setupFiles: ['<rootDir>/test/support/properties.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/support/clean-assemblies.ts'],
};
