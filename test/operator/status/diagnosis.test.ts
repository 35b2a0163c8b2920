import { readFileSync } from 'node:fs';
import { functions } from '../../../lib/functions';
import { isRinging, ringingAlarm, alarmsToShow } from '../../../operator/status/alarm';
import { troublesOf } from '../../../operator/status/diagnosis';
import { countsOfRecords } from '../../../operator/status/local-picture';
import {
  functionNameOf,
  longestRetry,
  type Occurrences,
  type SpanCounts,
  type Picture,
} from '../../../operator/status/picture';
import { mostCommon } from '../../../operator/status/rejections';
import * as metric from '../../../lambdas/counters';

const quiet: SpanCounts = { [metric.postbackReceived]: 100, [metric.postbackRecorded]: 100 };

const at = '2026-11-23T13:45:00.000Z';
/** Began at 13:38, and was last counted at this minute of the hour. */
const countedUntil = (minute: number, count: number): Occurrences => ({
  count,
  first: '2026-11-23T13:38:20.000Z',
  last: `2026-11-23T13:${minute}:05.000Z`,
});

function picture(counts: SpanCounts, rest: Partial<Picture> = {}, minute = 44): Picture {
  const all = { ...quiet, ...counts };
  const moved = Object.entries(counts).map(([name, count]) => [name, countedUntil(minute, count)]);
  return {
    at,
    occurrences: Object.fromEntries(moved),
    failingFunctions: [],
    name: 'PostbackTracker-prod',
    isProduction: true,
    counts: { 5: all, 15: all, 60: all },
    queues: { retry: 0, dead: 0 },
    alarms: [],
    alarmsWatched: 30,
    faults: [],
    ...rest,
  };
}

const sentences = (seen: Picture): readonly string[] => troublesOf(seen).map(({ sentence }) => sentence);

test('a tracker that records what comes is in no trouble', () => {
  expect(troublesOf(picture({}))).toEqual([]);
});

test.each<[string, Picture]>([
  [
    'Storage rejects writes: 38 postbacks queued since 13:38, last at 13:44 UTC. The retry queue holds 38.',
    picture({ [metric.postbackQueued]: 38 }, { queues: { retry: 38, dead: 0 } }),
  ],
  [
    'Storage rejects writes: 1 postback and 2 clicks queued since 13:38, last at 13:44 UTC. The retry queue is empty again.',
    picture({ [metric.postbackQueued]: 1, [metric.clickQueued]: 2 }),
  ],
  [
    'The retry queue does not move: it holds 7, the oldest for 1.5 hours.',
    picture({}, { queues: { retry: 7, dead: 0, oldestRetrySeconds: 5400 } }),
  ],
  [
    '1 click or postback was moved to the dead letter queue and waits there.',
    picture({}, { queues: { retry: 0, dead: 1 } }),
  ],
  [
    'Neither table nor queue takes postbacks: 3 got 503 since 13:38, last at 13:44 UTC. Their senders must send them again.',
    picture({ [metric.postbackFailed]: 3 }),
  ],
  [
    'Clicks are being lost: 2 redirected and not stored since 13:38, last at 13:44 UTC.',
    picture({ [metric.clickLost]: 2 }),
  ],
  [
    'Visitors see an error: 1 click without a redirect since 13:38, last at 13:44 UTC.',
    picture({ [metric.clickFailed]: 1 }),
  ],
  [
    'The function Postback is failing: 3 errors since 13:38, last at 13:44 UTC.',
    picture({}, { failingFunctions: [{ function: 'Postback', ...countedUntil(44, 3) }] }),
  ],
  [
    'The API answers 5xx: 2 requests since 13:38, last at 13:44 UTC.',
    picture({}, { serverErrors: countedUntil(44, 2) }),
  ],
  [
    '1 source suspended: deliveries wait, none is dropped, since 13:38, last at 13:44 UTC.',
    picture({ [metric.sourceSuspended]: 1 }, { alarmsWatched: 0 }),
  ],
  [
    '2 integrations sent nothing, or amounts that are not read, since 13:38, last at 13:44 UTC.',
    picture({ [metric.silentIntegrations]: 2 }, { alarmsWatched: 0 }),
  ],
  [
    'No offer took 30 clicks of the last 15 minutes: the campaign is paused or unknown.',
    picture({ [metric.clickUnserved]: 30, [metric.clickReceived]: 100 }),
  ],
  [
    '40 of 100 postbacks of the last 15 minutes were rejected for their content.',
    picture({ [metric.postbackRejected]: 40 }),
  ],
  [
    '1 postback of the last 15 minutes was recorded without the amount that seems to be in it.',
    picture({ [metric.postbackAmountUnread]: 1 }),
  ],
  [
    '40 of 100 postbacks of the last 15 minutes wait for a click that is not there.',
    picture({ [metric.postbackUnmatched]: 40 }),
  ],
  [
    '40 postbacks of the last 15 minutes came with a wrong token, signature, address or click ID.',
    picture({ [metric.postbackAuthenticationFailed]: 40 }),
  ],
  [
    'Faults are injected: throttle on TablesConversions (hit 4 times).',
    picture({}, { faults: [{ kind: 'throttle', on: 'TablesConversions', hits: 4 }] }),
  ],
])('it says: %s', (sentence, seen) => {
  expect(sentences(seen)).toEqual([sentence]);
  expect(troublesOf(seen).every(({ next, runbook }) => next !== undefined || runbook !== undefined)).toBe(true);
});

