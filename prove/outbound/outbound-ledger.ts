import type { PostbackMode } from '../../lambdas/domain/configuration/outbound-postback';
import type { Finding, ShownState } from '../ledger/ledger';
import type { SinkScript } from './sink-scripts';
import type { SinkCall } from './sinks';

/** A conversion of a traffic source's click, with its states in the tracker's answers, in their order. */
export interface Sale {
  readonly source: string;
  readonly clickId: string;
  readonly transactionId: string;
  readonly states: readonly ShownState[];
}

/** A delivery as the admin API shows it. */
export interface ShownDelivery {
  readonly id: string;
  readonly source: string;
  readonly postback: string;
  readonly clickId: string;
  readonly conversionKey: string;
  readonly status: string;
  readonly amount?: string | undefined;
  readonly state: string;
  readonly reason?: string | undefined;
}

/** The evidence after the last delivery has ended. */
export interface OutboundLedger {
  readonly scripts: readonly SinkScript[];
  readonly sales: readonly Sale[];
  readonly deliveries: readonly ShownDelivery[];
  readonly calls: readonly SinkCall[];
}

const ends = ['delivered', 'failed', 'exhausted', 'held', 'superseded', 'skipped'] as const;
type End = (typeof ends)[number];

/** Counts of reportable changes by the end of their delivery; `calls` counts those of sinks. */
export interface OutboundTally extends Readonly<Record<End, number>> {
  readonly changes: number;
  readonly calls: number;
  readonly lost: number;
  readonly withoutReason: number;
  /** Accepted under two delivery IDs. */
  readonly twice: number;
}

export interface OutboundReconciliation {
  readonly tally: OutboundTally;
  readonly findings: readonly Finding[];
}

const modes: readonly PostbackMode[] = ['first', 'every-change', 'each-status'];

/** Compares the calls of traffic sources and the deliveries with the changes that were to be reported. Pure. */
export function reconcileOutbound(ledger: OutboundLedger): OutboundReconciliation {
  const findings: Finding[] = [];
  const counts = { delivered: 0, failed: 0, exhausted: 0, held: 0, superseded: 0, skipped: 0 };
  let changes = 0;
  let withoutReason = 0;
  for (const sale of ledger.sales) {
    for (const mode of modes) {
      const course = courseOf(sale, mode, ledger);
      changes += course.expected.length;
      findings.push(...courseFindings(course));
      for (const { state } of course.asked) if (isEnd(state)) counts[state] += 1;
      withoutReason += course.deliveries.filter(isWithoutReason).length;
    }
  }
  findings.push(...strangerFindings(ledger));
  const of = (kind: Finding['kind']): number => findings.filter((finding) => finding.kind === kind).length;
  const tally = {
    changes,
    ...counts,
    calls: ledger.calls.length,
    lost: of('lost'),
    withoutReason,
    twice: of('duplicated'),
  };
  return { tally, findings };
}

const isEnd = (state: string): state is End => ends.some((end) => end === state);

const isWithoutReason = ({ reason }: ShownDelivery): boolean => reason === undefined;

/** One conversion and one mode of reporting it: expected changes, deliveries, and the sink's calls. */
interface Course {
  readonly name: string;
  readonly mode: PostbackMode;
  readonly script: SinkScript;
  readonly expected: readonly ShownState[];
  readonly deliveries: readonly ShownDelivery[];
  /** Deliveries without those that the postback's filter excludes. */
  readonly asked: readonly ShownDelivery[];
  readonly calls: readonly SinkCall[];
}

function courseOf(sale: Sale, mode: PostbackMode, { scripts, deliveries, calls }: OutboundLedger): Course {
  const { source, clickId, transactionId } = sale;
  const script = scripts.find(({ id }) => id === source);
  if (script === undefined) throw new Error(`no script is named ${source}`);
  const ours = deliveries.filter(
    (one) => one.clickId === clickId && one.postback === mode && one.conversionKey.endsWith(`#${transactionId}`),
  );
  return {
    name: `${source} ${mode} ${clickId} ${transactionId}`,
    mode,
    script,
    expected: expectedChanges(sale.states, mode),
    deliveries: ours,
    asked: ours.filter(({ reason }) => reason !== 'STATUS_FILTERED'),
    calls: calls.filter(
      (one) => one.clickId === clickId && one.postback === mode && one.transactionId === transactionId,
    ),
  };
}

const textOf = ({ status, amount }: ShownState): string => `${status} ${amount ?? ''}`;

/** Returns the changes to report to a source: written from the documentation, not from the product. */
export function expectedChanges(states: readonly ShownState[], mode: PostbackMode): readonly ShownState[] {
  const changes = states.filter((state, at) => {
    const before = states[at - 1];
    return before === undefined || textOf(before) !== textOf(state);
  });
  if (mode === 'every-change') return changes;
  if (mode === 'first') return changes.slice(0, 1);
  return changes.filter(({ status }, at) => changes.findIndex((one) => one.status === status) === at);
}

