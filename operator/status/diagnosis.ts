import { metric, type MetricName } from '../../lambdas/contract';
import { counted } from '../counted';
import type { Picture, Span } from './picture';

/** One thing that is wrong, and what to type next. */
export interface Trouble {
  /** `now`: clicks or money are being lost or held up. `soon`: it can wait for the morning. */
  readonly urgency: 'now' | 'soon';
  readonly sentence: string;
  /** A command that shows more, or fixes it. */
  readonly next?: string;
  /** The section of the runbook. */
  readonly runbook?: string;
}

/** What most of the recent rejections have in common. */
export interface Rejections {
  readonly reason: string;
  readonly integration?: string | undefined;
  /** How many of those looked at. */
  readonly share: number;
}

/** Of one integration, how many of its newest postbacks were recorded without the amount that they seem to hold. */
export interface UnreadAmounts {
  readonly integration: string;
  readonly unread: number;
  readonly of: number;
}

/** What the log says of the numbers, where it was asked. */
export interface Senders {
  readonly rejections?: Rejections | undefined;
  readonly unreadAmounts?: readonly UnreadAmounts[];
}

/** Below so many postbacks a share of them says nothing. */
/** As the alarm of a built-in stage: anybody may ask for a campaign that there is not. */
const fewestUnserved = 5;
const unservedShare = 0.2;
const fewestPostbacks = 5;
const rejectedShare = 0.1;
const unmatchedShare = 0.1;
const mostAuthenticationFailures = 10;
/** A message that waits longer than this waits for more than a click that is late. */
const oldRetrySeconds = 3600;

/** Names the trouble in a picture, the worst first; none where all is well. */
export function troublesOf(picture: Picture, senders: Senders = {}): readonly Trouble[] {
  const found = [
    ...alarmTroubles(picture),
    ...lossTroubles(picture),
    ...storageTroubles(picture),
    ...deadLetterTroubles(picture),
    ...amountTroubles(picture, senders.unreadAmounts),
    ...senderTroubles(picture, senders.rejections),
    ...faultTroubles(picture),
  ];
  return [...found.filter(({ urgency }) => urgency === 'now'), ...found.filter(({ urgency }) => urgency === 'soon')];
}

type Means = Pick<Trouble, 'next' | 'runbook'>;

const now = (sentence: string, means: Means): Trouble => ({ urgency: 'now', sentence, ...means });
const soon = (sentence: string, means: Means): Trouble => ({ urgency: 'soon', sentence, ...means });

function countOf({ counts }: Picture, span: Span, name: MetricName): number {
  return counts[span][name] ?? 0;
}

function alarmTroubles({ alarms }: Picture): readonly Trouble[] {
  return alarms.map(({ name, urgency, about, first, runbook }) =>
    (urgency === 'page' || urgency === 'part' ? now : soon)(`The alarm ${name} rings: ${about}`, {
      ...(first !== undefined && { next: first }),
      ...(runbook !== undefined && { runbook }),
    }),
  );
}

function lossTroubles(picture: Picture): readonly Trouble[] {
  const failed = countOf(picture, 15, metric.postbackFailed);
  const lost = countOf(picture, 15, metric.clickLost);
  const unredirected = countOf(picture, 15, metric.clickFailed);
  const unserved = countOf(picture, 15, metric.clickUnserved);
  const clicks = unserved + countOf(picture, 15, metric.clickReceived);
  return [
    ...(failed > 0
      ? [
          now(
            `Neither table nor queue takes postbacks: ${failed} were answered 503 in the last 15 minutes, and their senders must send again.`,
            {
              next: 'tracker postbacks search --result error --since 1h',
              runbook: 'docs/runbook.md#postbacks-failing',
            },
          ),
        ]
      : []),
    ...(lost > 0
      ? [
          now(`Clicks are lost: ${lost} of the last 15 minutes were redirected and not stored.`, {
            runbook: 'docs/runbook.md#clicks-failing',
          }),
        ]
      : []),
    ...(unserved >= fewestUnserved && unserved > clicks * unservedShare
      ? [
          soon(
            `No offer took ${counted(unserved, 'click')} of the last 15 minutes: the campaign is paused or unknown.`,
            {
              next: 'tracker campaign list',
              runbook: 'docs/runbook.md#clicks-unserved',
            },
          ),
        ]
      : []),
    ...(unredirected > 0
      ? [
          now(`Visitors see an error: ${counted(unredirected, 'click')} of the last 15 minutes got no redirect.`, {
            runbook: 'docs/runbook.md#clicks-failing',
          }),
        ]
      : []),
  ];
}