test.each<[string, Picture]>([
  [
    'Neither table nor queue took postbacks: 3 got 503 from 13:38 until 13:39 UTC. Their senders must send them again.',
    picture({ [metric.postbackFailed]: 3 }, {}, 39),
  ],
  [
    'Clicks were lost: 2 redirected and not stored from 13:38 until 13:39 UTC.',
    picture({ [metric.clickLost]: 2 }, {}, 39),
  ],
  [
    'Storage rejected writes: 1 postback queued from 13:38 until 13:39 UTC. The retry queue is empty again.',
    picture({ [metric.postbackQueued]: 1 }, {}, 39),
  ],
  [
    'The function Click failed: 3 errors from 13:38 until 13:39 UTC.',
    picture({}, { failingFunctions: [{ function: 'Click', ...countedUntil(39, 3) }] }),
  ],
])('trouble that ended is past, with its times: %s', (sentence, seen) => {
  expect(troublesOf(seen)).toMatchObject([{ sentence, urgency: 'soon', isOver: true }]);
});

describe('a source that is suspended', () => {
  const suspended = (sources: readonly string[], minute = 44): Picture =>
    picture(
      { [metric.sourceSuspended]: sources.length },
      { alarmsWatched: 0, sources: { [metric.sourceSuspended]: sources } },
      minute,
    );

  test('is named, and the next command leads to it', () => {
    expect(troublesOf(suspended(['news', 'mail']))).toMatchObject([
      { sentence: expect.stringContaining('2 sources suspended (news, mail): '), next: 'tracker source health news' },
    ]);
    expect(sentences(suspended(['a', 'b', 'c', 'd', 'e']))).toEqual([expect.stringContaining('(a, b, c and 2 more)')]);
  });

  test('is no past trouble after minutes: it was counted once, and lasts', () => {
    const [trouble] = troublesOf(suspended(['news'], 38));
    expect(trouble).toMatchObject({ next: 'tracker source health news' });
    expect(trouble).not.toHaveProperty('isOver');
    expect(trouble?.sentence).toContain('since 13:38');
  });
});

test('deliveries that were given up lead to those of their source', () => {
  const sources = { [metric.deliveryExhausted]: ['news'] };
  expect(troublesOf(picture({ [metric.deliveryExhausted]: 3 }, { alarmsWatched: 0, sources }))).toMatchObject([
    { next: 'tracker deliveries search --source news --state exhausted' },
  ]);
});

test('trouble that began before the picture says so', () => {
  const began = { ...countedUntil(44, 3), first: '2026-11-23T12:45:30.000Z' };

  expect(sentences(picture({}, { failingFunctions: [{ function: 'Count', ...began }] }))).toEqual([
    'The function Count is failing: 3 errors since 12:45 or earlier, last at 13:44 UTC.',
  ]);
});

