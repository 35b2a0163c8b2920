import type { MetricName } from '../../lambdas/contract';
import * as metric from '../../lambdas/counters';
import { counted } from '../counted';
import { lossTroubles } from './losses';
import type { Picture, Span } from './picture';
import { now, soon, type Trouble } from './trouble';
import { unwatchedTroubles } from './unwatched';

/** The reason and integration that most recent rejections share. */
export interface Rejections {
  readonly reason: string;
  readonly integration?: string | undefined;
  /** Their share of the rows that were read. */
  readonly share: number;
}

/** One integration's newest postbacks that were recorded without the amount that they seem to hold. */
export interface UnreadAmounts {
  readonly integration: string;
  readonly unread: number;
  readonly of: number;
}

/** Details from the log, if it was read. */
export interface Senders {
  readonly rejections?: Rejections | undefined;
  readonly unreadAmounts?: readonly UnreadAmounts[];
}

/** The threshold of a built-in stage's alarm: anybody may request the link of an unknown campaign. */
const fewestUnserved = 5;
const unservedShare = 0.2;
/** Minimum postbacks for a meaningful share. */
const fewestPostbacks = 5;
const rejectedShare = 0.1;
const unmatchedShare = 0.1;
const mostAuthenticationFailures = 10;

/** Lists the troubles in a picture, worst first. */
export function troublesOf(picture: Picture, senders: Senders = {}): readonly Trouble[] {
  const found = [
    ...alarmTroubles(picture),
    ...lossTroubles(picture),
    ...unservedTroubles(picture),
    ...deadLetterTroubles(picture),
    ...unwatchedTroubles(picture),
    ...amountTroubles(picture, senders.unreadAmounts),
    ...senderTroubles(picture, senders.rejections),
    ...faultTroubles(picture),
  ];
  return [...found.filter(({ urgency }) => urgency === 'now'), ...found.filter(({ urgency }) => urgency === 'soon')];
}

function countOf({ counts }: Picture, span: Span, name: MetricName): number {
  return counts[span][name] ?? 0;
}

function alarmTroubles({ alarms }: Picture): readonly Trouble[] {
  return alarms.map(({ name, urgency, about, first, runbook, since, contributors = [] }) => {
    const whom = contributors.length === 0 ? '' : ` for ${contributors.join(', ')}`;
    const means = { ...(first !== undefined && { next: first }), ...(runbook !== undefined && { runbook }) };
    const isUrgent = urgency === 'page' || urgency === 'part';
    return (isUrgent ? now : soon)(`The alarm ${name} rings${whom}${sinceText(since)}: ${about}`, means);
  });
}

/** ` since 2026-11-23 13:41 UTC`: an alarm may ring for days. */
function sinceText(since: string | undefined): string {
  return since === undefined ? '' : ` since ${since.slice(0, 16).replace('T', ' ')} UTC`;
}

function unservedTroubles(picture: Picture): readonly Trouble[] {
  const unserved = countOf(picture, 15, metric.clickUnserved);
  const clicks = unserved + countOf(picture, 15, metric.clickReceived);
  if (unserved < fewestUnserved || unserved <= clicks * unservedShare) return [];
  const sentence = `No offer took ${counted(unserved, 'click')} of the last 15 minutes: the campaign is paused or unknown.`;
  return [soon(sentence, { next: 'tracker campaign list', runbook: 'docs/runbook.md#clicks-unserved' })];
}

function deadLetterTroubles({ queues: { dead } }: Picture): readonly Trouble[] {
  if (dead === 0) return [];
  const sentence = `${dead === 1 ? '1 click or postback was' : `${dead} clicks or postbacks were`} moved to the dead letter queue and ${dead === 1 ? 'waits' : 'wait'} there.`;
  return [now(sentence, { next: 'tracker dead-letters list', runbook: 'docs/runbook.md#dead-letter-queue-not-empty' })];
}

/** A single one matters: its money is in no report. */
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
  const unauthenticated = countOf(picture, 15, metric.postbackAuthenticationFailed);
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
  if (unauthenticated >= mostAuthenticationFailures) {
    troubles.push(
      soon(
        `${unauthenticated} postbacks of the last 15 minutes came with a wrong token, signature, address or click ID.`,
        {
          next: 'tracker postbacks search --result rejected --since 1h',
          runbook: 'docs/runbook.md#authentication-failures',
        },
      ),
    );
  }
  return troubles;
}

function mostly({ reason, integration, share }: Rejections): string {
  const whose = integration === undefined ? '' : ` of ${integration}`;
  return `${share >= 0.95 ? 'all' : 'mostly'} ${reason}${whose}`;
}

/** An injected fault causes the other troubles and comes last: on-call sees the effect first, as in AWS. */
function faultTroubles({ faults, name }: Picture): readonly Trouble[] {
  if (faults.length === 0) return [];
  const injected = faults.map(({ kind, on, hits }) => `${kind} on ${on} (hit ${hits} times)`).join(', ');
  return [soon(`Faults are injected: ${injected}.`, { next: `curl -X DELETE ${name}/_local/faults` })];
}
