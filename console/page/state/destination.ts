import { hrefOf } from './place';

const clickIdPattern = /^[0-9a-z]{32}$/i;
const requestIdPattern = /^[0-9a-z]{24}$/i;

/** The kind of a pasted text, by its shape. */
export type Pasted =
  { readonly is: 'request' | 'click' | 'order'; readonly text: string } | { readonly is: 'url'; readonly text: string };

export function pastedOf(input: string): Pasted | undefined {
  const text = input.trim();
  if (text === '') return undefined;
  if (clickIdPattern.test(text)) return { is: 'click', text: text.toLowerCase() };
  if (requestIdPattern.test(text)) return { is: 'request', text: text.toLowerCase() };
  if (/^https?:\/\//i.test(text) || /^\/\S*\?/.test(text)) return { is: 'url', text };
  return { is: 'order', text };
}

/** The screen that answers it. */
export function destinationOf(pasted: Pasted): string {
  switch (pasted.is) {
    case 'click':
      return hrefOf(`clicks/${pasted.text}`);
    case 'request':
      return hrefOf(`requests/${pasted.text}`);
    case 'url':
      // A postback URL may hold a token: it is handed over in memory, never by the address.
      return hrefOf('explain');
    case 'order':
      return hrefOf('orders', { id: pasted.text });
  }
}

export const kindText: Readonly<Record<Pasted['is'], string>> = {
  click: 'a click ID',
  request: 'a request or batch ID',
  url: 'a URL: explain it',
  order: 'an order ID',
};
