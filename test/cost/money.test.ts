import * as fc from 'fast-check';
import { assumed } from '../../cost/assumptions';
import { idleMonth } from '../../cost/idle-cost';
import { totalDollars } from '../../cost/line';
import { flowNames, measured } from '../../cost/measured';
import { itemBytes } from '../../cost/measure/item-bytes';
import { countingMonth, monthOf, transactionIndexMonth } from '../../cost/month-cost';
import { prices } from '../../cost/prices';
import { costOfMillion } from '../../cost/request-cost';
import { inventoryOf, type Inventory } from '../../cost/template/inventory';
import { readVolume } from '../../cost/volume';
import { templateOf } from './support/templates';

jest.setTimeout(60_000);

let prod: Inventory;
let dev: Inventory;

beforeAll(async () => {
  prod = inventoryOf(await templateOf('prod'));
  dev = inventoryOf(await templateOf('dev'));
});

const million = (flow: (typeof flowNames)[number]) =>
  costOfMillion(measured.flows[flow], prod, measured.daysKept, assumed);

describe('the built-in stages', () => {
  test('nothing in them is without a price', () => {
    expect([dev.unpriced, prod.unpriced]).toEqual([[], []]);
  });

  test('a million clicks cost at most $2.15 when they come, everything included', () => {
    expect(totalDollars(million('click').whenSent)).toBeLessThanOrEqual(2.15);
  });

  test('a million recorded postbacks cost at most $3.10 when they come, everything included', () => {
    expect(totalDollars(million('recorded').whenSent)).toBeLessThanOrEqual(3.1);
  });

  test('a million of a flood cost less than anything genuine', () => {
    const others = flowNames.filter((name) => name !== 'forged').map((name) => totalDollars(million(name).whenSent));

    expect(totalDollars(million('forged').whenSent)).toBeLessThan(Math.min(...others));
  });

  test('an idle month of prod costs at most $7.00 by list price with all alarms, its dashboard apart', () => {
    const lines = idleMonth(prod, assumed).filter(({ part }) => !part.includes('ashboard'));

    expect(totalDollars(lines)).toBeLessThanOrEqual(7);
  });

  test('an idle month of prod costs at most $5.60 in an account that has its free allowances, all alarms and the dashboard included', () => {
    const lines = idleMonth(prod, assumed);

    expect(lines.reduce((sum, { dollarsAfterFree }) => sum + dollarsAfterFree, 0)).toBeLessThanOrEqual(5.6);
  });
});

