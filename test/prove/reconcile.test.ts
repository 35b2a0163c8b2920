import { array, assert, boolean, nat, property, record } from 'fast-check';
import type { Ledger, StoredConversion, VerdictAnswer } from '../../prove/ledger/ledger';
import { reconcile } from '../../prove/ledger/reconcile';
import { ledger, sent, stored, answered, unanswered, type Sent } from './ledgers';

const logged = (requestId: string, result: string): Ledger['log'] => new Map([[requestId, { result, reason: result }]]);
const kindsOf = (given: Ledger): readonly string[] => reconcile(given).findings.map(({ kind }) => kind);

describe('all is well with', () => {
  test.each<[string, Ledger]>([
    [
      'a postback that is stored, and its duplicate',
      ledger({
        postbacks: [sent('t', [answered('a', 'recorded')]), sent('t', [answered('b', 'duplicate')])],
        conversions: [stored('t', [['a', '10']])],
      }),
    ],
    [
      'one whose only answer was lost',
      ledger({
        postbacks: [sent('t', [unanswered, answered('b', 'duplicate')])],
        conversions: [stored('t', [['a', '10']])],
      }),
    ],
    [
      'one that was queued and recorded later',
      ledger({
        postbacks: [sent('t', [answered('a', 'queued')])],
        conversions: [stored('t', [['a', '10']])],
        log: logged('a', 'recorded'),
      }),
    ],
    [
      'one that was queued, and recorded when it was sent again',
      ledger({
        postbacks: [sent('t', [answered('a', 'queued')]), sent('t', [answered('b', 'recorded')])],
        conversions: [stored('t', [['b', '10']])],
        log: logged('a', 'duplicate'),
      }),
    ],
    ['one that was rejected for our own trouble', ledger({ postbacks: [sent('t', [answered('a', 'error')])] })],
    ['one that nobody answered', ledger({ postbacks: [sent('t', [unanswered])] })],
  ])('%s', (_what, given) => {
    const { findings, tally } = reconcile(given);

    expect(findings).toEqual([]);
    expect(tally.acknowledged).toBe(tally.stored);
  });

  test.each(['increment', 'separate'] as const)('two contents of one key in the mode %s', (mode) => {
    const rows =
      mode === 'increment'
        ? [
            stored('t', [
              ['a', '10'],
              ['b', '20'],
            ]),
          ]
        : [stored('t', [['a', '10']]), stored('t', [['b', '20']])];
    const second = mode === 'increment' ? 'updated' : 'recorded';
    const postbacks = [
      sent('t', [answered('a', 'recorded')], { mode }),
      sent('t', [answered('b', second)], { mode, amount: '20', at: 1 }),
    ];

    expect(reconcile(ledger({ postbacks, conversions: rows })).findings).toEqual([]);
  });
});

test('a 503 whose request is stored all the same is no finding where nobody could know', () => {
  const given = ledger({
    postbacks: [sent('t', [answered('a', 'error'), answered('b', 'duplicate')])],
    conversions: [stored('t', [['a', '10']])],
  });

  expect(kindsOf({ ...given, allowances: { uncertainErrors: true } })).toEqual([]);
  expect(kindsOf(given)).toEqual(['reported wrong', 'reported wrong']);
});

test('a log row that two faults kept from being written is no finding where that is allowed', () => {
  const given = ledger({
    postbacks: [sent('t', [answered('a', 'recorded')]), sent('t', [answered('b', 'duplicate')])],
    conversions: [stored('t', [['a', '10']])],
    log: logged('b', 'recorded'),
  });

  expect(kindsOf({ ...given, allowances: { lostLogRows: true } })).toEqual([]);
  expect(kindsOf(given)).toEqual(['reported wrong']);
});

test('waiting and dead-lettered postbacks are neither stored nor lost', () => {
  const { tally } = reconcile(
    ledger({
      postbacks: [sent('t', [answered('a', 'queued')]), sent('u', [answered('b', 'queued')])],
      queued: new Set(['a']),
      deadLettered: new Set(['b']),
    }),
  );

  expect(tally).toMatchObject({ acknowledged: 2, stored: 0, queued: 1, deadLettered: 1, lost: 0, reportedWrong: 0 });
});

