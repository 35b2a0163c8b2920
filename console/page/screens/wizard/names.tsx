import { useLocation } from 'preact-iso/router';
import { useEffect, useRef, useState } from 'preact/hooks';
import { storedDocument } from '../../api/answers';
import { admin, ask } from '../../api/client';
import { isProblem } from '../../api/problem';
import { Act } from '../../parts/act';
import { Failed } from '../../parts/panel';
import { text } from '../../state/parameters';
import { hrefOf, usePlace } from '../../state/place';
import { useGuide } from './preset-choice';

/** An ID out of a name: what a URL carries. */
function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64);
}

/** What the integration is called. Everything else has a default, and can be changed later. */
export function Names({ preset }: { readonly preset: string }) {
  const { guide, isAsked } = useGuide(preset);
  const { route } = useLocation();
  const { state, set } = usePlace({ name: text, id: text, currency: text });
  const { name = '', currency = '' } = state;
  const id = state.id ?? slugOf(name);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error>();
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);

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
        <label class="field">
          <span>Name</span>
          <input
            ref={first}
            type="text"
            value={name}
            required
            maxLength={200}
            autocomplete="off"
            onInput={({ currentTarget }) => set({ name: currentTarget.value }, 'replace')}
          />
          <span class="hint">As your team calls this sender, such as “Acme network”.</span>
        </label>
        <label class="field">
          <span>ID</span>
          <input
            type="text"
            value={id}
            required
            pattern="[A-Za-z0-9][A-Za-z0-9._\-]{0,63}"
            autocomplete="off"
            spellcheck={false}
            onInput={({ currentTarget }) => set({ id: currentTarget.value }, 'replace')}
          />
          <span class="hint">It stands in the postback URL and cannot be changed later.</span>
          {taken && (
            <span class="problem" role="alert">
              There is an integration {id} already. Choose another ID.
            </span>
          )}
        </label>
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
