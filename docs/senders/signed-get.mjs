// Sends one signed postback (Node.js 18 or later). TRACKER_URL: the postback URL with its query, values percent-encoded;
// TRACKER_KID and TRACKER_SECRET (whsec_…): from the integration's credentials. TRACKER_TIME is for tests only.
// A retry repeats this very URL, signature included, while it is within the tolerance: signed anew it is a new statement.
import { createHmac } from 'node:crypto';

const { TRACKER_URL, TRACKER_KID, TRACKER_SECRET, TRACKER_TIME = Math.floor(Date.now() / 1000) } = process.env;
const key = Buffer.from(TRACKER_SECRET.replace('whsec_', ''), 'base64');
// Parsed first: what fetch would encode anew is then signed as it goes out.
const url = new URL(`${TRACKER_URL}&ts=${TRACKER_TIME}&kid=${TRACKER_KID}`);
const text = `v1.GET.${url.pathname}.${url.search.slice(1)}`;
const sig = createHmac('sha256', key).update(text).digest('hex');
const answer = await fetch(`${url.href}&sig=${sig}`);
console.log(await answer.text());
