import * as fc from 'fast-check';
import { foldName, indexOf } from '../../../../lambdas/domain/request/parameter-index';
import type { Parameter } from '../../../../lambdas/domain/text/query';

const name = fc
  .array(fc.constantFrom('a', 'amount', 'amounts', 'Order ID', 'order-id', 'é', '0', '[x]', '~', ''), { maxLength: 4 })
  .map((parts) => parts.join('.'));

test('a part of an object is found wherever a look at each parameter finds one', () => {
  fc.assert(
    fc.property(fc.array(name, { maxLength: 20 }), name.map(foldName), (names, wanted) => {
      const parameters = names.map((one): Parameter => ({ name: one, value: 'v', origin: 'json' }));
      const isWithin = (parameter: Parameter | undefined): boolean =>
        parameter !== undefined && foldName(parameter.name).startsWith(`${wanted}.`);
      expect(isWithin(indexOf(parameters).findWithin(wanted))).toBe(parameters.some(isWithin));
    }),
    { numRuns: 1000 },
  );
});
