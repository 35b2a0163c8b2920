import type { Finding } from '../ledger/ledger';

/** A mistake put into the source while it is bundled, to see that the proof would catch it. */
export interface Mutation {
  readonly name: string;
  readonly title: string;
  /** A source file, and what in it becomes what; the text must occur there exactly once. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** The bundles that get it. */
  readonly functions: readonly ('click' | 'postback' | 'retry' | 'count')[];
  /** The scenario that must catch it, and what it must find. */
  readonly scenario: string;
  readonly found: Finding['kind'];
}

export const mutations: readonly Mutation[] = [
  {
    name: 'own-write',
    title: 'A write of our own whose answer was lost is taken for somebody else’s',
    file: 'lambdas/domain/conversion/apply.ts',
    from: 'const own = existing.history.find(({ requestId }) => requestId === claim.requestId);',
    to: 'const own = existing.history.find(() => false);',
    functions: ['postback', 'retry'],
    scenario: 'answer-lost-conversions',
    found: 'reported wrong',
  },
  {
    name: 'queue-fallback',
    title: 'A postback is acknowledged as queued, and nothing is queued',
    file: 'lambdas/judgement/judge-or-queue.ts',
    from: 'await queue.send(',
    to: 'void (async (..._: unknown[]) => undefined)(',
    functions: ['postback'],
    scenario: 'conversions-down',
    found: 'lost',
  },
  {
    name: 'partial-batch',
    title: 'The retry function reports no failures: what must wait is deleted',
    file: 'lambdas/retry/handler.ts',
    from: 'batchItemFailures: left.map((itemIdentifier) => ({ itemIdentifier }))',
    to: 'batchItemFailures: left.slice(left.length).map((itemIdentifier) => ({ itemIdentifier }))',
    functions: ['retry'],
    scenario: 'conversions-down',
    found: 'lost',
  },
  {
    name: 'payout-for-named',
    title: 'A default payout is taken for an amount that was named',
    file: 'lambdas/domain/conversion/fold.ts',
    from: 'if (price?.named !== true) {',
    to: 'if (price === undefined) {',
    functions: ['postback', 'retry'],
    scenario: 'payouts',
    found: 'stored wrong',
  },
  {
    name: 'window-of-change',
    title: 'A change of a known conversion must be within the window of its click',
    file: 'lambdas/domain/conversion/settlement.ts',
    from: "if (known === undefined && !mayCreate) return { outcome: 'not-known' };",
    to: "if (!mayCreate) return { outcome: 'not-known' };",
    functions: ['postback', 'retry'],
    scenario: 'months-later',
    found: 'reported wrong',
  },
  {
    name: 'currency-ignored',
    title: 'Amounts are added whatever their currencies are',
    file: 'lambdas/domain/conversion/sums.ts',
    from: "if (isOther(state, price, currency)) return [state, 'currency'];",
    to: '',
    functions: ['postback', 'retry'],
    scenario: 'payouts',
    found: 'stored wrong',
  },
  {
    name: 'patience-from-receipt',
    title: 'The patience with a missing click runs from the receipt, also while storage is down',
    file: 'lambdas/retry/settle-postback.ts',
    from: 'const left = patienceEndsAt({ since, mintedAt, troubled }) - clock();',
    to: 'const left = queued.request.receivedAt + 60 * 60 * 1000 - clock();',
    functions: ['retry'],
    scenario: 'outage-of-hours',
    found: 'reported wrong',
  },
  {
    name: 'random-batch',
    title: 'The same batch sent again is another batch',
    file: 'lambdas/domain/request/batch-identity.ts',
    from: "return sha256(JSON.stringify(['batch', integration, dryRun, test, ...content]));",
    to: "return sha256(JSON.stringify(['batch', integration, dryRun, test, ...content, Math.random()]));",
    functions: ['postback'],
    scenario: 'batch-again',
    found: 'duplicated',
  },
  {
    name: 'checkpoint-unconditional',
    title: 'Two readers of one shard may both count what they read',
    file: 'lambdas/adapters/facts-table.ts',
    from: 'before === undefined ? isNew : isAsRead(before)',
    to: '{}',
    functions: ['count'],
    scenario: 'streams',
    found: 'reported wrong',
  },
];

/** The source with the mistake in it; throws where the source is no longer what the mutation was written for. */
export function mutate(source: string, { name, file, from, to }: Mutation): string {
  const times = source.split(from).length - 1;
  if (times !== 1) throw new Error(`the mutation ${name} finds its text ${times} times in ${file}, not once`);
  return source.replace(from, () => to);
}
