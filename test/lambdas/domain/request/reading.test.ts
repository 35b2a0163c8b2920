import { fieldNamesOf } from '../../../../lambdas/domain/request/field-names';
import { selectValues } from '../../../../lambdas/domain/request/field-values';
import { readFields, type ReadingRules } from '../../../../lambdas/domain/request/reading';
import { checkWindow } from '../../../../lambdas/domain/request/window';
import { splitPairs } from '../../../../lambdas/domain/text/query';
import { presetOf } from '../../../../lambdas/domain/presets';
import { campaign, integration, now } from '../support/factories';

const day = 86_400_000;

interface Given {
  readonly integration?: Readonly<Record<string, unknown>>;
  readonly campaign?: Readonly<Record<string, unknown>>;
  readonly preset?: Partial<ReadingRules['preset']>;
  readonly clickedAt?: number;
}

function read(query: string, given: Given = {}) {
  const document = integration({ currency: 'USD', ...given.integration });
  const selected = selectValues(splitPairs(query, 'query'), fieldNamesOf(document), undefined);
  if (!selected.ok) throw new Error(selected.rejection.message);
  return readFields(selected.value.values, {
    integration: document,
    preset: { ...presetOf('generic'), ...given.preset },
    campaign: campaign(given.campaign),
    receivedAt: now,
  });
}

const rejection = (query: string, given?: Given) => {
  const reading = read(query, given);
  return reading.ok ? undefined : reading.rejection.reason;
};
const reading = (query: string, given?: Given) => {
  const result = read(query, given);
  if (!result.ok) throw new Error(`${result.rejection.reason}: ${result.rejection.message}`);
  return result.value;
};
const claim = (query: string, given?: Given) => reading(query, given).claim;
const warnings = (query: string, given?: Given) => reading(query, given).warnings.map(({ code }) => code);

/** What the first claim of a conversion hears of its time. */
function window(query: string, given: Given = {}): unknown {
  const click = { clickedAt: given.clickedAt ?? now - 3_600_000 };
  const checked = checkWindow(claim(query, given), click, campaign(given.campaign));
  return checked.ok ? checked.value.map(({ code }) => code) : checked.rejection.reason;
}

describe('a postback that says nothing but its click', () => {
  test('is a conversion now, by the defaults', () => {
    expect(reading('')).toEqual({
      event: 'conversion',
      claim: {
        eventTime: now,
        timeGiven: false,
        fallback: { currency: 'USD', status: 'approved' },
        mode: 'ignore',
      },
      warnings: [{ code: 'AMOUNT_MISSING', message: expect.stringContaining('recorded without an amount') }],
    });
  });
});

