import { createHash } from 'node:crypto';

/** The landing page of the demo campaign, served by the runner itself. */
export const shopPath = '/_local/shop';

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem}
code{overflow-wrap:anywhere}form{display:grid;gap:.75rem;max-width:20rem;margin:1.5rem 0}label{display:grid}
input,button{font:inherit;padding:.4rem}`;

/** No scripts, no foreign resources, and a form that posts to this origin alone. */
export const shopHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
} as const;

/**
 * Renders the landing page of the demo campaign: it shows the click ID of its URL, and its button sends the postback that the
 * advertiser's server would send.
 * @param asksToken the integration requires its token, which the advertiser has from the postback URL
 */
export function shopPage(clickId: string | undefined, asksToken = false): string {
  const body = clickId !== undefined && /^[0-9a-z]{32}$/.test(clickId) ? orderForm(clickId, asksToken) : noClickId;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Demo shop</title><style>${style}</style></head>
<body><h1>Demo shop</h1>
${body}
</body></html>
`;
}

const noClickId = `<p>This visitor came without a click ID. Start at <a href="/c/demo?source=newsletter">the tracking link of the demo campaign</a>.</p>`;

const tokenField = `
<label>Token of the integration <input name="token" required autocomplete="off"></label>
<small>The console copies it: "Copy token" beside the click URL.</small>`;

/** @param clickId has letters and digits only, so that it needs no escaping */
const orderForm = (
  clickId: string,
  asksToken: boolean,
): string => `<p>You are a visitor who clicked an ad. The tracker stored the click and sent you here with its ID:</p>
<p><code>${clickId}</code></p>
<p>When you buy, the advertiser's server reports it to the tracker. This button sends the same postback:</p>
<form action="/postback" method="get">
<input type="hidden" name="clickid" value="${clickId}">
<label>Amount <input name="amount" value="12.50" inputmode="decimal" required></label>
<label>Transaction ID <input name="txid" value="order-1"></label>${asksToken ? tokenField : ''}
<button>Buy</button>
</form>
<p>Press it, go back and press it again: the second answer is <code>duplicate</code>. Then look at
<a href="/admin/v1/conversions?clickId=${clickId}">the conversions of this click</a> and
<a href="/admin/v1/postbacks?clickId=${clickId}">its rows of the postback log</a>.</p>`;