describe('a bill', () => {
  const volume = fc.integer({ min: 1, max: 1_000_000_000 });

  /** Without counting, which is billed by the window and not by the click, and without what it writes. */
  const total = (clicks: number, postbacks: number): number => {
    const month = monthOf({ clicks, postbacks }, prod, measured, assumed);
    const { idle, inUse, clicks: click, postbacks: postback } = month;
    return totalDollars([
      ...idle,
      ...inUse.filter(({ part }) => !part.startsWith('Counting ') && part !== 'Index of transaction IDs'),
      ...[click, postback].flatMap(({ whenSent, whileKept }) => [...whenSent, ...whileKept]),
    ]);
  };

  test('has counting for reports as lines of its own, at most $0.30 for each million of 10 million clicks', () => {
    const counting = countingMonth({ clicks: 10_000_000, postbacks: 200_000 }, prod, assumed);
    expect(counting.map(({ part }) => part)).toEqual(['Counting Clicks', 'Counting Conversions']);
    expect(totalDollars(counting) / 10).toBeGreaterThan(0.1);
    expect(totalDollars(counting) / 10).toBeLessThanOrEqual(0.3);
  });

  test('has the index of transaction IDs as a line that grows with each conversion, by less than $2 for a million of them', () => {
    const [index] = transactionIndexMonth({ postbacks: 1_000_000 }, prod, assumed);
    expect(index?.dollars).toBeGreaterThan(prices.writeUnit.dollars * 1_000_000);
    expect(index?.dollars).toBeLessThan(2);
    expect(transactionIndexMonth({ postbacks: 0 }, prod, assumed)).toEqual([]);
  });

  test('of counting never is of more windows than there were changes, nor of more than a month has', () => {
    fc.assert(
      fc.property(volume, volume, (clicks, postbacks) => {
        const [of, ofNext] = [clicks, clicks + 1].map((more) =>
          totalDollars(countingMonth({ clicks: more, postbacks }, prod, assumed)),
        );
        const most = totalDollars(countingMonth({ clicks: 1e12, postbacks: 1e12 }, prod, assumed));
        expect(of).toBeLessThanOrEqual(ofNext ?? 0);
        expect(ofNext).toBeLessThanOrEqual(most);
        expect(totalDollars(countingMonth({ clicks: 1, postbacks: 0 }, prod, assumed))).toBeLessThan(0.000_02);
      }),
    );
  });

  test('of nothing is the idle month', () => {
    expect(total(0, 0)).toBeCloseTo(totalDollars(idleMonth(prod, assumed)), 9);
  });

  test('grows by the same for each click and postback', () => {
    fc.assert(
      fc.property(volume, volume, (clicks, postbacks) => {
        const each = (name: 'click' | 'recorded'): number => {
          const { whenSent, whileKept } = million(name);
          return totalDollars([...whenSent, ...whileKept]) / 1_000_000;
        };
        const grown = total(clicks + 1, postbacks + 1) - total(clicks, postbacks);
        expect(grown / (each('click') + each('recorded'))).toBeCloseTo(1, 1);
      }),
    );
  });

  test('has no line that is less than nothing, whatever is assumed of time and keeping', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 900_000, noNaN: true }),
        fc.integer({ min: 0, max: 120 }),
        (time, months) => {
          const given = { ...assumed, billedMilliseconds: time, monthsKeptForGood: months };
          const { whenSent, whileKept } = costOfMillion(measured.flows.recorded, prod, measured.daysKept, given);
          expect(Math.min(...[...whenSent, ...whileKept].map(({ dollars }) => dollars))).toBeGreaterThan(0);
        },
      ),
    );
  });

  test('of a function that runs 10 ms less is $0.03 less a million', () => {
    const lasting = (billedMilliseconds: number) =>
      totalDollars(
        costOfMillion(measured.flows.click, prod, measured.daysKept, { ...assumed, billedMilliseconds }).whenSent,
      );

    expect(lasting(20) - lasting(10)).toBeCloseTo(0.0333, 3);
  });

  test('of a stage without point-in-time recovery has no line for it', () => {
    const { whileKept } = costOfMillion(measured.flows.click, dev, measured.daysKept, assumed);

    expect(whileKept.map(({ part }) => part)).toEqual(['Kept in Clicks']);
  });

  test('with an edge has its requests and its web ACL', () => {
    const edge = { webAcls: 1, webAclRules: 2, functions: 1 };
    const { whenSent } = costOfMillion(measured.flows.click, { ...prod, edge }, measured.daysKept, assumed);
    const partOf = (name: string) => whenSent.find(({ part }) => part === name)?.dollars;

    expect([partOf('CloudFront'), partOf('CloudFront function'), partOf('Web ACL')]).toEqual([1, 0.1, 0.6]);
    expect(totalDollars(idleMonth({ ...prod, edge }, assumed)) - totalDollars(idleMonth(prod, assumed))).toBeCloseTo(
      7,
      9,
    );
  });

  test('cannot be made of a function that the template does not have', () => {
    expect(() => costOfMillion(measured.flows.click, { ...prod, functions: [] }, {}, assumed)).toThrow(
      'FunctionsClick was measured, and the template has no such function.',
    );
  });
});

test('every price has a source that can be opened', () => {
  for (const { source } of Object.values(prices)) expect(new URL(source).protocol).toBe('https:');
});

test.each([
  [{ clickId: { S: 'abc' } }, 10],
  [{ at: { N: '1764000000000' } }, 5],
  [{ cost: { N: '-0.42' } }, 7],
  [{ on: { BOOL: true } }, 3],
  [{ subs: { M: { a: { S: 'xy' } } } }, 11],
  [{ list: { L: [{ S: 'ab' }, { N: '7' }] } }, 13],
])('DynamoDB counts %j as %d bytes', (item, bytes) => {
  expect(itemBytes(item)).toBe(bytes);
});

test.each([
  ['10M', 10_000_000],
  ['300k', 300_000],
  ['1.5m', 1_500_000],
  ['1,500,000', 1_500_000],
  ['0', 0],
])('%s is a volume', (text, volume) => {
  expect(readVolume(text)).toBe(volume);
});

test.each(['', 'M', '-1', '10 million', '1e6', '10MM'])('"%s" is none', (text) => {
  expect(readVolume(text)).toBeUndefined();
});