describe('money', () => {
  test('is read exactly, in the currency that came with it', () => {
    expect(claim('amount=12.50&currency=eur')).toMatchObject({
      amount: '12.5',
      currency: 'EUR',
    });
  });

  test("without a currency is in the integration's, then the payout's, and else says so", () => {
    const payout = { payout: { amount: '1', currency: 'EUR' } };
    expect(claim('amount=5')).toMatchObject({ amount: '5', fallback: { currency: 'USD' } });
    expect(claim('amount=5').currency).toBeUndefined();
    expect(claim('amount=5', { integration: { currency: undefined }, campaign: payout }).fallback.currency).toBe('EUR');
    expect(warnings('amount=5', { integration: { currency: undefined } })).toEqual(['CURRENCY_MISSING']);
  });

  test("without an amount is the event's payout, then the campaign's", () => {
    const given = {
      campaign: {
        events: { Sale: { amount: 20, currency: 'EUR' } },
        payout: { amount: '3.5', currency: 'GBP' },
      },
    };
    expect(claim('event=SALE', given).fallback).toMatchObject({ amount: '20', currency: 'EUR' });
    expect(claim('event=lead', given).fallback).toMatchObject({ amount: '3.5', currency: 'GBP' });
    expect(claim('event=lead', given).amount).toBeUndefined();
    expect(warnings('event=lead', given)).toEqual([]);
  });

  test('a currency without an amount does not change the currency of a payout', () => {
    const given = { campaign: { payout: { amount: '3.5', currency: 'GBP' } } };
    expect(claim('currency=USD', given)).toMatchObject({ fallback: { amount: '3.5', currency: 'GBP' } });
    expect(claim('currency=USD', given).currency).toBeUndefined();
    expect(warnings('currency=USD', given)).toEqual(['CURRENCY_IGNORED']);
    expect(warnings('currency=GBP', given)).toEqual([]);
  });

  test.each(['constructor', '__proto__'])('an event called %s inherits no payout and no mode', (event) => {
    const given = {
      campaign: { events: { sale: { amount: 1, currency: 'EUR' } }, payout: { amount: 2, currency: 'EUR' } },
      integration: { duplicates: { default: 'update', events: { sale: 'increment' } } },
    };
    expect(claim(`event=${event}`, given)).toMatchObject({ fallback: { amount: '2' }, mode: 'update' });
  });

  test.each(['1,50', '$5', '1e3', 'NaN', '-5', '-2', '1.2.3', 'true', '{}', '[]', '[10,20]', 'abc', '5 USD'])(
    '%j is AMOUNT_INVALID, whatever the payout',
    (text) => {
      const given = { campaign: { payout: { amount: '3.5', currency: 'USD' } } };
      expect(rejection(`amount=${encodeURIComponent(text)}`, given)).toBe('AMOUNT_INVALID');
    },
  );

  test('a decimal comma counts where the integration or its preset says so, and the integration decides', () => {
    expect(claim('amount=1,50', { integration: { decimalComma: true } }).amount).toBe('1.5');
    expect(claim('amount=1,50', { preset: { decimalComma: true } }).amount).toBe('1.5');
    const both = { preset: { decimalComma: true }, integration: { decimalComma: false } };
    expect(rejection('amount=1,50', both)).toBe('AMOUNT_INVALID');
  });

  test('a negative amount is a correction where the integration allows adjustments', () => {
    expect(claim('amount=-2.5', { integration: { adjustments: true } }).amount).toBe('-2.5');
  });

  test.each([
    ['1250', 'USD', '12.5'],
    ['5', 'USD', '0.05'],
    ['0', 'USD', '0'],
    ['1250', 'JPY', '1250'],
    ['1250', 'KWD', '1.25'],
    ['-1250', 'USD', '-12.5'],
  ])('%s in minor units of %s is %s', (sent, code, amount) => {
    const given = { preset: { amountInMinorUnits: true }, integration: { adjustments: true } };
    expect(claim(`amount=${sent}&currency=${code}`, given).amount).toBe(amount);
  });

  test.each(['12.50', '12,50', '5.', '.5', '12.00', '$5'])('%s is no number of minor units', (sent) => {
    const given = { preset: { amountInMinorUnits: true, decimalComma: true } };
    expect(rejection(`amount=${sent}`, given)).toBe('AMOUNT_INVALID');
  });

  test('more digits than the currency has are kept and told', () => {
    expect(claim('amount=1.005').amount).toBe('1.005');
    expect(warnings('amount=1.005')).toEqual(['AMOUNT_PRECISION']);
    expect(warnings('amount=1.5&currency=JPY')).toEqual(['AMOUNT_PRECISION']);
    expect(warnings('amount=1.005&currency=KWD')).toEqual([]);
  });

  test('an unknown currency is rejected, quoted in part only', () => {
    expect(rejection('amount=5&currency=BTC')).toBe('CURRENCY_INVALID');
    expect(rejection('currency=euro')).toBe('CURRENCY_INVALID');
    const long = read(`amount=5&currency=${'x'.repeat(100_000)}`);
    expect(long.ok ? 0 : long.rejection.message.length).toBeLessThan(300);
  });
});

