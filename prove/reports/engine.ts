import type { AnswerRow } from '../../lambdas/domain/reports/tally';

/** An engine that queries the facts. Every engine takes the same SQL. */
export interface Engine {
  readonly name: string;
  /** Rejects if the engine cannot run the SQL. */
  ask(sql: string): Promise<readonly AnswerRow[]>;
  stop(): Promise<void>;
}

/** The prefix that every engine shows before the key of an object. */
export const factsBase = 'local:///facts/';
