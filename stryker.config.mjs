import { createRequire } from 'node:module';

const jest = createRequire(import.meta.url)('./jest.config.js');

// Properties run fewer cases here, always the same: a mutant is caught or not, and never by chance.
process.env.PROPERTY_RUNS ??= '20';
process.env.PROPERTY_SEED ??= '1';

// Few tests find most mutants in a moment: names of test files of the rules of money, parted by commas. All tests where it is absent.
const chosen = process.env.MUTATION_TESTS;

/** Mutants of the rules of money and of judgement, against the tests that need no server. */
export default {
  mutate: [
    'lambdas/domain/conversion/**/*.ts',
    'lambdas/domain/values/{amount,currency,duplicate-mode,status,time-zone}.ts',
    'lambdas/domain/request/{claim,event-time}.ts',
    'lambdas/judgement/**/*.ts',
  ],
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: {
    projectType: 'custom',
    config: {
      roots: jest.roots,
      transform: jest.transform,
      setupFiles: jest.setupFiles,
      testTimeout: jest.testTimeout,
      testEnvironment: '@stryker-mutator/jest-runner/jest-env/node',
      testMatch:
        chosen === undefined
          ? [
              '<rootDir>/test/lambdas/domain/{conversion,values}/**/*.test.ts',
              '<rootDir>/test/lambdas/domain/request/event-time.test.ts',
              '<rootDir>/test/lambdas/judgement/{unit/**/*,counts}.test.ts',
              '<rootDir>/test/presets/sequences.test.ts',
            ]
          : [`<rootDir>/test/lambdas/domain/{conversion,values,request}/{${chosen},none}.test.ts`],
    },
  },
  coverageAnalysis: 'perTest',
  // What is made when a file is loaded, such as a table of words, would take every test for each of its mutants.
  ignoreStatic: true,
  concurrency: Number(process.env.MUTATION_CONCURRENCY ?? 2),
  incremental: true,
  incrementalFile: '.mutation/incremental.json',
  tempDirName: '.mutation/sandbox',
  cleanTempDir: 'always',
  ignorePatterns: ['/console', '/cdk.out', '/docs', '/.tracker', '/bench', '/cost/template', '/examples'],
  reporters: ['progress-append-only', 'clear-text', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: '.mutation/report.json' },
  disableTypeChecks: false,
  // Nothing is compiled by tsc: swc takes the types away. The tool reads a tsconfig by an API that TypeScript 7 has not.
  tsconfigFile: 'none.json',
  timeoutMS: 10_000,
  allowEmpty: false,
};