function courseFindings(course: Course): readonly Finding[] {
  return [...deliveryFindings(course), ...callFindings(course), ...orderFindings(course)];
}

function deliveryFindings({ name, mode, script, expected, deliveries, asked }: Course): readonly Finding[] {
  const findings: Finding[] = [];
  for (const change of expected) {
    const found = asked.filter((one) => textOf(one) === textOf(change));
    if (found.length === 0) findings.push({ kind: 'lost', what: `${name}: ${textOf(change)} has no delivery` });
    if (found.length > 1) findings.push({ kind: 'duplicated', what: `${name}: ${textOf(change)} has ${found.length}` });
  }
  if (asked.length > expected.length) {
    findings.push({ kind: 'duplicated', what: `${name}: ${asked.length} deliveries of ${expected.length} changes` });
  }
  const last = expected.at(-1);
  for (const delivery of asked) {
    const isNewest = last !== undefined && textOf(delivery) === textOf(last);
    const mayBe = [...script.ends, ...(mode === 'every-change' && !isNewest ? ['superseded'] : [])];
    const what = `${name}: ${textOf(delivery)} ends as ${delivery.state} ${delivery.reason ?? ''}`;
    if (!mayBe.includes(delivery.state)) {
      findings.push({ kind: delivery.state === 'due' ? 'lost' : 'reported wrong', what });
    }
  }
  for (const delivery of deliveries.filter(isWithoutReason)) {
    findings.push({
      kind: 'reported wrong',
      what: `${name}: ${textOf(delivery)} is ${delivery.state} without a reason`,
    });
  }
  return findings;
}

/** Checks that each change that a sink accepted has one delivery ID, as the deliveries have it. */
function callFindings({ name, script, asked, calls }: Course): readonly Finding[] {
  const findings: Finding[] = [];
  if (script.isSilent === true && calls.length > 0) {
    findings.push({ kind: 'reported wrong', what: `${name} was called, which is impossible` });
  }
  for (const change of new Set(calls.map(textOf))) {
    const ids = new Set(calls.filter((one) => textOf(one) === change).map(({ deliveryId }) => deliveryId));
    if (ids.size > 1) findings.push({ kind: 'duplicated', what: `${name}: ${change} came under ${ids.size} IDs` });
  }
  const accepted = new Set(calls.filter(({ isAccepted }) => isAccepted).map(({ deliveryId }) => deliveryId));
  for (const { id, state } of asked) {
    if (state === 'delivered' && !accepted.has(id) && script.template === undefined) {
      findings.push({ kind: 'lost', what: `${name}: ${id} is delivered, and no sink accepted it` });
    }
    const isSaid = state === 'delivered' || state === 'superseded' || script.template !== undefined;
    if (accepted.has(id) && !isSaid) {
      findings.push({ kind: 'reported wrong', what: `${name}: ${id} was accepted, and is ${state}` });
    }
  }
  return findings;
}

/** Checks that the last state a sink accepted is the conversion's, with statuses in order. A repeated ID is no new call. */
function orderFindings({ name, mode, expected, asked, calls }: Course): readonly Finding[] {
  const accepted = calls.filter(({ isAccepted }) => isAccepted);
  const news = accepted.filter(
    ({ deliveryId }, at) => accepted.findIndex((one) => one.deliveryId === deliveryId) === at,
  );
  const places = news.map((call) => expected.findIndex((change) => textOf(change) === textOf(call)));
  const isOrdered = places.every((place, at) => at === 0 || place > (places[at - 1] ?? -1));
  if (!isOrdered)
    return [{ kind: 'reported wrong', what: `${name} received its changes in the order ${places.join(', ')}` }];
  const isOver = asked.every(({ state }) => state === 'delivered' || state === 'superseded');
  const isLast = places.at(-1) === expected.length - 1;
  if (mode !== 'every-change' || !isOver || isLast || expected.length === 0) return [];
  return [{ kind: 'reported wrong', what: `${name} did not receive its last state` }];
}

/** Finds deliveries and calls without a sale. */
function strangerFindings({ sales, deliveries, calls }: OutboundLedger): readonly Finding[] {
  const known = new Set(sales.map(({ clickId }) => clickId));
  return [
    ...deliveries.filter(({ clickId }) => !known.has(clickId)).map(({ id }) => `delivery ${id}`),
    ...calls.filter(({ clickId }) => !known.has(clickId)).map(({ deliveryId }) => `call ${deliveryId}`),
  ].map((what): Finding => ({ kind: 'duplicated', what: `${what} is about nothing that was sold` }));
}