test('a log row of a request that died before its write is counted, and no finding', () => {
  const given = ledger({
    postbacks: [sent('t', [unanswered, answered('b', 'recorded')])],
    conversions: [stored('t', [['b', '10']])],
    log: logged('a', 'recorded'),
  });

  expect(reconcile(given)).toMatchObject({ orphanedRows: 1, findings: [] });
});

describe('it finds', () => {
  const one = [stored('t', [['a', '10']])];
  test.each<[string, Ledger, string[]]>([
    ['a recorded postback that is nowhere', ledger({ postbacks: [sent('t', [answered('a', 'recorded')])] }), ['lost']],
    ['a queued postback that is nowhere', ledger({ postbacks: [sent('t', [answered('a', 'queued')])] }), ['lost']],
    [
      'a queued postback that was rejected in the end',
      ledger({ postbacks: [sent('t', [answered('a', 'queued')])], log: logged('a', 'rejected') }),
      ['reported wrong', 'lost'],
    ],
    [
      'a key that counts twice',
      ledger({
        postbacks: [sent('t', [answered('a', 'recorded')]), sent('t', [answered('b', 'duplicate')])],
        conversions: [stored('t', [['a', '10']]), stored('t', [['b', '10']])],
      }),
      ['duplicated'],
    ],
    [
      'a content that was added twice',
      ledger({
        postbacks: [sent('t', [answered('a', 'recorded')], { mode: 'increment' })],
        conversions: [
          stored('t', [
            ['a', '10'],
            ['b', '10'],
          ]),
        ],
      }),
      ['duplicated'],
    ],
    ['a conversion that nobody sent', ledger({ postbacks: [], conversions: one }), ['duplicated']],
    [
      'an own write that was taken for another’s',
      ledger({ postbacks: [sent('t', [answered('a', 'duplicate')])], conversions: one }),
      ['reported wrong'],
    ],
    [
      'two answers that call the same thing new',
      ledger({
        postbacks: [sent('t', [answered('a', 'recorded')]), sent('t', [answered('b', 'recorded')])],
        conversions: one,
      }),
      ['reported wrong'],
    ],
    [
      'a genuine postback that was rejected',
      ledger({ postbacks: [sent('t', [answered('a', 'rejected')])] }),
      ['reported wrong'],
    ],
    [
      'a request of which nothing was kept, they said, and which is stored',
      ledger({ postbacks: [sent('t', [answered('a', 'error'), answered('b', 'recorded')])], conversions: one }),
      ['reported wrong'],
    ],
    [
      'a log that says otherwise',
      ledger({ postbacks: [sent('t', [answered('a', 'recorded')])], conversions: one, log: logged('a', 'duplicate') }),
      ['reported wrong'],
    ],
    [
      'an amount that is not the sum of its history',
      ledger({
        postbacks: [sent('t', [answered('a', 'recorded')])],
        conversions: one.map((row) => ({ ...row, amount: '11' })),
      }),
      ['stored wrong', 'reported wrong'],
    ],
    [
      'an amount that was reported and never stored',
      ledger({
        postbacks: [
          sent('t', [answered('a', 'recorded', { conversion: { status: 'approved', amount: '12', currency: 'USD' } })]),
        ],
        conversions: one,
      }),
      ['reported wrong'],
    ],
  ])('%s', (_what, given, kinds) => {
    expect(kindsOf(given)).toEqual(kinds);
  });

  test('an answered request without a log row', () => {
    const given = ledger({ postbacks: [sent('t', [answered('a', 'recorded')])], conversions: one });

    expect(kindsOf({ ...given, log: new Map() })).toEqual(['reported wrong']);
  });
});

