import { useRoute } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import * as v from 'valibot';
import { testClick, verdict } from '../../../operator/answers';
import { explanation, type Explanation } from '../api/answers';
import { admin, ask } from '../api/client';
import { Act } from '../parts/act';
import { AdviceOf } from '../parts/advice';
import { useDocuments } from '../parts/document-choice';
import { Fields } from '../parts/explained';
import { Field } from '../parts/field';
import { Screen } from '../parts/frame';
import { Empty, Failed, Panel } from '../parts/panel';
import { Copy, Foreign, Result } from '../parts/text';
import { Warnings } from '../parts/warnings';
import { useAttempt } from '../state/attempt';
import { text } from '../state/parameters';
import { hrefOf, usePlace } from '../state/place';

const sent = v.looseObject({ status: v.number(), body: v.string(), requestId: v.optional(v.string()) });
type Sent = v.InferOutput<typeof sent>;

/** Makes a test click, writes its postback as the sender would, and sends it. Whatever is recorded is a test. */
export default function TestPostback() {
  const id = useRoute().params['id'] ?? '';
  const { state, set } = usePlace({ campaign: text });
  const campaigns = useDocuments('campaigns');
  return (
    <Screen
      title="Send a test"
      about={
        <>
          As <a href={hrefOf(`integrations/${id}`)}>{id}</a> would send it. What it records is a test, and in no report.
        </>
      }
    >
      <Panel
        title="Postback"
        query={campaigns}
        isEmpty={({ items }) => !items.some((one) => one['integration'] === id)}
        empty={
          <Empty next={<a href={hrefOf('campaigns/new', { integration: id })}>Make a campaign for it</a>}>
            A test needs a click, and a click needs a campaign that names this integration. There is none yet.
          </Empty>
        }
      >
        {({ items }) => {
          const own = items.filter((one) => one['integration'] === id);
          const campaign = state.campaign ?? own[0]?.id ?? '';
          return (
            <div class="stack part">
              <label class="field">
                <span>Campaign</span>
                <select value={campaign} onChange={({ currentTarget }) => set({ campaign: currentTarget.value })}>
                  {own.map((one) => (
                    <option key={one.id} value={one.id}>
                      {one.id}
                    </option>
                  ))}
                </select>
              </label>
              <Sender key={campaign} campaign={campaign} />
            </div>
          );
        }}
      </Panel>
    </Screen>
  );
}

function Sender({ campaign }: { readonly campaign: string }) {
  const [url, setUrl] = useState('');
  const { busy, problem, attempt } = useAttempt();
  const [answer, setAnswer] = useState<Sent>();
  const [explained, setExplained] = useState<Explanation>();
  const makeClick = (): Promise<void> =>
    attempt(async () => {
      const made = await ask('POST', admin('test-clicks'), testClick, { body: { campaign } });
      // The server adds the token when it sends: it need not be on the screen.
      setUrl(made.postbackUrl.replace(/([?&]token=)[^&]*/, '$1***'));
      setAnswer(undefined);
      setExplained(undefined);
    });
  const send = (): Promise<void> =>
    attempt(async () => {
      setExplained(undefined);
      setAnswer(await ask('POST', ['test-postbacks'], sent, { body: { url } }));
    });
  const dryRun = (): Promise<void> =>
    attempt(async () => {
      setAnswer(undefined);
      setExplained(await ask('POST', ['explanations'], explanation, { body: { url } }));
    });
  return (
    <>
      {url === '' ? (
        <p class="actions">
          <Act kind="primary" busy={busy} onClick={() => void makeClick()}>
            Make a test click
          </Act>
          <span class="quiet">It writes the postback URL for you to change.</span>
        </p>
      ) : (
        <>
          <Field label="What the sender sends" hint="The token is added when it is sent.">
            {(control) => (
              <textarea
                {...control}
                rows={4}
                value={url}
                spellcheck={false}
                onInput={({ currentTarget }) => setUrl(currentTarget.value)}
              />
            )}
          </Field>
          <p class="actions">
            <Act kind="primary" busy={busy} onClick={() => void send()}>
              Send it
            </Act>
            <Act busy={busy} onClick={() => void dryRun()}>
              Dry run
            </Act>
            <Act busy={busy} onClick={() => void makeClick()}>
              Another click
            </Act>
            <Copy text={`curl -i '${url.replaceAll("'", "'\\''")}'`} what="as curl" label="Copy as curl" />
          </p>
        </>
      )}
      {problem !== undefined && <Failed error={problem} />}
      {answer !== undefined && <Answer sent={answer} />}
      {explained !== undefined && (
        <section aria-label="Dry run">
          {explained.today !== undefined && (
            <div class="verdict" role="status">
              <p class="verdict-line">
                <code class="reason">{explained.today.reason}</code>
              </p>
              <p class="sentence">
                <Foreign text={explained.today.message} long />
              </p>
            </div>
          )}
          <Fields explanation={explained} />
        </section>
      )}
    </>
  );
}

function Answer({ sent: { status, body, requestId } }: { readonly sent: Sent }) {
  const reading = v.safeParse(v.pipe(v.string(), v.parseJson(), verdict), body);
  const known = reading.success ? reading.output : undefined;
  const id = known?.requestId ?? requestId;
  return (
    <div class="verdict" role="status">
      <p class="verdict-line">
        {known !== undefined && <Result of={known.result} />}{' '}
        {known !== undefined && <code class="reason">{known.reason}</code>} <span class="quiet">HTTP {status}</span>
      </p>
      <p class="sentence">
        <Foreign text={known?.message ?? body} long />
      </p>
      {known !== undefined && <AdviceOf of={known} />}
      {known !== undefined && <Warnings of={known.warnings} />}
      {id !== undefined && (
        <p>
          <a href={hrefOf(`requests/${id}`)}>Open it in the log</a>
        </p>
      )}
    </div>
  );
}
