const { PROPERTY_RUNS, PROPERTY_SEED } = process.env;

// Any property repeats a run by its printed seed, or runs longer: also those that fix neither themselves. Loaded only where it is asked for.
if (PROPERTY_RUNS !== undefined || PROPERTY_SEED !== undefined) {
  void import('fast-check').then(({ configureGlobal }) =>
    configureGlobal({
      ...(PROPERTY_RUNS !== undefined && { numRuns: Number(PROPERTY_RUNS) }),
      ...(PROPERTY_SEED !== undefined && { seed: Number(PROPERTY_SEED) }),
    }),
  );
}
