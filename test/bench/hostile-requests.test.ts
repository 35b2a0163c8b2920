import { hostileBatches, hostilePostbacks } from '../../bench/hostile-requests';
import { readBatch } from '../../lambdas/domain/request/batch';
import { ReadingBudget, readingLimits } from '../../lambdas/domain/text/budget';
import { conversionsIn, maximumConversions } from '../../lambdas/domain/request/conversions-in';
import { readParameters } from '../../lambdas/domain/request/parameters';
import { firstFacts, receive } from '../../lambdas/judgement/receive';
import { rowShapes } from '../../lambdas/postback/row-shapes';
import { clickIdKeys } from '../../lambdas/domain/trust/keys';
import { clickId, integration, master, request, requestId } from '../lambdas/domain/support/factories';

/** `npm run bench:hostile` measures these in milliseconds and megabytes; here their work is counted. */
const megabyte = 1024 * 1024;

test.each(Object.entries(hostilePostbacks))(
  '%s: costs a few looks at each letter, and a bounded number of copies',
  (_, make) => {
    const sent = request('', { body: make(clickId()) });
    const budget = new ReadingBudget();
    const reading = readParameters(sent, budget);
    expect(budget.letters).toBeLessThan(5 * readingLimits.bytes + readingLimits.leaves * 300);
    const listed = conversionsIn(reading.ok ? reading.parameters : [], sent, clickIdKeys(master));
    const conversions = listed.ok ? listed.value : [];
    const values = conversions.reduce((sum, { length }) => sum + length, 0);
    expect(conversions.length).toBeLessThanOrEqual(maximumConversions);
    expect(values).toBeLessThanOrEqual(readingLimits.leaves);
    // A request of one conversion is as long as a request may be.
    expect(conversions.length > 1 ? conversions.length * sent.body.length : 0).toBeLessThanOrEqual(megabyte);
  },
);

test('a request that lists fifty conversions is read once', () => {
  const body = Buffer.from(JSON.stringify({ clickid: clickId(), sales: Array.from({ length: 50 }, () => ({ a: 1 })) }));
  let reads = 0;
  const plain = request('');
  const sent = {
    ...plain,
    get body() {
      reads++;
      return body;
    },
  };
  const submission = { request: sent, requestId: requestId(1), attempts: 1 };
  const receivedOnce = receive(firstFacts(submission), sent, clickIdKeys(master), 1);
  const once = reads;
  const others = Array.from({ length: 49 }, (_, at) =>
    receive(firstFacts(submission), sent, clickIdKeys(master), at + 2),
  );
  expect([receivedOnce.facts.parts, reads]).toEqual([50, once]);
  expect(new Set(others.map(({ facts }) => facts.parameters)).size).toBe(49);
});

describe('many conversions in one request', () => {
  const listOf = (count: number, bytes: number) => {
    const text = JSON.stringify({
      clickid: clickId(),
      sales: Array.from({ length: count }, (_, at) => ({ txid: at })),
    });
    const sent = request('', { body: `${text}${' '.repeat(bytes - text.length)}` });
    const reading = readParameters(sent);
    if (!reading.ok) throw new Error(reading.message);
    const listed = conversionsIn(reading.parameters, sent, clickIdKeys(master));
    return listed.ok ? listed.value.length : listed.rejection;
  };

  test('are taken as long as all of their copies of it are small', () => {
    expect([listOf(50, 20_000), listOf(10, 100_000), listOf(4, 256 * 1024)]).toEqual([50, 10, 4]);
  });

  test('are sent as a batch where they are not', () => {
    expect(listOf(50, 21_000)).toEqual({
      reason: 'TOO_LARGE',
      message:
        'The postback lists 50 conversions in 21000 bytes; 20971 are taken. Send them as a batch to /postbacks/{integration}.',
    });
    expect(listOf(5, 256 * 1024)).toMatchObject({ reason: 'TOO_LARGE' });
  });
});

test.each(Object.entries(hostileBatches))(
  'a batch of %s: is at most its thousand rows and twice its letters',
  (_, make) => {
    const reading = readBatch(Buffer.from(make(clickId())));
    const rows = reading.ok ? reading.rows : [];
    expect(rows.length).toBeLessThanOrEqual(1000);
    expect(rows.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(8 * megabyte);
  },
);

describe('the rows of a batch', () => {
  const forged = (at: number) => `${clickId().slice(0, 30)}${10 + (at % 90)}`;
  const toldOf = (bodies: readonly string[]) => {
    const problemOf = rowShapes(integration(), master);
    return bodies.map((body) => problemOf(request('', { body }))?.reason);
  };

  test('are all checked before the answer where each names one click ID', () => {
    const told = toldOf(
      Array.from({ length: 1000 }, (_, at) => JSON.stringify({ clickid: at % 2 ? forged(at) : clickId() })),
    );
    expect(told.filter((reason) => reason === 'CLICK_ID_FORGED')).toHaveLength(500);
  });

  test('are checked for 2,000 click IDs, and by the log alone beyond them', () => {
    const row = JSON.stringify(Object.fromEntries(Array.from({ length: 90 }, (_, at) => [`x${at}`, forged(at)])));
    const told = toldOf(Array.from({ length: 1000 }, () => row));
    expect(told.filter((reason) => reason !== undefined)).toHaveLength(22);
  });

  test('are checked up to a megabyte, and by the log alone beyond it', () => {
    const row = JSON.stringify({ x: 'v'.repeat(4000) });
    const told = toldOf(Array.from({ length: 1000 }, () => row));
    expect(told.filter((reason) => reason !== undefined)).toHaveLength(Math.floor(megabyte / row.length));
  });
});
