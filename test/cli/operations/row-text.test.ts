import { rowPage } from '../../../cli/operations/log/row-page';
import { rowsTable } from '../../../cli/operations/log/row-text';
import type { LogRow } from '../../../operator/answers';

const row = (browser?: string): LogRow => ({
  requestId: 'r1',
  receivedAt: '2026-11-30T07:00:00.000Z',
  method: 'GET',
  path: '/p/acme.gif',
  raw: '',
  result: 'recorded',
  reason: 'OK',
  httpStatus: 200,
  message: 'Recorded.',
  warnings: [],
  attempts: 1,
  ...(browser !== undefined && { browser }),
});

test.each([
  ['reported', 'reported by a browser'],
  ['confirmed', 'confirmed by a server'],
])('a row that says browser: %s is told so in the list and on its page', (browser, told) => {
  expect(rowsTable([row(browser)])).toContain(`OK, ${told}`);
  expect(rowPage(row(browser), [])).toMatch(new RegExp(`browser +${told}`));
});

test('a row of a server says nothing of a browser', () => {
  expect(rowsTable([row()]) + rowPage(row(), [])).not.toContain('browser');
});
