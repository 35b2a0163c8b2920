import { useLocation } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { pageOf, storedDocument } from '../../api/answers';
import { admin, ask } from '../../api/client';
import { isProblem } from '../../api/problem';
import { Act } from '../../parts/act';
import { Choice } from '../../parts/choice';
import { Screen } from '../../parts/frame';
import { NameAndId } from '../../parts/name-and-id';
import { Failed } from '../../parts/panel';
import { text } from '../../state/parameters';
import { hrefOf, usePlace } from '../../state/place';
import { queryClient, useAsk } from '../../state/queries';
import { useSession } from '../../state/session';
import { slugOf } from '../../state/slug';
import { campaignOf } from './templates';

const fields = { name: text, id: text, integration: text, url: text };

/** A campaign with one landing page. More offers, payouts and windows are changed in its document. */
export function NewCampaign() {
  const { route } = useLocation();
  const { state, set } = usePlace(fields);
  const { data: session } = useSession();
  const integrations = useAsk(admin('integrations'), pageOf(storedDocument), { query: { limit: 200 } });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error>();
  const { name = '', integration = integrations.data?.items[0]?.id ?? '' } = state;
  const id = state.id ?? slugOf(name);
  // The local stack has a shop of its own, whose button sends the postback of a sale.
  const demo = session?.local === true ? `${session.publicUrl}/_local/shop?sub={clickid}&ask=token` : '';
  const url = state.url ?? demo;

  const create = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const body = { ...campaignOf(name.trim() || id, integration, url), version: 0 };
      await ask('PUT', admin('campaigns', id), storedDocument, { body });
      await queryClient.invalidateQueries({ queryKey: admin('campaigns') });
      route(hrefOf(`campaigns/${id}`));
    } catch (error) {
      setProblem(error instanceof Error ? error : new Error(String(error)));
      setBusy(false);
    }
  };
  const taken = isProblem(problem) && problem.kind === 'conflict';
  return (
    <Screen
      title="New campaign"
      about="A click URL, and where it leads."
      actions={
        <a class="button" href={hrefOf('campaigns/new', { as: 'json', integration })}>
          Write JSON instead
        </a>
      }
    >
      <section class="panel" aria-label="Campaign" aria-busy={integrations.isPending}>
        <header class="panel-head">
          <h2>Campaign</h2>
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
            nameHint="As your team calls it, such as “Spring sale, newsletter”."
            idHint="It stands in the click URL and cannot be changed later."
            taken={taken ? `There is a campaign ${id} already. Choose another ID.` : undefined}
            onName={(value) => set({ name: value }, 'replace')}
            onId={(value) => set({ id: value }, 'replace')}
          />
          <label class="field">
            <span>Landing page</span>
            <input
              type="text"
              inputMode="url"
              value={url}
              required
              size={60}
              placeholder="https://shop.example/landing?sub={clickid}"
              autocomplete="off"
              spellcheck={false}
              onInput={({ currentTarget }) => set({ url: currentTarget.value }, 'replace')}
            />
            <span class="hint">
              Visitors are sent there. <code>{'{clickid}'}</code> becomes the click ID that the sender reports back.
            </span>
            {url !== '' && !/\{clickid\}/i.test(url) && (
              <span class="problem" role="status">
                Without {'{clickid}'} the page never learns the click ID, and no conversion finds its click.
              </span>
            )}
          </label>
          <Choice
            label="Conversions come from"
            value={integration === '' ? undefined : integration}
            options={integrations.data?.items.map((one) => one.id) ?? []}
            busy={integrations.isPending}
            onChange={(value) => set({ integration: value })}
          />
          {problem !== undefined && !taken && <Failed error={problem} />}
          <p class="actions">
            <Act kind="primary" type="submit" busy={busy}>
              Create and show the click URL
            </Act>
          </p>
        </form>
      </section>
    </Screen>
  );
}
