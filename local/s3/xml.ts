import type { WireAnswer } from '../wire/message';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** The content of an element: a text, elements, or the same element once per entry of a list. */
export type XmlContent = string | number | boolean | XmlElements | readonly XmlElements[];
export type XmlElements = { readonly [name: string]: XmlContent | undefined };

export function xmlAnswer(status: number, root: string, content: XmlElements): WireAnswer {
  const body = `${declaration}<${root} xmlns="${namespace}">${inside(content)}</${root}>`;
  return { status, contentType: 'application/xml', body };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export function s3Error(status: number, code: string, message: string): WireAnswer {
  const body = `${declaration}<Error>${inside({ Code: code, Message: message })}</Error>`;
  return { status, contentType: 'application/xml', body };
}

function inside(elements: XmlElements): string {
  return Object.entries(elements)
    .map(([name, content]) => {
      if (content === undefined) return '';
      if (isList(content)) return content.map((entry) => `<${name}>${inside(entry)}</${name}>`).join('');
      return `<${name}>${typeof content === 'object' ? inside(content) : escape(String(content))}</${name}>`;
    })
    .join('');
}

function isList(content: XmlContent): content is readonly XmlElements[] {
  return Array.isArray(content);
}

function escape(text: string): string {
  // XML cannot represent control characters; `encoding-type=url` is for keys that have one.
  return text.replace(/[&<>"\r\n]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Finds the texts of an element anywhere in a document that an SDK wrote. */
export function textsWithin(document: string, name: string): readonly string[] {
  return [...document.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) => unescape(text));
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescape(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (hex !== undefined) return String.fromCodePoint(parseInt(hex, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      return named[name ?? ''] ?? whole;
    },
  );
}
