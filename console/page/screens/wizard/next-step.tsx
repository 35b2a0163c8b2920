import { useDocuments } from '../../parts/document-choice';
import { Panel } from '../../parts/panel';
import { Foreign } from '../../parts/text';
import { hrefOf } from '../../state/place';

/** The step after a sender is connected: a campaign whose clicks it reports, and the report of both. */
export function NextStep({ integration }: { readonly integration: string }) {
  const query = useDocuments('campaigns');
  return (
    <Panel title="Clicks of this sender" query={query}>
      {({ items }) => {
        const own = items.filter((one) => one['integration'] === integration);
        if (own.length === 0) {
          return (
            <div class="empty">
              <p>
                A postback is about a click, and a click needs a campaign that names this integration. There is none
                yet.
              </p>
              <p>
                <a class="button primary" href={hrefOf('campaigns/new', { integration })}>
                  Make a campaign
                </a>
              </p>
            </div>
          );
        }
        return (
          <p>
            Its clicks come from{' '}
            {own.slice(0, 3).map(({ id, name = id }, index) => (
              <>
                {index > 0 && ', '}
                <a key={id} href={hrefOf(`campaigns/${id}`)}>
                  <Foreign text={name} />
                </a>
              </>
            ))}
            {own.length > 3 && ` and ${own.length - 3} more`}: each has a click URL for your ads. Clicks, conversions
            and money are in{' '}
            <a href={hrefOf('reports', { filter: `integration:${integration}`, group: 'campaign' })}>the report</a>.
          </p>
        );
      }}
    </Panel>
  );
}
