import type { ComponentChildren } from 'preact';
import { addAmounts, negateAmount, zero } from '../../../../lambdas/domain/values/amount';
import { exactAmount } from '../../../../operator/exact-amount';
import { tallyOf, type ReplayOutcome } from '../../../../operator/replay/replay';
import { counted } from '../../parts/format';
import { Table } from '../../parts/table';
import { Amount, Count, State, type Tone } from '../../parts/text';

const tones: Readonly<Record<string, Tone>> = { taken: 'good', filled: 'good', refused: 'bad', unfilled: 'idle' };
const words: Readonly<Record<string, string>> = {
  taken: 'accepted',
  filled: 'filled in',
  refused: 'still rejected',
  unfilled: 'as before',
};

/** The result of a replay: the counts by reason, and the money by currency. */
export function ReplayResult({
  outcome,
  children,
}: {
  readonly outcome: ReplayOutcome;
  readonly children: ComponentChildren;
}) {
  const { dryRun, examined, notReplayable, changes, money } = outcome;
  const { taken, filled, refused } = tallyOf(outcome);
  const currencies = Object.keys(money.after);
  return (
    <section class="panel" aria-label={dryRun ? 'Dry run' : 'Replayed'}>
      <header class="panel-head">
        <h2>{dryRun ? 'Dry run: nothing was changed' : 'Replayed'}</h2>
      </header>
      <p class="sentence" role="status">
        {examined === 0
          ? 'No request of the period is one that a replay may change.'
          : `Of ${counted(examined, 'request')}, ${dryRun ? `${taken} would be accepted, ${filled} filled in, and ${refused} would stay rejected` : `the tracker accepted ${taken}, filled in ${filled}, and still rejected ${refused}`}.`}
        {notReplayable > 0 &&
          ` ${counted(notReplayable, 'request')} cannot be replayed: the log no longer holds the whole request.`}
      </p>
      {changes.length > 0 && (
        <Table
          label="What becomes of them"
          rows={changes}
          keyOf={({ before, after }) => `${before} ${after}`}
          columns={[
            { name: dryRun ? 'Now' : 'Before', cell: ({ before }) => <code class="reason">{before}</code> },
            { name: dryRun ? 'Would be' : 'Became', cell: ({ after }) => <code class="reason">{after}</code> },
            {
              name: '',
              cell: ({ outcome: kind }) => <State tone={tones[kind] ?? 'idle'}>{words[kind] ?? kind}</State>,
            },
            { name: 'Requests', number: true, cell: ({ postbacks }) => <Count of={postbacks} /> },
          ]}
        />
      )}
      {currencies.length > 0 && (
        <Table
          label="Payable by currency"
          rows={currencies}
          keyOf={(currency) => currency}
          columns={[
            { name: 'Payable', cell: (currency) => (currency === 'XXX' ? 'no currency' : currency) },
            {
              name: 'Before',
              number: true,
              cell: (currency) => <Amount amount={money.before[currency] ?? zero} currency={currency} />,
            },
            {
              name: dryRun ? 'Would be' : 'Now',
              number: true,
              cell: (currency) => <Amount amount={money.after[currency]} currency={currency} />,
            },
            {
              name: 'Change',
              number: true,
              cell: (currency) => (
                <Amount
                  amount={addAmounts(
                    exactAmount(money.after[currency] ?? zero),
                    negateAmount(exactAmount(money.before[currency] ?? zero)),
                  )}
                  currency={currency}
                  signed
                />
              ),
            },
          ]}
        />
      )}
      {children}
    </section>
  );
}
