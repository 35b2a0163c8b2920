import * as fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { splitIntoBatches } from '../../../operator/upload/batches';
import { planColumns, renamedFields } from '../../../operator/upload/columns';
import { rejectedFileOf, rejectedText } from '../../../cli/operations/upload/rejected-rows';
import { postbacksOf, readUpload } from '../../../cli/operations/upload/rows';
import { readDocument } from '../../../lambdas/domain/configuration/document';
import { readBatch } from '../../../lambdas/domain/request/batch';

function integration(fields: object = {}) {
  const reading = readDocument('integration', { name: 'Acme', preset: 'generic', ...fields });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.document;
}

describe('a file', () => {
  const rows = [
    { clickid: 'c1', amount: '1.50' },
    { clickid: 'c2', amount: '2' },
  ];

  test.each([
    ['CSV', 'clickid,amount\nc1,1.50\nc2,2\n'],
    ['CSV with semicolons and a byte order mark', '\uFEFFclickid;amount\r\nc1;1.50\r\nc2;2\r\n'],
    ['a JSON array', '[{"clickid":"c1","amount":1.50},{"clickid":"c2","amount":2}]'],
    ['NDJSON', '{"clickid":"c1","amount":"1.50"}\n\n{"clickid":"c2","amount":2}\n'],
  ])('is read as %s, numbers in the letters that they were written in', (_what, text) => {
    const file = readUpload('orders', text);

    expect(file.columns).toEqual(['clickid', 'amount']);
    expect(file.rows.map(({ fields }) => fields)).toEqual(rows);
  });

  test('reports a row that was split at a comma, and reads the rest', () => {
    const { rows: read } = readUpload('orders.csv', 'clickid,amount\nc1,12,50\nc2,2\n');

    expect(read.map(({ number, problem }) => [number, problem])).toEqual([
      [1, expect.stringContaining('more cells than the header')],
      [2, undefined],
    ]);
  });

  test.each([
    ['is empty', ' \n'],
    ['begins like a JSON array and does not parse', '[{'],
    ['names "a" twice', 'a,a\n1,2\n'],
  ])('that %s is rejected in a sentence', (sentence, text) => {
    expect(() => readUpload('orders', text)).toThrow(sentence);
  });

  test('may aggregate conversions in one row, which are as many postbacks', () => {
    expect(postbacksOf({ clickid: 'c1', conversions: [{ txid: 'A' }, { txid: 'B' }] })).toEqual([
      '{"clickid":"c1","txid":"A"}',
      '{"clickid":"c1","txid":"B"}',
    ]);
  });
});

describe('columns', () => {
  test('are sent under the names that the integration reads', () => {
    const plan = planColumns(
      ['Click', 'Order ID', 'payout', 'note'],
      [
        ['Click', 'clickId'],
        ['Order ID', 'transactionid'],
      ],
      integration({ parameters: { transactionId: ['order'] } }),
    );

    expect(renamedFields({ Click: 'c', 'Order ID': '7', payout: '1', note: 'x' }, plan)).toEqual({
      clickid: 'c',
      order: '7',
      payout: '1',
      note: 'x',
    });
    expect(plan.read.map(({ column, field }) => `${column}=${field}`)).toEqual([
      'Click=clickId',
      'Order ID=transactionId',
      'payout=amount',
    ]);
    expect(plan.unread).toEqual(['note']);
  });

  test('of a preset that reads nested members are left to the tracker', () => {
    const nested = integration({ parameters: { clickId: ['data.click'] } });

    expect(() => planColumns(['data', 'amount'], [], nested)).not.toThrow();
  });

  test.each<[string, readonly string[], readonly (readonly [string, string])[]]>([
    ['No column holds the click ID', ['Click', 'amount'], []],
    ['The file has no column "Clik"', ['Click'], [['Clik', 'clickId']]],
    ['would both be sent as "clickid"', ['clickid', 'Click'], [['Click', 'clickId']]],
  ])('are rejected before anything is sent: %s', (sentence, columns, pairs) => {
    expect(() => planColumns(columns, pairs, integration())).toThrow(sentence);
  });
});

test('batches hold every row once, in order, and no more than the tracker takes', () => {
  const body = fc.string({ maxLength: 40 }).map((text) => JSON.stringify({ text }));
  fc.assert(
    fc.property(fc.array(body, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (bodies, mostRows) => {
      const mostBytes = 300;
      const rows = bodies.map((text, at) => ({ number: at + 1, body: text }));
      const batches = splitIntoBatches(rows, { mostRows, mostBytes });

      expect(batches.flatMap((batch) => batch.rows)).toEqual(rows);
      for (const batch of batches) {
        expect(batch.rows.length).toBeLessThanOrEqual(mostRows);
        expect(Buffer.byteLength(batch.body)).toBeLessThanOrEqual(mostBytes);
        expect(readBatch(Buffer.from(batch.body))).toMatchObject({ ok: true, rows: batch.rows.map((row) => row.body) });
      }
    }),
  );
});

describe('what was rejected', () => {
  test('is written in the order of the file, with the columns of the file, to be fixed and uploaded again', () => {
    const text = rejectedText(
      ['clickid', 'amount', 'reason'],
      [
        {
          number: 3,
          fields: { clickid: 'c3', amount: '-1', reason: 'old' },
          reason: 'AMOUNT_INVALID',
          message: '=HYPERLINK("x")',
        },
        { number: 1, fields: { clickid: 'c1', amount: 'x,y' }, reason: 'AMOUNT_INVALID', message: 'No.' },
      ],
    );

    expect(parse(text)).toEqual([
      ['clickid', 'amount', 'reason', 'message'],
      ['c1', 'x,y', 'AMOUNT_INVALID', 'No.'],
      ['c3', '-1', 'AMOUNT_INVALID', `'=HYPERLINK("x")`],
    ]);
    expect(readUpload('refused', text).rows).toHaveLength(2);
  });

  test.each([
    ['orders.csv', 'orders.refused.csv'],
    ['a/orders.ndjson', 'a/orders.refused.csv'],
    ['orders.refused.csv', 'orders.refused.csv'],
    ['orders', 'orders.refused.csv'],
  ])('of %s goes to %s', (file, refused) => {
    expect(rejectedFileOf(file)).toBe(refused);
  });
});
