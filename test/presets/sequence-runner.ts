import type { ConversionStatus } from '../../lambdas/domain/values/status';

/** One request of a sequence, as its sender makes it. `CLICKID` stands for the genuine click ID that all of them share. */
export interface Sent {
  /** The raw query, without `?`. */
  readonly query?: string;
  /** The path; that of the integration where absent. */
  readonly path?: string;
  /** The raw body: a POST, of JSON where it begins so and of a form otherwise. */
  readonly body?: string;
  /** Minutes after the request before it; 1 where absent. */
  readonly afterMinutes?: number;
  readonly expect?: {
    /** Left out where more than one reason is right. */
    readonly reason?: string;
    /** Codes of warnings that must be among those given. */
    readonly warnings?: readonly string[];
  };
}

/** Where one sale of the click stands in the end. A reversal that found its sale is no conversion of its own. */
export interface End {
  readonly status: ConversionStatus;
  /** What is owed for it: a canonical decimal, `0` where it is not approved. */
  readonly payable: string;
  readonly currency: string;
}

/** What one sender says of one click, one request after the other, and what must be owed for it in the end. */
export interface Sequence {
  /** A sentence: "a sale that is refunded in part". */
  readonly name: string;
  /** What the integration's document says beside its preset; `currency: "USD"` where it names none. */
  readonly integration?: Readonly<Record<string, unknown>>;
  readonly sent: readonly Sent[];
  /** In any order, without those of tests. */
  readonly ends: readonly End[];
}

export interface JudgedSequence {
  readonly answers: readonly { readonly reason: string; readonly warnings: readonly string[] }[];
  readonly conversions: readonly End[];
}

/** Judges the requests of a sequence in their order, by the rules of a preset. */
export type JudgeSequence = (preset: string, sequence: Sequence) => JudgedSequence | Promise<JudgedSequence>;

/** Declares one test for each sequence. */
export function describeSequences(
  sequencesOf: Readonly<Record<string, readonly Sequence[]>>,
  judgeSequence: JudgeSequence,
): void {
  describe.each(Object.entries(sequencesOf))('%s', (preset, sequences) => {
    it.each(sequences.map((sequence) => [sequence.name, sequence] as const))('%s', async (_name, sequence) => {
      const { answers, conversions } = await judgeSequence(preset, sequence);
      const reasons = answers.map(({ reason }) => reason);
      expect(reasons).toEqual(sequence.sent.map(({ expect: wanted }, index) => wanted?.reason ?? reasons[index]));
      for (const [index, { expect: wanted }] of sequence.sent.entries()) {
        expect(answers[index]?.warnings).toEqual(expect.arrayContaining([...(wanted?.warnings ?? [])]));
      }
      expect(inOrder(conversions)).toEqual(inOrder(sequence.ends));
    });
  });
}

function inOrder(ends: readonly End[]): readonly string[] {
  return ends.map(({ status, payable, currency }) => `${status} ${payable} ${currency}`).sort();
}
