// Properties run fewer cases here, always the same: a mutant is caught or not, and never by chance.
process.env.PROPERTY_RUNS ??= '20';
process.env.PROPERTY_SEED ??= '1';
// Globs of test files, parted by spaces: those of the rules, which need no server.
process.env.MUTATION_TESTS ??= [
  'test/lambdas/domain/conversion/*.test.ts',
  'test/lambdas/domain/values/{amount,amount-formats,address,request-id}.test.ts',
  'test/lambdas/domain/request/{event-time,points,reading}.test.ts',
  'test/lambdas/judgement/{unit/*,counts}.test.ts',
  'test/presets/sequences.test.ts',
  'test/prove/rows.test.ts',
].join(' ');

/** Mutants of the rules of money and of judgement, against the tests that need no server. */
export default {
  mutate: [
    'lambdas/domain/conversion/**/*.ts',
    'lambdas/domain/values/{amount,currency,duplicate-mode,status,time-zone}.ts',
    'lambdas/domain/request/{claim,event-time}.ts',
    'lambdas/judgement/**/*.ts',
  ],
  testRunner: 'rules',
  plugins: ['./test/mutation/plugin.mjs'],
  coverageAnalysis: 'perTest',
  // What is made when a file is loaded, such as a table of words, would take every test for each of its mutants.
  ignoreStatic: true,
  concurrency: Number(process.env.MUTATION_CONCURRENCY ?? 2),
  tempDirName: '.mutation/sandbox',
  cleanTempDir: 'always',
  ignorePatterns: ['/console', '/cdk.out', '/docs', '/.tracker', '/bench', '/cost/template', '/examples'],
  reporters: ['progress-append-only', 'clear-text', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: '.mutation/report.json' },
  disableTypeChecks: false,
  // Nothing is compiled by tsc: esbuild takes the types away. The tool reads a tsconfig by an API that TypeScript 7 has not.
  tsconfigFile: 'none.json',
  timeoutMS: 10_000,
  allowEmpty: false,
};
