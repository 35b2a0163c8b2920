import * as v from 'valibot';
import { oneOf } from './field-types';

/** What emulators of AWS are known not to take, by the name that a stage for one leaves it out by. */
const gaps = ['metricMathAlarms', 'compositeAlarms', 'savedQueries'] as const;

export const leaveOut = v.array(oneOf(gaps), `a list of ${gaps.join(', ')}`);
