import { visitorScript } from '../../domain/click/script-text';
import { scriptPath } from '../../domain/routing/click-route';
import type { SheetFacts } from './facts';
import { block, bullets, code, section } from './markdown';

/** What to do without a server of one's own, and whom it reaches. */
export function browserSection({ baseUrl, id, integration }: SheetFacts): string {
  const [destination] = Object.keys(integration.destinations ?? {});
  const query = 'event=sale&txid=ORDER-1001';
  return section(
    'Without a server',
    'A postback from your server reaches every visitor and counts at once: prefer it. Where you have none, ask us to switch on reports of browsers. ' +
      'They stay pending, without an amount of yours, until a postback or an upload confirms the same event and transaction ID.',
    bullets([
      `**By redirect**, in every browser: lead the visitor through ${code(`${baseUrl}/r/${id}?${query}&to=${destination ?? 'NAME'}`)}. ` +
        (destination === undefined
          ? 'We agree on the page that he lands on.'
          : 'He lands on the page that we agreed on.'),
      '**By script**, in every browser with JavaScript, where landing page and thank-you page are of one site. Safari forgets after 7 days.',
      `**By pixel**, in every browser, where your page knows the click ID: ${code(`${baseUrl}/p/${id}.gif?clickid=CLICK_ID&${query}`)}. ` +
        'Without the ID it works where our host is a subdomain of yours, else in Chrome alone.',
    ]),
    block(
      'html',
      `<script async src="${baseUrl}${scriptPath}" integrity="${visitorScript.integrity}" crossorigin="anonymous" data-campaign="CAMPAIGN" data-integration="${id}"></script>\n` +
        `<script>pt('conversion', {event: 'sale', txid: 'ORDER-1001'})</script>`,
    ),
  );
}
