import { Failure } from './failure';

/** One thing that was looked at, and how to mend it where something is wrong. */
export interface Check {
  readonly name: string;
  readonly outcome: 'fine' | 'warning' | 'wrong' | 'skipped';
  readonly detail: string;
  readonly mend?: string;
}

export const fine = (name: string, detail = ''): Check => ({ name, outcome: 'fine', detail });
export const warning = (name: string, detail: string, mend?: string): Check => withMend('warning', name, detail, mend);
export const wrong = (name: string, detail: string, mend?: string): Check => withMend('wrong', name, detail, mend);
export const skipped = (name: string, detail: string): Check => ({ name, outcome: 'skipped', detail });

function withMend(outcome: Check['outcome'], name: string, detail: string, mend: string | undefined): Check {
  return { name, outcome, detail, ...(mend !== undefined && { mend }) };
}

/** Runs a check; what keeps it from its end is what it found wrong. */
export async function attempt(name: string, look: () => Promise<Check>): Promise<Check> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Failure) return wrong(name, error.message, error.hint);
    throw error;
  }
}
