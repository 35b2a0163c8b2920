import type { LineFields } from '../adapters/metrics';
import type { UnreadStretch } from '../domain/watch/unread';

/**
 * Returns the line for on-call about an integration whose amounts are not read: `acme: of 15 postbacks recorded in the last 3 h, 12 hold …`
 */
export function unreadLine(integration: string, { unread, recorded, since, hours }: UnreadStretch): LineFields {
  return {
    level: 'WARN',
    what: `${integration}: of ${recorded} postbacks recorded in the last ${hours} h, ${unread} hold an amount that was not read`,
    integration,
    unread,
    recorded,
    unreadSince: `${since}:00Z`,
    todo: 'Name the parameter that holds the amount in parameters.amount of the integration, and replay with --warning AMOUNT_UNREAD.',
  };
}
