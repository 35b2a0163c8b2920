import { useLocation, useRoute } from 'preact-iso/router';
import { Screen } from '../parts/frame';
import { SecretUrl } from '../parts/secret-url';
import { hrefOf } from '../state/place';
import { Names } from './wizard/names';
import { PresetChoice, useGuide } from './wizard/preset-choice';
import { FirstRequest } from './wizard/first-request';
import { WhereToPaste } from './wizard/where-to-paste';

const steps = [
  { path: '', name: 'Sender' },
  { path: 'names', name: 'Name' },
  { path: 'paste', name: 'Paste the URL' },
  { path: 'test', name: 'First request' },
] as const;

/** From a system's name to its first accepted request. Each step is an address, and what was typed is in it. */
export default function Wizard() {
  const { params } = useRoute();
  const { query } = useLocation();
  const { preset } = params;
  const step = preset === undefined ? '' : (params['step'] ?? 'names');
  const at = steps.findIndex(({ path }) => path === step);
  const id = query['id'] ?? '';
  return (
    <Screen title="Connect a sender" about="The URL for its system, then a look at its first request.">
      <ol class="steps" aria-label="Steps">
        {steps.map(({ path, name }, index) => (
          <li key={path} class={index < at ? 'done' : undefined} aria-current={index === at ? 'step' : undefined}>
            <span class="step-number">{index < at ? '✓' : index + 1}</span> {name}
          </li>
        ))}
      </ol>
      {preset === undefined && <PresetChoice />}
      {preset !== undefined && step === 'names' && <Names preset={preset} />}
      {preset !== undefined && step === 'paste' && <Paste preset={preset} id={id} />}
      {preset !== undefined && step === 'test' && <FirstRequest preset={preset} id={id} since={query['from']} />}
    </Screen>
  );
}

function Paste({ preset, id }: { readonly preset: string; readonly id: string }) {
  const { guide } = useGuide(preset);
  return (
    <>
      <SecretUrl id={id} />
      {guide !== undefined && (
        <WhereToPaste
          guide={guide}
          title={guide.id === 'generic' ? 'Where to paste it' : `Where to paste it in ${guide.name}`}
        />
      )}
      <p class="actions">
        <a
          class="button primary"
          href={hrefOf(`integrations/new/${preset}/test`, { id, from: new Date(Date.now() - 60_000).toISOString() })}
        >
          Wait for the first request
        </a>
      </p>
    </>
  );
}
