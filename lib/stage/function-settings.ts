import * as v from 'valibot';
import { functionNames } from '../functions';
import type { FunctionName } from '../functions';
import { anyOf, described, oneOf, wholeNumber } from './field-types';

/** Not above INFO: metrics are log lines of that level, and Lambda would drop them with the rest. */
export const logLevels = () => oneOf(['TRACE', 'DEBUG', 'INFO']);
export const megabytes = () => wholeNumber(128, 10_240);

const ownSettings = described(
  'Settings of this function, instead of the stage’s.',
  anyOf(
    {
      memoryMegabytes: described('Instead of the stage’s.', megabytes(), 512),
      logLevel: described('Instead of the stage’s.', logLevels(), 'DEBUG'),
      reservedConcurrency: described(
        'Concurrency that is reserved for the function, out of the account’s 1,000 or more. It is also its maximum.',
        wholeNumber(1, 10_000),
        200,
      ),
      provisionedConcurrency: described(
        'Environments that are kept warm and billed by the hour, used or not. Others start as needed.',
        wholeNumber(1, 10_000),
        20,
      ),
    },
    'an object of function settings',
  ),
);

/** Settings that differ by function. */
export const functions = anyOf(v.entriesFromList(functionNames, ownSettings), 'an object of function settings by name');

/** Settings of one function. */
export interface FunctionSettings {
  readonly memoryMegabytes: number;
  readonly logLevel: v.InferOutput<ReturnType<typeof logLevels>>;
  readonly reservedConcurrency?: number | undefined;
  readonly provisionedConcurrency?: number | undefined;
}

/** Settings of all functions, and overrides by function. */
type StageFunctionSettings = Pick<FunctionSettings, 'memoryMegabytes' | 'logLevel'> & {
  readonly functions?: v.InferOutput<typeof functions> | undefined;
};

/** Returns the function's settings, with the stage's as defaults. */
export function settingsOf(stage: StageFunctionSettings, name: FunctionName): FunctionSettings {
  const { memoryMegabytes, logLevel } = stage;
  return { memoryMegabytes, logLevel, ...stage.functions?.[name] };
}
