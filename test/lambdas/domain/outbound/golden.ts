/** The URL of each template for a sale of 12.35 USD whose click ID at the source is `A+b/é=`; account fields by their names in capitals. */
export const golden: Readonly<Record<string, string>> = {
  propellerads:
    'https://ad.propellerads.com/conversion.php?aid=AID&pid=&tid=TID&visitor_id=A%2Bb%2F%C3%A9%3D&payout=12.35&goal=GOAL',
  clickadu: 'http://sconvtrk.com/conversion/HASH/?visitor_id=A%2Bb%2F%C3%A9%3D&aid=AID',
  adsterra: 'https://www.pbterra.com/name/ADVERTISER/at?subid_short=A%2Bb%2F%C3%A9%3D&atpay=12.35',
  trafficstars:
    'https://tsyndicate.com/api/v1/cpa/action?key=KEY&clickid=A%2Bb%2F%C3%A9%3D&goalid=GOALID&value=12.35&lead_code=T%201',
  exoclick: 'https://s.magsrv.com/tag.php?goal=GOAL&tag=A%2Bb%2F%C3%A9%3D&value=12.35',
  mgid: 'https://a.mgid.com/postback/CLIENT?c=A%2Bb%2F%C3%A9%3D&e=EVENT&r=12.35',
  taboola:
    'https://trc.taboola.com/actions-handler/log/3/s2s-action?click-id=A%2Bb%2F%C3%A9%3D&name=EVENT&revenue=12.35&currency=USD&orderid=T%201',
  outbrain:
    'https://tr.outbrain.com/unifiedPixel?ob_click_id=A%2Bb%2F%C3%A9%3D&name=EVENT&orderId=T%201&orderValue=12.35&currency=USD',
  kadam: 'http://kdtrk.net/ru/postback/?data=A%2Bb%2F%C3%A9%3D&cost=12.35&status=approved',
  richads: 'https://xml.auxml.com/log?action=conversion&key=A%2Bb%2F%C3%A9%3D&price=12.35',
  hilltopads:
    'https://postback.hilltopads.com/close/?token=A%2Bb%2F%C3%A9%3D&price=12.35&currency=USD&advertiserId=ADVERTISER&goal=GOAL',
  galaksion: 'http://postback.report/postback?cid=CID&click_id=A%2Bb%2F%C3%A9%3D',
  popads: 'https://serve.popads.net/cpixel.php?s2s=1&aid=AID&id=A%2Bb%2F%C3%A9%3D&value=12.35',
  popcash: 'https://ct.popcash.net/click?aid=AID&clickid=A%2Bb%2F%C3%A9%3D&payout=12.35',
  evadav: 'https://evadav.com/phpb?click_id=A%2Bb%2F%C3%A9%3D&payout=12.35',
  admaven: 'https://pixel-maven.com/pixel?info=INFO&unique_req=A%2Bb%2F%C3%A9%3D&value=12.35',
  clickadilla:
    'https://tracking.clickadilla.com/in/postbacks/?token=TOKEN&campaign_id=77&click_id=A%2Bb%2F%C3%A9%3D&payout=12.35',
  adxad: 'http://conv.adxadserv.com/?clickid=A%2Bb%2F%C3%A9%3D&payout=12.35&type=TYPE',
  rollerads: 'https://trk.roller.ad/conversion/aid/ACCOUNT/KEY?click_id=A%2Bb%2F%C3%A9%3D',
  mondiad: 'https://postback.mondiad.com/track?uid=UID&clickid=A%2Bb%2F%C3%A9%3D&payout=12.35',
  juicyads:
    'https://ck.juicyads.com/ilikeitjuicy.php?c=C&s2s=A%2Bb%2F%C3%A9%3D&amount=12.35&token=TOKEN&data=DATA&goal=GOAL',
  pushhouse: 'http://api.push.house/v1/postback?click_id=A%2Bb%2F%C3%A9%3D&cost=12.35',
  meta: 'https://graph.facebook.com/v25.0/PIXEL/events',
  tiktok: 'https://business-api.tiktok.com/open_api/v1.3/event/track/',
  snapchat: 'https://tr.snapchat.com/v3/PIXEL/events?access_token=SECRET',
  reddit: 'https://ads-api.reddit.com/api/v3/pixels/PIXEL/conversion_events',
  x: 'https://ads-api.x.com/12/measurement/conversions/PIXEL',
  axon: 'https://b.applovin.com/v1/event?pixel_id=PIXEL',
  'openai-ads': 'https://bzr.openai.com/v1/events?pid=PIXEL',
  kwai: 'https://www.adsnebula.com/log/common/api',
  'google-ads': 'https://datamanager.googleapis.com/v1/events:ingest',
  linkedin: 'https://api.linkedin.com/rest/conversionEvents',
  pinterest: 'https://api.pinterest.com/v5/ad_accounts/ADVERTISER/events',
  'microsoft-capi': 'https://capi.uet.microsoft.com/v1/TAG/events',
};

