const RealDate = Date;
let ahead = 0;

/** The time of this process after `moveClock`. Timers are not moved: they measure durations. */
class MovedDate extends RealDate {
  constructor(...given: [] | ConstructorParameters<typeof Date>) {
    if (given.length === 0) super(MovedDate.now());
    else super(...given);
  }

  static override now(): number {
    return RealDate.now() + ahead;
  }
}

/** Milliseconds that the stack's time is ahead of the machine's. */
export function clockAhead(): number {
  return ahead;
}

/** Moves the stack's time forward for everything in this process; each function follows with its next invocation. */
export function moveClock(milliseconds: number): void {
  ahead += milliseconds;
  Object.assign(globalThis, { Date: MovedDate });
}
