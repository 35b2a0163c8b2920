import { Failure } from './failure';

/** The result of a check, and the fix for its finding. */
export interface Check {
  readonly name: string;
  readonly outcome: 'fine' | 'warning' | 'wrong' | 'skipped';
  readonly detail: string;
  readonly fix?: string;
}

export const fine = (name: string, detail = ''): Check => ({ name, outcome: 'fine', detail });
export const warning = (name: string, detail: string, fix?: string): Check => withFix('warning', name, detail, fix);
export const wrong = (name: string, detail: string, fix?: string): Check => withFix('wrong', name, detail, fix);
export const skipped = (name: string, detail: string): Check => ({ name, outcome: 'skipped', detail });

function withFix(outcome: Check['outcome'], name: string, detail: string, fix: string | undefined): Check {
  return { name, outcome, detail, ...(fix !== undefined && { fix }) };
}

/** Runs a check; an error that prevents its end is its finding. */
export async function attempt(name: string, look: () => Promise<Check>): Promise<Check> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Failure) return wrong(name, error.message, error.hint);
    throw error;
  }
}
