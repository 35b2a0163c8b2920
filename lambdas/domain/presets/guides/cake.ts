import type { PresetGuide } from '../preset';

export const cake: PresetGuide = {
  pasteInto:
    'Offers → the offer → Testing & Tracking (Affiliate Portal), or Campaign card → Pixel tab → Postback URL (Admin Portal)',
  sources: [
    {
      title: 'CAKE: Understanding the CAKE Conversion Pixel',
      url: 'https://support.getcake.com/support/solutions/articles/5000546124-conversion-pixel-variables',
      readOn: '2026-11-23',
      says: 'o is the offer, e the event ID, r the Request ID, t the Transaction ID, f the format (pb for a postback), p the revenue, ap the payout to the affiliate, a the advertiser, u the user.',
    },
    {
      title: 'CAKE: How to Implement Server-to-Server Tracking Using a Postback URL',
      url: 'https://support.getcake.com/support/solutions/articles/5000546059-how-to-implement-server-to-server-tracking-using-a-postback-url',
      readOn: '2026-11-23',
      says: 'The Request Session ID (Request ID, reqid) leaves in the offer link as #reqid# and comes back in r.',
    },
    {
      title: 'CAKE: How To Integrate With CAKE',
      url: 'https://support.getcake.com/support/solutions/articles/13000103758-how-to-integrate-with-cake',
      readOn: '2026-11-23',
      says: "The postback URL is /p.ashx with o, e and r; in the affiliate's postback the ID that came in s2 is #s2#.",
    },
    {
      title: 'CAKE: Setting Up Postback URLs and Pixel Tracking',
      url: 'https://support.getcake.com/support/solutions/articles/13000118786-setting-up-postback-urls-and-pixel-tracking-in-cake',
      readOn: '2026-11-23',
      says: 'The newer postback URL is /api/2/conversion.json with click_id (required) and amount, sent by GET; REPLACE marks the place of the click ID.',
    },
    {
      title: 'CAKE: Affiliate Pixels and Tracking',
      url: 'https://support.getcake.com/support/solutions/articles/5000546376-affiliate-pixels-and-tracking',
      readOn: '2026-11-23',
      says: '#leadid# is the ID that CAKE gives each conversion, the one most used for a transaction ID; #price# is the payout, #utcunixtime# the conversion time in Unix form, #s2# to #s5# sub IDs.',
    },
    {
      title: 'CAKE: How Affiliates Can Use Tokens to Send Dynamic Values in Pixels',
      url: 'https://support.getcake.com/en/support/solutions/articles/5000546096',
      readOn: '2026-11-23',
      says: 'Tokens stand between hashes; #s2# is the most common one for a click ID; they are listed under Offers → the offer → Testing & Tracking.',
    },
    {
      title: 'CAKE: eCommerce: Commerce Pixel',
      url: 'https://support.getcake.com/support/solutions/articles/5000545822-ecommerce-commerce-pixel',
      readOn: '2026-11-23',
      says: 'The commerce postback adds eccu, the currency of the order, and line items separated by ^; p is the amount that revenue is computed from.',
    },
    {
      title: 'CAKE: Understanding the CAKE Transaction ID',
      url: 'https://support.getcake.com/support/solutions/articles/5000546284-transaction-id',
      readOn: '2026-11-23',
      says: 'A pixel that comes twice is added twice only where Allow Duplicates is set on the event; an offer may dedupe by t, which works if t is unique to the conversion.',
    },
    {
      title: 'CAKE: How to Implement a TUNE (HasOffers) Postback URL',
      url: 'https://support.getcake.com/support/solutions/articles/5000593201-setting-up-a-postback-with-hasoffers',
      readOn: '2026-11-23',
      says: 'In the Admin Portal the URL goes to the Campaign card, Pixel tab, field Postback URL.',
    },
  ],
  notes: [
    'Pass our click ID in s2 of the tracking link: a sub ID takes 100 characters. s1 is for sub affiliates and takes 50.',
    "#tid# is the advertiser's own order ID, where one is sent; #leadid# is always there and never repeats.",
    'p (revenue) is read as the amount, and ap (payout to the affiliate) where no p comes; ect (order total) is not.',
    'Events with Allow Duplicates and without t need the duplicate mode "separate".',
  ],
};
