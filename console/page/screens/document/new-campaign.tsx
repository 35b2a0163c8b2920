import { DocumentChoice, useDocuments } from '../../parts/document-choice';
import { Screen } from '../../parts/frame';
import { NewDocument } from '../../parts/new-document';
import { text } from '../../state/parameters';
import { hrefOf, usePlace } from '../../state/place';
import { useSession } from '../../state/session';
import { campaignOf } from './templates';
import { UrlField } from '../../parts/url-field';

const fields = { integration: text, url: text };

/** A campaign with one landing page. More offers, payouts and windows are changed in its document. */
export function NewCampaign() {
  const { state, set } = usePlace(fields);
  const { data: session } = useSession();
  const integrations = useDocuments('integrations');
  const { integration = integrations.data?.items[0]?.id ?? '' } = state;
  // The local stack has a shop, whose button sends the postback of a sale.
  const demo = session?.local === true ? `${session.publicUrl}/_local/shop?sub={clickid}&ask=token` : '';
  const url = state.url ?? demo;
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
      <NewDocument
        kind="campaigns"
        one="campaign"
        title="Campaign"
        nameHint="As your team calls it, such as “Spring sale, newsletter”."
        idHint="The click URL contains it. It cannot be changed later."
        action="Create and show the click URL"
        busy={integrations.isPending}
        content={(name) => campaignOf(name, integration, url)}
        hrefAfter={(id) => hrefOf(`campaigns/${id}`)}
      >
        <UrlField
          label="Landing page"
          value={url}
          required
          placeholder="https://shop.example/landing?sub={clickid}"
          onInput={(value) => set({ url: value }, 'replace')}
          hint={
            <>
              Visitors are sent there. <code>{'{clickid}'}</code> becomes the click ID that the sender reports back.
            </>
          }
          problem={
            url !== '' && !/\{clickid\}/i.test(url)
              ? 'Without {clickid} the page never learns the click ID, and no conversion finds its click.'
              : undefined
          }
        />
        <DocumentChoice
          kind="integrations"
          label="Conversions come from"
          value={integration === '' ? undefined : integration}
          onChange={(value) => set({ integration: value })}
        />
      </NewDocument>
    </Screen>
  );
}
