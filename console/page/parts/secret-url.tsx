import { useState } from 'preact/hooks';
import { credentials, postbackUrl } from '../api/answers';
import { admin, ask } from '../api/client';
import { useAsk } from '../state/queries';
import { useReadOnly } from '../state/session';
import { visibleText } from './format';
import { Panel } from './panel';
import { Copy } from './text';

const credentialsOf = (id: string) => ask('POST', admin('integrations', id, 'credentials'), credentials);

/** Copies what the sender of an integration authenticates by, and shows it nowhere. */
export const CopyToken = ({ id }: { readonly id: string }) => (
  <Copy text={async () => (await credentialsOf(id)).token} what="the token" label="Copy token" />
);

/**
 * The postback URL of an integration, masked. Copying it fetches the token, writes it into the clipboard and shows it nowhere;
 * it comes onto the screen only where somebody asks for it.
 */
export function SecretUrl({ id }: { readonly id: string }) {
  const query = useAsk(admin('integrations', id, 'postback-url'), postbackUrl);
  const readOnly = useReadOnly();
  const [shown, setShown] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const whole = async (): Promise<string> => (await credentialsOf(id)).url;
  const show = async (): Promise<void> => {
    try {
      setShown(await whole());
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Panel title="Postback URL" query={query}>
      {({ url }) => (
        <div class="stack part">
          <pre class={shown === undefined ? 'raw' : 'raw secret'} tabIndex={0} aria-label="Postback URL">
            {visibleText(shown ?? url)}
          </pre>
          <div class="actions">
            {readOnly === undefined ? (
              <>
                <Copy text={whole} what="the URL with its token" label="Copy URL" />
                <CopyToken id={id} />
                <button
                  type="button"
                  class="small"
                  onClick={() => (shown === undefined ? void show() : setShown(undefined))}
                >
                  {shown === undefined ? 'Show the token' : 'Hide the token'}
                </button>
              </>
            ) : (
              <Copy text={url} what="the masked URL" label="Copy masked URL" />
            )}
            {problem !== undefined && <span role="alert">{problem}</span>}
          </div>
          {readOnly !== undefined && <p class="note">The token stays masked. {readOnly}</p>}
          {url.includes('REPLACE') && (
            <p class="warning">
              Put the sender’s own token in the place of REPLACE: a postback that still says REPLACE is rejected.
            </p>
          )}
        </div>
      )}
    </Panel>
  );
}
