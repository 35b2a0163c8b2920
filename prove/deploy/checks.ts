/** One thing that was looked at, and what was seen. */
export interface Check {
  readonly claim: string;
  readonly figure: string;
  readonly holds: boolean;
}

/** Notes every check as it is made; the first that fails does not hide the others. */
export class Checks {
  readonly all: Check[] = [];

  constructor(private readonly say: (line: string) => void) {}

  section(title: string): void {
    this.say(`\n${title}`);
  }

  that(claim: string, holds: boolean, figure: string | number): void {
    this.all.push({ claim, figure: String(figure), holds });
    this.say(`  ${holds ? 'ok    ' : 'FAILED'}  ${claim}: ${figure}`);
  }

  /** Checks that two lists are the same, member by member; the differences are the figure. */
  same(claim: string, seen: readonly string[], expected: readonly string[], figure: string | number): void {
    const missing = expected.filter((one) => !seen.includes(one));
    const extra = seen.filter((one) => !expected.includes(one));
    const holds = missing.length === 0 && extra.length === 0;
    const differs = [...missing.map((one) => `no ${one}`), ...extra.map((one) => `also ${one}`)].join(', ');
    this.that(claim, holds, holds ? figure : differs);
  }

  get failed(): readonly Check[] {
    return this.all.filter(({ holds }) => !holds);
  }
}

/** A step cannot continue: later checks would fail for the same reason. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}
