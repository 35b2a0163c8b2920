import type { LogRow } from '../../../../operator/answers';
import { browserText } from '../../../../operator/log/browser-text';
import { Table, type Column } from '../../parts/table';
import { Amount, Foreign, Moment, Result, Unknown } from '../../parts/text';

export function LogTable({
  rows,
  old,
  opened,
  hrefOf,
  narrow,
}: {
  readonly rows: readonly LogRow[];
  readonly old: boolean;
  readonly opened: string | undefined;
  readonly hrefOf: (requestId: string) => string;
  /** A row is open beside it: only what distinguishes rows is shown. */
  readonly narrow: boolean;
}) {
  const all: readonly (Column<LogRow> & { readonly wide?: boolean })[] = [
    {
      name: 'Received',
      cell: ({ requestId, receivedAt }) => (
        <a class="row-link" data-row={requestId} href={hrefOf(requestId)}>
          <Moment at={receivedAt} />
        </a>
      ),
    },
    { name: 'Result', cell: ({ result }) => <Result of={result} /> },
    {
      name: 'Reason',
      cell: ({ reason, warnings, attempts, browser }) => (
        <>
          <code class="reason">{reason}</code>
          {browser !== undefined && <span class="tag">{browserText({ browser })}</span>}
          {warnings.length > 0 && (
            <span class="tag" title={warnings.map(({ code }) => code).join(', ')}>
              {warnings.length} warning{warnings.length === 1 ? '' : 's'}
            </span>
          )}
          {attempts > 1 && <span class="tag">judged {attempts}×</span>}
        </>
      ),
    },
    { name: 'Integration', cell: ({ integration }) => named(integration) },
    { name: 'Event', wide: true, minor: true, cell: ({ conversion }) => named(conversion?.event) },
    {
      name: 'Order ID',
      wide: true,
      minor: true,
      cell: ({ conversion }) => named(conversion?.transactionId),
    },
    {
      name: 'Amount',
      number: true,
      cell: ({ conversion }) => <Amount amount={conversion?.amount} currency={conversion?.currency} />,
    },
  ];
  const columns = narrow ? all.filter(({ wide }) => wide !== true) : all;
  return (
    <div class={old ? 'fading' : undefined}>
      <Table
        label="Requests, newest first"
        columns={columns}
        rows={rows}
        keyOf={({ requestId }) => requestId}
        chosen={opened}
      />
    </div>
  );
}

const named = (text: string | undefined) => (text === undefined ? <Unknown /> : <Foreign text={text} />);
