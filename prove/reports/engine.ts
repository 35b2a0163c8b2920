import type { AnswerRow } from '../../lambdas/domain/reports/tally';

/** What the facts are asked of. Every engine takes the same text. */
export interface Engine {
  readonly name: string;
  /** Rejects where the engine cannot run the text. */
  ask(sql: string): Promise<readonly AnswerRow[]>;
  stop(): Promise<void>;
}

/** What every engine shows before the key of an object. */
export const factsBase = 'local:///facts/';
