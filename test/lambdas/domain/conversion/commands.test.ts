import * as fc from 'fast-check';
import type { Claim } from '../../../../lambdas/domain/request/claim';
import { duplicateModes, type DuplicateMode } from '../../../../lambdas/domain/values/duplicate-mode';
import { payableOf } from '../../../../lambdas/domain/conversion/payable';
import { amount, now } from '../support/factories';
import { runs, sending, statements, type Statement } from './arbitraries';
import { Ledger, stateOf } from './ledger';
import { NaiveKey } from './naive-key';

const minute = 60_000;
const queueKeeps = 4 * 24 * 60 * minute;

/** What the senders, the queue and the operators have done so far. */
interface Model {
  readonly key: NaiveKey;
  mode: DuplicateMode;
  clock: number;
  readonly sent: { readonly statement: Statement; readonly name: string; readonly claim: Claim }[];
  taken: Claim[];
  /** Acknowledged, and not yet judged. */
  readonly queue: Claim[];
}

type Step = fc.Command<Model, Ledger>;

function take(model: Model, ledger: Ledger, claim: Claim): void {
  model.key.take(claim);
  model.taken.push(claim);
  ledger.take(claim);
  expectAgreement(model, ledger);
}

function expectAgreement({ key }: Model, ledger: Ledger): void {
  const sorted = (rows: readonly unknown[]): readonly string[] => rows.map((row) => JSON.stringify(row)).toSorted();
  expect(stateOf(ledger.stored)).toEqual(key.expected);
  expect(sorted(ledger.repeats.map(stateOf))).toEqual(sorted(key.expectedRows.map((row) => ordered(row))));
  expect(ledger.delta).toEqual(payableOf(ledger.stored));
}

/** The fields in the order of the ledger, to be compared as text. */
function ordered({ status, amountNamed, amount: sum, currency }: NaiveKey['expectedRows'][number]): object {
  return {
    status,
    amountNamed,
    ...(sum !== undefined && { amount: sum }),
    ...(currency !== undefined && { currency }),
  };
}

function send(model: Model, ledger: Ledger, statement: Statement, name: string, isQueued: boolean): void {
  const claim = sending({ ...statement, mode: model.mode }, name, model.sent.length + 1, model.clock - now);
  model.sent.push({ statement, name, claim });
  if (isQueued) model.queue.push(claim);
  else take(model, ledger, claim);
}

/** A sender reports something; the queue takes it where storage is in trouble. */
const say = (statement: Statement, isQueued: boolean): Step => ({
  check: () => true,
  run: (model, ledger) => send(model, ledger, statement, 'x'.repeat(model.sent.length + 1), isQueued),
  toString: () => `say ${JSON.stringify(statement)}${isQueued ? ' through the queue' : ''}`,
});

/** The sender sends the same once more, minutes to days later. */
const retry = (which: number, later: number, isQueued: boolean, isRead: boolean): Step => ({
  check: ({ sent }) => sent.length > 0,
  run(model, ledger) {
    const first = model.sent[which % model.sent.length];
    model.clock += later;
    if (first === undefined) return;
    const { statement, name } = first;
    send(model, ledger, isRead ? withUnread(statement, name) : statement, name, isQueued);
  },
  toString: () =>
    `retry ${which} after ${later / minute} minutes${isQueued ? ' through the queue' : ''}${isRead ? ', read' : ''}`,
});

/** The queue delivers what waited. */
const deliver = (which: number): Step => ({
  check: ({ queue }) => queue.length > 0,
  run(model, ledger) {
    const [claim] = model.queue.splice(which % model.queue.length, 1);
    if (claim !== undefined) take(model, ledger, claim);
  },
  toString: () => `deliver ${which}`,
});

/** The queue, or the SDK, delivers the same request again. */
const redeliver = (which: number): Step => ({
  check: ({ taken }) => taken.length > 0,
  run(model, ledger) {
    const claim = model.taken[which % model.taken.length];
    if (claim !== undefined && model.clock - claim.receivedAt <= queueKeeps) take(model, ledger, claim);
  },
  toString: () => `redeliver ${which}`,
});

/** A replay reads an amount that was not read at first. */
const replay = (which: number): Step => ({
  check: ({ taken }) => taken.length > 0,
  run(model, ledger) {
    const claim = model.taken[which % model.taken.length];
    if (claim !== undefined && model.clock - claim.receivedAt <= queueKeeps) {
      take(model, ledger, withUnread(claim, nameOf(model, claim)));
    }
  },
  toString: () => `replay ${which}`,
});

/** What a corrected mapping reads of a request whose amount was not read: the same of each sending of a statement. */
function withUnread<Sent extends Pick<Claim, 'amount'>>(sent: Sent, name: string): Sent {
  const unread = ['5', '12.5', '-3'].map(amount)[name.length % 3];
  return sent.amount === undefined && unread !== undefined ? { ...sent, amount: unread } : sent;
}

const nameOf = ({ sent }: Model, { requestId }: Claim): string =>
  sent.find(({ claim }) => claim.requestId === requestId)?.name ?? '';

const erase = (): Step => ({
  check: () => true,
  run(model, ledger) {
    ledger.erase();
    expectAgreement(model, ledger);
  },
  toString: () => 'erase',
});

const setMode = (mode: DuplicateMode): Step => ({
  check: () => true,
  run: (model) => void (model.mode = mode),
  toString: () => `set mode ${mode}`,
});

const wait = (milliseconds: number): Step => ({
  check: () => true,
  run: (model) => void (model.clock += milliseconds),
  toString: () => `wait ${milliseconds / minute} minutes`,
});

const passing = fc.constantFrom(...[0, 1, 10, 59, 61, 120, 240, 1440, 2881].map((minutes) => minutes * minute));
const seldom = fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });

function steps(retryHours: number): fc.Arbitrary<Iterable<Step>> {
  const said = statements({ mode: fc.constant('ignore'), retryHours: fc.constant(retryHours) });
  const weighted: readonly (readonly [number, fc.Arbitrary<Step>])[] = [
    [6, fc.tuple(said, seldom).map((of) => say(...of))],
    [3, fc.tuple(fc.nat(), passing, seldom, seldom).map((of) => retry(...of))],
    [2, fc.nat().map(deliver)],
    [2, fc.nat().map(redeliver)],
    [1, fc.nat().map(replay)],
    [1, fc.constant(erase())],
    [1, fc.constantFrom(...duplicateModes).map(setMode)],
    [2, passing.map(wait)],
  ];
  const any = fc.oneof(...weighted.map(([weight, arbitrary]) => ({ weight, arbitrary })));
  return fc.commands([any], { maxCommands: 30 });
}

describe('whatever senders, queue and operators do', () => {
  test.each(duplicateModes)(
    'the row of a key and the rows that count separately are those of the rules, from the mode %s',
    (mode) => {
      const cases = fc.constantFrom(1, 2, 48).chain((retryHours) => fc.tuple(fc.boolean(), steps(retryHours)));
      fc.assert(
        fc.property(cases, ([hasTransaction, commands]) => {
          const setup = () => ({
            model: { key: new NaiveKey(hasTransaction), mode, clock: now, sent: [], taken: [], queue: [] },
            real: new Ledger(mode, hasTransaction ? 'T1' : undefined),
          });
          expect(() => fc.modelRun(setup, commands)).not.toThrow();
        }),
        runs(),
      );
    },
  );
});