/** The body of the same, where there is one. */
export const goldenBodies: Readonly<Record<string, unknown>> = {
  meta: {
    data: [
      {
        event_name: 'Purchase',
        event_time: 1795435200,
        event_id: '0123456789abcdef0123456789abcdef',
        action_source: 'website',
        event_source_url: 'SITE',
        user_data: { fbc: 'fb.1.1795435140000.A+b/é=', client_user_agent: 'Browser/1.0' },
        custom_data: { value: 12.35, currency: 'USD', order_id: 'T 1' },
      },
    ],
    access_token: 'SECRET',
  },
  tiktok: {
    event_source: 'web',
    event_source_id: 'PIXEL',
    data: [
      {
        event: 'CompletePayment',
        event_time: 1795435200,
        event_id: '0123456789abcdef0123456789abcdef',
        user: { ttclid: 'A+b/é=', user_agent: 'Browser/1.0' },
        page: { url: 'SITE' },
        properties: { value: 12.35, currency: 'USD', order_id: 'T 1' },
      },
    ],
  },
  snapchat: {
    data: [
      {
        event_name: 'PURCHASE',
        event_time: 1795435200,
        event_id: '0123456789abcdef0123456789abcdef',
        action_source: 'WEB',
        event_source_url: 'SITE',
        user_data: { sc_click_id: 'A+b/é=', client_user_agent: 'Browser/1.0' },
        custom_data: { value: '12.35', currency: 'USD', order_id: 'T 1' },
      },
    ],
  },
  reddit: {
    data: {
      events: [
        {
          event_at: 1795435200000,
          action_source: 'WEBSITE',
          type: { tracking_type: 'PURCHASE' },
          click_id: 'A+b/é=',
          user: { user_agent: 'Browser/1.0' },
          metadata: { conversion_id: '0123456789abcdef0123456789abcdef', value: 12.35, currency: 'USD' },
        },
      ],
    },
  },
  x: {
    conversions: [
      {
        conversion_time: '2026-11-23T12:00:00.000Z',
        event_id: 'EVENT',
        identifiers: [{ twclid: 'A+b/é=' }],
        conversion_id: '0123456789abcdef0123456789abcdef',
        value: '12.35',
        price_currency: 'USD',
      },
    ],
  },
  axon: [
    {
      name: 'purchase',
      event_time: 1795435200000,
      event_source_url: 'SITE',
      dedupe_id: '0123456789abcdef0123456789abcdef',
      data: { value: 12.35, currency: 'USD', transaction_id: 'T 1' },
      user_data: { esi: 'ESI', aleid: 'A+b/é=', client_user_agent: 'Browser/1.0' },
    },
  ],
  'openai-ads': {
    validate_only: false,
    events: [
      {
        id: '0123456789abcdef0123456789abcdef',
        type: 'order_created',
        timestamp_ms: 1795435200000,
        oppref: 'A+b/é=',
        source_url: 'SITE',
        action_source: 'web',
        data: { type: 'contents' },
      },
    ],
  },
  kwai: {
    access_token: 'SECRET',
    clickid: 'A+b/é=',
    event_name: 'EVENT_PURCHASE',
    is_attributed: 1,
    mmpcode: 'PL',
    pixelId: 'PIXEL',
    pixelSdkVersion: '9.9.9',
    testFlag: false,
    trackFlag: false,
  },
  'google-ads': {
    destinations: [
      { operatingAccount: { accountType: 'GOOGLE_ADS', accountId: 'CUSTOMER' }, productDestinationId: 'ACTION' },
    ],
    consent: { adUserData: 'CONSENT_GRANTED' },
    events: [
      {
        transactionId: '0123456789abcdef0123456789abcdef',
        eventTimestamp: '2026-11-23T12:00:00.000Z',
        eventSource: 'WEB',
        adIdentifiers: { gclid: 'A+b/é=' },
        conversionValue: 12.35,
        currency: 'USD',
      },
    ],
  },
  linkedin: {
    conversion: 'urn:lla:llaPartnerConversion:RULE',
    conversionHappenedAt: 1795435200000,
    conversionValue: { currencyCode: 'USD', amount: '12.35' },
    eventId: '0123456789abcdef0123456789abcdef',
    user: { userIds: [{ idType: 'LINKEDIN_FIRST_PARTY_ADS_TRACKING_UUID', idValue: 'A+b/é=' }] },
  },
  pinterest: {
    data: [
      {
        event_name: 'checkout',
        action_source: 'web',
        event_time: 1795435200,
        event_id: '0123456789abcdef0123456789abcdef',
        event_source_url: 'SITE',
        user_data: { em: ['e3b0c442'], click_id: 'A+b/é=', client_user_agent: 'Browser/1.0' },
        custom_data: { value: '12.35', currency: 'USD', order_id: 'T 1' },
      },
    ],
  },
  'microsoft-capi': {
    data: [
      {
        eventType: 'custom',
        eventName: 'purchase',
        eventId: '0123456789abcdef0123456789abcdef',
        eventTime: 1795435200,
        eventSourceUrl: 'SITE',
        adStorageConsent: 'G',
        userData: { msclkid: 'A+b/é=', clientUserAgent: 'Browser/1.0' },
        customData: { value: 12.35, eventValue: 12.35, currency: 'USD', transactionId: 'T 1' },
      },
    ],
  },
};
