import { otherNetwork, type Configuration } from './configuration';
import type { Broken, FaultRules } from './fault-rules';
import type { SequenceSenders } from './load/senders-of-sequences';
import type { TimelineEvent } from './scenario';
import { atRest } from './stack/at-rest';
import type { StackProcess } from './stack/process';

/** Plays a timeline: sends, moves the clock, breaks and heals, and changes the configuration. */
export async function playTimeline(
  timeline: readonly TimelineEvent[],
  stack: StackProcess,
  senders: SequenceSenders,
  configuration: Configuration,
  faults: FaultRules,
  drain: () => Promise<void>,
): Promise<void> {
  const broken: Broken[] = [];
  const settingOf: Parameters<SequenceSenders['send']>[1] = ({ mode }) => configuration.of(mode);

  async function play(event: TimelineEvent): Promise<void> {
    if ('send' in event) await senders.send(event.send, settingOf);
    else if ('again' in event) await senders.again(event.again, settingOf);
    else if ('interfere' in event) await senders.interfere(event.interfere, otherNetwork);
    else if ('break' in event) broken.push(await faults.break(event.break));
    else if ('heal' in event) for (const rules of broken.splice(0)) await faults.heal(rules);
    else if ('change' in event) await configuration.change(event.change);
    else if ('drain' in event) await drain();
    else await leap(event.forwardHours * 3600, event.leaps);
  }

  async function leap(seconds: number, leaps: number): Promise<void> {
    for (let done = 0; done < leaps; done++) {
      await stack.forward(Math.round(seconds / leaps));
      // Between two leaps the functions take what has become due.
      await atRest(stack.control);
    }
  }

  for (const event of timeline) await play(event);
}
