import type { Explanation } from '../api/answers';
import { Table } from './table';
import { Foreign, Unknown } from './text';

const names: Readonly<Record<string, string>> = {
  clickId: 'Click ID',
  amount: 'Amount',
  transactionId: 'Order ID',
  event: 'Event',
  status: 'Status',
  currency: 'Currency',
  timestamp: 'Time',
};

/** Each field: the value as sent, its name, and the value as read. */
export function Fields({ explanation: { fields, unread, remarks } }: { readonly explanation: Explanation }) {
  return (
    <>
      <Table
        label="Sent and read as"
        rows={fields}
        keyOf={({ field }) => field}
        columns={[
          { name: 'Field', cell: ({ field, wrong }) => <Name field={field} wrong={wrong} /> },
          {
            name: 'Sent',
            cell: ({ parameter, sent }) =>
              sent === undefined ? (
                <Unknown why="not sent" />
              ) : (
                <>
                  {parameter !== undefined && (
                    <code class="quiet">
                      <Foreign text={parameter} />=
                    </code>
                  )}
                  <code>
                    <Foreign text={sent} />
                  </code>
                </>
              ),
          },
          {
            name: 'Read as',
            cell: ({ readAs, assumed }) =>
              readAs === undefined ? (
                <Unknown why="not read" />
              ) : (
                <>
                  <Foreign text={readAs} />
                  {assumed && <span class="tag">by default</span>}
                </>
              ),
          },
        ]}
      />
      {unread.length > 0 && (
        <p class="note">
          Nothing reads{' '}
          {unread.map((name, index) => (
            <span key={name}>
              {index > 0 && ', '}
              <code>
                <Foreign text={name} />
              </code>
            </span>
          ))}
          .
        </p>
      )}
      {remarks.map((remark) => (
        <p key={remark} class="note">
          {remark}
        </p>
      ))}
    </>
  );
}

const Name = ({ field, wrong }: { readonly field: string; readonly wrong: boolean }) => (
  <span class={wrong ? 'unbroken' : undefined}>
    {names[field] ?? field}
    {wrong && <span class="tag bad">wrong</span>}
  </span>
);
