import type { PresetGuide } from '../preset';

export const dub: PresetGuide = {
  pasteInto: 'the base URL of the Dub client or of the request to /track/lead and /track/sale',
  sources: [
    {
      title: 'Dub API: Track a sale',
      url: 'https://dub.co/docs/api-reference/endpoint/track-sale',
      readOn: '2026-11-23',
      says: 'POST /track/sale with a bearer key: amount is a whole number of cents (1437 for 1437 JPY), currency defaults to usd, eventName to Purchase; one sale for an invoiceId; clickId for a direct sale.',
    },
    {
      title: 'Dub API: Track a lead',
      url: 'https://dub.co/docs/api-reference/endpoint/track-lead',
      readOn: '2026-11-23',
      says: 'POST /track/lead with clickId (from the dub_id cookie), eventName and customerExternalId; one lead for a customer and event; an empty clickId looks the customer up.',
    },
    {
      title: 'Dub source: track-sale.ts',
      url: 'https://github.com/dubinc/dub/blob/main/apps/web/lib/api/conversions/track-sale.ts',
      readOn: '2026-11-23',
      says: 'A sale is dropped only where its invoiceId is known; a sale without one always counts.',
    },
    {
      title: 'Dub: Postback event types',
      url: 'https://dub.co/docs/postbacks/event-types.md',
      readOn: '2026-11-23',
      says: "Dub's own postbacks to a partner (lead.created, sale.created, commission.created) are JSON without a template.",
    },
  ],
  notes: [
    'Amounts are whole cents, in every form: amount=1250 is 12.50 USD, and amount=12.50 is rejected.',
    'Put the token of the integration where the Dub API key was: Authorization: Bearer ….',
    'Every sale must carry clickId: customers are not looked up here, and an empty clickId is rejected.',
    'As at Dub, a sale without invoiceId always counts, and a lead counts once for a customer and an event name. A conversion without an amount is a lead.',
    'Currency and event name have no default of Dub here: send them, or set the currency of the integration.',
  ],
};
