import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { logRow, type LogRow } from '../../../../operator/answers';
import { browserText } from '../../../../operator/log/browser-text';
import { batch, explanation } from '../../api/answers';
import { admin, ask } from '../../api/client';
import { AdviceOf } from '../../parts/advice';
import { Act } from '../../parts/act';
import { Fields } from '../../parts/explained';
import { Panel } from '../../parts/panel';
import { RawRequest } from '../../parts/raw';
import { Facts } from '../../parts/table';
import { Amount, Foreign, Id, Moment, Result } from '../../parts/text';
import { Warnings } from '../../parts/warnings';
import { countText, stretchText } from '../../parts/format';
import { hrefOf } from '../../state/place';
import { useAsk } from '../../state/queries';
import { useSession } from '../../state/session';

/** One request: the verdict first, then why, then everything that is known of it. */
export function RequestDetail({ requestId, onClose }: { readonly requestId: string; readonly onClose: () => void }) {
  const query = useAsk(admin('postbacks', requestId), logRow);
  return (
    <aside class="detail" aria-label="Request">
      <Panel
        title="Request"
        query={query}
        actions={
          <>
            <Id text={requestId} what="the request ID" />
            <button type="button" class="icon" aria-label="Close" title="Close (Esc)" onClick={onClose}>
              ✕
            </button>
          </>
        }
      >
        {(row) => <Detail row={row} />}
      </Panel>
    </aside>
  );
}

function Detail({ row }: { readonly row: LogRow }) {
  const { data } = useSession();
  const { requestId, reason, integration, message, warnings, conversion } = row;
  return (
    <>
      <div class="verdict">
        <p class="verdict-line">
          <Result of={row.result} /> <code class="reason">{reason}</code>{' '}
          <span class="quiet">HTTP {row.httpStatus}</span>
        </p>
        <p class="sentence">
          <Foreign text={message} long />
        </p>
        <AdviceOf of={row} integration={integration} />
        <Warnings of={warnings} />
        <p class="actions">
          <a class="button" href={hrefOf('replay', { request: requestId })}>
            Replay this
          </a>
          {integration !== undefined && (
            <a class="button" href={hrefOf(`integrations/${integration}`)}>
              Open the integration
            </a>
          )}
        </p>
      </div>
      {row.erased !== true && <ReadAs row={row} />}
      <section class="part">
        <h3>What it is about</h3>
        <Facts of={factsOf(row)} />
        {conversion === undefined && row.rows === undefined && (
          <p class="quiet">It is about no conversion, since nothing was recorded.</p>
        )}
        {row.rows !== undefined && <BatchProgress batchId={requestId} />}
      </section>
      <section class="part">
        <h3>As it came</h3>
        <RawRequest row={row} publicUrl={data?.publicUrl} />
      </section>
    </>
  );
}

/** The reading of each field. Today's judgement of it takes a dry run, which a person requests. */
function ReadAs({ row: { requestId, rows } }: { readonly row: LogRow }) {
  const [dryRun, setDryRun] = useState(false);
  const query = useQuery({
    queryKey: ['explanations', requestId, dryRun],
    queryFn: ({ signal }) => ask('POST', ['explanations'], explanation, { signal, body: { requestId, dryRun } }),
    enabled: rows === undefined,
    staleTime: 60_000,
  });
  if (rows !== undefined) return null;
  return (
    <Panel
      title="Sent → read as"
      query={query}
      actions={
        <Act onClick={() => (dryRun ? void query.refetch() : setDryRun(true))} busy={dryRun && query.isFetching}>
          Judge today
        </Act>
      }
    >
      {(explained) => (
        <>
          {explained.today !== undefined && (
            <p class="today">
              Today: <code class="reason">{explained.today.reason}</code>{' '}
              <Foreign text={explained.today.message} long />
            </p>
          )}
          <Fields explanation={explained} />
        </>
      )}
    </Panel>
  );
}

function BatchProgress({ batchId }: { readonly batchId: string }) {
  const query = useAsk(admin('batches', batchId), batch);
  return (
    <Panel title="Batch" query={query}>
      {({ rows, judged, pending }) => (
        <p>
          {countText(judged)} of {countText(rows)} rows judged, {countText(pending)} pending.{' '}
          <a href={hrefOf('requests', { batchId, since: '90d' })}>Show its rows</a>
        </p>
      )}
    </Panel>
  );
}

function factsOf(row: LogRow): Parameters<typeof Facts>[0]['of'] {
  const { conversion, clickId, integration, campaign, batchId, keyId } = row;
  const link = (path: string, text: string) => (
    <a href={hrefOf(path)}>
      <Foreign text={text} />
    </a>
  );
  return [
    ['Received', <Moment key="at" at={row.receivedAt} full />],
    ...(conversion === undefined
      ? []
      : ([
          ['Event', <Foreign key="event" text={conversion.event} />],
          ['Status', <Result key="status" of={conversion.status} />],
          ['Amount', <Amount key="amount" amount={conversion.amount} currency={conversion.currency} />],
          ...(conversion.transactionId === undefined
            ? []
            : ([
                [
                  'Order ID',
                  <Id
                    key="order"
                    text={conversion.transactionId}
                    what="the order ID"
                    href={hrefOf('orders', { id: conversion.transactionId })}
                  />,
                ],
              ] as const)),
        ] as const)),
    ...(clickId === undefined
      ? []
      : ([
          ['Click', <Id key="click" text={clickId} what="the click ID" href={hrefOf(`clicks/${clickId}`)} />],
        ] as const)),
    ...(integration === undefined
      ? []
      : ([['Integration', link(`integrations/${integration}`, integration)]] as const)),
    ...(campaign === undefined ? [] : ([['Campaign', link(`campaigns/${campaign}`, campaign)]] as const)),
    ...(row.clickToPostbackSeconds === undefined
      ? []
      : ([['After the click', stretchText(row.clickToPostbackSeconds)]] as const)),
    ['Attempts', countText(row.attempts)],
    ...(row.browser === undefined ? [] : ([['Browser', browserText(row) ?? '']] as const)),
    [
      'Sender',
      row.authenticated === true
        ? 'authenticated'
        : row.letPass === true
          ? 'not authenticated, let pass'
          : 'not authenticated',
    ],
    ...(keyId === undefined ? [] : ([['Key', <code key="key">{keyId}</code>]] as const)),
    ...(batchId === undefined
      ? []
      : ([
          ['Batch', <Id key="batch" text={batchId} what="the batch ID" href={hrefOf(`requests/${batchId}`)} />],
        ] as const)),
    ...(row.ipPrefix === undefined ? [] : ([['Address', <code key="ip">{row.ipPrefix}</code>]] as const)),
    ...(row.userAgent === undefined ? [] : ([['User agent', <Foreign key="agent" text={row.userAgent} />]] as const)),
  ];
}
