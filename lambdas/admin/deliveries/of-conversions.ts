import type { Deadline } from '../../adapters/deadline';
import type { StoredDelivery } from '../../adapters/delivery-item';
import type { Conversion } from '../../domain/conversion/conversion';
import { deliveryIdOf } from '../../domain/outbound/delivery-id';
import type { Services } from '../http/services';

/** What traffic sources were told of conversions, by the postbacks that their sources have now. */
export async function deliveriesOf(
  conversions: readonly Conversion[],
  services: Pick<Services, 'configuration' | 'outbound'>,
  deadline: Deadline,
): Promise<readonly StoredDelivery[]> {
  const found = await Promise.all(
    conversions.map(async (conversion) => {
      const { source } = conversion;
      const version =
        source === undefined ? undefined : await services.configuration.newest('source', source, deadline);
      const postbacks = version?.problems === undefined ? (version?.document.postbacks ?? []) : [];
      const groups = postbacks.map(({ id }) => deliveryIdOf(conversion, source ?? '', id, ''));
      return (await Promise.all(groups.map((id) => services.outbound().deliveries.ofGroup(id, deadline)))).flat();
    }),
  );
  return found.flat();
}