describe('the time of a conversion', () => {
  test('counts where it is given', () => {
    expect(claim(`timestamp=${now / 1000 - 60}`)).toMatchObject({ eventTime: now - 60_000, timeGiven: true });
    expect(claim('timestamp=2026-11-23T11:59:00%2B00:00')).toMatchObject({ eventTime: now - 60_000 });
    expect(claim('timestamp=2026-11-23T12:59:00+01:00')).toMatchObject({ eventTime: now - 60_000 });
  });

  test('a little ahead counts as now, with a warning', () => {
    expect(claim(`timestamp=${now / 1000 + 60}`).eventTime).toBe(now);
    expect(warnings(`amount=1&timestamp=${now / 1000 + 60}`)).toEqual(['TIMESTAMP_IN_FUTURE']);
  });

  test('past the window is CLICK_EXPIRED, to the millisecond; the time given decides, not the time of receipt', () => {
    expect(window('', { clickedAt: now - 90 * day })).toEqual([]);
    expect(window('', { clickedAt: now - 90 * day - 1 })).toBe('CLICK_EXPIRED');
    const short = { campaign: { attribution: { maxAgeDays: 1 } }, clickedAt: now - 2 * day };
    expect(window('', short)).toBe('CLICK_EXPIRED');
    expect(window(`timestamp=${(now - day) / 1000}`, short)).toEqual([]);
  });

  test('too soon after the click is recorded, with a warning', () => {
    const given = { campaign: { attribution: { minAgeSeconds: 10 } }, clickedAt: now - 9999 };
    expect(window('amount=1', given)).toEqual(['TOO_FAST']);
    expect(window('amount=1', { ...given, clickedAt: now - 10_000 })).toEqual([]);
  });

  test('before the click is recorded, with a warning', () => {
    expect(window(`amount=1&timestamp=${now / 1000 - 7200}`)).toEqual(['TIMESTAMP_BEFORE_CLICK']);
  });
});

describe('event, status and transaction', () => {
  test('an event is case folded, and by the words of the integration, then of the preset', () => {
    const given = {
      integration: { events: { Purchase: 'Sale' } },
      preset: { events: { '2': 'lead', purchase: 'order' } },
    };
    expect(reading('event=PURCHASE', given).event).toBe('sale');
    expect(reading('event=2', given).event).toBe('lead');
    expect(reading('event=Deposit', given).event).toBe('deposit');
    expect(reading('event=', given).event).toBe('conversion');
    expect(reading('event=%2520', given).event).toBe('conversion');
  });

  test('an event too long, or with a control character, is EVENT_UNKNOWN', () => {
    expect(reading(`event=${'e'.repeat(64)}`).event).toHaveLength(64);
    expect(rejection(`event=${'e'.repeat(65)}`)).toBe('EVENT_UNKNOWN');
    expect(rejection('event=a%00b')).toBe('EVENT_UNKNOWN');
  });

  test('where events are strict only those that somebody named are taken', () => {
    const given = {
      integration: { strictEvents: true, events: { purchase: 'sale' } },
      campaign: { events: { lead: { amount: 1, currency: 'USD' } } },
    };
    for (const event of ['', 'event=purchase', 'event=sale', 'event=LEAD', 'event=conversion']) {
      expect(rejection(event, given)).toBeUndefined();
    }
    expect(rejection('event=deposit', given)).toBe('EVENT_UNKNOWN');
  });

  test('a status is read by the words of the integration, the preset and ours; another is STATUS_UNKNOWN', () => {
    const given = { integration: { statuses: { Paid: 'pending' } } };
    expect(claim('status=PAID', given).status).toBe('pending');
    expect(claim('status=paid').status).toBe('approved');
    expect(claim('status=Reversed').status).toBe('reversed');
    expect(claim('').status).toBeUndefined();
    expect(rejection('status=maybe')).toBe('STATUS_UNKNOWN');
  });

  test('a transaction ID is kept as sent, up to 400 bytes', () => {
    expect(reading('txid=Order%20%231').transactionId).toBe('Order #1');
    expect(reading(`txid=${'é'.repeat(200)}`).transactionId).toHaveLength(200);
    expect(rejection(`txid=${'é'.repeat(200)}x`)).toBe('TOO_LARGE');
  });

  test("the duplicate mode is the event's, then the integration's, then the preset's", () => {
    const given = { integration: { duplicates: { default: 'update', events: { sale: 'increment' } } } };
    expect(claim('event=sale', given).mode).toBe('increment');
    expect(claim('event=lead', given).mode).toBe('update');
    expect(claim('event=lead').mode).toBe('ignore');
  });
});
