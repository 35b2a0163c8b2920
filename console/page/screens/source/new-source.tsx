import { useState } from 'preact/hooks';
import type { SourceTemplate } from '../../api/answers';
import { TextField } from '../../parts/field';
import { Screen } from '../../parts/frame';
import { NewDocument } from '../../parts/new-document';
import { Failed } from '../../parts/panel';
import { text } from '../../state/parameters';
import { hrefOf, usePlace } from '../../state/place';
import { UrlField } from '../../parts/url-field';
import { putSecrets, SecretFields } from './secrets';
import { ownUrl, TemplateChoice, useTemplates } from './templates';

/** A source: who sends visitors, and how it learns of their conversions. More postbacks and costs are changed in its document. */
export function NewSource() {
  const { state } = usePlace({ template: text });
  return (
    <Screen
      title="New source"
      about="Who sends visitors, and how it learns of their conversions."
      actions={
        <a class="button" href={hrefOf('sources/new', { as: 'json' })}>
          Write JSON instead
        </a>
      }
    >
      {state.template === undefined ? <TemplateChoice /> : <Form template={state.template} />}
    </Screen>
  );
}

function Form({ template }: { readonly template: string }) {
  const { data, error, refetch } = useTemplates();
  if (template === ownUrl) return <OwnUrl />;
  const found = data?.items.find(({ id }) => id === template);
  if (found !== undefined) return <OfTemplate key={template} template={found} />;
  if (data !== undefined) return <TemplateChoice />;
  return error === null ? <p class="pending">Loading…</p> : <Failed error={error} again={() => void refetch()} />;
}

const common = {
  kind: 'sources',
  one: 'source',
  nameHint: 'As your team calls it, such as “Search ads”.',
  idHint: 'Links name it as source=ID. It cannot be changed later.',
  action: 'Create the source',
  hrefAfter: (id: string) => hrefOf(`sources/${id}`),
} as const;

const chooseAnother = () => <a href={hrefOf('sources/new')}>Choose another</a>;

const prefix = 'account.';

function OfTemplate({ template }: { readonly template: SourceTemplate }) {
  const { account, secrets, notes, confidence } = template;
  const { state, set } = usePlace(Object.fromEntries(account.map(({ name }) => [`${prefix}${name}`, text])));
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const given = Object.fromEntries(
    account.flatMap(({ name }) => {
      const value = state[`${prefix}${name}`]?.trim() ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );
  return (
    <>
      <NewDocument
        {...common}
        title={template.name}
        link={chooseAnother()}
        content={(name) => ({
          name,
          postbacks: [
            {
              id: 'main',
              template: template.id,
              when: 'first',
              ...(account.length > 0 && { account: given }),
            },
          ],
        })}
        finish={(id) => putSecrets(id, values)}
      >
        {account.map(({ name, where, required }) => (
          <TextField
            key={name}
            label={required ? name : `${name} (optional)`}
            hint={where}
            value={state[`${prefix}${name}`] ?? ''}
            required={required}
            size={48}
            onInput={(value) => set({ [`${prefix}${name}`]: value }, 'replace')}
          />
        ))}
        <SecretFields of={secrets} values={values} required onChange={setValues} />
      </NewDocument>
      <section class="panel" aria-label="What to know">
        <header class="panel-head">
          <h2>What to know</h2>
        </header>
        <div class="stack part">
          <ul class="notes">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
            <li>{trust[confidence] ?? confidence}</li>
          </ul>
          <pre class="raw" tabIndex={0} aria-label="Request">
            {`${template.method} ${template.url}`}
          </pre>
        </div>
      </section>
    </>
  );
}

/** The certainty of a template's facts. */
const trust: Readonly<Record<string, string>> = {
  documented: 'The request is as the source itself documents it.',
  corroborated: 'The request is as other trackers send it; the source documents none.',
  'account-specific': 'The request belongs to your account: compare it with the URL that the source shows you.',
  unconfirmed: 'Nobody confirms this request: try it before you rely on it.',
};

function OwnUrl() {
  const { state, set } = usePlace({ url: text });
  const { url = '' } = state;
  return (
    <NewDocument
      {...common}
      title="Source"
      link={chooseAnother()}
      content={(name) => ({
        name,
        ...(url !== '' && { postbacks: [{ id: 'main', when: 'first', url }] }),
      })}
    >
      <UrlField
        label="Postback URL of the source (optional)"
        value={url}
        placeholder="https://network.example/postback?cid={external_id}&payout={payout}"
        onInput={(value) => set({ url: value }, 'replace')}
        hint={
          <>
            The tracker calls it once for each conversion. <code>{'{external_id}'}</code> becomes the source’s own click
            ID, <code>{'{payout}'}</code> the amount, <code>{'{currency}'}</code> its currency.
          </>
        }
      />
    </NewDocument>
  );
}