describe('the state of each key is that of the naive model', () => {
  const held = (first: Sent, second: Sent, state: Partial<StoredConversion>, known = ['a', 'b']): readonly string[] => {
    const conversion = { ...stored('t', []), amount: '10', ...state };
    const pays: Record<string, string> = conversion.status === 'approved' ? { USD: conversion.amount } : {};
    const postbacks = [
      sent('t', [answered('a', 'recorded')], first),
      sent('t', [answered('b', 'updated')], { at: 1, ...second }),
    ];
    const history = known.map((requestId, at) => ({
      requestId,
      reason: 'OK_UPDATED',
      amount: postbacks[at]?.content.amount,
      deltas: at === 0 ? pays : {},
    }));
    return kindsOf(ledger({ postbacks, conversions: [{ ...conversion, history }] }));
  };

  test('an amount that is named late is the amount', () => {
    const late = [{ payout: { amount: '3', currency: 'USD' }, amount: undefined }, { amount: '10' }] as const;

    expect(held(...late, { amount: '10' })).toEqual([]);
    expect(held(...late, { amount: '3' })).toEqual(['stored wrong']);
  });

  test('two currencies are never added', () => {
    const both = [
      { mode: 'increment', amount: '10' },
      { mode: 'increment', amount: '5', currency: 'USD' },
    ] as const;
    const [first, second] = both;

    expect(held(first, second, { amount: '15' })).toEqual([]);
    expect(held({ ...first, currency: 'EUR' }, second, { amount: '15' })).toEqual(['stored wrong']);
  });

  test('a reversal that was acknowledged and does not show is lost, or was counted for something else', () => {
    const reversal = { status: 'reversed' } as const;

    expect(held({}, reversal, { status: 'reversed' })).toEqual([]);
    expect(held({}, reversal, {}, ['a'])).toEqual(['lost']);
    expect(held({}, reversal, {})).toEqual(['stored wrong']);
  });

  test('a refund takes back one of the renewals that count separately: the one of its amount', () => {
    const after = (first: string, second: string, resultOfB = 'recorded'): readonly string[] => {
      const rows = [stored('t', [['a', '10']]), stored('t', [['b', '20']])].map((row, at) => {
        const status = [first, second][at] ?? '';
        return {
          ...row,
          status,
          history: row.history.map((one) => (status === 'approved' ? one : { ...one, deltas: {} })),
        };
      });
      return kindsOf(
        ledger({
          postbacks: [
            sent('t', [answered('a', 'recorded')], { mode: 'separate' }),
            sent('t', [answered('b', resultOfB)], { mode: 'separate', amount: '20', at: 1 }),
            sent('t', [answered('c', 'updated')], { mode: 'separate', status: 'reversed', amount: '20', at: 2 }),
          ],
          conversions: rows,
          log: new Map([['b', { result: 'recorded', reason: 'OK' }]]),
        }),
      );
    };

    expect(after('approved', 'reversed')).toEqual([]);
    expect(after('reversed', 'approved')).not.toEqual([]);
    // The queue may have delivered the second renewal after the refund, which had the first alone to take, and moved on to the second.
    expect(after('reversed', 'approved', 'queued')).toEqual(['stored wrong']);
    expect(after('approved', 'reversed', 'queued')).toEqual([]);
    expect(after('reversed', 'reversed')).not.toEqual([]);
  });

  test('the same bytes days later are another statement, and hours later they are not', () => {
    const increment = (hours: number): readonly string[] =>
      kindsOf(
        ledger({
          postbacks: [
            sent('t', [answered('a', 'recorded')], { mode: 'increment' }),
            sent('t', [answered('b', 'updated')], { mode: 'increment', at: hours * 60 }),
          ],
          conversions: [
            stored('t', [
              ['a', '10'],
              ['b', '10'],
            ]),
          ],
        }),
      );

    expect(increment(72)).toEqual([]);
    expect(increment(5)).toEqual(['duplicated']);
  });
});

test('a rejection is right where the conversion stands against it, and wrong where it would have counted', () => {
  const rejected = answered('b', 'rejected', { reason: 'TRANSITION_REFUSED', status: 409 });
  const after = (status: string): Ledger =>
    ledger({
      postbacks: [
        sent('t', [answered('a', 'recorded')], { status: 'rejected' }),
        sent('t', [rejected], { status, at: 1 }),
      ],
      conversions: [{ ...stored('t', [['a', '10']]), status: 'rejected', history: [] }],
    });

  expect(kindsOf(after('reversed'))).toEqual([]);
  expect(kindsOf(after('approved'))).toContain('reported wrong');
});

