import { explains, subsetsOf, possibleRows, rowsText } from './expected';
import {
  ledgerKey,
  requestIdsOf,
  type Finding,
  type Ledger,
  type LedgerPostback,
  type StoredConversion,
} from './ledger';
import { idsOfSending, sendingsOf, type StatementSendings } from './sendings';

/** Everything about one conversion key: its sendings, and its stored rows. */
export interface Key {
  readonly name: string;
  readonly hasTransaction: boolean;
  readonly postbacks: readonly LedgerPostback[];
  /** Those that may count; sendings of another sender never do. */
  readonly sendings: readonly StatementSendings[];
  readonly rows: readonly StoredConversion[];
}

/** The state of a key: its missing sendings, and its other errors. */
export interface KeyState {
  readonly missing: ReadonlySet<LedgerPostback>;
  readonly findings: readonly Finding[];
}

export function keysOf({ postbacks, conversions }: Ledger): readonly Key[] {
  const stored = Map.groupBy(conversions, ledgerKey);
  return [...Map.groupBy(postbacks, ledgerKey)].map(([name, sent]) => ({
    name,
    hasTransaction: sent.some(({ transactionId }) => transactionId !== undefined),
    postbacks: sent,
    sendings: sendingsOf(sent.filter(({ isForeign }) => isForeign !== true)),
    rows: stored.get(name) ?? [],
  }));
}

/**
 * Compares the stored rows of a key with the naive model: amount, currency and status. Where they differ from all that was acknowledged,
 * looks for the fewest sendings without which they agree, then for one that counts twice.
 */
export function stateOfKey(key: Key, { queued, deadLettered }: Ledger): KeyState {
  const { hasTransaction, sendings, rows } = key;
  const actual = rowsText(rows);
  const isWaiting = (sending: StatementSendings): boolean =>
    idsOfSending(sending).some((id) => queued.has(id) || deadLettered.has(id));
  const required = sendings.filter((sending) => sending.isKept && !isWaiting(sending));
  const optional = subsetsOf(sendings.filter((sending) => !required.includes(sending)));
  const areWhole = (counted: readonly StatementSendings[]): boolean =>
    optional.some((part) => {
      const some = sendings.filter((sending) => counted.includes(sending) || part.includes(sending));
      return explains(some, hasTransaction, actual);
    });
  for (const counted of subsetsOf(required)) {
    if (!areWhole(counted)) continue;
    const absent = required.filter((sending) => !counted.includes(sending));
    // A sending in the history that no row shows is not lost: it was counted for something else.
    if (absent.length > 0 && absent.every((sending) => isInHistory(sending, rows))) break;
    return { missing: new Set(absent.flatMap(({ postbacks }) => postbacks)), findings: [] };
  }
  return { missing: new Set(), findings: [wrongness(key, required, actual)] };
}

function wrongness(
  { name, sendings, hasTransaction, rows }: Key,
  required: readonly StatementSendings[],
  actual: string,
): Finding {
  const [expected] = [...possibleRows(required, hasTransaction)].map(rowsText);
  const what = `${name} is ${actual || 'not there'}, where ${expected ?? 'nothing'} is expected`;
  const isSpare = (_row: StoredConversion, at: number): boolean =>
    explains(required, hasTransaction, rowsText(rows.toSpliced(at, 1)));
  const countsTwice = (sending: StatementSendings): boolean =>
    explains([...sendings, asAnother(sending)], hasTransaction, actual);
  return { kind: rows.some(isSpare) || sendings.some(countsTwice) ? 'duplicated' : 'stored wrong', what };
}

/** Describes the requests of a key and their answers. */
export function historyOf({ sendings }: Key): string {
  return sendings.map(describe).join('; ');
}

function describe({ postbacks, isKept, earliest, latest }: StatementSendings): string {
  const [first] = postbacks;
  const { status = 'no status', amount = '', currency = '', happenedAt } = first?.content ?? {};
  const time = happenedAt === undefined ? '' : `dated ${new Date(happenedAt).toISOString()} `;
  const received = `${new Date(earliest).toISOString()}${latest > earliest ? ` to ${new Date(latest).toISOString()}` : ''}`;
  const said = [status, amount, currency].filter((word) => word !== '').join(' ');
  const answers = postbacks.flatMap((postback) => postback.answers);
  const results = answers.map((answer) => (answer.kind === 'verdict' ? answer.reason : 'unknown')).join(', ');
  return `${said} ${time}(${first?.rules.mode}, received ${received}${isKept ? '' : ', perhaps'}, ${results})`;
}

function isInHistory(sending: StatementSendings, rows: readonly StoredConversion[]): boolean {
  const known = new Set(rows.flatMap(({ history }) => history.map(({ requestId }) => requestId)));
  return idsOfSending(sending).some((id) => known.has(id));
}

/** The same once more under another name, as if it were not the same statement. */
function asAnother(sending: StatementSendings): StatementSendings {
  const postbacks = sending.postbacks.map((one) => ({ ...one, statement: `${one.statement} again` }));
  return { ...sending, postbacks };
}

/** The place of an acknowledged postback that the rows of its key do not show. */
export function placeOf(
  postback: LedgerPostback,
  { queued, deadLettered }: Ledger,
): 'queued' | 'deadLettered' | 'lost' {
  const ids = requestIdsOf(postback);
  if (ids.some((id) => queued.has(id))) return 'queued';
  return ids.some((id) => deadLettered.has(id)) ? 'deadLettered' : 'lost';
}
