import * as fc from 'fast-check';
import { differencesOf, mergeOf, type Content } from '../../../console/page/state/difference';

test('what one of two people changed is taken, and what both changed is asked', () => {
  const base = { name: 'A', status: 'active', offers: [1] };
  const { merged, clashes } = mergeOf(
    base,
    { name: 'B', status: 'active', offers: [1] },
    { name: 'C', status: 'paused', offers: [1] },
  );
  expect(merged).toEqual({ name: 'B', status: 'paused', offers: [1] });
  expect(clashes).toEqual([{ field: 'name', base: 'A', theirs: 'B', mine: 'C' }]);
});

test('a field that I removed stays removed, and one that they added stays', () => {
  expect(mergeOf({ a: 1, b: 2 }, { a: 1, b: 2, c: 3 }, { a: 1 }).merged).toEqual({ a: 1, c: 3 });
});

const content = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 0, max: 2 }));
const isContent = (value: Content): Content => value;

test('nothing of either is lost: a field is as one of the two left it, and it is asked where neither left it alone', () => {
  fc.assert(
    fc.property(content, content, content, (base, theirs, mine) => {
      const { merged, clashes } = mergeOf(isContent(base), theirs, mine);
      for (const field of ['a', 'b', 'c', 'd']) {
        const clash = clashes.some((one) => one.field === field);
        const changedByMe = mine[field] !== base[field];
        const changedByThem = theirs[field] !== base[field];
        expect(clash).toBe(changedByMe && changedByThem && mine[field] !== theirs[field]);
        if (!clash) expect(merged[field]).toBe(changedByMe ? mine[field] : theirs[field]);
      }
    }),
  );
});

test('differences name each field with what it was and what it becomes', () => {
  expect(differencesOf({ offers: [{ weight: 70 }] }, { offers: [{ weight: 30 }], note: 'x' })).toEqual([
    { path: 'offers.0.weight', from: '70', to: '30' },
    { path: 'note', to: '"x"' },
  ]);
});
