// Sends one postback as a signed body (Standard Webhooks, Node.js 18 or later). TRACKER_URL: the postback URL without a query;
// TRACKER_BODY: a JSON object; TRACKER_SECRET (whsec_…): from the integration's credentials. TRACKER_TIME and TRACKER_ID are for tests.
import { createHmac, randomUUID } from 'node:crypto';

const { TRACKER_URL, TRACKER_BODY, TRACKER_SECRET } = process.env;
const { TRACKER_TIME = Math.floor(Date.now() / 1000), TRACKER_ID = `msg_${randomUUID()}` } = process.env;
const key = Buffer.from(TRACKER_SECRET.replace('whsec_', ''), 'base64');
const signature = createHmac('sha256', key).update(`${TRACKER_ID}.${TRACKER_TIME}.${TRACKER_BODY}`).digest('base64');
const headers = {
  'content-type': 'application/json',
  'webhook-id': TRACKER_ID,
  'webhook-timestamp': String(TRACKER_TIME),
  'webhook-signature': `v1,${signature}`,
};
const answer = await fetch(TRACKER_URL, { method: 'POST', headers, body: TRACKER_BODY });
console.log(await answer.text());
