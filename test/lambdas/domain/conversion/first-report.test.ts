import { isReportedOnly, overReports, settleReport } from '../../../../lambdas/domain/conversion/browser-report';
import type { Conversion } from '../../../../lambdas/domain/conversion/conversion';
import { settleAmong, settleByKey } from '../../../../lambdas/domain/conversion/settlement';
import type { Claim } from '../../../../lambdas/domain/request/claim';
import { claim, Ledger, type Said } from './ledger';
import { Rows, subjectOf } from './rows';

const subject = subjectOf();

/** What a browser reports so many seconds after the tests' present. */
function reportAt(second: number, said: Said = {}): Claim {
  const sent = claim({ payout: '5', home: 'USD', ...said }, 'ignore', second);
  return { ...sent, browser: true, fallback: { ...sent.fallback, status: 'pending' } };
}

/** The row that a report makes. */
function rowOf(report: Claim, of = subject): Conversion {
  const settled = settleReport(undefined, of, report, true);
  if (settled.outcome !== 'settled') throw new Error(`the first report was ${settled.outcome}`);
  return settled.conversion;
}

describe('the first report of a key', () => {
  test('is recorded where it may create the row, and not where it may not', () => {
    const report = reportAt(1);
    const row = rowOf(report);
    expect(row).toMatchObject({
      status: 'pending',
      amount: '5',
      version: 1,
      history: [{ requestId: report.requestId }],
    });
    const first = settleReport(undefined, subject, report, true);
    expect(first).toEqual({ outcome: 'settled', reason: 'OK', conversion: row, notes: [], writes: [row] });
    expect(settleReport(undefined, subject, report, false)).toEqual({ outcome: 'not-known' });
  });

  test('is answered again as before, and a later one as a duplicate; nothing is written for either', () => {
    const report = reportAt(1);
    const row = rowOf(report);
    const again = { outcome: 'settled', conversion: row, notes: [], writes: [] };
    expect(settleReport(row, subject, report, true)).toEqual({ ...again, reason: 'OK' });
    expect(settleReport(row, subject, reportAt(2), true)).toEqual({ ...again, reason: 'OK_DUPLICATE' });
  });

  test.each([[true], [false]])(
    'that arrives late takes the place of a later one (may create a row: %s)',
    (mayCreate) => {
      const late = reportAt(1);
      const conversion = { ...rowOf(late), version: 2 };
      expect(settleReport(rowOf(reportAt(2)), subject, late, mayCreate)).toEqual({
        outcome: 'settled',
        reason: 'OK_DUPLICATE',
        conversion,
        notes: [],
        writes: [conversion],
      });
    },
  );
});

describe('a row is reported by browsers alone', () => {
  const [reported] = rowOf(reportAt(1)).history;
  const [spoken] = rowOf(claim({}, 'ignore', 2)).history;

  test.each([
    [true, 'where each of its claims is a report', [reported, reported]],
    [false, 'not where a server speaks for it too', [reported, spoken]],
    [false, 'not where all its claims moved to other rows', []],
  ])('%s: %s', (expected, _, entries) => {
    expect(isReportedOnly({ history: entries.filter((entry) => entry !== undefined) })).toBe(expected);
  });

  test('a row whose claims moved to other rows is not theirs: a report writes nothing over it', () => {
    const empty = { ...rowOf(claim({}, 'ignore', 2)), history: [] };
    expect(settleReport(empty, subject, reportAt(1), true)).toMatchObject({ reason: 'OK_DUPLICATE', writes: [] });
  });
});

describe('a server confirms', () => {
  const sale = claim({ status: 'approved', amount: '50' }, 'ignore', 9);

  test('the report of its key, also where it writes other rows with it', () => {
    const waiting = new Rows();
    waiting.refundOf({ transactionId: 'R1' }, { amount: '20' });
    const report = rowOf(reportAt(1));
    const settled = settleAmong([...waiting.all, report], subject, sale, true);
    expect(settled).toMatchObject({ confirms: true, conversion: { amount: '30', version: report.version + 1 } });
    expect(settled.outcome === 'settled' && settled.writes).toHaveLength(2);
  });

  test('no report of another key', () => {
    const other = rowOf(reportAt(1), subjectOf({ transactionId: 'T2' }));
    const settled = settleAmong([other], subject, sale, true);
    expect(settled).toMatchObject({ reason: 'OK', conversion: { amount: '50', version: 1 } });
    expect(settled).not.toHaveProperty('confirms');
  });

  test('nothing where it writes nothing: the row stays as it is', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.take(sale);
    const settled = settleByKey(ledger.stored, subject, sale, true);
    if (settled.outcome !== 'settled') throw new Error(`a known claim was ${settled.outcome}`);
    expect(overReports(settled, [rowOf(reportAt(1))])).toEqual(settled);
  });
});
