import * as v from 'valibot';
import type { AdminApi, Query } from '../../../operator/api/admin-api';
import { followDeliveries } from '../../../operator/deliveries/follow-deliveries';

interface Made {
  readonly id: string;
  readonly createdAt: number;
  readonly state: string;
  readonly attempts?: number;
  readonly dueAt?: number;
}

const iso = (at: number): string => new Date(at).toISOString();
const begun = Date.parse('2026-11-23T12:00:00.000Z');
const minute = 60_000;

/** A tracker with deliveries to one source; a page has two, the newest first. */
class Tracker {
  now = begun;
  calls = 0;
  readonly made = new Map<string, Made>();

  put(...deliveries: readonly Made[]): void {
    for (const one of deliveries) this.made.set(one.id, one);
  }

  private shown({ attempts = 0, createdAt, dueAt, ...one }: Made): object {
    const fields = {
      source: 'news',
      postback: 'main',
      clickId: 'c',
      conversionKey: 'k',
      event: 'sale',
      status: 'approved',
    };
    return {
      ...fields,
      ...one,
      attempts,
      createdAt: iso(createdAt),
      ...(dueAt !== undefined && { dueAt: iso(dueAt) }),
    };
  }

  readonly api: Pick<AdminApi, 'pages' | 'call'> = {
    pages: (_path, item, query) => this.pages(item, query),
    call: async (_method, path, answer) => {
      this.calls += 1;
      const found = this.made.get(path[1] ?? '');
      if (found === undefined) throw new Error('there is no such delivery');
      return v.parse(answer, this.shown(found));
    },
  };

  private async *pages<Item>(item: v.GenericSchema<unknown, Item>, { since = '' }: Query = {}) {
    const found = [...this.made.values()].filter(({ createdAt }) => createdAt >= Date.parse(String(since))).reverse();
    for (let at = 0; at === 0 || at < found.length; at += 2) {
      this.calls += 1;
      yield v.parse(
        v.array(item),
        found.slice(at, at + 2).map((one) => this.shown(one)),
      );
    }
  }

  follow(): () => Promise<readonly string[]> {
    const followed = followDeliveries(this.api as AdminApi, iso(begun - minute), () => this.now);
    return async () => (await followed.next(['news'])).map(({ id, state, attempts }) => `${id} ${state} ${attempts}`);
  }
}

test('a delivery is shown once, oldest first, and again when it has another state', async () => {
  const tracker = new Tracker();
  tracker.put(
    { id: 'a', createdAt: begun - 20_000, state: 'delivered', attempts: 1 },
    { id: 'b', createdAt: begun - 10_000, state: 'due' },
  );
  const next = tracker.follow();

  expect(await next()).toEqual(['a delivered 1', 'b due 0']);
  expect(await next()).toEqual([]);
  tracker.put({ id: 'b', createdAt: begun - 10_000, state: 'failed', attempts: 1 });
  expect(await next()).toEqual(['b failed 1']);
});

test('one that is tried again hours after it was made shows what came of it', async () => {
  const tracker = new Tracker();
  tracker.put({ id: 'a', createdAt: begun, state: 'due', attempts: 3, dueAt: begun + 60 * minute });
  const next = tracker.follow();
  expect(await next()).toEqual(['a due 3']);

  tracker.now = begun + 30 * minute;
  const before = tracker.calls;
  expect(await next()).toEqual([]);
  expect(tracker.calls - before).toBe(1);
  tracker.now = begun + 61 * minute;
  expect(await next()).toEqual([]);
  tracker.put({ id: 'a', createdAt: begun, state: 'delivered', attempts: 4 });
  expect(await next()).toEqual(['a delivered 4']);
  tracker.now = begun + 90 * minute;
  const after = tracker.calls;
  expect(await next()).toEqual([]);
  expect(tracker.calls - after).toBe(1);
});

test('a source that is down with many deliveries is asked for a few of them at a time, and for each in turn', async () => {
  const tracker = new Tracker();
  const waiting = Array.from({ length: 60 }, (_, at) => ({
    id: `d${at}`,
    createdAt: begun + at,
    state: 'due',
    dueAt: begun,
  }));
  tracker.put(...waiting);
  const next = tracker.follow();
  expect(await next()).toHaveLength(60);
  tracker.now = begun + 10 * minute;
  expect(await next()).toEqual([]);
  tracker.put(...waiting.map((one) => ({ ...one, state: 'delivered', attempts: 1 })));
  const told: string[] = [];
  for (let look = 0; look < 3; look += 1) {
    const before = tracker.calls;
    told.push(...(await next()));
    expect(tracker.calls - before).toBeLessThanOrEqual(21);
  }
  expect(new Set(told).size).toBe(60);
});
