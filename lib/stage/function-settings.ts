import * as v from 'valibot';
import { functionNames } from '../functions';
import type { FunctionName } from '../functions';
import { anyOf, described, oneOf, wholeNumber } from './field-types';

/** Not above INFO: metrics travel as log lines of that level, and Lambda would drop them with the rest. */
export const logLevels = () => oneOf(['TRACE', 'DEBUG', 'INFO']);
export const megabytes = () => wholeNumber(128, 10_240);

const ownSettings = described(
  'In place of what the stage says for all.',
  anyOf(
    {
      memoryMegabytes: described("In place of the stage's.", megabytes(), 512),
      logLevel: described("In place of the stage's.", logLevels(), 'DEBUG'),
      reservedConcurrency: described(
        'So many of the function may run at once, and as many are kept free for it of the 1,000 (or more) that the account may run.',
        wholeNumber(1, 10_000),
        200,
      ),
      provisionedConcurrency: described(
        'So many are kept warm and billed by the hour, used or not; further ones start as they are needed.',
        wholeNumber(1, 10_000),
        20,
      ),
    },
    'an object of function settings',
  ),
);

/** What differs by function. */
export const functions = anyOf(v.entriesFromList(functionNames, ownSettings), 'an object of function settings by name');

/** What one function is built with. */
export interface FunctionSettings {
  readonly memoryMegabytes: number;
  readonly logLevel: v.InferOutput<ReturnType<typeof logLevels>>;
  readonly reservedConcurrency?: number | undefined;
  readonly provisionedConcurrency?: number | undefined;
}

/** What a stage sets for all functions, and what it sets by function. */
type StageFunctionSettings = Pick<FunctionSettings, 'memoryMegabytes' | 'logLevel'> & {
  readonly functions?: v.InferOutput<typeof functions> | undefined;
};

/** The function's own settings, and the stage's where it has none. */
export function settingsOf(stage: StageFunctionSettings, name: FunctionName): FunctionSettings {
  const { memoryMegabytes, logLevel } = stage;
  return { memoryMegabytes, logLevel, ...stage.functions?.[name] };
}