function storageTroubles(picture: Picture): readonly Trouble[] {
  const postbacks = countOf(picture, 5, metric.postbackQueued);
  const clicks = countOf(picture, 5, metric.clickQueued);
  const { retry, oldestRetrySeconds = 0 } = picture.queues;
  const next = 'tracker postbacks search --result queued --since 1h';
  if (postbacks + clicks > 0) {
    const what = [
      postbacks > 0 ? counted(postbacks, 'postback') : '',
      clicks > 0 ? counted(clicks, 'click') : '',
    ].filter((part) => part !== '');
    const holds = retry === 0 ? 'the retry queue is empty again' : `the retry queue holds ${retry}`;
    return [
      (retry > 0 ? now : soon)(
        `Storage rejects writes: ${what.join(' and ')} queued in the last 5 minutes, ${holds}.`,
        { next, runbook: 'docs/runbook.md#events-queued' },
      ),
    ];
  }
  if (oldestRetrySeconds <= oldRetrySeconds) return [];
  const hours = Math.round(oldestRetrySeconds / 360) / 10;
  return [
    now(`The retry queue does not move: it holds ${retry}, the oldest for ${hours} hours.`, {
      next,
      runbook: 'docs/runbook.md#retries-stuck',
    }),
  ];
}

function deadLetterTroubles({ queues: { dead } }: Picture): readonly Trouble[] {
  if (dead === 0) return [];
  const sentence = `${dead === 1 ? '1 click or postback was' : `${dead} clicks or postbacks were`} given up on and ${dead === 1 ? 'waits' : 'wait'} in the dead letter queue.`;
  return [now(sentence, { next: 'tracker dead-letters list', runbook: 'docs/runbook.md#dead-letter-queue-not-empty' })];
}

/** However few: each of them is money that no report shows. */
function amountTroubles(picture: Picture, byIntegration: readonly UnreadAmounts[] = []): readonly Trouble[] {
  const unread = countOf(picture, 15, metric.postbackAmountUnread);
  if (unread === 0) return [];
  const whose = byIntegration.map((one) => `${one.unread} of the newest ${one.of} of ${one.integration}`).join(', ');
  const sentence = `${counted(unread, 'postback')} of the last 15 minutes ${unread === 1 ? 'was' : 'were'} recorded without the amount that seems to be in ${unread === 1 ? 'it' : 'them'}${whose === '' ? '' : `: ${whose}`}.`;
  return [
    soon(sentence, {
      next: 'tracker postbacks search --warning AMOUNT_UNREAD --since 1h',
      runbook: 'docs/runbook.md#amounts-unread',
    }),
  ];
}

function senderTroubles(picture: Picture, rejections: Rejections | undefined): readonly Trouble[] {
  const received = countOf(picture, 15, metric.postbackReceived);
  const rejected = countOf(picture, 15, metric.postbackRejected);
  const unmatched = countOf(picture, 15, metric.postbackUnmatched);
  const unbelieved = countOf(picture, 15, metric.postbackAuthenticationFailed);
  const troubles: Trouble[] = [];
  if (received >= fewestPostbacks && rejected > received * rejectedShare) {
    const most = rejections === undefined ? '' : `, ${mostly(rejections)}`;
    troubles.push(
      soon(`${rejected} of ${received} postbacks of the last 15 minutes were rejected for their content${most}.`, {
        next: 'tracker postbacks search --result rejected --since 1h',
        runbook: 'docs/runbook.md#postback-rejections',
      }),
    );
  }
  if (received >= fewestPostbacks && unmatched > received * unmatchedShare) {
    troubles.push(
      soon(`${unmatched} of ${received} postbacks of the last 15 minutes wait for a click that is not there.`, {
        next: 'tracker postbacks search --reason PENDING_UNMATCHED --since 1h',
        runbook: 'docs/runbook.md#postbacks-unmatched',
      }),
    );
  }
  if (unbelieved >= mostAuthenticationFailures) {
    troubles.push(
      soon(`${unbelieved} postbacks of the last 15 minutes came with a wrong token, signature, address or click ID.`, {
        next: 'tracker postbacks search --result rejected --since 1h',
        runbook: 'docs/runbook.md#authentication-failures',
      }),
    );
  }
  return troubles;
}

function mostly({ reason, integration, share }: Rejections): string {
  const whose = integration === undefined ? '' : ` of ${integration}`;
  return `${share >= 0.95 ? 'all' : 'mostly'} ${reason}${whose}`;
}

/** What was injected is the cause of the rest, and comes last: on-call sees the effect first, as it would in AWS. */
function faultTroubles({ faults, name }: Picture): readonly Trouble[] {
  if (faults.length === 0) return [];
  const told = faults.map(({ kind, on, hits }) => `${kind} on ${on} (hit ${hits} times)`).join(', ');
  return [soon(`Faults are injected: ${told}.`, { next: `curl -X DELETE ${name}/_local/faults` })];
}
