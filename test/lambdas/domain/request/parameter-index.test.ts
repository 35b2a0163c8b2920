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
      const within = [...new Set(parameters.map((parameter) => foldName(parameter.name)))]
        .filter((one) => one.startsWith(`${wanted}.`))
        .toSorted();
      const found = (most?: number) =>
        indexOf(parameters)
          .findWithin(wanted, most)
          .map((one) => foldName(one.name));
      expect([found(), found(3)]).toEqual([within.slice(0, 1), within.slice(0, 3)]);
    }),
    { numRuns: 1000 },
  );
});
