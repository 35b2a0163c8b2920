import { visitorScript } from '../../domain/click/script-text';
import { scriptPath } from '../../domain/routing/click-route';
import type { SheetFacts } from './facts';
import { block, bullets, code, section } from './markdown';

/** The way to report without a server, and its users. */
export function browserSection({ baseUrl, id, integration }: SheetFacts): string {
  const [destination] = Object.keys(integration.destinations ?? {});
  const query = 'event=sale&txid=ORDER-1001';
  return section(
    'Without a server',
    'A postback from your server reaches every visitor and counts immediately: prefer it. Without a server, ask us to switch on reports of browsers. ' +
      'They stay pending, without your amount, until a postback or an upload confirms the same event and transaction ID.',
    bullets([
      `**By redirect**, in every browser: send the visitor through ${code(`${baseUrl}/r/${id}?${query}&to=${destination ?? 'NAME'}`)}. ` +
        (destination === undefined
          ? 'Agree with us on the page where the visitor lands.'
          : 'The visitor lands on the page that we agreed on.'),
      '**By script**, in every browser with JavaScript, if landing page and thank-you page are on one site. Safari keeps the ID for 7 days.',
      `**By pixel**, in every browser, if your page has the click ID: ${code(`${baseUrl}/p/${id}.gif?clickid=CLICK_ID&${query}`)}. ` +
        'Without the ID it works if our host is a subdomain of yours, otherwise only in Chrome.',
    ]),
    block(
      'html',
      `<script async src="${baseUrl}${scriptPath}" integrity="${visitorScript.integrity}" crossorigin="anonymous" data-campaign="CAMPAIGN" data-integration="${id}"></script>\n` +
        `<script>pt('conversion', {event: 'sale', txid: 'ORDER-1001'})</script>`,
    ),
  );
}
