/** The parameters of a source in a link, beside the source itself. */
export interface LinkedSource {
  readonly id: string;
  /** The source's tokens, by the parameter of the click URL that each fills: `{"external_id": "{clickid}"}`. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Builds the link for an ad. Without a source, neither the link nor its clicks name one. */
export function trackingLink(publicUrl: string, campaign: string, source?: LinkedSource): string {
  const url = `${publicUrl}/c/${encodeURIComponent(campaign)}`;
  if (source === undefined) return url;
  const pairs = [['source', source.id] as const, ...Object.entries(source.parameters)];
  return `${url}?${pairs.map(([name, value]) => `${encodeURIComponent(name)}=${written(value)}`).join('&')}`;
}

/** Keeps a token as its source knows it, with braces; encodes only characters that would end the value or the link. */
function written(value: string): string {
  return value.replace(/[\s&"<>]/g, (letter) => encodeURIComponent(letter));
}
