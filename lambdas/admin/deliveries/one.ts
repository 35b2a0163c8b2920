import type { StoredDelivery } from '../../adapters/delivery-item';
import { readDeliveryId } from '../../domain/outbound/delivery-id';
import { isForSource } from '../../domain/outbound/delivery';
import { adminJson, notFound, AdminError, fieldsError, type Answer } from '../http/answer';
import { noFields, readBodyFields } from '../http/body';
import { noParameters, readQueryParameters } from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import type { Services } from '../http/services';
import { deliveryView } from './view';

export async function getDelivery(request: RoutedRequest, services: Services): Promise<Answer> {
  readQueryParameters(request, noParameters);
  return adminJson(200, deliveryView(await deliveryOf(request, services)));
}

/** Sends a delivery once more, in any state; its schedule starts again, and a suspended source is called. */
export async function resendDelivery(request: RoutedRequest, services: Services): Promise<Answer> {
  readQueryParameters(request, noParameters);
  readBodyFields('{}', request.body, noFields);
  const delivery = await deliveryOf(request, services);
  if (delivery.state === 'skipped' && !isForSource(delivery.reason)) {
    const message = `The source does not get this change: ${delivery.reason ?? ''}. Change its postback, and later changes are sent.`;
    throw new AdminError('DELIVERY_CONFLICT', message, {});
  }
  const { reader, queue } = services.outbound();
  if (!(await reader.resend(delivery.id, request.now, request.deadline))) {
    throw new AdminError(
      'DELIVERY_CONFLICT',
      'The delivery is being sent right now. Look at it again in a minute.',
      {},
    );
  }
  // If the queue does not accept it, the sweep of the next minute does the work.
  await queue.sendAll([delivery], request.deadline);
  return adminJson(202, deliveryView(await deliveryOf(request, services)));
}

async function deliveryOf(request: RoutedRequest, services: Services): Promise<StoredDelivery> {
  const id = readDeliveryId(request.id);
  if (id === undefined) {
    const problem = 'must be 32 digits and letters a to f, as the list shows it';
    throw fieldsError('ID_INVALID', 'The ID in the path is wrong', [{ path: 'deliveryId', problem }]);
  }
  const found = await services.outbound().reader.find(id, request.deadline);
  if (found === undefined) throw notFound(`There is no delivery ${id}. Deliveries are kept for 90 days.`);
  return found;
}
