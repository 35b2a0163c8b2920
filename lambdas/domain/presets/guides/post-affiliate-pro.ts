import type { PresetGuide } from '../preset';

export const postAffiliatePro: PresetGuide = {
  pasteInto: 'Promotion → Campaigns → Edit Tracking codes → Call URL from server',
  sources: [
    {
      title: 'Post Affiliate Pro: Pixel tracking (HTML image)',
      url: 'https://support.qualityunit.com/687297-Pixel-tracking-HTML-image',
      readOn: '2026-11-23',
      says: 'The postback variant is /scripts/sale.php with TotalCost, OrderID and ProductID; further parameters are AccountId, ActionCode, FixedCost, data1 to data5, AffiliateID, CampaignID, BannerID, Commission, PStatus, Coupon, Currency, visitorId and ip.',
    },
    {
      title: 'Post Affiliate Pro: Sale (action) tracking request data description',
      url: 'https://support.qualityunit.com/038895-Sale-action-tracking-request-data-description',
      readOn: '2026-11-23',
      says: 'The short names are ac (action code), t (total cost), o (order ID), s (status: A approved, P pending, D declined) and cr (currency), in a JSON list beside visitorId.',
    },
    {
      title: 'Post Affiliate Pro: Why Do I See Multiple Declined Commissions for the Same Order?',
      url: 'https://www.postaffiliatepro.com/faq/declined-duplicate-commissions-post-affiliate-pro',
      readOn: '2026-11-23',
      says: 'By default only the first commission of an order ID is approved or pending; repeats of that order ID are declined, or not saved.',
    },
    {
      title: 'Post Affiliate Pro: Affiliate Sale Tracking Codes',
      url: 'http://support.qualityunit.com/573712-Affiliate-Sale-Tracking-Codes',
      readOn: '2026-11-23',
      says: 'With this feature an affiliate enters a postback URL under Promotion → Campaigns → Edit Tracking codes, as Call URL from server; the merchant approves it. It is called when a commission is saved or approved.',
    },
  ],
  notes: [
    'A repeat is known by its order ID, as in Post Affiliate Pro: send OrderID, or each postback counts as a separate sale.',
    'ActionCode is the event; a plain sale has none.',
    "For an affiliate's postback take the variables from Post Affiliate Pro's form: the names of the parameters above, its variables as values.",
    'Commission, FixedCost and data1 to data5 are not read.',
  ],
};
