import { useState } from 'preact/hooks';
import { deliveryAdvice } from '../../../../operator/deliveries/advice';
import { sourceTest, type SourceTemplate, type SourceTest } from '../../api/answers';
import { admin, ask } from '../../api/client';
import { Act } from '../../parts/act';
import { Choice } from '../../parts/choice';
import { TextField } from '../../parts/field';
import { Failed } from '../../parts/panel';
import { Foreign, Result } from '../../parts/text';
import { useAttempt } from '../../state/attempt';
import { hrefOf } from '../../state/place';
import { secretsOf, type Postback } from './postbacks';
import { putSecrets, SecretFields } from './secrets';

/** Reports an invented conversion to the source, and shows what it was asked and answered. */
export function Trial({
  source,
  postbacks,
  templates,
}: {
  readonly source: string;
  readonly postbacks: readonly [Postback, ...(readonly Postback[])];
  readonly templates: readonly SourceTemplate[];
}) {
  const [chosen, choose] = useState(postbacks[0].id);
  const [externalId, setExternalId] = useState('');
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [tested, setTested] = useState<SourceTest>();
  const { busy, problem, attempt } = useAttempt();
  const postback = postbacks.find(({ id }) => id === chosen) ?? postbacks[0];
  const template = templates.find(({ id }) => id === postback.template);
  const secrets = secretsOf(postback, template);
  const currency = postback.currency ?? template?.currencies?.[0];
  const send = (): Promise<void> =>
    attempt(async () => {
      await putSecrets(source, values);
      setValues({});
      const id = externalId.trim();
      const body = {
        postback: postback.id,
        ...(id !== '' && { externalId: id }),
        ...(currency !== undefined && { currency }),
      };
      setTested(await ask('POST', admin('sources', source, 'test'), sourceTest, { body }));
    });
  return (
    <section class="panel" aria-label="Test">
      <header class="panel-head">
        <h2>Test</h2>
      </header>
      <form
        class="stack part"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {postbacks.length > 1 && (
          <Choice
            label="Postback"
            value={postback.id}
            options={postbacks.map(({ id }) => id)}
            onChange={(id = '') => {
              choose(id);
              setTested(undefined);
            }}
          />
        )}
        <TextField
          label="Click ID of the source (optional)"
          hint="From a link that the source opened. Many sources reject an invented one."
          value={externalId}
          maxLength={200}
          size={48}
          onInput={setExternalId}
        />
        {secrets.length > 0 && (
          <details open={tested?.reason === 'SECRET_MISSING'}>
            <summary>Set its secrets</summary>
            <div class="stack part">
              <SecretFields of={secrets} values={values} required={false} onChange={setValues} />
            </div>
          </details>
        )}
        <p class="actions">
          <Act kind="primary" type="submit" busy={busy}>
            Send a test conversion
          </Act>
          <span class="quiet">One real request of an invented sale. No report counts it.</span>
        </p>
      </form>
      {problem !== undefined && <Failed error={problem} />}
      {tested !== undefined && <Outcome of={tested} source={source} />}
    </section>
  );
}

function Outcome({
  of: { outcome, reason, detail, request, answer },
  source,
}: {
  readonly of: SourceTest;
  readonly source: string;
}) {
  const isGreen = outcome === 'delivered';
  const advice = deliveryAdvice(reason);
  return (
    <>
      <div class={isGreen ? 'verdict success' : 'verdict'} role="status">
        <p class="verdict-line">
          <Result of={outcome} /> <code class="reason">{reason}</code>
        </p>
        {isGreen && (
          <p class="sentence">
            It works: the source accepted the conversion. Each real one appears in its{' '}
            <a href={hrefOf('deliveries', { source, since: '7d' })}>deliveries</a>.
          </p>
        )}
        {detail !== undefined && (
          <p class="sentence">
            <Foreign text={detail} long />
          </p>
        )}
        {advice !== undefined && <p class="advice">{advice}</p>}
      </div>
      <div class="stack part">
        {request !== undefined && (
          <>
            <h3>Request, secrets masked</h3>
            <pre class="raw" tabIndex={0} aria-label="Request">
              <Foreign text={requestText(request)} long />
            </pre>
          </>
        )}
        {answer !== undefined && (
          <>
            <h3>Answer, HTTP {answer.httpStatus ?? 'unknown'}</h3>
            <pre class="raw" tabIndex={0} aria-label="Answer">
              <Foreign text={answer.text === '' ? '(empty)' : answer.text} long />
            </pre>
          </>
        )}
      </div>
    </>
  );
}

function requestText({ method, url, headers, body }: NonNullable<SourceTest['request']>): string {
  const lines = [`${method} ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  return [...lines, ...(body === undefined ? [] : ['', body])].join('\n');
}
