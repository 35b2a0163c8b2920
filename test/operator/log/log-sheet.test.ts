import * as fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import type { LogRow } from '../../../operator/answers';
import { logText } from '../../../operator/log/log-sheet';

const row = (fields: Partial<LogRow>): LogRow => ({
  requestId: 'r1',
  receivedAt: '2026-11-30T07:00:00.000Z',
  method: 'GET',
  path: '/postback/acme',
  raw: 'a=1',
  result: 'rejected',
  reason: 'AMOUNT_INVALID',
  httpStatus: 400,
  message: 'No.',
  warnings: [],
  attempts: 1,
  ...fields,
});

test('every text of a sender comes back from the file as it was, and begins with nothing that runs', () => {
  const told = fc.string();
  fc.assert(
    fc.property(told, told, told, (raw, message, transactionId) => {
      const conversion = { clickId: 'c', event: 'sale', transactionId, status: 'approved', amount: '-1.5', version: 1 };
      const [cells = {}] = parse<Record<string, string>>(logText([row({ raw, message, conversion })]), {
        columns: true,
      });
      for (const [name, text] of Object.entries({ raw, message, transactionId })) {
        expect([text, `'${text}`]).toContain(cells[name]);
        expect(cells[name] ?? '').not.toMatch(/^[=+\-@\t\r]/);
      }
      expect(cells['amount']).toBe('-1.5');
    }),
  );
});

test('each row is one line under its columns, and what is not known is empty', () => {
  const lines = logText([
    row({}),
    row({
      requestId: 'r2',
      warnings: [
        { code: 'A', message: '' },
        { code: 'B', message: '' },
      ],
    }),
  ]);
  const rows = parse<Record<string, string>>(lines, { columns: true });
  expect(rows.map(({ requestId, warnings, event, integration }) => [requestId, warnings, event, integration])).toEqual([
    ['r1', '', '', ''],
    ['r2', 'A B', '', ''],
  ]);
});
