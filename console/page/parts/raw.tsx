import type { LogRow } from '../../../operator/answers';
import { loggedRequest } from '../../../operator/log/raw-request';
import { visibleText } from './format';
import { Copy } from './text';

/** A request as it came, secrets masked, and the same for a terminal. */
export function RawRequest({ row, publicUrl }: { readonly row: LogRow; readonly publicUrl: string | undefined }) {
  const { query, body, cut } = loggedRequest(row);
  const line = `${row.method} ${row.path}${query === '' ? '' : `?${query}`}`;
  const whole = body === '' ? line : `${line}\n\n${body}`;
  return (
    <>
      <pre class="raw" tabIndex={0} aria-label="The request as it came">
        <bdi>{visibleText(whole)}</bdi>
      </pre>
      <p class="actions">
        <Copy text={whole} what="the request" label="Copy request" />
        {publicUrl !== undefined && <Copy text={curlOf(row, publicUrl)} what="as curl" label="Copy as curl" />}
        <Copy text={`npx tracker postbacks explain ${row.requestId}`} what="the command" label="Copy CLI line" />
      </p>
      {cut && <p class="note">The log keeps only the beginning of this request.</p>}
      {whole.includes('***') && <p class="note">Secrets and values that nothing reads are masked as ***.</p>}
    </>
  );
}

function curlOf(row: LogRow, publicUrl: string): string {
  const { query, body } = loggedRequest(row);
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const url = quoted(`${publicUrl}${row.path}${query === '' ? '' : `?${query}`}`);
  return body === '' ? `curl -i ${url}` : `curl -i ${url} --data-raw ${quoted(body)}`;
}
