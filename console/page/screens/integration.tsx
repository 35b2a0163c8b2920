import { useRoute } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { credentials, integrationKeys, pageOf, preset, storedDocument, type StoredDocument } from '../api/answers';
import { admin, ask, askText } from '../api/client';
import { ConfirmedAct } from '../parts/confirm';
import { Screen } from '../parts/frame';
import { Versions } from '../parts/versions';
import { Failed, Panel } from '../parts/panel';
import { SecretUrl } from '../parts/secret-url';
import { Facts, Table } from '../parts/table';
import { Ago, Copy, Foreign, Unknown } from '../parts/text';
import { errorOf } from '../state/attempt';
import { hrefOf } from '../state/place';
import { useAsk, type Asked } from '../state/queries';
import { WhereToPaste } from './wizard/where-to-paste';

/** One sender: its URL and keys, what it is read by, and every change of it. */
export default function Integration() {
  const id = useRoute().params['id'] ?? '';
  const document = useAsk(admin('integrations', id), storedDocument);
  const presets = useAsk(admin('presets'), pageOf(preset));
  const presetId = textOf(document.data?.['preset']);
  const guide = presets.data?.items.find((one) => one.id === presetId);
  return (
    <Screen
      title={document.data?.name ?? id}
      about={
        <>
          Integration <code>{id}</code>
          {guide !== undefined && <> · {guide.name}</>}
        </>
      }
      actions={
        <>
          <a class="button" href={hrefOf('requests', { integration: id, since: '24h' })}>
            Requests
          </a>
          <a class="button" href={hrefOf(`integrations/${id}/test`)}>
            Send a test
          </a>
          <a class="button" href={hrefOf(`integrations/${id}/edit`)}>
            Edit
          </a>
        </>
      }
    >
      <SecretUrl id={id} />
      <div class="two">
        <div>
          <Panel title="Settings" query={document}>
            {(found) => <Settings document={found} />}
          </Panel>
          <Sheet id={id} />
        </div>
        <div>
          {guide !== undefined && <WhereToPaste guide={guide} title="Where to paste it" />}
          <Keys id={id} document={document} />
        </div>
      </div>
      <Versions kind="integrations" id={id} />
    </Screen>
  );
}

function Settings({ document }: { readonly document: StoredDocument }) {
  const { id: _id, name: _name, version, updatedAt, updatedBy, warnings, problems, keys: _keys, ...own } = document;
  return (
    <>
      {problems.map(({ path, problem }) => (
        <p key={path} class="warning">
          <code>{path}</code> {problem}
        </p>
      ))}
      {warnings.map(({ path, message }) => (
        <p key={path} class="warning">
          <code>{path}</code> {message}
        </p>
      ))}
      <Facts
        of={[
          ...Object.entries(own).map(
            ([field, value]) => [field, <Foreign key={field} text={settingText(value)} />] as const,
          ),
          [
            'version',
            <span key="version">
              {version}, changed <Ago at={updatedAt} /> by{' '}
              <Foreign text={updatedBy.slice(updatedBy.lastIndexOf('/') + 1)} />
            </span>,
          ],
        ]}
      />
    </>
  );
}

function Keys({ id, document }: { readonly id: string; readonly document: Asked<StoredDocument> }) {
  const query = useAsk(admin('integrations', id, 'keys'), integrationKeys);
  const version = document.data?.version;
  const rotate = async (): Promise<void> => {
    if (version === undefined) return;
    await ask('POST', admin('integrations', id, 'keys'), credentials, { ifMatch: version });
    await Promise.all([query.refetch(), document.refetch()]);
  };
  return (
    <Panel
      title="Keys"
      query={query}
      actions={
        <ConfirmedAct label="Rotate" title="Rotate the keys?" disabled={version === undefined} run={rotate}>
          <p>The integration gets a new token and signing key. The present ones stay valid until the next rotation.</p>
          <p>Paste the new URL into the sender’s system, then watch when the old key was last used.</p>
        </ConfirmedAct>
      }
      isEmpty={({ items }) => items.length === 0}
      empty="No key yet."
    >
      {({ items }) => (
        <Table
          label="Keys"
          rows={items}
          keyOf={({ kid }) => kid}
          columns={[
            { name: 'Key', cell: ({ kid }) => <code>{kid}</code> },
            { name: 'State', cell: ({ current }) => (current ? 'current' : 'before it, still valid') },
            {
              name: 'Last used',
              cell: ({ lastUsedAt }) =>
                lastUsedAt === undefined ? <Unknown why="not seen" /> : <Ago at={lastUsedAt} />,
            },
            {
              name: '',
              number: true,
              cell: ({ kid }) => (
                <a href={hrefOf('requests', { integration: id, keyId: kid, since: '7d' })}>Requests</a>
              ),
            },
          ]}
        />
      )}
    </Panel>
  );
}

/** The sheet for the sender, as Markdown. */
function Sheet({ id }: { readonly id: string }) {
  const load = (): Promise<string> => askText('GET', admin('integrations', id, 'sheet'));
  const [text, setText] = useState<string>();
  const [problem, setProblem] = useState<Error>();
  const show = async (): Promise<void> => {
    setProblem(undefined);
    try {
      setText(await load());
    } catch (error) {
      setProblem(errorOf(error));
    }
  };
  return (
    <section class="panel" aria-label="Sheet for the sender">
      <header class="panel-head">
        <h2>Sheet for the sender</h2>
        <div class="actions">
          <Copy text={load} what="the sheet" label="Copy Markdown" />
          <button type="button" class="small" onClick={() => (text === undefined ? void show() : setText(undefined))}>
            {text === undefined ? 'Show' : 'Hide'}
          </button>
        </div>
      </header>
      <p class="note">URL, parameters, statuses, answers and signing in one page, without secrets.</p>
      {problem !== undefined && <Failed error={problem} again={() => void show()} />}
      {text !== undefined && (
        <div class="part">
          <pre class="raw" tabIndex={0} aria-label="Sheet">
            {text}
          </pre>
        </div>
      )}
    </section>
  );
}

/** A setting in one line: `token required, hmac off`. */
function settingText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const parts = Object.entries(value).map(
    ([name, part]) => (Array.isArray(value) ? '' : `${name} `) + settingText(part),
  );
  return parts.join(', ');
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
