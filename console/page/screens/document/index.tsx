import { useLocation, useRoute } from 'preact-iso/router';
import { storedDocument } from '../../api/answers';
import { admin } from '../../api/client';
import type { Kind } from '../../parts/document-choice';
import { Screen } from '../../parts/frame';
import { Panel } from '../../parts/panel';
import { contentOf, Versions } from '../../parts/versions';
import { hrefOf } from '../../state/place';
import { useAsk } from '../../state/queries';
import { ClickUrl } from './click-url';
import { Deletion } from './deletion';
import { Editor } from './editor';
import { NewCampaign } from './new-campaign';
import { SourcePanels } from '../source';
import { NewSource } from '../source/new-source';
import { templates } from './templates';

const names: Readonly<Record<Kind, string>> = { campaigns: 'Campaign', integrations: 'Integration', sources: 'Source' };

/** One document, to look at and to change. Nothing is saved before its differences were shown. */
export default function Document({ kind }: { readonly kind: Kind }) {
  const id = useRoute().params['id'] ?? '';
  return id === 'new' ? <New kind={kind} /> : <Stored key={`${kind}/${id}`} kind={kind} id={id} />;
}

function New({ kind }: { readonly kind: Kind }) {
  const { query } = useLocation();
  if (query['as'] !== 'json') {
    if (kind === 'campaigns') return <NewCampaign />;
    if (kind === 'sources') return <NewSource />;
  }
  return (
    <Screen title={`New ${names[kind].toLowerCase()}`} about={<a href={hrefOf(kind)}>All {kind}</a>}>
      <section class="panel" aria-label="Document">
        <Editor kind={kind} id={undefined} base={templates(kind, query['integration'])} version={0} />
      </section>
    </Screen>
  );
}

function Stored({ kind, id }: { readonly kind: Kind; readonly id: string }) {
  const query = useAsk(admin(kind, id), storedDocument);
  return (
    <Screen
      title={query.data?.name ?? id}
      about={
        <>
          {names[kind]} <code>{id}</code>
        </>
      }
      actions={
        <>
          {kind === 'campaigns' && (
            <>
              <a class="button" href={hrefOf('conversions', { campaign: id })}>
                Conversions
              </a>
              <a class="button" href={hrefOf('reports', { filter: `campaign:${id}`, group: 'day' })}>
                Report
              </a>
            </>
          )}
          {kind === 'sources' && (
            <a class="button" href={hrefOf('deliveries', { source: id, since: '7d' })}>
              Deliveries
            </a>
          )}
          <Deletion kind={kind} id={id} version={query.data?.version} />
        </>
      }
    >
      {kind === 'campaigns' && query.data !== undefined && (
        <ClickUrl id={id} integration={textOf(query.data['integration'])} />
      )}
      {kind === 'sources' && query.data !== undefined && <SourcePanels document={query.data} />}
      <Panel title="Document" query={query}>
        {(document) => (
          <>
            {document.problems.map(({ path, problem }) => (
              <p key={path} class="warning">
                <code>{path}</code> {problem}
              </p>
            ))}
            {document.warnings.map(({ path, message }) => (
              <p key={path} class="warning">
                <code>{path}</code> {message}
              </p>
            ))}
            <Editor
              kind={kind}
              id={id}
              base={contentOf(document)}
              version={document.version}
              onSaved={() => void query.refetch()}
            />
          </>
        )}
      </Panel>
      <Versions kind={kind} id={id} />
    </Screen>
  );
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
