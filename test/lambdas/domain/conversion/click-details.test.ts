import { isForgotten } from '../../../../lambdas/domain/trust/statement';
import { readConversion, writeConversion } from '../../../../lambdas/adapters/conversion-item';
import { detailsOf, type ClickDetails } from '../../../../lambdas/domain/conversion/click-details';
import { applyClaim } from '../../../../lambdas/domain/conversion/apply';
import { historyLimit } from '../../../../lambdas/domain/conversion/compaction';
import { occurredAt, type Conversion, type ConversionSubject } from '../../../../lambdas/domain/conversion/conversion';
import { erasedConversion } from '../../../../lambdas/domain/conversion/erasure';
import type { Click } from '../../../../lambdas/domain/click/click';
import { clickId, now } from '../support/factories';
import { claim, Ledger } from './ledger';
import { subjectOf } from './rows';

const click: ClickDetails = {
  clickedAt: now - 60_000,
  offer: 'main',
  subs: { sub1: 'red', sub10: 'x' },
  externalId: 'ext-1',
  userAgent: 'Mozilla/5.0',
  ipPrefix: '203.0.113.0/24',
  bot: false,
};

function recorded(subject: ConversionSubject, ...said: Parameters<typeof claim>[0][]): Conversion {
  let conversion: Conversion | undefined;
  for (const [index, one] of said.entries()) {
    const applied = applyClaim(conversion, subject, claim(one, 'update', index));
    conversion = applied.next ?? applied.conversion;
  }
  if (conversion === undefined) throw new Error('nothing was said');
  return conversion;
}

describe('what a conversion keeps of its click', () => {
  const bare: Click = {
    clickId: clickId(),
    campaign: 'spring',
    integration: 'acme',
    offer: 'main',
    subs: {},
    parameters: { gclid: 'g1' },
    truncated: false,
    test: false,
    bot: true,
    clickedAt: now - 60_000,
    expiresAt: now / 1000 + 60,
  };

  test('is what reports group by, and nothing else', () => {
    const known = { ...click, country: 'NZ' };
    expect(detailsOf({ ...bare, source: 'news', cost: '0.1', visitor: 'v1', ...known })).toStrictEqual(known);
  });

  test('has no field for what its click did not know', () => {
    expect(detailsOf(bare)).toStrictEqual({ clickedAt: bare.clickedAt, offer: 'main', subs: {}, bot: true });
  });

  test('is written with the first claim, and stays when a later claim comes whose click has gone', () => {
    const first = recorded(subjectOf({ click }), { amount: '10' });
    expect(first.click).toEqual(click);
    const later = applyClaim(first, subjectOf(), claim({ status: 'reversed' }, 'update', 5));
    expect(later.conversion).toMatchObject({ status: 'reversed', click });
  });

  test('is that of the first where a repeat is counted separately and its click has gone', () => {
    const ledger = new Ledger('separate', 'T1');
    ledger.stored = { ...recorded(subjectOf({ click, source: 'news' }), { amount: '10' }) };
    const { repeat } = ledger.say({ amount: '10' }, 100_000_000);
    expect(repeat).toMatchObject({ click, source: 'news' });
  });

  test('comes back from its row as it was written', () => {
    const conversion = recorded(subjectOf({ click: { ...click, bot: true } }), { amount: '10' });
    expect(readConversion(writeConversion(conversion))).toEqual(conversion);
  });

  test('is absent in a row that the version before wrote', () => {
    const { click: _none, ...item } = writeConversion(recorded(subjectOf({ click }), { amount: '10' }));
    expect(readConversion(item)).not.toHaveProperty('click');
  });
});

describe('a conversion whose click is erased', () => {
  /** In each test anew: what is computed while tests are defined, no mutant changes. */
  function erasedSale(): Conversion {
    const erased = erasedConversion(recorded(subjectOf({ click, source: 'news' }), { amount: '10' }));
    if (erased === undefined) throw new Error('it had something to erase');
    return erased;
  }

  test('keeps when the click was and where it went, and nothing that came from the visitor', () => {
    const erased = erasedSale();
    expect(erased.click).toEqual({ clickedAt: click.clickedAt, offer: 'main', subs: {}, bot: false });
    expect(erased.erased).toBe(true);
    expect(JSON.stringify(writeConversion(erased))).not.toMatch(/red|ext-1|Mozilla|203\.0\.113|news/);
  });

  test('has nothing more to erase, until it is changed by another request', () => {
    const erased = erasedSale();
    expect(erasedConversion(erased)).toBeUndefined();
    const changed = applyClaim(erased, subjectOf(), claim({ status: 'reversed' }, 'update', 5)).conversion;
    expect(changed.erased).toBe(true);
    expect(erasedConversion(changed)?.history.every(({ statement }) => isForgotten(statement))).toBe(true);
  });
});

describe('when a sale was made', () => {
  test('is the event time of its earliest claim, in whatever order they arrived', () => {
    const conversion = recorded(subjectOf(), { amount: '10', at: 50 }, { amount: '11', at: -50 });
    expect(occurredAt(conversion)).toBe(now - 50_000);
  });

  test('is not the time that a refund names', () => {
    const conversion = recorded(subjectOf(), { amount: '10', at: 50 }, { status: 'reversed', at: 20 });
    expect(occurredAt(conversion)).toBe(now + 50_000);
  });

  test('is that of a refund where no sale has come', () => {
    expect(occurredAt(recorded(subjectOf(), { status: 'reversed', at: 20 }))).toBe(now + 20_000);
  });

  test('stays when a long history has dropped its earliest claims', () => {
    const said = Array.from({ length: 3 * historyLimit }, (_, index) => ({ amount: String(index + 1), at: index }));
    const conversion = recorded(subjectOf(), ...said);
    expect(conversion.history.length).toBeLessThanOrEqual(historyLimit);
    expect(occurredAt(conversion)).toBe(now);
    expect(readConversion(writeConversion(conversion)).occurredAt).toBe(now);
  });
});
