import { trackingLink } from '../../../../operator/documents/tracking-link';
import type { SourceTemplate, StoredDocument } from '../../api/answers';
import { DocumentChoice, useDocuments } from '../../parts/document-choice';
import { Empty, Panel } from '../../parts/panel';
import { Copy } from '../../parts/text';
import { text } from '../../state/parameters';
import { hrefOf, usePlace } from '../../state/place';
import { useSession } from '../../state/session';

/** The link that an ad of a source carries, with the source's own tokens in it. */
export function LinkOfAds({
  document,
  template,
}: {
  readonly document: StoredDocument;
  readonly template: SourceTemplate | undefined;
}) {
  const campaigns = useDocuments('campaigns');
  const { data: session } = useSession();
  const { state, set } = usePlace({ campaign: text });
  return (
    <Panel
      title="Link of its ads"
      query={campaigns}
      isEmpty={({ items }) => items.length === 0}
      empty={
        <Empty next={<a href={hrefOf('campaigns/new')}>Make the first campaign</a>}>
          An ad links to a campaign. There is none yet.
        </Empty>
      }
    >
      {({ items }) => {
        const campaign = state.campaign ?? items[0]?.id ?? '';
        const parameters = { ...template?.link, ...textsOf(document['parameters']) };
        const url = trackingLink(session?.publicUrl ?? '', campaign, { id: document.id, parameters });
        return (
          <div class="stack part">
            <DocumentChoice
              kind="campaigns"
              label="Campaign"
              value={campaign}
              onChange={(id) => set({ campaign: id })}
            />
            <pre class="raw" tabIndex={0} aria-label="Link of its ads">
              {url}
            </pre>
            <p class="actions">
              <Copy text={url} what="the link" label="Copy link" />
            </p>
            <p class="note">{hint(template, parameters)}</p>
          </div>
        );
      }}
    </Panel>
  );
}

function hint(template: SourceTemplate | undefined, parameters: Readonly<Record<string, string>>): string {
  const where = template === undefined ? 'in the ad' : `as the landing URL at ${template.name}`;
  if (Object.keys(parameters).length > 0) return `Paste it ${where}. The source fills in its tokens on each click.`;
  if (template?.clickParameter !== undefined) {
    return `Paste it ${where}. The source adds its click ID as ${template.clickParameter} by itself.`;
  }
  return `Add &external_id= with the source’s token for its click ID: without it, no conversion finds its click there.`;
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.flatMap(([name, one]) => (typeof one === 'string' ? [[name, one]] : [])));
}
