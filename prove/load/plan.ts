import type { Load } from '../scenario';

/** One content under one key, sent once or several times byte for byte. */
export interface PlannedSending {
  readonly transactionId: string;
  readonly amount: string;
  readonly copies: number;
  readonly repeats: 'together' | 'after' | 'later';
}

/** A click and its postbacks; the contents of one key are in one list. */
export interface PlannedVisit {
  readonly keys: readonly (readonly PlannedSending[])[];
}

const repeatTimes = ['together', 'after', 'later'] as const;

/** Lays out a load: as many postbacks as asked for, the share of repeats spread evenly over them. Nothing here is chance. */
export function planVisits(load: Load): readonly PlannedVisit[] {
  const { postbacks, duplicateShare, copies, contentsPerKey, keysPerClick } = load;
  const visits: PlannedVisit[] = [];
  let keys: PlannedSending[][] = [];
  let planned = 0;
  let repeatsOwed = 0;
  let repeated = 0;
  for (let key = 0; planned < postbacks; key++) {
    const sendings: PlannedSending[] = [];
    for (let content = 0; content < contentsPerKey && planned < postbacks; content++) {
      // Rounding must not hold a repeat back for ever.
      repeatsOwed += duplicateShare / (1 - duplicateShare) + 1e-9;
      const isRepeated = copies > 1 && repeatsOwed >= copies - 1 && planned + copies <= postbacks;
      const sent = isRepeated ? copies : 1;
      repeatsOwed -= sent - 1;
      const repeats = load.repeats === 'mixed' ? (repeatTimes[repeated % 3] ?? 'later') : load.repeats;
      if (isRepeated) repeated += 1;
      sendings.push({ transactionId: `t${key}`, amount: amountOf(key, content), copies: sent, repeats });
      planned += sent;
    }
    keys.push(sendings);
    if (keys.length === keysPerClick || planned >= postbacks) {
      visits.push({ keys });
      keys = [];
    }
  }
  return visits;
}

/** Different for each content of a key, and canonical: no zero at its end. */
function amountOf(key: number, content: number): string {
  return `${(key % 90) + 10}.${content + 1}1`;
}
