import { CopyToken } from '../../parts/secret-url';
import { Panel } from '../../parts/panel';
import { Copy } from '../../parts/text';
import { hrefOf } from '../../state/place';
import { useSession } from '../../state/session';

/** The link for an ad. Opening it makes a real click. */
export function ClickUrl({ id, integration }: { readonly id: string; readonly integration: string }) {
  const session = useSession();
  return (
    <Panel title="Click URL" query={session}>
      {({ publicUrl, local, mayWrite }) => {
        const url = `${publicUrl}/c/${id}`;
        return (
          <div class="stack part">
            <pre class="raw" tabIndex={0} aria-label="Click URL">
              {url}
            </pre>
            <div class="actions">
              <Copy text={url} what="the click URL" label="Copy click URL" />
              <a class="button small" href={url} target="_blank" rel="noreferrer">
                Open it as a visitor
              </a>
              {local && mayWrite && <CopyToken id={integration} />}
              <a class="button small" href={hrefOf(`integrations/${integration}/test`, { campaign: id })}>
                Send a test
              </a>
              <a class="button small" href={hrefOf('requests', { integration, since: '1h', live: 1 })}>
                Watch its postbacks
              </a>
            </div>
            <p class="note">
              Link ads to it, with <code>?source=</code> and <code>sub1</code> to <code>sub10</code> to distinguish them
              in reports.
            </p>
          </div>
        );
      }}
    </Panel>
  );
}
