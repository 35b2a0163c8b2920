import { payableOf } from '../../../../lambdas/domain/conversion/payable';
import type { Submission } from '../../../../lambdas/judgement/submission';
import { clickId } from '../../domain/support/factories';
import { World } from './memory';

let world: World;
beforeEach(() => {
  world = new World();
  world.assign('spring', 'acme', {
    browser: { origins: ['https://shop.example'] },
    events: { sale: { amount: '5', currency: 'USD' } },
  });
});

/** What a visitor's browser reports to the integration `acme`. */
function report(query: string, page?: string): Submission {
  const submission = world.submission(query);
  return {
    ...submission,
    authenticated: {
      integration: 'acme',
      trust: 'browser',
      statement: submission.requestId,
      ...(page !== undefined && { page }),
    },
  };
}

const reported = (query: string, page?: string) => world.judge(report(query, page));
const row = (key: string) => world.conversions.get(`${clickId()}/${key}`);

test.each([
  ['status=approved&amount=999', 'a status and an amount'],
  ['amount=1,5', 'an amount that is none'],
  ['timestamp=1700000000', 'a time of its own'],
])('a report is pending, with the payout of the configuration, whatever it says beside (%s: %s)', async (beside) => {
  const { verdict, row: logged } = await reported(`clickid=${world.click()}&event=sale&txid=1&${beside}`);
  expect(verdict).toMatchObject({ result: 'recorded', reason: 'OK', conversion: { status: 'pending', amount: '5' } });
  expect(verdict.warnings.map(({ code }) => code)).toEqual(['BROWSER_REPORTED']);
  expect(logged.browser).toBe('reported');
  expect(row('sale#1')).toMatchObject({ amountNamed: false, history: [{ timeGiven: false, browser: true }] });
  expect(payableOf(row('sale#1'))).toEqual({});
});

test('an amount that a browser names counts only where the campaign says so, and is pending all the same', async () => {
  world.assign('spring', 'acme', { browser: { browserAmount: true } });
  const { verdict } = await reported(`clickid=${world.click()}&event=sale&amount=12.50`);
  expect(verdict.conversion).toMatchObject({ status: 'pending', amount: '12.5' });
});

test('a server confirms it once, with its own amount, and its row says so', async () => {
  const id = world.click();
  await reported(`clickid=${id}&event=sale&txid=1`);
  const { verdict, row: logged } = await world.send(`clickid=${id}&event=sale&txid=1&amount=50&status=approved`);
  expect(verdict).toMatchObject({ reason: 'OK', conversion: { status: 'approved', amount: '50', version: 2 } });
  expect(logged.browser).toBe('confirmed');
  const again = await reported(`clickid=${id}&event=sale&txid=1`);
  expect(again.verdict).toMatchObject({ reason: 'OK_DUPLICATE', conversion: { status: 'approved', amount: '50' } });
});

test('without a transaction ID there is one report for each click and event', async () => {
  const id = world.click();
  for (let visits = 0; visits < 3; visits++) await reported(`clickid=${id}&event=sale`);
  await reported(`clickid=${id}&event=lead`);
  expect([...world.conversions.keys()].length).toBe(2);
});

test('a report that comes again writes no row of the log', async () => {
  const id = world.click();
  await reported(`clickid=${id}&event=sale`);
  world.calls.length = 0;
  const { logged } = await reported(`clickid=${id}&event=sale`);
  expect([logged, world.calls]).toEqual([false, ['find click', 'record']]);
});

test.each(['event=refund', 'event=chargeback'])('a browser cannot take a sale back (%s)', async (beside) => {
  const id = world.click();
  await world.send(`clickid=${id}&event=sale&amount=50`);
  const { verdict } = await reported(`clickid=${id}&${beside}`);
  expect([verdict.reason, row('sale#')?.status]).toEqual(['STATUS_UNKNOWN', 'approved']);
});

test('a campaign that does not say so takes no report', async () => {
  world.assign('spring', 'acme');
  const { verdict } = await reported(`clickid=${world.click()}&event=sale`);
  expect([verdict.httpStatus, verdict.reason, world.conversions.size]).toEqual([403, 'AUTH_MISSING', 0]);
});

test('a page that the campaign does not name may not report, and one that the browser does not name may', async () => {
  const id = world.click();
  const foreign = await reported(`clickid=${id}&event=sale`, 'https://evil.example');
  expect([foreign.verdict.reason, world.conversions.size]).toEqual(['AUTH_INVALID', 0]);
  expect((await reported(`clickid=${id}&event=sale`)).verdict.reason).toBe('OK');
  expect((await reported(`clickid=${id}&event=lead`, 'https://shop.example')).verdict.reason).toBe('OK');
});

test('the click of another integration is none of its own', async () => {
  const id = world.click(1, { integration: 'other', campaign: 'theirs' });
  world.assign('theirs', 'other', { browser: {} });
  world.configure('other');
  expect((await reported(`clickid=${id}&event=sale`)).verdict.reason).toBe('INTEGRATION_MISMATCH');
});

test('a genuine ID whose click is not there yet waits for it, and is judged as a report then', async () => {
  const waiting = report(`clickid=${clickId()}&event=sale&status=approved&amount=9`);
  const { verdict, facts } = await world.judge(waiting);
  expect([verdict.reason, facts.authenticated?.trust]).toEqual(['PENDING_UNMATCHED', 'browser']);
  world.click();
  expect((await world.judge(waiting)).verdict.conversion).toMatchObject({ status: 'pending', amount: '5' });
});
