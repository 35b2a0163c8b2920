import { useLocation } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { storedDocument } from '../../api/answers';
import { admin, ask } from '../../api/client';
import { isProblem } from '../../api/problem';
import { Act } from '../../parts/act';
import { NameAndId } from '../../parts/name-and-id';
import { Failed } from '../../parts/panel';
import { text } from '../../state/parameters';
import { hrefOf, usePlace } from '../../state/place';
import { slugOf } from '../../state/slug';
import { useGuide } from './preset-choice';

/** What the integration is called. Everything else has a default, and can be changed later. */
export function Names({ preset }: { readonly preset: string }) {
  const { guide, isAsked } = useGuide(preset);
  const { route } = useLocation();
  const { state, set } = usePlace({ name: text, id: text, currency: text });
  const { name = '', currency = '' } = state;
  const id = state.id ?? slugOf(name);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error>();

  const create = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const body = {
        name: name.trim() || id,
        preset,
        version: 0,
        ...(currency !== '' && { currency: currency.toUpperCase() }),
      };
      await ask('PUT', admin('integrations', id), storedDocument, { body });
      route(hrefOf(`integrations/new/${preset}/paste`, { id }));
    } catch (error) {
      setProblem(error instanceof Error ? error : new Error(String(error)));
      setBusy(false);
    }
  };
  const taken = isProblem(problem) && problem.kind === 'conflict';
  return (
    <section class="panel" aria-label="Name" aria-busy={isAsked}>
      <header class="panel-head">
        <h2>{guide?.name ?? preset}</h2>
        <a href={hrefOf('integrations/new')}>Choose another</a>
      </header>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <NameAndId
          name={name}
          id={id}
          nameHint="As your team calls this sender, such as “Acme network”."
          idHint="It stands in the postback URL and cannot be changed later."
          taken={taken ? `There is an integration ${id} already. Choose another ID.` : undefined}
          onName={(value) => set({ name: value }, 'replace')}
          onId={(value) => set({ id: value }, 'replace')}
        />
        <label class="field">
          <span>Currency (optional)</span>
          <input
            type="text"
            value={currency}
            maxLength={3}
            size={6}
            placeholder="USD"
            autocomplete="off"
            onInput={({ currentTarget }) => set({ currency: currentTarget.value.toUpperCase() }, 'replace')}
          />
          <span class="hint">Of amounts that come without one. ISO 4217, three letters.</span>
        </label>
        {problem !== undefined && !taken && <Failed error={problem} />}
        <p class="actions">
          <Act kind="primary" type="submit" busy={busy}>
            Create and show the URL
          </Act>
        </p>
      </form>
    </section>
  );
}
