/** A mistake put into the source while it is bundled, to see that the proof would catch it. */
export interface Mutation {
  readonly name: string;
  readonly title: string;
  /** A source file, and what in it becomes what; the text must stand there exactly once. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** The bundles that get it. */
  readonly functions: readonly ('click' | 'postback' | 'retry')[];
  /** The scenario that must catch it, and what it must find. */
  readonly scenario: string;
  readonly found: 'lost' | 'duplicated' | 'told wrong';
}

export const mutations: readonly Mutation[] = [
  {
    name: 'own-write',
    title: 'A write of our own whose answer was lost is taken for somebody else’s',
    file: 'lambdas/domain/conversion/decision.ts',
    from: 'existing.history.find(({ requestId }) => requestId === claim.requestId)',
    to: 'undefined',
    functions: ['postback', 'retry'],
    scenario: 'answer-lost-conversions',
    found: 'told wrong',
  },
  {
    name: 'queue-fallback',
    title: 'A postback is acknowledged as queued, and nothing is queued',
    file: 'lambdas/postback/judge-or-queue.ts',
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
    from: 'batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId }))',
    to: 'batchItemFailures: []',
    functions: ['retry'],
    scenario: 'conversions-down',
    found: 'lost',
  },
];

/** The source with the mistake in it; throws where the source is no longer what the mutation was written for. */
export function mutate(source: string, { name, file, from, to }: Mutation): string {
  const times = source.split(from).length - 1;
  if (times !== 1) throw new Error(`the mutation ${name} finds its text ${times} times in ${file}, not once`);
  return source.replace(from, () => to);
}
