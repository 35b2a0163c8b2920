import { randomUUID } from 'node:crypto';
import { accountId, region } from '../account';
import type { FunctionPool } from '../lambda/function-pool';
import type { ScheduleModel, ScheduleTargetModel } from '../template/model';
import type { Terminal } from '../terminal';
import { readSchedule } from './expression';

/** What became of one target of a rule. */
export interface ScheduledCall {
  readonly function: string;
  readonly failed: boolean;
  /** The function's answer or error, or why it was not called. */
  readonly answer: string;
}

/** Timers do not reach further than some weeks, and a machine that slept wakes to what it missed within this. */
const longestWaitMilliseconds = 60 * 60_000;

/** What EventBridge does for rules with a schedule: calls their functions when they are due. A run that fails is not run again. */
export class Schedules {
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly dueAt = new Map<string, number>();

  constructor(
    private readonly rules: readonly ScheduleModel[],
    private readonly pools: ReadonlyMap<string, Pick<FunctionPool, 'invoke'>>,
    private readonly terminal: Terminal,
  ) {}

  start(): void {
    for (const rule of this.rules) this.arm(rule, readSchedule(rule.expression).next(Date.now()));
  }

  stop(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
    this.timers.clear();
    this.dueAt.clear();
  }

  list(): readonly { schedule: string; name: string; expression: string; nextAt: string | undefined }[] {
    return this.rules.map(({ logicalId, label, name, expression }) => {
      const dueAt = this.dueAt.get(logicalId);
      return {
        schedule: label,
        name,
        expression,
        nextAt: dueAt === undefined ? undefined : new Date(dueAt).toISOString(),
      };
    });
  }

  /** The rule of that short name, logical ID or physical name. */
  find(asked: string): ScheduleModel | undefined {
    return this.rules.find(({ label, logicalId, name }) => [label, logicalId, name].includes(asked));
  }

  /** Runs a rule as if it were due at a time, and waits for its functions. */
  run(rule: ScheduleModel, at: Date): Promise<readonly ScheduledCall[]> {
    return Promise.all(rule.targets.map((target) => this.deliver(rule, target, at)));
  }

  private arm(rule: ScheduleModel, dueAt: number): void {
    this.dueAt.set(rule.logicalId, dueAt);
    const wait = Math.min(Math.max(0, dueAt - Date.now()), longestWaitMilliseconds);
    const timer = setTimeout(() => {
      const now = Date.now();
      if (now < dueAt) return this.arm(rule, dueAt);
      this.arm(rule, readSchedule(rule.expression).next(now));
      void this.run(rule, new Date(dueAt));
    }, wait);
    this.timers.set(rule.logicalId, timer);
  }

  private async deliver(rule: ScheduleModel, target: ScheduleTargetModel, at: Date): Promise<ScheduledCall> {
    const { label, logicalId } = target.function;
    const pool = this.pools.get(logicalId);
    if (!target.permitted || pool === undefined) {
      const answer = `no AWS::Lambda::Permission lets events.amazonaws.com invoke ${label} for this rule.`;
      this.terminal.problem(`The schedule ${rule.label} runs nothing: ${answer}`);
      return { function: label, failed: true, answer };
    }
    const { failed, payload } = await pool.invoke(target.input ?? eventOf(rule, at));
    return { function: label, failed, answer: payload };
  }
}

/** https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-events.html ("Scheduled Event"); times are whole seconds. */
function eventOf({ arn }: ScheduleModel, at: Date): Record<string, unknown> {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: accountId,
    time: at.toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [arn],
    detail: {},
  };
}
