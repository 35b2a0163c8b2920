import type { Expected } from '../../test/lambdas/domain/conversion/naive-model';
import type { ShownState } from './ledger';
import { KeyRows } from './rows';
import { expectedClaim, interimsOf, type StatementSendings } from './sendings';

/** More possible times of receipt than this are not tried one by one. */
const mostPossibilities = 4000;
/** Beyond so many sendings of one key not every part of them is tried. */
const mostParts = 10;

/** The rows of a key as one text: in whatever order they are read, the same rows are the same text. */
export function rowsText(rows: readonly ShownState[]): string {
  return rows.map(rowText).toSorted().join(' + ');
}

export function rowText({ status, amount, currency }: ShownState): string {
  return `${status} ${amount ?? 'no amount'} ${currency ?? 'no currency'}`;
}

/**
 * Returns the possible results of a key by the naive model, where each of these sendings counts. Several are possible where nobody knows
 * when a request was received, or where rows count separately and the queue may have changed their order.
 */
export function* possibleRows(
  sendings: readonly StatementSendings[],
  hasTransaction: boolean,
): Generator<readonly Expected[]> {
  for (const times of possibleTimes(sendings)) {
    const claims = sendings.map((sending, at) => expectedClaim(sending, at + 1, times[at] ?? sending.earliest));
    for (const order of orders(sendings)) {
      const rows = new KeyRows(hasTransaction);
      for (const at of order) {
        const claim = claims[at];
        if (claim !== undefined) rows.take(claim);
      }
      yield rows.expected;
    }
  }
}

/** Whether these rows are what the sendings may have come to. */
export function explains(sendings: readonly StatementSendings[], hasTransaction: boolean, rows: string): boolean {
  for (const possible of possibleRows(sendings, hasTransaction)) if (rowsText(possible) === rows) return true;
  return false;
}

/** Every state that a row of the key may have been in at some time, with the sendings that this one is among. */
export function statesWith(
  sending: StatementSendings,
  all: readonly StatementSendings[],
  hasTransaction: boolean,
): ReadonlySet<string> {
  const states = new Set<string>();
  const others = all.filter((other) => other !== sending);
  for (const part of subsetsOf(others)) {
    for (const some of interimsOfAll(inOrderOf(all, [sending, ...part]))) {
      for (const rows of possibleRows(some, hasTransaction)) for (const row of rows) states.add(rowText(row));
    }
  }
  return states;
}

/** Reasons for which a claim is rejected by the state of its conversion, with what it then does not change. */
const unchangedBy: Readonly<Record<string, (row: ShownState) => string | undefined>> = {
  TRANSITION_REFUSED: ({ status }) => status,
  CURRENCY_INVALID: ({ amount }) => amount,
  AMOUNT_INVALID: ({ amount }) => amount,
};

/** Whether a sending may be rejected for this reason: at some time it changes nothing of what the reason is about. */
export function mayBeRejected(
  reason: string,
  sending: StatementSendings,
  all: readonly StatementSendings[],
  hasTransaction: boolean,
): boolean {
  const shown = unchangedBy[reason];
  if (shown === undefined) return false;
  const summary = (rows: readonly ShownState[]): string => JSON.stringify(rows.map(shown).toSorted());
  const others = all.filter((other) => other !== sending);
  for (const part of subsetsOf(others)) {
    if (part.length === 0) continue;
    const partsBefore = interimsOfAll(part);
    const before = new Set(partsBefore.flatMap((some) => [...possibleRows(some, hasTransaction)].map(summary)));
    for (const some of interimsOfAll(inOrderOf(all, [sending, ...part]))) {
      for (const rows of possibleRows(some, hasTransaction)) if (before.has(summary(rows))) return true;
    }
  }
  return false;
}

/** Every way in which these sendings may have counted for a while. */
function interimsOfAll(sendings: readonly StatementSendings[]): readonly (readonly StatementSendings[])[] {
  return sendings.reduce<readonly (readonly StatementSendings[])[]>(
    (all, sending) => {
      const interims = all.length > mostPossibilities ? [sending] : interimsOf(sending);
      return all.flatMap((some) => interims.map((interim) => [...some, interim]));
    },
    [[]],
  );
}

const inOrderOf = (
  all: readonly StatementSendings[],
  some: readonly StatementSendings[],
): readonly StatementSendings[] => all.filter((one) => some.includes(one));

/** Every part of a list, the whole first and the smallest last. */
export function subsetsOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const few = items.slice(0, mostParts);
  const rest = items.slice(mostParts);
  const parts = Array.from({ length: 2 ** few.length }, (_, number) => [
    ...few.filter((_item, at) => (number & (1 << at)) === 0),
    ...rest,
  ]);
  return parts.toSorted((left, right) => right.length - left.length);
}

/** Every way in which the requests may have been received: an unknown time is tried on each side of the others. */
function possibleTimes(sendings: readonly StatementSendings[]): readonly (readonly number[])[] {
  const edges = [...new Set(sendings.flatMap(({ earliest, latest }) => [earliest, latest]))];
  let all: readonly (readonly number[])[] = [[]];
  for (const { earliest, latest } of sendings) {
    const near = edges.flatMap((edge) => [edge - 1, edge, edge + 1]);
    const within = near.filter((time) => time > earliest && time < latest);
    const options = all.length > mostPossibilities ? [earliest] : [...new Set([earliest, latest, ...within])];
    all = all.flatMap((times) => options.map((time) => [...times, time]));
  }
  return all;
}

/** If rows count separately, the first arrival makes the row of the key; otherwise the order of arrival does not matter. */
function orders(sendings: readonly StatementSendings[]): readonly (readonly number[])[] {
  const places = sendings.map((_, at) => at);
  const areSeparate = sendings.some(({ postbacks: [first] }) => {
    const mode = first?.rules.mode ?? 'ignore';
    return mode.startsWith('separate') || (mode === 'ignore-by-transaction' && first?.transactionId === undefined);
  });
  if (!areSeparate || places.length > 5) return [places];
  const isPossible = (order: readonly number[]): boolean =>
    order.every((later, at) =>
      order.slice(0, at).every((earlier) => !isJudgedBefore(sendings[later], sendings[earlier])),
    );
  return permutations(places).filter(isPossible);
}

/** Whether one was judged before the other was sent: no queue had a part in that. */
function isJudgedBefore(one: StatementSendings | undefined, other: StatementSendings | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const sentAt = Math.min(...other.postbacks.map((postback) => postback.sentAt));
  return one.postbacks.every(
    ({ answers, settledAt }) =>
      settledAt < sentAt &&
      answers.length > 0 &&
      answers.every((answer) => answer.kind === 'verdict' && answer.result !== 'queued' && answer.result !== 'error'),
  );
}

function permutations(items: readonly number[]): readonly (readonly number[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((first) => permutations(items.filter((item) => item !== first)).map((rest) => [first, ...rest]));
}