test('a postback of another network must be rejected', () => {
  const of = (answer: VerdictAnswer): Ledger =>
    ledger({
      postbacks: [
        sent('t', [answered('a', 'recorded')]),
        sent('t', [answer], { status: 'reversed', amount: '10', isForeign: true, at: 1 }),
      ],
      conversions: [stored('t', [['a', '10']])],
    });

  expect(kindsOf(of(answered('b', 'rejected', { reason: 'INTEGRATION_MISMATCH' })))).toEqual([]);
  expect(kindsOf(of(answered('b', 'updated')))).toEqual(['reported wrong']);
});

test('a queued postback that was never settled is lost, even if it would change nothing', () => {
  const given = ledger({
    postbacks: [
      sent('t', [answered('a', 'recorded')]),
      sent('t', [answered('b', 'queued')], { status: 'pending', at: 1 }),
    ],
    conversions: [stored('t', [['a', '10']])],
  });

  expect(kindsOf(given)).toEqual(['lost']);
});

test('a repeat under a later configuration may have counted while the first request waited', () => {
  const shown = (currency: string): Ledger =>
    ledger({
      postbacks: [
        sent('t', [answered('a', 'queued')]),
        sent('t', [answered('b', 'recorded', { conversion: { status: 'approved', amount: '10', currency } })], {
          home: 'EUR',
          at: 1,
        }),
      ],
      conversions: [stored('t', [['a', '10']])],
      log: new Map([['a', { result: 'duplicate', reason: 'OK_DUPLICATE' }]]),
    });

  expect(kindsOf(shown('EUR'))).toEqual([]);
  expect(kindsOf(shown('GBP'))).toEqual(['reported wrong']);
});

describe('of any ledger in order', () => {
  /** Keys with some postbacks each; the first is recorded, at once or from the queue, and the rest are duplicates. */
  const sound = array(record({ repeats: nat(3), queued: boolean(), lostAnswers: nat(2) }), {
    minLength: 1,
    maxLength: 12,
  }).map((keys) =>
    ledger({
      postbacks: keys.flatMap(({ repeats, queued, lostAnswers }, key) => [
        sent(`t${key}`, [
          ...Array.from({ length: lostAnswers }, () => unanswered),
          answered(`${key}-0`, queued ? 'queued' : 'recorded'),
        ]),
        ...Array.from({ length: repeats }, (_, at) => sent(`t${key}`, [answered(`${key}-${at + 1}`, 'duplicate')])),
      ]),
      conversions: keys.map((_, key) => stored(`t${key}`, [[`${key}-0`, '10']])),
      log: new Map(keys.map((_, key) => [`${key}-0`, { result: 'recorded', reason: 'OK' }])),
    }),
  );
  const chosen = (items: readonly unknown[], at: number): number => at % Math.max(1, items.length);

  test('nothing is found, and every acknowledged postback is accounted for', () => {
    assert(
      property(sound, (given) => {
        const { tally, findings } = reconcile(given);
        expect(findings).toEqual([]);
        expect(tally.attempted).toBe(given.postbacks.length);
        expect(tally.acknowledged).toBe(tally.stored + tally.queued + tally.deadLettered + tally.lost);
      }),
    );
  });

  test('a conversion that goes missing is found as lost', () => {
    assert(
      property(sound, nat(), (given, at) => {
        const gone = chosen(given.conversions, at);
        const conversions = given.conversions.filter((_, index) => index !== gone);
        expect(kindsOf({ ...given, conversions })).toContain('lost');
      }),
    );
  });

  test('a conversion that is there twice is found as duplicated', () => {
    assert(
      property(sound, nat(), (given, at) => {
        const again = given.conversions.filter((_, index) => index === chosen(given.conversions, at));
        expect(kindsOf({ ...given, conversions: [...given.conversions, ...again] })).toContain('duplicated');
      }),
    );
  });

  test('an answer that calls a duplicate new is found as reported wrong', () => {
    assert(
      property(sound, nat(), (given, at) => {
        const postback = given.postbacks[chosen(given.postbacks, at)];
        const claim = answered('claim', 'recorded');
        const postbacks = [...given.postbacks, { ...(postback ?? sent('t0', [])), answers: [claim] }];
        const log = new Map([...given.log, ['claim', { result: 'recorded', reason: 'OK' }]]);
        expect(kindsOf({ ...given, postbacks, log })).toContain('reported wrong');
      }),
    );
  });
});
