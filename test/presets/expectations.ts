import type { GoldenCase } from './golden-case';

type Expectation = GoldenCase['expect'];

/** Recorded as new, with these fields of the conversion and at least these warnings. */
export const recorded = (conversion: Expectation['conversion'] = {}, ...warnings: readonly string[]): Expectation => ({
  status: 200,
  result: 'recorded',
  reason: 'OK',
  conversion,
  warnings,
});

/** Rejected for its content, with a message that holds these texts. */
export const rejected = (reason: string, ...message: readonly string[]): Expectation => ({
  status: 400,
  result: 'rejected',
  reason,
  message,
});
