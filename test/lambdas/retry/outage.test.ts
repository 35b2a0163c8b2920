import { capturedLines, type CapturedLines } from '../adapters/support/captured-lines';
import { atLength } from '../../support/at-length';
import type { Submission } from '../../../lambdas/judgement/submission';
import type * as outage from './support/outage';
import { outageOf, type Trouble } from './support/outage';

// What judgement makes of a claim is not on trial here, only whether it is asked in time.
jest.mock('../../../lambdas/judgement/judge', () => {
  const simple = () => jest.requireActual<typeof outage>('./support/outage').simpleJudgement;
  return {
    judge: (submission: Submission) => simple().judge(submission),
    settleNotFound: (submission: Submission) => simple().settleNotFound(submission),
  };
});

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

let lines: CapturedLines;
beforeEach(() => (lines = capturedLines()));
afterEach(() => lines.end());

/** The same chances in each run (mulberry32). */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Clicks over the whole outage and a little after, each with a postback seconds to hours later, one in four in a batch. */
function traffic(count: number, length: number, random: () => number) {
  return Array.from({ length: count }, (_, at) => {
    const click = (at / count) * (length + 10 * minute);
    const postback = click + (at % 3 === 0 ? 10_000 : random() * Math.min(length, 12 * hour));
    return { click, postback, inBatch: at % 4 === 0 };
  });
}

const from = (what: Trouble['what'], begins: number, length: number): Trouble => ({
  what,
  from: begins,
  until: begins + length,
});

describe.each([
  ['two hours', 2 * hour, 80],
  ['a day', day, 40],
  ['four days', 4 * day, 20],
])('an outage of %s', (_name, length, count) => {
  test.each(atLength([1, 6], [1]))(
    'turns nothing acknowledged into a rejection or a dead letter (seed %i)',
    async (seed) => {
      const random = chances(seed);
      jest.spyOn(Math, 'random').mockImplementation(random);
      const { verdicts, deadLetters, storedClicks, mostSends } = await outageOf(
        traffic(count, length, random),
        [from('everything', 0, length)],
        random,
      );

      expect({ verdicts, deadLetters, storedClicks }).toEqual({
        verdicts: { OK: count },
        deadLetters: [],
        storedClicks: count,
      });
      // Lambda takes a message for a loop after sixteen.
      expect(mostSends).toBeLessThanOrEqual(4);
    },
  );

  test('is worked off within an hour, never all in one minute', async () => {
    const random = chances(7);
    jest.spyOn(Math, 'random').mockImplementation(random);
    const { waited, busiestMinute, emptyAt } = await outageOf(
      traffic(count, length, random).filter(({ postback }) => postback < length),
      [from('everything', 0, length)],
      random,
    );

    expect(emptyAt - length).toBeLessThan(hour + 10 * minute);
    expect(waited).toBeGreaterThan(count);
    expect(busiestMinute).toBeLessThan(waited / 3);
  });
});

describe('clicks that cannot be written while everything else answers', () => {
  test.each([
    ['for a day', [from('clicks cannot be written', 0, day)]],
    [
      'and then nothing at all',
      [from('clicks cannot be written', 0, 5 * hour), from('everything', 5 * hour, 5 * hour)],
    ],
    [
      'again and again',
      Array.from({ length: 12 }, (_, at) => from('clicks cannot be written', at * 2 * hour, 100 * minute)),
    ],
  ])('%s reject no postback of theirs', async (_name, troubles) => {
    const random = chances(3);
    jest.spyOn(Math, 'random').mockImplementation(random);
    const count = 40;
    const { verdicts, deadLetters } = await outageOf(traffic(count, day, random), troubles, random);

    expect({ verdicts, deadLetters }).toEqual({ verdicts: { OK: count }, deadLetters: [] });
  });
});

test('a click that is lost is told after an hour where nothing was in trouble, and after the queue gave it up where it was', async () => {
  const random = chances(4);
  jest.spyOn(Math, 'random').mockImplementation(random);
  const lost = { click: 0, postback: 2 * minute, isLost: true };
  const calm = await outageOf([lost], [from('everything', 0, minute)], random);
  const troubled = await outageOf([lost], [from('everything', 0, hour)], random);

  expect([calm.verdicts, troubled.verdicts]).toEqual([{ CLICK_NOT_FOUND: 1 }, { CLICK_NOT_FOUND: 1 }]);
  expect(calm.emptyAt - lost.postback).toBeGreaterThanOrEqual(hour);
  expect(calm.emptyAt - lost.postback).toBeLessThan(hour + minute);
  expect(troubled.emptyAt).toBeGreaterThan(5 * day);
  expect(troubled.emptyAt).toBeLessThan(6 * day);
});
