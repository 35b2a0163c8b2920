import * as fc from 'fast-check';
import type { ClickDetails } from '../../../../lambdas/domain/conversion/click-details';
import type { Conversion } from '../../../../lambdas/domain/conversion/conversion';
import { erasedConversion } from '../../../../lambdas/domain/conversion/erasure';
import { conversionChanges } from '../../../../lambdas/domain/facts/changes';
import { factColumns, quarterOf } from '../../../../lambdas/domain/facts/columns';
import { conversionContribution } from '../../../../lambdas/domain/facts/conversion-fact';
import { netted } from '../../../../lambdas/domain/facts/netting';
import { rowWithoutVisitor, type ConversionFact } from '../../../../lambdas/domain/facts/rows';
import type { Claim } from '../../../../lambdas/domain/request/claim';
import { addAmounts } from '../../../../lambdas/domain/values/amount';
import { claims, foldingModes, runs, shuffled, type World } from '../conversion/arbitraries';
import { Click, type SaidOfClick } from '../conversion/click';
import { Ledger } from '../conversion/ledger';
import { amount, clickId, now } from '../support/factories';
import { lookups, phone, sumsOf } from './support';

const clickedAt = now - 60_000;
const click: ClickDetails = {
  clickedAt,
  offer: 'main',
  subs: { sub1: 'red' },
  userAgent: phone,
  ipPrefix: '203.0.113.0/24',
  bot: false,
};

const day = 24 * 60 * 60;

/** A ledger whose subject has what the click knew. */
function ledgerOf(mode: ConstructorParameters<typeof Ledger>[0], transactionId = 'T1'): Ledger {
  const ledger = new Ledger(mode, transactionId);
  Object.assign(ledger.subject, { click, source: 'news' });
  return ledger;
}

const rowsOf = (before: Conversion | undefined, after: Conversion | undefined): readonly ConversionFact[] =>
  conversionChanges(before, after, now, lookups).rows;

/** What every row of a sequence of images adds up to. */
function counted(images: readonly (Conversion | undefined)[]): readonly ConversionFact[] {
  return images.flatMap((after, at) => rowsOf(images[at - 1], after));
}

describe('the row of a conversion', () => {
  const ledger = ledgerOf('update');
  ledger.say({ amount: '12.50', currency: 'USD', at: 2 * 60 }, 2 * day);
  const [row] = rowsOf(undefined, ledger.stored);

  test('has every column of its set, and no other', () => {
    expect(Object.keys(row ?? {}).sort()).toEqual(factColumns.conversions.map(({ name }) => name).sort());
  });

  test('says when it was clicked, sold and booked, and what the click knew', () => {
    expect(row).toMatchObject({
      click_id: clickId(),
      clicked_at: BigInt(clickedAt),
      click_quarter: BigInt(quarterOf(clickedAt)),
      conversion_quarter: BigInt(quarterOf(now + 120_000)),
      booked_quarter: BigInt(quarterOf(now + 2 * day * 1000)),
      seconds: 180n,
      campaign: 'spring',
      offer: 'main',
      source: 'news',
      sub1: 'red',
      country: 'NZ',
      device: 'mobile',
      event: 'sale',
      status: 'approved',
      currency: 'USD',
      count: 1n,
      amount: 12_500_000n,
    });
  });

  test('of the version before has no dimensions of the click, but its time', () => {
    const { click: _none, ...old } = ledger.stored ?? missing();
    expect(rowsOf(undefined, old)).toEqual([
      expect.objectContaining({ clicked_at: BigInt(clickedAt), offer: null, sub1: null, device: null, bot: false }),
    ]);
  });
});

describe('a sale clicked in February, approved in March, reversed in April', () => {
  const ledger = ledgerOf('update');
  ledger.say({ amount: '10', currency: 'USD' }, 0);
  const approved = ledger.stored;
  ledger.say({ status: 'reversed' }, 38 * day);
  const rows = rowsOf(approved, ledger.stored);

  test('takes back the approved one and adds a reversed one, both booked when it was reversed', () => {
    const booked_quarter = BigInt(quarterOf(now + 38 * day * 1000));
    const conversion_quarter = BigInt(quarterOf(now));
    expect(rows).toEqual([
      expect.objectContaining({
        status: 'approved',
        count: -1n,
        amount: -10_000_000n,
        booked_quarter,
        conversion_quarter,
      }),
      expect.objectContaining({
        status: 'reversed',
        count: 1n,
        amount: 10_000_000n,
        booked_quarter,
        conversion_quarter,
      }),
    ]);
  });
});

test('a corrected amount is one row of the difference, which counts no conversion', () => {
  const ledger = ledgerOf('update');
  ledger.say({ amount: '10', currency: 'USD' }, 0);
  const before = ledger.stored;
  ledger.say({ amount: '12.50', currency: 'USD' }, day);
  expect(rowsOf(before, ledger.stored)).toEqual([
    expect.objectContaining({ status: 'approved', count: 0n, amount: 2_500_000n }),
  ]);
});

test('a duplicate, or a write that moves no number, adds nothing', () => {
  const ledger = ledgerOf('ignore');
  ledger.say({ amount: '10', bytes: 'same' }, 0);
  const before = ledger.stored ?? missing();
  expect(rowsOf(before, before)).toEqual([]);
  expect(rowsOf(before, { ...before, version: 2, changedAt: now + day * 1000 })).toEqual([]);
});

test('a conversion that is deleted by hand takes back what stood', () => {
  const ledger = ledgerOf('update');
  ledger.say({ amount: '10' }, 0);
  expect(rowsOf(ledger.stored, undefined)).toEqual([expect.objectContaining({ count: -1n, amount: -10_000_000n })]);
});

