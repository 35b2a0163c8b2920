/** What differs from one page to the next. */
export interface PageContent {
  /** Stands on the style and the script, which the Content-Security-Policy lets through by it. */
  readonly nonce: string;
  readonly script: string;
  readonly integration?: string;
  readonly campaign?: string;
}

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { margin: 0 auto; max-width: 60rem; padding: 1rem; }
  section { border-top: 1px solid #8888; margin-top: 1.5rem; }
  label { display: block; font-weight: 600; margin-top: .75rem; }
  select, textarea { box-sizing: border-box; font: inherit; width: 100%; }
  textarea, pre, code, td { font-family: ui-monospace, monospace; }
  pre { border: 1px solid #8888; overflow: auto; padding: .5rem; white-space: pre-wrap; word-break: break-all; }
  button { font: inherit; margin: .75rem .5rem 0 0; padding: .4rem .8rem; }
  th { padding-right: 1rem; text-align: left; } td { padding-right: 1rem; word-break: break-all; }
  #verdict { font-size: 1.25rem; font-weight: 600; }
`;

/** The page. Everything in it is ours but the two IDs; what the API answers is put in by the script, as text. */
export function pageMarkup({ nonce, script, integration, campaign }: PageContent): string {
  const data = attribute('data-integration', integration) + attribute('data-campaign', campaign);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Test a postback</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main id="page"${data}>
<h1>Test a postback</h1>
<p>Makes a click as a visitor would, sends the postback of a conversion, and shows what the tracker made of it.
The click is marked as a test, so nothing here gets into reports or to traffic sources.</p>
<noscript><p>This page needs JavaScript. The same by hand: POST /admin/v1/test-clicks, then open its postbackUrl.</p></noscript>
<p id="status" role="status" aria-live="polite">Loading …</p>

<section aria-labelledby="click-title">
<h2 id="click-title">1. Make a test click</h2>
<label for="integration">Integration: who sends the postback</label>
<select id="integration"></select>
<label for="campaign">Campaign: what the click belongs to</label>
<select id="campaign"></select>
<button id="click" type="button" disabled>Make a test click</button>
<div id="click-result" hidden>
<p>Click ID: <code id="click-id"></code></p>
<p>The visitor would land on <code id="landing-page"></code></p>
</div>
</section>

<section id="postback" aria-labelledby="postback-title" hidden>
<h2 id="postback-title">2. Send the postback</h2>
<label for="url">Postback URL, in the names of this integration. Change what you like.</label>
<textarea id="url" rows="5" spellcheck="false" autocomplete="off"></textarea>
<button id="dry-run" type="button">Dry run: explain, keep nothing</button>
<button id="send-test" type="button">Send with test=1</button>
<button id="send" type="button">Send as it stands</button>
<p>As it stands, the postback is the one that the sender will send; it is a test all the same, since its click is one.
Where the integration looks at signatures, the page signs what it sends.</p>
</section>

<section id="answer" aria-labelledby="answer-title" hidden>
<h2 id="answer-title">3. What came of it</h2>
<p id="verdict"></p>
<p id="message"></p>
<ul id="warnings"></ul>
<table id="fields">
<caption>What came, and what it was read as</caption>
<thead><tr><th scope="col">Field</th><th scope="col">Parameter</th><th scope="col">Sent</th><th scope="col">Read as</th></tr></thead>
<tbody id="field-rows"></tbody>
</table>
<h3>The same in a terminal</h3>
<pre id="curl"></pre>
<h3>Answer to the sender</h3>
<pre id="body"></pre>
<h3>Row in the postback log</h3>
<pre id="log-row"></pre>
</section>
</main>
<script nonce="${nonce}">${script}</script>
</body>
</html>
`;
}

function attribute(name: string, value: string | undefined): string {
  return value === undefined ? '' : ` ${name}="${escapeMarkup(value)}"`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => entities[letter] ?? '');
}
