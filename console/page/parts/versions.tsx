import { pageOf, storedDocument, type StoredDocument } from '../api/answers';
import { admin } from '../api/client';
import { differencesOf } from '../state/difference';
import { useAsk } from '../state/queries';
import { Differences } from './differences';
import { Panel } from './panel';
import { Foreign, Moment } from './text';

/** Every version of a document, newest first, each with what it changed. */
export function Versions({ kind, id }: { readonly kind: string; readonly id: string }) {
  const query = useAsk(admin(kind, id), pageOf(storedDocument), { query: { history: 1, limit: 50 } });
  return (
    <Panel title="Changes" query={query} isEmpty={({ items }) => items.length === 0} empty="No version yet.">
      {({ items }) => (
        <ol class="versions">
          {items.map((version, index) => (
            <li key={version.version}>
              <p>
                <strong>Version {version.version}</strong> <Moment at={version.updatedAt} full /> by{' '}
                <Foreign text={version.updatedBy.slice(version.updatedBy.lastIndexOf('/') + 1)} />
                {version.deleted === true && <span class="tag bad">deleted</span>}
              </p>
              <Change before={items[index + 1]} after={version} />
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Change({ before, after }: { readonly before: StoredDocument | undefined; readonly after: StoredDocument }) {
  if (before === undefined)
    return <p class="quiet">{after.version === 1 ? 'The first version.' : 'Older versions are not shown.'}</p>;
  return <Differences of={differencesOf(contentOf(before), contentOf(after))} />;
}

/** A document without what GET adds to it. */
export function contentOf(document: StoredDocument): Readonly<Record<string, unknown>> {
  const {
    id: _1,
    version: _2,
    updatedAt: _3,
    updatedBy: _4,
    deleted: _5,
    changed: _6,
    warnings: _7,
    problems: _8,
    keys: _9,
    ...own
  } = document;
  return own;
}