test('an amount beyond what a column holds is no row, and is said so', () => {
  const ledger = ledgerOf('update');
  ledger.say({ amount: '10' }, 0);
  const sum = Array.from({ length: 5 }, () => amount('999999999999')).reduce((left, right) => addAmounts(left, right));
  expect(() => rowsOf(undefined, { ...(ledger.stored ?? missing()), amount: sum })).toThrow('amount');
});

test('a refund that came before its sale counts once, and is part of its sale afterwards', () => {
  const said = new Click('update');
  const images = new Map<string, (Conversion | undefined)[]>();
  for (const one of [
    { status: 'reversed', transactionId: 'R', amount: '10' },
    { transactionId: 'S', amount: '10' },
  ] satisfies SaidOfClick[]) {
    for (const row of said.say(one).writes) {
      images.set(row.conversionKey, [...(images.get(row.conversionKey) ?? []), row]);
    }
  }
  expect([...images.keys()]).toEqual(['sale#R', 'sale#S']);
  const rows = [...images.values()].flatMap(counted);
  const standing = said.conversions.filter(({ metBy }) => metBy === undefined);
  expect(sumsOf(rows)).toEqual(sumsOf(counted(standing.slice(0, 1))));
});

describe('an erasure', () => {
  const ledger = ledgerOf('update');
  ledger.say({ amount: '10' }, 0);
  const before = ledger.stored ?? missing();
  const erased = erasedConversion(before) ?? missing();

  test('moves no number, and names the click whose rows lose their visitor', () => {
    expect(conversionChanges(before, erased, now, lookups)).toEqual({
      rows: [],
      erasure: { clickId: before.clickId },
    });
    expect(conversionChanges(erased, erased, now, lookups)).toEqual({ rows: [] });
  });

  test('leaves a conversion that counts as its rows do once they are rewritten', () => {
    const stood = conversionContribution(before, lookups) ?? missing();
    expect(conversionContribution(erased, lookups)).toEqual(rowWithoutVisitor(stood));
  });

  test('is followed by changes that fit the rewritten rows', () => {
    ledger.stored = erased;
    ledger.say({ status: 'reversed' }, day);
    const rows = [...rowsOf(undefined, before).map(rowWithoutVisitor), ...rowsOf(erased, ledger.stored)];
    expect(sumsOf(rows)).toEqual(sumsOf(rowsOf(undefined, ledger.stored)));
  });
});

const worlds = fc
  .record({ mode: fc.constantFrom(...foldingModes), retryHours: fc.constantFrom(0, 48) })
  .map(({ mode, retryHours }): World => ({ mode: fc.constant(mode), retryHours: fc.constant(retryHours) }));
const anyClaims = worlds.chain((world) => claims(world, 8));

/** The images of a key as the claims arrive, the separate ones of repeats left out. */
function imagesOf(all: readonly Claim[]): readonly (Conversion | undefined)[] {
  const ledger = ledgerOf('ignore');
  return all.map((one) => {
    ledger.take(one);
    return ledger.stored;
  });
}

describe('whatever happens to a conversion', () => {
  test('its rows add up to what stands', () => {
    fc.assert(
      fc.property(anyClaims, (all) => {
        const images = imagesOf(all);
        expect(sumsOf(counted(images))).toEqual(sumsOf(counted(images.slice(-1))));
      }),
      runs(),
    );
  });

  test('its rows add up to what stands when any of its images is erased on the way', () => {
    fc.assert(
      fc.property(anyClaims, fc.nat({ max: 7 }), (all, at) => {
        const ledger = ledgerOf('ignore');
        const images: (Conversion | undefined)[] = [];
        for (const [index, one] of all.entries()) {
          ledger.take(one);
          images.push(ledger.stored);
          if (index !== at) continue;
          ledger.erase();
          images.push(ledger.stored);
        }
        const isErased = images.some((image) => image?.erased === true);
        const rows = counted(images);
        expect(sumsOf(isErased ? rows.map(rowWithoutVisitor) : rows)).toEqual(sumsOf(counted(images.slice(-1))));
      }),
      runs(),
    );
  });

  test('the order in which its claims arrive changes no sum', () => {
    const orders = anyClaims.chain((all) => fc.tuple(fc.constant(all), shuffled(all)));
    fc.assert(
      fc.property(orders, ([all, order]) => {
        expect(sumsOf(counted(imagesOf(order)))).toEqual(sumsOf(counted(imagesOf(all))));
      }),
      runs(),
    );
  });
});

describe('netting', () => {
  test('changes no sum of any cell, booked quarter included, and leaves no pair that cancels', () => {
    fc.assert(
      fc.property(fc.array(anyClaims, { minLength: 1, maxLength: 3 }), (all) => {
        const rows = all.flatMap((one) => counted(imagesOf(one)));
        const left = netted(rows);
        expect(sumsOf(left, [])).toEqual(sumsOf(rows, []));
        expect(left.length).toBeLessThanOrEqual(rows.length);
        expect(netted(left)).toEqual(left);
      }),
      runs(1 / 5),
    );
  });

  test('takes out what was added and taken back in one quarter of an hour, and leaves what was booked in two', () => {
    const ledger = ledgerOf('update');
    ledger.say({ amount: '10' }, 0);
    const first = ledger.stored;
    ledger.say({ status: 'reversed' }, 60);
    expect(netted(counted([first, ledger.stored]))).toEqual([
      expect.objectContaining({ status: 'reversed', count: 1n }),
    ]);
    const later = rowsOf(first, { ...(ledger.stored ?? missing()), changedAt: now + day * 1000 });
    expect(netted([...rowsOf(undefined, first), ...later])).toHaveLength(3);
  });
});

function missing(): never {
  throw new Error('there is a conversion');
}