test('messages that still wait after storage recovered are present trouble', () => {
  const seen = picture({ [metric.postbackQueued]: 1 }, { queues: { retry: 1, dead: 0 } }, 39);

  expect(troublesOf(seen)).toEqual([expect.not.objectContaining({ isOver: true })]);
});

test('each function has a section of the runbook, and failures that visitors and senders notice are urgent', () => {
  const named = Object.keys(functions).map((name) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`);
  const failing = named.map((name) => ({ function: name, ...countedUntil(44, 1) }));
  const found = troublesOf(picture({}, { failingFunctions: failing }));
  const headings = readFileSync('docs/runbook.md', 'utf8').match(/^## .+$/gm) ?? [];
  const anchors = headings.map((heading) => `docs/runbook.md#${heading.slice(3).toLowerCase().replaceAll(' ', '-')}`);

  expect(found).toHaveLength(named.length);
  expect(found.flatMap(({ runbook }) => (anchors.includes(runbook ?? '') ? [] : [runbook]))).toEqual([]);
  expect(found.filter(({ urgency }) => urgency === 'now')).toHaveLength(3);
});

test('the API is not blamed for a function that is named', () => {
  const failing = { function: 'Postback', ...countedUntil(44, 2) };

  expect(sentences(picture({}, { failingFunctions: [failing], serverErrors: countedUntil(44, 2) }))).toHaveLength(1);
});

test('a function is named by its logical ID without construct and hash', () => {
  expect(['FunctionsPostback41FCB3A9', 'FunctionsDeliver'].map(functionNameOf)).toEqual(['Postback', 'Deliver']);
});

test('a share of very few postbacks is no trouble', () => {
  const seen = picture({ [metric.postbackReceived]: 4, [metric.postbackRejected]: 4 });

  expect(sentences(seen)).toEqual([]);
});

test('urgent troubles come first', () => {
  const seen = picture({ [metric.postbackRejected]: 40 }, { queues: { retry: 0, dead: 2 } });

  expect(troublesOf(seen).map(({ urgency }) => urgency)).toEqual(['now', 'soon']);
});

test('unread amounts are reported by integration, with their share of its postbacks', () => {
  const [trouble] = troublesOf(picture({ [metric.postbackAmountUnread]: 15 }), {
    unreadAmounts: [
      { integration: 'acme', unread: 12, of: 12 },
      { integration: 'beta', unread: 3, of: 80 },
    ],
  });

  expect(trouble).toEqual({
    urgency: 'soon',
    sentence:
      '15 postbacks of the last 15 minutes were recorded without the amount that seems to be in them: 12 of the newest 12 of acme, 3 of the newest 80 of beta.',
    next: 'tracker postbacks search --warning AMOUNT_UNREAD --since 1h',
    runbook: 'docs/runbook.md#amounts-unread',
  });
});

test('the longest wait of a retry is the greatest that was seen, not the sum, and none where nothing waits', () => {
  const now = Date.UTC(2026, 10, 23);
  const seen = (minutes: number, seconds: number) => ({
    at: now - minutes * 60_000,
    record: { [metric.retryWaitSeconds]: seconds },
  });
  const counts = countsOfRecords([seen(50, 90_000), seen(20, 91_800)], now);

  expect(counts[60][metric.retryWaitSeconds]).toBe(91_800);
  expect(longestRetry(1, 300, counts)).toBe(91_800);
  expect(longestRetry(0, 0, counts)).toBe(0);
});

test('the commonest rejection is named', () => {
  const rows = [
    { reason: 'STATUS_UNKNOWN', integration: 'acme' },
    { reason: 'STATUS_UNKNOWN', integration: 'acme' },
    { reason: 'AMOUNT_INVALID', integration: 'acme' },
  ];
  const [trouble] = troublesOf(picture({ [metric.postbackRejected]: 40 }), { rejections: mostCommon(rows) });

  expect(trouble?.sentence).toContain('mostly STATUS_UNKNOWN of acme.');
  expect(mostCommon([])).toBeUndefined();
});

test('counters are those of the last 5, 15 and 60 minutes', () => {
  const now = Date.UTC(2026, 10, 23, 12);
  const recordsAgo = (minutes: number) => ({
    at: now - minutes * 60_000,
    record: { [metric.clickReceived]: 1, ms: 7 },
  });
  const counts = countsOfRecords([1, 4, 10, 40, 70].map(recordsAgo), now);

  expect(Object.entries(counts).map(([span, of]) => [span, of])).toEqual([
    ['5', { ClickReceived: 2 }],
    ['15', { ClickReceived: 3 }],
    ['60', { ClickReceived: 4 }],
  ]);
});

test('an alarm for want of data rings when its pulse has stopped, and not before there ever was one', () => {
  const made = new Date('2026-11-23T12:00:00Z');
  const pulse = {
    StateValue: 'INSUFFICIENT_DATA',
    InsufficientDataActions: ['arn:aws:sns:us-east-1:111122223333:ticket'],
    AlarmConfigurationUpdatedTimestamp: made,
  };
  const after = (minutes: number): Date => new Date(made.getTime() + minutes * 60_000);

  expect(isRinging({ ...pulse, StateTransitionedTimestamp: after(0) })).toBe(false);
  expect(isRinging({ ...pulse, StateTransitionedTimestamp: after(180) })).toBe(true);
  expect(isRinging({ ...pulse, StateTransitionedTimestamp: after(180), InsufficientDataActions: [] })).toBe(false);
  expect(isRinging({ StateValue: 'ALARM', StateTransitionedTimestamp: after(0) })).toBe(true);
  expect(isRinging({ StateValue: 'OK', StateTransitionedTimestamp: after(180) })).toBe(false);
});

test('an alarm of a stage with another runbook leads there', () => {
  const AlarmDescription =
    'PAGE. Clicks are lost.\nNot affected: others.\nFirst: tracker status\nRunbook: https://wiki.example.com/b/1a2b/runbook.md#clicks-failing';

  expect(ringingAlarm('PostbackTracker-prod', { AlarmName: 'x', AlarmDescription }).runbook).toBe(
    'https://wiki.example.com/b/1a2b/runbook.md#clicks-failing',
  );
});

test('the description of an alarm has its urgency, the loss and the first command', () => {
  const AlarmDescription =
    'TICKET. A sender sends what cannot be recorded.\nNot affected: others.\nFirst: tracker postbacks search --result rejected\nRunbook: docs/runbook.md#postback-rejections';
  const alarm = ringingAlarm('PostbackTracker-prod', {
    AlarmName: 'PostbackTracker-prod-PostbackRejections',
    StateTransitionedTimestamp: new Date('2026-11-23T13:41:00Z'),
    AlarmDescription,
  });

  expect(alarm).toEqual({
    name: 'PostbackRejections',
    urgency: 'ticket',
    about: 'A sender sends what cannot be recorded.',
    since: '2026-11-23T13:41:00.000Z',
    first: 'tracker postbacks search --result rejected',
    runbook: 'docs/runbook.md#postback-rejections',
  });
  expect(troublesOf(picture({}, { alarms: [alarm] }))).toEqual([
    {
      urgency: 'soon',
      sentence:
        'The alarm PostbackRejections rings since 2026-11-23 13:41 UTC: A sender sends what cannot be recorded.',
      next: 'tracker postbacks search --result rejected',
      runbook: 'docs/runbook.md#postback-rejections',
    },
  ]);
  expect(ringingAlarm('s', { AlarmName: 'theirs' })).toMatchObject({ name: 'theirs', urgency: 'page' });
});

test('a part is shown beside the page that it explains, and only there', () => {
  const [info, part, page] = ['INFO', 'PART', 'PAGE'].map((said) =>
    ringingAlarm('s', { AlarmName: `s-${said}`, AlarmDescription: `${said}. It is so.` }),
  );
  const named = (...ringing: readonly (typeof info)[]): readonly string[] =>
    alarmsToShow(ringing.filter((alarm) => alarm !== undefined)).map(({ name, urgency }) => `${name} ${urgency}`);

  expect(named(info, part)).toEqual(['INFO info']);
  expect(named(info, part, page)).toEqual(['PAGE page', 'PART part', 'INFO info']);
});
