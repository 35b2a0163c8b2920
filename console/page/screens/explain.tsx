import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { explanation } from '../api/answers';
import { ask } from '../api/client';
import { Advice } from '../parts/advice';
import { Fields } from '../parts/explained';
import { Screen } from '../parts/frame';
import { Panel } from '../parts/panel';
import { Foreign } from '../parts/text';
import { hrefOf } from '../state/place';
import { holdUrl, useHeldUrl } from '../state/pasted-url';

/** A postback URL that a person has at hand, judged as a dry run: nothing is recorded. */
export default function Explain() {
  const url = useHeldUrl();
  const [text, setText] = useState(url);
  return (
    <Screen title="Explain a URL" about="Judged as a dry run: nothing is recorded.">
      <form
        class="panel part"
        onSubmit={(event) => {
          event.preventDefault();
          holdUrl(text.trim());
        }}
      >
        <label class="field">
          <span>Postback URL</span>
          <textarea
            rows={3}
            value={text}
            spellcheck={false}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </label>
        <p class="actions">
          <button type="submit" class="primary">
            Explain
          </button>
        </p>
      </form>
      {url !== '' && <Explained key={url} url={url} />}
    </Screen>
  );
}

function Explained({ url }: { readonly url: string }) {
  const query = useQuery({
    queryKey: ['explanations', 'url', url],
    queryFn: ({ signal }) => ask('POST', ['explanations'], explanation, { signal, body: { url } }),
    staleTime: 60_000,
    gcTime: 0,
  });
  return (
    <Panel title="What would become of it" query={query}>
      {(explained) => (
        <>
          {explained.today !== undefined && (
            <div class="verdict">
              <p class="verdict-line">
                <code class="reason">{explained.today.reason}</code>
              </p>
              <p class="sentence">
                <Foreign text={explained.today.message} long />
              </p>
              {explained.advice !== undefined && <Advice advice={explained.advice} />}
              {explained.today.requestId !== undefined && (
                <p class="quiet">
                  The dry run is in the log: <a href={hrefOf(`requests/${explained.today.requestId}`)}>open it</a>.
                </p>
              )}
            </div>
          )}
          <Fields explanation={explained} />
        </>
      )}
    </Panel>
  );
}
